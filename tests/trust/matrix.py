"""What a server sends x what the administrator imports, as facts/truststore 3.2 lists them. Not a test."""

from __future__ import annotations

from typing import NamedTuple

from tests.trust import forged
from tests.trust.forged import DAY, NOW, Wanted
from tests.trust.worlds import CLIENT, SERVER, World

_R, _I, _L = forged.name("Matrix Root"), forged.name("Matrix Issuing CA"), forged.name("mail.example.test")
_SAN = forged.names(forged.dns("mail.example.test"))
_UNKNOWN = forged.extension("1.2.3.4.5", b"\x05\x00", critical=True)
_STRANGER = forged.certificate(
    Wanted(forged.name("Stranger"), forged.name("Stranger"), "p256-d", "p256-d", (forged.basic(),))
)


def _past(wanted: Wanted) -> Wanted:
    return wanted._replace(begins=NOW - 900 * DAY, ends=NOW - DAY)


class Pair(NamedTuple):
    title: str
    world: World


class _Family(NamedTuple):
    """A root, its intermediate and a leaf."""

    root: Wanted = Wanted(_R, _R, "p256-a", "p256-a", (forged.basic(), forged.usage(5, 6)))
    middle: Wanted = Wanted(_I, _R, "p256-b", "p256-a", (forged.basic(), forged.usage(5, 6)))
    leaf: Wanted = Wanted(_L, _I, "p256-c", "p256-b", (_SAN,))


def _families() -> dict[str, _Family]:
    """One property changed at a time."""
    plain = _Family()
    root, middle, leaf = plain
    limits = forged.limits(permitted=(forged.dns("other.test"),))
    return {
        "plain": plain,
        "leaf expired": plain._replace(leaf=_past(leaf)),
        "leaf not yet valid": plain._replace(leaf=leaf._replace(begins=NOW + DAY)),
        "intermediate expired": plain._replace(middle=_past(middle)),
        "root expired": plain._replace(root=_past(root)),
        "leaf for clients": plain._replace(leaf=leaf._replace(extensions=(_SAN, forged.extended(CLIENT)))),
        "leaf for servers": plain._replace(leaf=leaf._replace(extensions=(_SAN, forged.extended(SERVER)))),
        "leaf signs certificates": plain._replace(leaf=leaf._replace(extensions=(_SAN, forged.usage(5)))),
        "leaf with an unknown critical extension": plain._replace(leaf=leaf._replace(extensions=(_SAN, _UNKNOWN))),
        "intermediate is no CA": plain._replace(middle=middle._replace(extensions=(forged.basic(False),))),
        "intermediate says nothing": plain._replace(middle=middle._replace(extensions=())),
        "intermediate v1": plain._replace(middle=middle._replace(version=1)),
        "root v1": plain._replace(root=root._replace(version=1)),
        "root says nothing": plain._replace(root=root._replace(extensions=())),
        "root may not sign": plain._replace(root=root._replace(extensions=(forged.basic(), forged.usage(6)))),
        "intermediate constrains": plain._replace(middle=middle._replace(extensions=(forged.basic(), limits))),
        "root constrains": plain._replace(root=root._replace(extensions=(forged.basic(), limits))),
        "root allows no intermediate": plain._replace(root=root._replace(extensions=(forged.basic(True, 0),))),
        "intermediate allows no CA": plain._replace(middle=middle._replace(extensions=(forged.basic(True, 0),))),
        "RSA 1024 leaf": plain._replace(leaf=leaf._replace(key="rsa1024-a")),
        "RSA chain with SHA-1": _Family(
            root._replace(key="rsa2048-a", signed_by="rsa2048-a", digest="SHA1"),
            middle._replace(key="rsa2048-b", signed_by="rsa2048-a", digest="SHA1"),
            leaf._replace(signed_by="rsa2048-b", digest="SHA1"),
        ),
        "RSA leaf with MD5": plain._replace(
            middle=middle._replace(key="rsa2048-b"), leaf=leaf._replace(signed_by="rsa2048-b", digest="MD5")
        ),
        "Ed25519": _Family(
            root._replace(key="ed-a", signed_by="ed-a"),
            middle._replace(key="ed-b", signed_by="ed-a"),
            leaf._replace(signed_by="ed-b"),
        ),
        "signature spoiled": plain._replace(leaf=leaf._replace(spoiled=True)),
    }


def pairs() -> list[Pair]:
    """Every family x what is sent x what is imported."""
    found: list[Pair] = []
    for title, family in _families().items():
        root, middle, leaf = map(forged.certificate, family)
        other = forged.certificate(family.root._replace(key="p256-d", signed_by="p256-d"))
        sendings = {
            "leaf": (leaf,),
            "leaf, root": (leaf, root),
            "leaf, intermediate": (leaf, middle),
            "all": (leaf, middle, root),
            "wrong order": (leaf, root, middle),
            "stranger between": (leaf, _STRANGER, middle),
        }
        imports = {
            "nothing useful": (_STRANGER,), "leaf": (leaf,), "intermediate": (middle,), "root": (root,),
            "root's namesake": (other,), "both roots": (other, root),
        }  # fmt: skip
        found += [
            Pair(f"{title}: {sent} x {imported}", World(chain, anchors))
            for sent, chain in sendings.items()
            for imported, anchors in imports.items()
        ]
    return found

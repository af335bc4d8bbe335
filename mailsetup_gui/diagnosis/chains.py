"""A chain put in order, root on top: what was sent, what the truststore has, what is missing, and what to import."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from mailsetup_gui.trust import certificate as certificates
from mailsetup_gui.trust import extensions, x500
from mailsetup_gui.trust.certificate import Certificate, CertificateError
from mailsetup_gui.trust.path import Anchors
from mailsetup_gui.trust.signatures import verifies

MOST_LINKS = 16
"""Certificates from the leaf to the top that are followed."""


class Role(Enum):
    """What a certificate is in its chain; the values name it in aliases."""

    ROOT = "root"
    CA = "ca"
    LEAF = "leaf"


class Chain(NamedTuple):
    """What was sent, put in order by signatures: `linked` leaf first; `strangers` lead nowhere from the leaf."""

    linked: tuple[Certificate, ...]
    strangers: tuple[Certificate, ...] = ()

    @property
    def top(self) -> Certificate:
        return self.linked[-1]

    @property
    def complete(self) -> bool:
        """Whether it ends in a certificate that is its own issuer."""
        return bool(self.linked) and is_self_signed(self.top)


class Link(NamedTuple):
    """One row of the tree; `certificate` None for an issuer that is nowhere to be had, known by `name` only."""

    name: x500.Name
    certificate: Certificate | None
    role: Role
    sent: bool = False
    trusted: bool = False


class Choice(NamedTuple):
    """What could be imported, the safest first; `survives`: also the renewal of the server's own certificate."""

    certificates: tuple[Certificate, ...]
    role: Role
    recommended: bool
    survives: bool


def linked(sent: Iterable[bytes], more: Iterable[bytes] = ()) -> Chain:
    """From the first of `sent` up, each certificate by the one that signed it, out of `sent` and `more` (all DER).

    What cannot be read is left out; nothing is linked where the first cannot.
    """
    ders = tuple(sent)
    found = [one for der in dict.fromkeys((*ders, *more)) if (one := _read(der))]
    if not found or found[0].der != ders[0]:
        return Chain((), tuple(found))
    path, left = [found[0]], found[1:]
    while len(path) < MOST_LINKS and not is_self_signed(path[-1]):
        issuer = next((one for one in left if issued(path[-1], one)), None)
        if issuer is None:
            break
        path.append(issuer)
        left.remove(issuer)
    return Chain(tuple(path), tuple(left))


def tree(chain: Chain, sent: tuple[bytes, ...], anchors: Anchors | None) -> tuple[Link, ...]:
    """Root on top. An issuer that is missing stands there by its name; the strangers follow at the end."""
    links = [_link(one, sent, anchors) for one in (*chain.linked, *_from_store(chain, anchors))]
    top = links[-1].certificate if links else None
    if top is not None and not is_self_signed(top) and not links[-1].trusted:
        links.append(Link(top.issuer, None, Role.ROOT if len(links) > 1 else Role.CA))
    return (*reversed(links), *(_link(one, sent, anchors) for one in chain.strangers))


def _from_store(chain: Chain, anchors: Anchors | None) -> tuple[Certificate, ...]:
    if anchors is None or not chain.linked or chain.complete:
        return ()
    return tuple(one for one in anchors.issuers_of(chain.top) if issued(chain.top, one))[:1]


def _link(one: Certificate, sent: tuple[bytes, ...], anchors: Anchors | None) -> Link:
    trusted = anchors is not None and one in anchors
    return Link(one.subject, one, role_of(one), one.der in sent, trusted)


def choices(chain: Chain) -> tuple[Choice, ...]:
    """What the administrator can choose between; empty where there is no certificate.

    The private root where it is known; with its intermediates where the server does not send them, which a caller
    knows who completed the chain; a self-signed certificate itself; the server's own as the last resort.
    """
    if not chain.linked:
        return ()
    leaf, cas = chain.linked[0], chain.linked[1:]
    if not cas:
        return (Choice((leaf,), Role.LEAF, is_self_signed(leaf), survives=False),)
    top = Choice((cas[-1],), role_of(cas[-1]), True, survives=True)
    below = (Choice((cas[0],), Role.CA, False, survives=True),) if len(cas) > 1 else ()
    return (top, *below, Choice((leaf,), Role.LEAF, False, survives=False))


def with_unsent(offered: tuple[Choice, ...], chain: Chain, sent: tuple[bytes, ...]) -> tuple[Choice, ...]:
    """The recommended choice takes along each CA that the server does not send: Java would not find the way else."""
    unsent = tuple(one for one in chain.linked[1:] if one.der not in sent)
    found = []
    for choice in offered:
        if choice.recommended:
            more = tuple(one for one in unsent if all(one.der != other.der for other in choice.certificates))
            found.append(choice._replace(certificates=(*choice.certificates, *more)))
        elif choice.role is not Role.CA or choice.certificates[0].der in sent:
            found.append(choice)
    return tuple(found)


def role_of(one: Certificate) -> Role:
    if extensions.path_length(one) < 0 and (one.version == 3 or not is_self_signed(one)):
        return Role.LEAF
    return Role.ROOT if is_self_signed(one) else Role.CA


def alias(host: str, one: Certificate) -> str:
    """mail-HOST-ROLE-FINGERPRINT, lower case: Java does not trust an upper-case alias in JKS."""
    import hashlib

    kept = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "-" for c in host.lower())
    parts = ("mail", kept, role_of(one).value, hashlib.sha256(one.der).hexdigest()[:8])
    return "-".join(part for part in parts if part)


def issued(child: Certificate, issuer: Certificate) -> bool:
    """Whether the signature of `child` is by the key of `issuer`, and so is the name."""
    return child.issuer.canonical == issuer.subject.canonical and verifies(child, issuer.public_key)


def is_self_signed(one: Certificate) -> bool:
    return issued(one, one)


def _read(der: bytes) -> Certificate | None:
    try:
        return certificates.read(der)
    except CertificateError:
        return None

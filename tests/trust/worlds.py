"""Random little worlds of CAs, what a server of them sends, and what is trusted. Not a test."""

from __future__ import annotations

import random
from typing import NamedTuple

from mailsetup_gui.trust import certificate
from mailsetup_gui.trust.checks import anchor_may_sign
from mailsetup_gui.trust.verdict import Refused
from tests.trust import forged
from tests.trust.forged import DAY, NOW, Wanted

_CAS = ("Root A", "Root B", "Sub A", "Sub B", "Sub C")
_KEYS = ("p256-a", "p256-b", "p256-c", "p256-d", "p384-a", "rsa2048-a", "rsa1024-a")
_ODD_KEYS = ("p224-a", "p192-a", "k256-a", "ed-a", "rsa2048-b", "rsa1024-b", "dsa1024-a", "dsa2048-a")
_POLICIES = ("1.2.3.1", "1.2.3.2", "1.2.3.3", "2.5.29.32.0")
SERVER, CLIENT, ANY, MS_SGC = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "2.5.29.37.0", "1.3.6.1.4.1.311.10.3.3"


class World(NamedTuple):
    chain: tuple[bytes, ...]
    anchors: tuple[bytes, ...]


class _Odds(NamedTuple):
    """Whether something odd happens, `factor` times as often as usual."""

    chance: random.Random
    oddness: float

    def __call__(self, factor: float = 1.0) -> bool:
        return self.chance.random() < self.oddness * factor


class _Ca(NamedTuple):
    name: bytes
    key: str
    der: bytes


def world(chance: random.Random) -> World:
    """One case: a small web of CAs, a leaf, a chain that is mostly reasonable, and trust anchors."""
    oddness = chance.choice((0.0, 0.03, 0.1, 0.25))
    cas = _cas(chance, oddness)
    issuer = chance.choice(cas)
    leaf = _leaf(chance, issuer, oddness)
    chain = _chain(chance, leaf, cas)
    pool = [ca.der for ca in cas] + [leaf] * (chance.random() < 0.1)
    anchors = tuple(chance.sample(pool, chance.randint(0 if chance.random() < 0.02 else 1, min(3, len(pool)))))
    return World(chain, anchors)


def _cas(chance: random.Random, oddness: float) -> list[_Ca]:
    keys = {name: chance.choice(_KEYS if chance.random() > oddness else _ODD_KEYS) for name in _CAS}
    found: list[_Ca] = []
    for _ in range(chance.randint(1, 6)):
        title = chance.choice(_CAS)
        key = keys[title] if chance.random() > 0.1 else chance.choice(_KEYS)
        above = chance.choice(found) if found and not title.startswith("Root") else None
        if above is None or chance.random() < 0.08:
            above = chance.choice(found) if found and chance.random() < 0.15 else None
        name = _name(chance, title, oddness)
        issuer_name, issuer_key = (above.name, above.key) if above else (name, key)
        if above and chance.random() < oddness / 2:
            issuer_key = chance.choice(_KEYS)
        found.append(_Ca(name, key, forged.certificate(_ca(chance, name, key, issuer_name, issuer_key, oddness))))
    return found


def _name(chance: random.Random, title: str, oddness: float) -> bytes:
    if chance.random() < oddness:
        title = chance.choice((title.upper(), title.replace(" ", "  "), f" {title}", title.lower()))
    tag = 0x13 if chance.random() < 0.3 else 0x0C
    return forged.name(("2.5.4.6", "DE"), ("2.5.4.10", "Example"), title, tag=tag)


def _dates(chance: random.Random, oddness: float) -> tuple[int, int]:
    if chance.random() < oddness:
        return chance.choice(((NOW - 300 * DAY, NOW - DAY), (NOW + DAY, NOW + 300 * DAY)))
    return NOW - chance.randint(20, 400) * DAY, NOW + chance.randint(20, 4000) * DAY


def _ca(chance: random.Random, name: bytes, key: str, issuer: bytes, issuer_key: str, oddness: float) -> Wanted:
    odd = _Odds(chance, oddness)
    wanted: list[bytes] = []
    if not odd():
        length = chance.choice((None, None, None, 0, 1, 2)) if odd(3) else None
        wanted.append(forged.basic(not odd(0.5), length, critical=not odd()))
    if not odd(2):
        wanted.append(
            forged.usage(*((5, 6) if not odd() else chance.choice(((0,), (6,), (), (0, 5)))), critical=not odd())
        )
    wanted += _common(chance, oddness)
    if odd(2):
        wanted.append(_limits(chance))
    begins, ends = _dates(chance, oddness)
    version = 3 if not odd() else chance.choice((1, 1, 2))
    digest = "SHA256" if not odd() else chance.choice(("SHA1", "MD5", "SHA512"))
    serial = chance.randint(1, 2**64)
    return Wanted(name, issuer, key, issuer_key, tuple(wanted), version, serial, begins, ends, digest, odd(0.3))


def _leaf(chance: random.Random, issuer: _Ca, oddness: float) -> bytes:
    odd = _Odds(chance, oddness)
    key = chance.choice(_KEYS if not odd(2) else _ODD_KEYS)
    common = chance.choice(("mail.example.test", "other.test", "CA 2 Example", "10.0.0.1", "user example"))
    attributes: list[tuple[str, str] | str] = [("2.5.4.10", chance.choice(("Example", "Other"))), common]
    if odd():
        attributes.append(("1.2.840.113549.1.9.1", "a@mail.example.test"))
    wanted: list[bytes] = []
    if chance.random() < 0.9:
        pool = (
            forged.dns("mail.example.test"), forged.dns("*.example.test"), forged.dns("other.test"),
            forged.mail("a@mail.example.test"), forged.uri("smtp://mail.example.test/x"),
            forged.address(bytes((10, 0, 0, 1))), forged.address(bytes((192, 168, 1, 1))),
            forged.directory(forged.name(("2.5.4.10", "Example"), "x")),
        )  # fmt: skip
        wanted.append(forged.names(*chance.sample(pool, chance.randint(1, 3)), critical=odd()))
    if odd(2):
        wanted.append(forged.basic(odd(4), None, critical=not odd()))
    if odd(3):
        wanted.append(forged.usage(*chance.choice(((0, 2), (2,), (5,), (0,), (), (4,), (1,)))))
    if odd(3):
        wanted.append(forged.extended(*chance.choice(((SERVER,), (CLIENT,), (ANY,), (CLIENT, SERVER), (MS_SGC,)))))
    if odd():
        wanted.append(
            forged.extension("2.16.840.1.113730.1.1", b"\x03\x02\x00" + bytes((chance.choice((0x40, 0x80)),)))
        )
    wanted += _common(chance, oddness)
    begins, ends = _dates(chance, oddness)
    version = 3 if not odd(0.5) else 1
    digest = "SHA256" if not odd() else chance.choice(("SHA1", "MD5", "SHA512"))
    return forged.certificate(
        Wanted(
            forged.name(*attributes),
            issuer.name,
            key,
            issuer.key if not odd(0.3) else chance.choice(_KEYS),
            tuple(wanted),
            version,
            chance.randint(1, 2**64),
            begins,
            ends,
            digest,
            odd(0.3),
        )
    )


def _common(chance: random.Random, oddness: float) -> list[bytes]:
    odd = _Odds(chance, oddness)
    found: list[bytes] = []
    if odd(2):
        found.append(forged.subject_key(bytes((chance.randint(1, 3),)) * 20))
    if odd(2):
        serial = chance.choice((None, None, 1000))
        found.append(
            forged.authority_key(bytes((chance.randint(1, 3),)) * 20 if odd(3) or not serial else None, serial)
        )
    if odd(2):
        found.append(forged.policies(*chance.sample(_POLICIES, chance.randint(1, 2)), critical=odd()))
    if odd():
        found.append(forged.policy_constraints(chance.choice((0, 1, 2, None)), chance.choice((0, 1, 2))))
    if odd():
        one, other = chance.sample(_POLICIES[: 4 if odd() else 3], 2)
        found.append(forged.mappings((one, other)))
    if odd():
        found.append(forged.inhibit_any(chance.choice((0, 1))))
    if odd(0.5):
        found.append(forged.extension("1.2.3.4.5", b"\x05\x00", critical=chance.random() < 0.5))
    return found


def _limits(chance: random.Random) -> bytes:
    pool = (
        forged.dns("example.test"), forged.dns("mail.example.test"), forged.dns("test"), forged.dns("other.test"),
        forged.dns(".example.test"), forged.dns("*.example.test"),
        forged.mail("example.test"), forged.mail("mail.example.test"), forged.mail("a@mail.example.test"),
        forged.mail(".example.test"), forged.uri("mail.example.test"), forged.uri(".example.test"),
        forged.address(bytes((10, 0, 0, 0, 255, 0, 0, 0))), forged.address(bytes((192, 168, 0, 0, 255, 255, 0, 0))),
        forged.directory(forged.name(("2.5.4.10", "Example"))),
        forged.directory(forged.name(("2.5.4.10", "EXAMPLE"), "x")),
        forged.directory(forged.name(("2.5.4.6", "DE"))), forged.directory(forged.name("")),
    )  # fmt: skip
    permitted = tuple(chance.sample(pool, chance.choice((0, 0, 1, 2, 3))))
    excluded = tuple(chance.sample(pool, chance.choice((0, 0, 1, 2)) if permitted else 1))
    return forged.limits(permitted, excluded, critical=chance.random() < 0.7)


def _chain(chance: random.Random, leaf: bytes, cas: list[_Ca]) -> tuple[bytes, ...]:
    rest = [ca.der for ca in cas]
    kind = chance.random()
    if kind < 0.35:
        return (leaf, *reversed(rest))
    if kind < 0.85:
        return (leaf, *chance.sample(rest, chance.randint(0, len(rest))))
    return (leaf, *chance.choices(rest, k=chance.randint(1, 4)))


def is_a_lottery(case: World) -> bool:
    """Whether Java's answer hangs on a hash of identity: two anchors of one name that differ in what they may sign."""
    anchors: dict[tuple[str, ...], set[bool]] = {}
    for der in case.anchors:
        anchor = certificate.read(der)
        anchors.setdefault(anchor.subject.canonical, set()).add(_may_sign(anchor))
    return any(len(both) == 2 for both in anchors.values())


def _may_sign(anchor: certificate.Certificate) -> bool:
    try:
        anchor_may_sign(anchor)
    except Refused:
        return False
    return True

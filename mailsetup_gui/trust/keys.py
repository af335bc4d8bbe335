"""Public keys: what a SubjectPublicKeyInfo holds, and which of them Java can read (RFC 5480, 8017, 8410)."""

from __future__ import annotations

from typing import NamedTuple

from mailsetup_gui.trust.der import (
    BIT_STRING,
    INTEGER,
    OBJECT_IDENTIFIER,
    SEQUENCE,
    NotDerError,
    Value,
    oid,
    only,
    value,
    values,
)

_RSA, _PSS_KEY, _DSA, _EC = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.2.840.10040.4.1", "1.2.840.10045.2.1"
_KINDS = {_RSA: "RSA", _PSS_KEY: "RSASSA-PSS", _DSA: "DSA", _EC: "EC", "1.3.101.112": "Ed25519", "1.3.101.113": "Ed448"}
_SIZES = {"Ed25519": 255, "Ed448": 448}
_CURVES = {
    "1.2.840.10045.3.1.1": ("secp192r1", 192),
    "1.3.132.0.33": ("secp224r1", 224),
    "1.2.840.10045.3.1.7": ("secp256r1", 256),
    "1.3.132.0.34": ("secp384r1", 384),
    "1.3.132.0.35": ("secp521r1", 521),
    "1.3.132.0.10": ("secp256k1", 256),
    "1.3.36.3.3.2.8.1.1.7": ("brainpoolP256r1", 256),
    "1.3.36.3.3.2.8.1.1.11": ("brainpoolP384r1", 384),
    "1.3.36.3.3.2.8.1.1.13": ("brainpoolP512r1", 512),
}
_SMALLEST_RSA = 512


USABLE_CURVES = ("secp256r1", "secp384r1", "secp521r1")
"""Java verifies with these only, from 16 on; before, its constraints forbid the others (jdk.disabled.namedCurves)."""


class Key(NamedTuple):
    """`kind` as Java names it, or the dotted identifier; `bits` 0 where they are not known."""

    kind: str
    bits: int = 0
    curve: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.curve or self.bits or ''}".rstrip()


def key(spki: bytes) -> Key:
    """Of a SubjectPublicKeyInfo; what cannot be read has no bits."""
    try:
        return _key(spki)
    except (NotDerError, IndexError):
        return Key("unreadable")


def check_key(spki: bytes) -> None:
    """Raises NotDerError for a key that Java's CertificateFactory refuses to decode."""
    found = _key(spki)
    if found.kind == "RSA" and found.bits < _SMALLEST_RSA:
        raise NotDerError(f"an RSA key of {found.bits} bits")
    if found.kind == "EC" and not found.curve:
        raise NotDerError("an EC key without a named curve")
    if found.bits and found.kind == "EC":
        outer = value(spki, 0, len(spki))
        point = only(spki, outer.begin, outer.end, 2)[1]
        if point.end - point.begin != 2 + 2 * ((found.bits + 7) // 8) or spki[point.begin + 1] != 4:
            raise NotDerError("an EC key whose point is not uncompressed")


def _key(spki: bytes) -> Key:
    outer = value(spki, 0, len(spki))
    algorithm, bits = only(spki, outer.begin, outer.end, 2)
    kind, *parameters = values(spki, algorithm.begin, algorithm.end)
    if algorithm.tag != SEQUENCE or kind.tag != OBJECT_IDENTIFIER or bits.tag != BIT_STRING or spki[bits.begin] > 7:
        raise NotDerError("a damaged public key")
    name = oid(spki[kind.begin : kind.end])
    known = _KINDS.get(name, name)
    if known in ("RSA", "RSASSA-PSS"):
        numbers = only(spki, bits.begin + 1, bits.end, 1)[0]
        modulus, exponent = only(spki, numbers.begin, numbers.end, 2)
        if (
            numbers.tag != SEQUENCE
            or exponent.tag != INTEGER
            or spki[modulus.begin] & 0x80
            or spki[exponent.begin] & 0x80
        ):
            raise NotDerError("a damaged RSA key")
        return Key(known, _bits(spki, modulus))
    if known == "DSA" and parameters:
        return Key(known, _bits(spki, value(spki, parameters[0].begin, parameters[0].end)))
    if known == "EC" and parameters and parameters[0].tag == OBJECT_IDENTIFIER:
        curve, size = _CURVES.get(dotted := oid(spki[parameters[0].begin : parameters[0].end]), ("", 0))
        return Key(known, size, curve or dotted)
    return Key(known, _SIZES.get(known, 0))


def _bits(data: bytes, at: Value) -> int:
    if at.tag != INTEGER:
        raise NotDerError("no number where one belongs")
    return int.from_bytes(data[at.begin : at.end], "big").bit_length()


def octets(spki: bytes) -> bytes:
    """The content of subjectPublicKey."""
    outer = value(spki, 0, len(spki))
    bits = only(spki, outer.begin, outer.end, 2)[1]
    return spki[bits.begin + 1 : bits.end]


def number(data: bytes, at: Value) -> int:
    return int.from_bytes(data[at.begin : at.end], "big")

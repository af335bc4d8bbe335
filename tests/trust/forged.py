"""Certificates written field by field, also such as no library would write. Not a test."""

from __future__ import annotations

import time
from functools import cache
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa

from mailsetup_gui.trust.der import encoded

NOW = int(time.time())
DAY = 86400
_SEQUENCE, _SET, _OCTETS, _BITS, _OID, _INTEGER, _UTF8, _PRINTABLE = 0x30, 0x31, 4, 3, 6, 2, 12, 19
Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | dsa.DSAPrivateKey


def dotted(text: str) -> bytes:
    first, second, *rest = map(int, text.split("."))
    octets = b""
    for arc in (first * 40 + second, *rest):
        piece = [arc & 0x7F]
        while arc := arc >> 7:
            piece.insert(0, arc & 0x7F | 0x80)
        octets += bytes(piece)
    return encoded(_OID, octets)


def integer(number: int) -> bytes:
    return encoded(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def name(*parts: tuple[str, str] | str, tag: int = _UTF8) -> bytes:
    """("2.5.4.3", "x") or just "x" for a common name; '' is an empty name."""
    sets = b""
    for part in parts:
        kind, text = ("2.5.4.3", part) if isinstance(part, str) else part
        if text:
            sets += encoded(_SET, encoded(_SEQUENCE, dotted(kind) + encoded(tag, text.encode())))
    return encoded(_SEQUENCE, sets)


def moment(seconds: int) -> bytes:
    return encoded(0x18, time.strftime("%Y%m%d%H%M%SZ", time.gmtime(seconds)).encode())


def extension(oid: str, value: bytes, critical: bool = False) -> bytes:
    return encoded(_SEQUENCE, dotted(oid) + (b"\x01\x01\xff" if critical else b"") + encoded(_OCTETS, value))


def basic(is_ca: bool = True, length: int | None = None, critical: bool = True) -> bytes:
    inner = (b"\x01\x01\xff" if is_ca else b"") + (integer(length) if length is not None else b"")
    return extension("2.5.29.19", encoded(_SEQUENCE, inner), critical)


def usage(*bits: int, critical: bool = True) -> bytes:
    octets = bytearray(2)
    for bit in bits:
        octets[bit // 8] |= 0x80 >> bit % 8
    return extension("2.5.29.15", encoded(_BITS, b"\0" + bytes(octets)), critical)


def extended(*oids: str, critical: bool = False) -> bytes:
    return extension("2.5.29.37", encoded(_SEQUENCE, b"".join(map(dotted, oids))), critical)


def names(*general: bytes, critical: bool = False) -> bytes:
    return extension("2.5.29.17", encoded(_SEQUENCE, b"".join(general)), critical)


def dns(text: str) -> bytes:
    return encoded(0x82, text.encode())


def mail(text: str) -> bytes:
    return encoded(0x81, text.encode())


def uri(text: str) -> bytes:
    return encoded(0x86, text.encode())


def address(octets: bytes) -> bytes:
    return encoded(0x87, octets)


def directory(whole: bytes) -> bytes:
    return encoded(0xA4, whole)


def limits(permitted: tuple[bytes, ...] = (), excluded: tuple[bytes, ...] = (), critical: bool = True) -> bytes:
    parts = b"".join(
        encoded(tag, b"".join(encoded(_SEQUENCE, one) for one in trees))
        for tag, trees in ((0xA0, permitted), (0xA1, excluded))
        if trees
    )
    return extension("2.5.29.30", encoded(_SEQUENCE, parts), critical)


def subject_key(octets: bytes) -> bytes:
    return extension("2.5.29.14", encoded(_OCTETS, octets))


def authority_key(octets: bytes | None, serial: int | None = None, issuer: bytes = b"") -> bytes:
    inner = encoded(0x80, octets) if octets is not None else b""
    inner += encoded(0xA1, directory(issuer)) if issuer else b""
    inner += encoded(0x82, integer(serial)[2:]) if serial is not None else b""
    return extension("2.5.29.35", encoded(_SEQUENCE, inner))


def policies(*oids: str, critical: bool = False) -> bytes:
    each = b"".join(encoded(_SEQUENCE, dotted(one)) for one in oids)
    return extension("2.5.29.32", encoded(_SEQUENCE, each), critical)


def mappings(*pairs: tuple[str, str]) -> bytes:
    each = b"".join(encoded(_SEQUENCE, dotted(one) + dotted(other)) for one, other in pairs)
    return extension("2.5.29.33", encoded(_SEQUENCE, each), True)


def policy_constraints(require: int | None, inhibit: int | None) -> bytes:
    inner = encoded(0x80, integer(require)[2:]) if require is not None else b""
    inner += encoded(0x81, integer(inhibit)[2:]) if inhibit is not None else b""
    return extension("2.5.29.36", encoded(_SEQUENCE, inner), True)


def inhibit_any(skip: int) -> bytes:
    return extension("2.5.29.54", integer(skip), True)


class Signing(NamedTuple):
    """How a signature is made: identifier, parameters, digest."""

    oid: str
    parameters: bytes
    digest: hashes.HashAlgorithm | None


_NULL = b"\x05\x00"
RSA_SIGNINGS = {
    "SHA256": Signing("1.2.840.113549.1.1.11", _NULL, hashes.SHA256()),
    "SHA1": Signing("1.2.840.113549.1.1.5", _NULL, hashes.SHA1()),
    "MD5": Signing("1.2.840.113549.1.1.4", _NULL, hashes.MD5()),
    "SHA512": Signing("1.2.840.113549.1.1.13", _NULL, hashes.SHA512()),
}
EC_SIGNINGS = {
    "SHA256": Signing("1.2.840.10045.4.3.2", b"", hashes.SHA256()),
    "SHA1": Signing("1.2.840.10045.4.1", b"", hashes.SHA1()),
    "SHA384": Signing("1.2.840.10045.4.3.3", b"", hashes.SHA384()),
}
ED_SIGNING = Signing("1.3.101.112", b"", None)
DSA_SIGNING = Signing("2.16.840.1.101.3.4.3.2", b"", hashes.SHA256())


class Wanted(NamedTuple):
    """One certificate; `signed_by` and `key` are names of keys of `key()`."""

    subject: bytes
    issuer: bytes
    key: str
    signed_by: str
    extensions: tuple[bytes, ...] = ()
    version: int = 3
    serial: int = 1000
    begins: int = NOW - 30 * DAY
    ends: int = NOW + 300 * DAY
    digest: str = "SHA256"
    spoiled: bool = False


@cache
def key(kind: str) -> Private:
    """`p256-a`, `rsa2048-b`, `rsa1024-a`, `ed-a`, `dsa1024-a`, ...: the same name is the same key."""
    family = kind.partition("-")[0]
    curves = {"p256": ec.SECP256R1(), "p384": ec.SECP384R1(), "p224": ec.SECP224R1(), "p192": ec.SECP192R1()}
    if family in curves:
        return ec.generate_private_key(curves[family])
    if family == "k256":
        return ec.generate_private_key(ec.SECP256K1())
    if family == "ed":
        return ed25519.Ed25519PrivateKey.generate()
    if family.startswith("dsa"):
        return dsa.generate_private_key(int(family[3:]))
    return rsa.generate_private_key(65537, int(family[3:]))


@cache
def public(kind: str) -> bytes:
    return (
        key(kind).public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def certificate(wanted: Wanted) -> bytes:
    """The DER of it."""
    signer = key(wanted.signed_by)
    signing = _signing(signer, wanted.digest)
    algorithm = encoded(_SEQUENCE, dotted(signing.oid) + signing.parameters)
    body = encoded(0xA0, integer(wanted.version - 1)) if wanted.version > 1 else b""
    body += integer(wanted.serial) + algorithm + wanted.issuer
    body += encoded(_SEQUENCE, moment(wanted.begins) + moment(wanted.ends)) + wanted.subject + public(wanted.key)
    if wanted.extensions and wanted.version == 3:
        body += encoded(0xA3, encoded(_SEQUENCE, b"".join(wanted.extensions)))
    signed = encoded(_SEQUENCE, body)
    signature = bytearray(_signature(signer, signing, signed))
    if wanted.spoiled:
        signature[-1] ^= 1
    return encoded(_SEQUENCE, signed + algorithm + encoded(_BITS, b"\0" + bytes(signature)))


def _signing(signer: Private, digest: str) -> Signing:
    if isinstance(signer, rsa.RSAPrivateKey):
        return RSA_SIGNINGS.get(digest, RSA_SIGNINGS["SHA256"])
    if isinstance(signer, ec.EllipticCurvePrivateKey):
        return EC_SIGNINGS.get(digest, EC_SIGNINGS["SHA256"])
    return DSA_SIGNING if isinstance(signer, dsa.DSAPrivateKey) else ED_SIGNING


def _signature(signer: Private, signing: Signing, signed: bytes) -> bytes:
    if isinstance(signer, ed25519.Ed25519PrivateKey):
        return signer.sign(signed)
    if signing.digest is None:
        raise ValueError("a digest is needed")
    if isinstance(signer, rsa.RSAPrivateKey):
        return signer.sign(signed, padding.PKCS1v15(), signing.digest)
    if isinstance(signer, dsa.DSAPrivateKey):
        return signer.sign(signed, signing.digest)
    return signer.sign(signed, ec.ECDSA(signing.digest))

"""What a DER structure is, told by its shape alone: a certificate, a request, a key, a container."""

from __future__ import annotations

from mailsetup_gui.trust.contents import StoreError, Trouble
from mailsetup_gui.trust.der import (
    BIT_STRING,
    INTEGER,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    NotDerError,
    Value,
    content,
    inside,
    value,
)

_VERSION = 0xA0
_TIMES = (0x17, 0x18)
_PKCS7 = bytes.fromhex("2a864886f70d0107")

CERTIFICATE, PKCS7, PKCS12 = "a certificate", "a PKCS#7 file", "a PKCS#12 file"
_REQUEST = "a request for a certificate (CSR); what the CA answers with is the certificate"
_CRL = "a list of revoked certificates (CRL)"
_PUBLIC = "a public key alone, without a certificate"
PRIVATE = "a private key alone, without a certificate; keep it secret, nobody needs it to trust a server"
_BCFKS = (
    "a BCFKS key store (Bouncy Castle FIPS); convert it with keytool -importkeystore -srcstoretype BCFKS "
    "-deststoretype PKCS12 and Bouncy Castle's provider"
)


def named(data: bytes) -> str:
    """One of the words above, '' when it is none of these. Raises NotDerError where the first value breaks off."""
    whole = value(data, 0, len(data))
    if whole.tag != SEQUENCE:
        return ""
    try:
        parts = _first(data, whole, 4)
        tags = [part.tag for part in parts]
        if tags[:3] == [SEQUENCE, SEQUENCE, BIT_STRING]:
            return _signed(data, parts[0])
        if tags[:1] == [OBJECT_IDENTIFIER] and content(data, parts[0])[:8] == _PKCS7:
            return PKCS7
        if tags[:1] == [INTEGER]:
            return _numbered(data, parts, tags)
        return _pair(data, parts, tags)
    except NotDerError:
        return ""


def certificate(der: bytes) -> bytes:
    """The one value that a certificate is; what OpenSSL appends to a TRUSTED CERTIFICATE is left out.

    Raises StoreError when `der` does not begin with something of a certificate's shape (RFC 5280 4.1).
    """
    try:
        whole = value(der, 0, len(der))
        shape = named(der)
    except NotDerError as error:
        raise StoreError(Trouble.NOT_A_STORE, f"an entry is not a certificate: {error}") from None
    if shape != CERTIFICATE:
        raise StoreError(Trouble.NOT_A_STORE, f"an entry is not a certificate{f' but {shape}' if shape else ''}")
    return der[: whole.end]


def issuer_and_subject(der: bytes) -> tuple[bytes, bytes]:
    """Both names as they are encoded. Raises NotDerError, IndexError."""
    parts = inside(der, inside(der, value(der, 0, len(der)))[0])
    first = 1 if parts[0].tag == _VERSION else 0
    return content(der, parts[first + 2]), content(der, parts[first + 4])


def _first(data: bytes, outer: Value, most: int) -> list[Value]:
    """The first values of `outer`: a structure of a million values is told by its first ones."""
    found: list[Value] = []
    at = outer.begin
    while at < outer.end and len(found) < most:
        found.append(value(data, at, outer.end))
        at = found[-1].end
    return found


def _signed(data: bytes, signed: Value) -> str:
    """RFC 5280 4.1 and 5.1, RFC 2986 4.1: all three are content, algorithm, signature."""
    parts = _first(data, signed, 8)
    tags = [part.tag for part in parts]
    if tags[:1] == [_VERSION]:
        parts, tags = parts[1:], tags[1:]
    if tags[:6] == [INTEGER] + [SEQUENCE] * 5:
        return CERTIFICATE
    if tags[:3] == [INTEGER, SEQUENCE, SEQUENCE] and tags[3:4] == [_VERSION]:
        return _REQUEST
    if any(tag in _TIMES for tag in tags[2:4]):
        return _CRL
    return ""


def _numbered(data: bytes, parts: list[Value], tags: list[int]) -> str:
    """PFX (RFC 7292 4), PKCS#1, PKCS#8 and SEC 1 private keys."""
    if tags[1:2] == [SEQUENCE]:
        first = _first(data, parts[1], 1)
        if first and first[0].tag == OBJECT_IDENTIFIER and content(data, first[0])[:8] == _PKCS7:
            return PKCS12
        return PRIVATE if tags[2:3] == [OCTET_STRING] else ""
    return PRIVATE if tags[1:2] in ([INTEGER], [OCTET_STRING]) else ""


def _pair(data: bytes, parts: list[Value], tags: list[int]) -> str:
    if tags == [SEQUENCE, BIT_STRING]:
        return _PUBLIC
    if tags == [SEQUENCE, OCTET_STRING]:
        return PRIVATE
    if tags == [SEQUENCE, SEQUENCE] and [part.tag for part in _first(data, parts[0], 3)] == [SEQUENCE, OCTET_STRING]:
        return _BCFKS
    return ""

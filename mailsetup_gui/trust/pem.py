"""PEM: certificates as text, with any words around them (RFC 7468 3 and what people paste)."""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Iterator

from mailsetup_gui.trust import pkcs7, structures
from mailsetup_gui.trust.contents import Contents, Entry, Kind, StoreError, Trouble
from mailsetup_gui.trust.der import NotDerError

_MARK = re.compile(rb"-----(BEGIN|END) ([A-Z0-9][A-Z0-9 .]{0,63})-----")
_CERTIFICATES = (b"CERTIFICATE", b"TRUSTED CERTIFICATE", b"X509 CERTIFICATE", b"PKCS7", b"PKCS #7 SIGNED DATA", b"CMS")
_NO_CERTIFICATE = {
    b"CERTIFICATE REQUEST": "a request for a certificate (CSR); what the CA answers with is the certificate",
    b"NEW CERTIFICATE REQUEST": "a request for a certificate (CSR); what the CA answers with is the certificate",
    b"X509 CRL": "a list of revoked certificates (CRL)",
    b"PUBLIC KEY": "a public key alone, without a certificate",
    b"RSA PUBLIC KEY": "a public key alone, without a certificate",
}
_AROUND = b" \t\r\n>|"  # blanks, and the marks of quoted mail


def contents(octets: bytes) -> Contents:
    """All certificates of the text, in order; private keys are counted and passed over. Raises StoreError."""
    found: list[Entry] = []
    keys, others, kinds = 0, "", set[Kind]()
    for label, body in _blocks(octets):
        if label.endswith(b"PRIVATE KEY"):
            keys += 1
        elif label in _CERTIFICATES:
            inside = _certificates(body, len(found) + 1)
            found += inside.entries
            kinds.add(inside.kind)
        else:
            others = others or _NO_CERTIFICATE.get(label, f"PEM of another kind: {label.decode()}")
    if not found:
        raise StoreError(Trouble.NOT_A_STORE, structures.PRIVATE if keys else others or "PEM without a certificate")
    return Contents(Kind.PKCS7 if kinds == {Kind.PKCS7} else Kind.PEM, tuple(found), keys)


def decoded(body: bytes) -> bytes:
    """Base64 with anything between its lines that mail and editors put there. Raises binascii.Error."""
    if b":" in body:  # RFC 1421 headers
        body = b"\n".join(line for line in body.splitlines() if b":" not in line)
    return a2b_base64(body.replace(b"\\n", b"\n").replace(b"\\r", b"").translate(None, _AROUND), strict_mode=True)


def _blocks(octets: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(label, body) of everything between a BEGIN and its END; one pass, whatever the text is."""
    opened: re.Match[bytes] | None = None
    for mark in _MARK.finditer(octets):
        if mark[1] == b"BEGIN":
            if opened is not None and opened[2] in _CERTIFICATES:
                break
            opened = mark
        elif opened is not None and opened[2] == mark[2]:
            yield mark[2], octets[opened.end() : mark.start()]
            opened = None
    if opened is not None and opened[2] in _CERTIFICATES:
        raise StoreError(Trouble.NOT_A_STORE, f"a certificate at octet {opened.start()} without its END line")


def _certificates(body: bytes, number: int) -> Contents:
    try:
        der = decoded(body)
        if structures.named(der) == structures.PKCS7 or der[:2] == b"\x30\x80":
            return pkcs7.contents(der)
        return Contents(Kind.DER, (Entry("", structures.certificate(der)),))
    except (Base64Error, NotDerError) as error:
        raise StoreError(Trouble.NOT_A_STORE, f"certificate {number} is damaged: {error}") from None

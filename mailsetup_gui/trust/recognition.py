"""Octets of any file of certificates -> Contents: by what is in it, never by its name."""

from __future__ import annotations

from binascii import Error as Base64Error

from mailsetup_gui.trust import ber, foreign, jks, pem, structures
from mailsetup_gui.trust.contents import Contents, Entry, Kind, StoreError, Trouble
from mailsetup_gui.trust.der import SEQUENCE, NotDerError, value

MOST_CERTIFICATES = 20_000
"""A JDK's cacerts has about 150."""
_ANOTHER = bytes((SEQUENCE,))
_SHORTEST = 100
"""Octets: no certificate is shorter."""


def contents(octets: bytes, password: str | None = None) -> Contents:
    """Every certificate of the file, and of each whether Java trusts it there. Raises StoreError.

    Without a password a JKS file's digest is not checked and an encrypted PKCS#12 file has no entries, as in Java.
    """
    if octets[:4] in jks.MAGIC:
        found = jks.contents(octets, password)
    elif _is_der(octets):
        found = _der(octets, password)
    elif b"-----BEGIN " in octets:
        found = pem.contents(octets)
    else:
        found = _bare_base64(octets)
    if len(found.entries) > MOST_CERTIFICATES:
        reason = f"{found.kind.value} with {len(found.entries)} certificates; at most {MOST_CERTIFICATES} are read"
        raise StoreError(Trouble.NOT_A_STORE, reason, found.kind)
    if not found.entries:
        keys = f", and {found.keys} private or secret keys" if found.keys else ""
        raise StoreError(Trouble.NO_ENTRIES, f"{found.kind.value} without a certificate{keys}", found.kind)
    return found


def is_plain(octets: bytes, password: str | None) -> bool:
    """Whether code of our own alone reads this, in a time that grows with its length only. Raises StoreError."""
    if not _is_der(octets):
        return True
    if ber.is_indefinite(octets):
        return False
    if _shape(octets) != structures.PKCS12:
        return True
    from mailsetup_gui.trust import pkcs12

    return not pkcs12.needs_derivation(octets, password)


def _is_der(octets: bytes) -> bool:
    """A SEQUENCE of 128 octets or more, or all of the file; "0" followed by text is text."""
    if len(octets) < 2 or octets[0] != SEQUENCE:
        return False
    return octets[1] & 0x80 != 0 or len(octets) == 2 + octets[1]


def _der(octets: bytes, password: str | None) -> Contents:
    shape = _shape(octets)
    if shape == structures.PKCS12:
        from mailsetup_gui.trust import pkcs12

        return pkcs12.contents(octets, password)
    if shape == structures.PKCS7:
        from mailsetup_gui.trust import pkcs7

        return pkcs7.contents(octets)
    if shape == structures.CERTIFICATE:
        return Contents(Kind.DER, tuple(_one_behind_the_other(octets)))
    raise StoreError(Trouble.NOT_A_STORE, shape or "a DER structure that is neither a certificate nor a key store")


def _shape(octets: bytes) -> str:
    try:
        return structures.named(ber.definite(octets) if ber.is_indefinite(octets) else octets)
    except NotDerError as error:
        raise StoreError(Trouble.NOT_A_STORE, f"damaged or cut off: {error}") from None


def _one_behind_the_other(octets: bytes) -> list[Entry]:
    """Java's CertificateFactory reads several in one file too."""
    found: list[Entry] = []
    at = 0
    while octets[at : at + 1] == _ANOTHER:
        try:
            end = value(octets, at, len(octets)).end
        except NotDerError as error:
            raise StoreError(Trouble.NOT_A_STORE, f"certificate {len(found) + 1} is damaged: {error}") from None
        found.append(Entry("", structures.certificate(octets[at:end])))
        at = end
    return found


def _bare_base64(octets: bytes) -> Contents:
    """A certificate pasted without the lines around it."""
    if len(octets) > _SHORTEST and octets.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n>")[:2] == b"MI":
        try:
            return _der(pem.decoded(octets.removeprefix(b"\xef\xbb\xbf")), None)
        except Base64Error:
            pass
    raise StoreError(Trouble.NOT_A_STORE, foreign.named(octets))

"""PKCS#7 and CMS: the certificates that a SignedData carries (RFC 5652 5.1); its signatures are not looked at."""

from __future__ import annotations

from mailsetup_gui.trust import ber, structures
from mailsetup_gui.trust.contents import Contents, Entry, Kind, StoreError, Trouble
from mailsetup_gui.trust.der import SEQUENCE, NotDerError, content, inside, value, values

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_CERTIFICATES = 0xA0


def contents(octets: bytes) -> Contents:
    """In the order of the file. Raises StoreError."""
    try:
        data = ber.definite(octets) if ber.is_indefinite(octets) else octets
        return Contents(Kind.PKCS7, tuple(_entries(data)))
    except (NotDerError, IndexError) as error:
        raise StoreError(Trouble.NOT_A_STORE, f"damaged PKCS#7: {error}") from None


def _entries(data: bytes) -> list[Entry]:
    parts = inside(data, value(data, 0, len(data)))
    kind, explicit = parts[0], parts[1]
    if content(data, kind) != _SIGNED_DATA:
        raise StoreError(Trouble.NOT_A_STORE, "PKCS#7 of another kind than signed data: it carries no certificates")
    signed = value(data, explicit.begin, explicit.end)
    sets = [part for part in inside(data, signed) if part.tag == _CERTIFICATES]
    found: list[Entry] = []
    at = sets[0].begin if sets else 0
    for part in values(data, at, sets[0].end) if sets else ():
        if part.tag == SEQUENCE:  # the other choices are attribute certificates (RFC 5652 10.2.2)
            found.append(Entry("", structures.certificate(data[at : part.end])))
        at = part.end
    if not found:
        raise StoreError(Trouble.NO_ENTRIES, "PKCS#7 without a certificate")
    return found

"""What lies in a file that holds no certificates we read, named for the person who chose it."""

from __future__ import annotations

import re

_CONVERT = "convert it with keytool -importkeystore -srcstoretype {} -deststoretype PKCS12 and Bouncy Castle's provider"
_FIRST_OCTETS = {
    b"\xff\xfe": "text in UTF-16; save it as UTF-8 or ASCII",
    b"\xfe\xff": "text in UTF-16; save it as UTF-8 or ASCII",
    b"PK\x03\x04": "a ZIP archive; take the certificates out of it first",
    b"\x1f\x8b": "a gzip archive; take the certificates out of it first",
    b"%PDF": "a PDF document",
    b"ssh-": "an SSH public key; mail servers use other keys",
    b"ecdsa-sha2-": "an SSH public key; mail servers use other keys",
    b"\xac\xed": "a serialized Java object",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
_WEB_PAGE = re.compile(rb"\s{0,999}<(!doctype html|html|head|\?xml)", re.IGNORECASE)


def named(octets: bytes) -> str:
    """In words that go on a "the file is …"."""
    if not octets:
        return "an empty file"
    for first, name in _FIRST_OCTETS.items():
        if octets.startswith(first):
            return name
    if octets[:4] in (b"\0\0\0\1", b"\0\0\0\2") and octets[4:6] == b"\0\0":
        return _bouncy_castle(octets)
    if _WEB_PAGE.match(octets.removeprefix(b"\xef\xbb\xbf")):
        return "a web page, not a certificate; perhaps a sign-in page was saved in its place"
    if not octets.strip(b"\0"):
        return "a file of zero octets only, as an interrupted copy leaves it"
    return "neither JKS nor PKCS#12 nor PEM"


def _bouncy_castle(octets: bytes) -> str:
    """Version, salt, rounds; then BKS has its entries in clear, each with its kind (0 to 4) before its alias."""
    behind = 8 + int.from_bytes(octets[4:8], "big") + 4
    if octets[behind : behind + 1] in (b"\0", b"\1", b"\2", b"\3", b"\4") and octets[behind + 1 : behind + 2] == b"\0":
        return f"a BKS key store (Bouncy Castle); {_CONVERT.format('BKS')}"
    return f"an UBER key store (Bouncy Castle); {_CONVERT.format('UBER')}"

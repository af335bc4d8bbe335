"""PKCS#12 octets -> certificates (RFC 7292); what opening them would cost is found before a password is tried."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from mailsetup_gui.trust.der import INTEGER, OCTET_STRING, SEQUENCE, NotDerError, value, values

MOST_ROUNDS = 5_000_000
"""The JDK's own limit for one key derivation; a file may ask for four of them."""
_DEEPEST = 24
_PIECES = OCTET_STRING | 0x20


class Pkcs12Error(Exception):
    """Not to be opened; the text is the finding. `password`: because of the password, as far as one can tell."""

    def __init__(self, finding: str, password: bool = False) -> None:
        super().__init__(finding)
        self.password = password


def certificates(data: bytes, password: str | None) -> Iterator[tuple[str, bytes]]:
    """(alias, DER) of each certificate; '' where there is no alias. Raises Pkcs12Error."""
    _refuse_endless_work(data)
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # serial number 0, BER: matters of whoever made the file
            store = pkcs12.load_pkcs12(data, None if password is None else password.encode("utf-8", "replace"))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Pkcs12Error(str(error), "password" in str(error).lower()) from None
    for found in (*([store.cert] if store.cert else []), *store.additional_certs):
        yield (found.friendly_name or b"").decode("utf-8", "replace"), found.certificate.public_bytes(Encoding.DER)


def _refuse_endless_work(data: bytes) -> None:
    try:
        rounds = list(_rounds(data, 0, value(data, 0, len(data)).end, 0))
    except NotDerError as error:
        raise Pkcs12Error(f"damaged: {error}") from None
    if max(rounds, default=0) > MOST_ROUNDS or sum(rounds) > 4 * MOST_ROUNDS:
        raise Pkcs12Error(f"it asks for {sum(rounds)} rounds of key derivation; Java's limit is {MOST_ROUNDS} for one")


def _rounds(data: bytes, begin: int, end: int, depth: int) -> Iterator[int]:
    """Every INTEGER right behind an OCTET STRING: salt and rounds, wherever they are not encrypted themselves."""
    if depth > _DEEPEST:
        raise Pkcs12Error("nested too deep")
    previous = 0
    for found in values(data, begin, end):
        if found.tag == _PIECES:
            raise Pkcs12Error("an octet string in pieces (BER)")
        if found.tag == INTEGER and previous == OCTET_STRING:
            yield int.from_bytes(data[found.begin : found.end][:16], "big")
        if found.constructed:
            yield from _rounds(data, found.begin, found.end, depth + 1)
        elif found.tag == OCTET_STRING and data[found.begin : found.begin + 1] == bytes((SEQUENCE,)):
            yield from _hidden(data, found.begin, found.end, depth + 1)
        previous = found.tag


def _hidden(data: bytes, begin: int, end: int, depth: int) -> Iterator[int]:
    """Of an octet string that holds a structure; one that merely looks like it holds none."""
    if data[begin + 1 : begin + 2] == b"\x80":
        raise Pkcs12Error("a length that is not definite (BER)")
    try:
        yield from _rounds(data, begin, value(data, begin, end).end, depth)
    except NotDerError:
        return

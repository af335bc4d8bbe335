"""DER values one inside the other (X.690 8.1, definite lengths): enough to look into a file before it is parsed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

INTEGER, OCTET_STRING, SEQUENCE = 0x02, 0x04, 0x30
_CONSTRUCTED, _LONG_TAG = 0x20, 0x1F


class NotDerError(Exception):
    """The octets are no DER; the text says where it breaks off."""


class Value(NamedTuple):
    """One value in `data`: its tag, where its content begins and where it ends."""

    tag: int
    begin: int
    end: int

    @property
    def constructed(self) -> bool:
        return bool(self.tag & _CONSTRUCTED)


def value(data: bytes, at: int, end: int) -> Value:
    """The value that begins at `at` and ends at `end` at the latest. Raises NotDerError."""
    try:
        tag, at = data[at], at + 1
        if tag & _LONG_TAG == _LONG_TAG:
            while data[at] & 0x80:
                at += 1
            at += 1
        size, at = data[at], at + 1
    except IndexError:
        raise NotDerError(f"ends inside a value at octet {len(data)}") from None
    if size == 0x80:
        raise NotDerError(f"a length that is not definite (BER) at octet {at}")
    if size & 0x80:
        octets = size & 0x7F
        size, at = int.from_bytes(data[at : at + octets], "big"), at + octets
    if at + size > end:
        raise NotDerError(f"ends inside a value at octet {end}")
    return Value(tag, at, at + size)


def values(data: bytes, begin: int, end: int) -> Iterator[Value]:
    """All values from `begin` to `end`, one behind the other. Raises NotDerError."""
    while begin < end:
        found = value(data, begin, end)
        yield found
        begin = found.end

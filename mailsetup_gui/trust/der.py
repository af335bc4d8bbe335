"""DER values one inside the other (X.690 8.1, definite lengths): enough to look into a file before it is parsed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

INTEGER, BIT_STRING, OCTET_STRING, NULL, OBJECT_IDENTIFIER = 0x02, 0x03, 0x04, 0x05, 0x06
BMP_STRING, SEQUENCE, SET = 0x1E, 0x30, 0x31
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


def inside(data: bytes, outer: Value) -> list[Value]:
    """All values that `outer` consists of. Raises NotDerError."""
    return list(values(data, outer.begin, outer.end))


def content(data: bytes, found: Value) -> bytes:
    return data[found.begin : found.end]


def encoded(tag: int, octets: bytes) -> bytes:
    """The DER encoding of one value (X.690 10.1)."""
    size = len(octets)
    if size < 0x80:
        return bytes((tag, size)) + octets
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + octets


def only(data: bytes, begin: int, end: int, count: int) -> list[Value]:
    """The values from `begin` to `end`, which must be `count`. Raises NotDerError."""
    found = list(values(data, begin, end))
    if len(found) != count:
        raise NotDerError(f"{len(found)} values where {count} belong")
    return found


def oid(content: bytes) -> str:
    """The dotted form of an OBJECT IDENTIFIER's content (X.690 8.19). Raises NotDerError."""
    if not content or content[-1] & 0x80 or len(content) > 64:
        raise NotDerError("a damaged object identifier")
    arcs, arc = [], 0
    for octet in content:
        if octet == 0x80 and not arc:
            raise NotDerError("an object identifier with a useless octet")
        arc = arc << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))

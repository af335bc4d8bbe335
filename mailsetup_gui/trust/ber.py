"""BER with indefinite lengths and strings in pieces -> the same in definite lengths (X.690 8.1.3.6, 8.7.3)."""

from __future__ import annotations

from mailsetup_gui.trust.der import OCTET_STRING, NotDerError, encoded, value

_DEEPEST = 32
_PIECES = OCTET_STRING | 0x20
_END = b"\0\0"


def is_indefinite(data: bytes) -> bool:
    return data[1:2] == b"\x80"


def definite(data: bytes) -> bytes:
    """The first value of `data`; a value that is DER already stays octet for octet. Raises NotDerError."""
    return _definite(data, 0, len(data), 0)[0]


def _definite(data: bytes, at: int, end: int, depth: int) -> tuple[bytes, int]:
    """One value, and where the next one begins."""
    if depth > _DEEPEST:
        raise NotDerError("nested too deep")
    if data[at + 1 : at + 2] == b"\x80":
        begin, last = at + 2, None
    else:
        found = value(data, at, end)
        if not found.constructed:
            return data[at : found.end], found.end
        begin, last = found.begin, found.end
    parts, behind = _parts(data, begin, end if last is None else last, last is None, depth)
    if data[at] == _PIECES:
        pieces = [part[value(part, 0, len(part)).begin :] for part in parts]
        return encoded(OCTET_STRING, b"".join(pieces)), behind
    whole = b"".join(parts)
    if last is not None and whole == data[begin:last]:
        return data[at:last], behind
    return encoded(data[at], whole), behind


def _parts(data: bytes, at: int, end: int, marked: bool, depth: int) -> tuple[list[bytes], int]:
    """The values up to `end`, or up to the two zero octets that mark the end."""
    parts: list[bytes] = []
    while at < end:
        if marked and data[at : at + 2] == _END:
            return parts, at + 2
        part, at = _definite(data, at, end, depth + 1)
        parts.append(part)
    if marked:
        raise NotDerError(f"ends inside a value at octet {end}")
    return parts, at

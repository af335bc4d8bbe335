"""What goes to the child process that reads foreign files, and what comes back: numbers and octets only."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mailsetup_gui.trust.contents import Contents, Entry, Kind, StoreError, Trouble, Unseen

_ERROR, _CONTENTS = b"E", b"C"
_KINDS, _UNSEEN, _TROUBLES = tuple(Kind), tuple(Unseen), tuple(Trouble)
_HEAD = struct.Struct(">BBII")
_ENTRY = struct.Struct(">BII")


class Request(NamedTuple):
    """The octets of one file and the password it may need. Its repr tells neither."""

    octets: bytes
    password: str | None = None

    def __repr__(self) -> str:
        return f"Request({len(self.octets)} octets)"


Answer = Contents | StoreError


class NoAnswerError(Exception):
    """These octets are no answer."""


def asked(requests: Iterable[Request]) -> bytes:
    return b"".join(
        _string(request.octets)
        + (b"\0" if request.password is None else b"\1" + _string(request.password.encode("utf-8", "surrogatepass")))
        for request in requests
    )


def requests(octets: bytes) -> Iterator[Request]:
    cursor = _Cursor(octets)
    while not cursor.at_end:
        content = cursor.string()
        has_password = cursor.take(1) == b"\1"
        yield Request(content, cursor.string().decode("utf-8", "surrogatepass") if has_password else None)


def told(answer: Answer) -> bytes:
    if isinstance(answer, StoreError):
        kind = 0 if answer.kind is None else 1 + _KINDS.index(answer.kind)
        return _ERROR + bytes([_TROUBLES.index(answer.trouble), kind]) + _text(answer.reason)
    head = _HEAD.pack(_KINDS.index(answer.kind), answer.encrypted, answer.keys, len(answer.entries))
    parts = [_CONTENTS, head]
    for entry in answer.entries:
        alias = entry.alias.encode("utf-8", "replace")
        unseen = 0 if entry.unseen is None else 1 + _UNSEEN.index(entry.unseen)
        parts += [_ENTRY.pack(unseen, len(alias), len(entry.der)), alias, entry.der]
    return b"".join(parts)


def answers(octets: bytes, count: int) -> Sequence[Answer]:
    """Exactly `count` of them. Raises NoAnswerError for anything else, whatever the octets are."""
    cursor = _Cursor(octets)
    try:
        found = [_answer(cursor) for _ in range(count)]
    except (IndexError, UnicodeDecodeError):
        raise NoAnswerError from None
    if not cursor.at_end:
        raise NoAnswerError
    return found


def _answer(cursor: _Cursor) -> Answer:
    if cursor.take(1) == _ERROR:
        trouble, number = cursor.take(2)
        return StoreError(_TROUBLES[trouble], cursor.string().decode(), _KINDS[number - 1] if number else None)
    kind, encrypted, keys, count = _HEAD.unpack(cursor.take(_HEAD.size))
    return Contents(_KINDS[kind], tuple(_entry(cursor) for _ in range(count)), keys, bool(encrypted))


def _entry(cursor: _Cursor) -> Entry:
    unseen, alias, der = _ENTRY.unpack(cursor.take(_ENTRY.size))
    return Entry(cursor.take(alias).decode(), cursor.take(der), _UNSEEN[unseen - 1] if unseen else None)


def _text(text: str) -> bytes:
    return _string(text.encode("utf-8", "replace"))


def _string(octets: bytes) -> bytes:
    return struct.pack(">I", len(octets)) + octets


class _Cursor:
    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at == len(self._octets)

    def take(self, size: int) -> bytes:
        piece = self._octets[self._at : self._at + size]
        if len(piece) != size:
            raise IndexError
        self._at += size
        return piece

    def string(self) -> bytes:
        return self.take(int.from_bytes(self.take(4), "big"))

"""Files of certificates read safely: bounded, never a device, and foreign ones in a process that can be killed."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from typing import NamedTuple

from mailsetup_gui.trust.answers import Answer, Request
from mailsetup_gui.trust.contents import Contents, Entry, Kind, StoreError, Trouble, Unseen
from mailsetup_gui.trust.recognition import contents, is_plain

__all__ = ["Contents", "Entry", "Kind", "Source", "StoreError", "Trouble", "Unseen"]
__all__ += ["answers", "contents", "octets_of", "read", "read_octets", "trusted"]

LARGEST_FILE = 10_000_000
"""Octets; a JDK's cacerts has about 200,000."""
_LARGEST_HERE = 2_000_000
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Source(NamedTuple):
    """A file to read and the password it may need. Its repr does not tell that."""

    path: str
    password: str | None = None

    def __repr__(self) -> str:
        return f"Source({self.path!r})"


def read(path: str, password: str | None = None) -> Contents:
    """What is in the file, whatever its kind. Raises StoreError.

    A JKS, PEM or unencrypted PKCS#12 file below 2,000,000 octets is read in this process: our own code reads it,
    without a library and in a time that grows with its length only. Everything else is read in a child process, which
    has 3.5 s and, where the system can limit it, 250 MB.
    """
    return read_octets(octets_of(path), password)


def trusted(path: str, password: str | None = None) -> tuple[Entry, ...]:
    """The entries of the file that Java would trust, at least one. Raises StoreError."""
    found = read(path, password)
    if not found.trusted:
        why = {entry.unseen.value for entry in found.entries if entry.unseen is not None}
        reason = f"{len(found.entries)} certificates, none of which Java trusts: {'; '.join(sorted(why))}"
        raise StoreError(Trouble.NO_ENTRIES, reason)
    return found.trusted


def read_octets(octets: bytes, password: str | None = None) -> Contents:
    """As `read`, for what was pasted or fetched. Raises StoreError."""
    answer = _answers([Request(octets, password)])[0]
    if isinstance(answer, StoreError):
        raise answer
    return answer


def answers(sources: Sequence[Source]) -> tuple[Answer, ...]:
    """As `read`, Contents or StoreError for each; those that need a child process share one, and its 3.5 s."""
    found: dict[int, Answer] = {}
    requests: dict[int, Request] = {}
    for number, source in enumerate(sources):
        try:
            requests[number] = Request(octets_of(source.path), source.password)
        except StoreError as error:
            found[number] = error
    found |= zip(requests, _answers(tuple(requests.values())), strict=True)
    return tuple(found[number] for number in range(len(sources)))


def octets_of(path: str) -> bytes:
    """Of a regular file that is not too large. Raises StoreError."""
    try:
        _refuse_strange(os.stat(path))  # before it is opened: opening a device can do something
        handle = os.open(path, os.O_RDONLY | _NO_WAIT)
        with open(handle, "rb") as file:
            _refuse_strange(os.fstat(handle))
            octets = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise StoreError(Trouble.MISSING) from None
    except OSError as error:
        raise StoreError(Trouble.UNREADABLE, error.strerror or str(error)) from None
    except ValueError as error:
        raise StoreError(Trouble.UNREADABLE, str(error)) from None
    if len(octets) > LARGEST_FILE:
        raise StoreError(Trouble.NOT_A_STORE, f"larger than {LARGEST_FILE} octets")
    return octets


def _refuse_strange(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(Trouble.UNREADABLE, "a folder" if stat.S_ISDIR(found.st_mode) else "not a regular file")
    if found.st_size > LARGEST_FILE:
        raise StoreError(Trouble.NOT_A_STORE, f"larger than {LARGEST_FILE} octets")


def _answers(requests: Sequence[Request]) -> list[Answer]:
    here = [_read_here(request) for request in requests]
    left = [request for request, answer in zip(requests, here, strict=True) if answer is None]
    if not left:
        return [answer for answer in here if answer is not None]
    from mailsetup_gui.trust import confined

    rest = iter(confined.read(left))
    return [next(rest) if answer is None else answer for answer in here]


def _read_here(request: Request) -> Answer | None:
    """None where that is for the child process."""
    try:
        if len(request.octets) > LARGEST_FILE:
            return StoreError(Trouble.NOT_A_STORE, f"larger than {LARGEST_FILE} octets")
        if len(request.octets) < _LARGEST_HERE and is_plain(*request):
            return contents(*request)
    except StoreError as error:
        return error
    return None

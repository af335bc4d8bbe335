"""The child process in which foreign files are read: octets on standard input, an answer on standard output."""

from __future__ import annotations

import sys

from mailsetup_gui.trust import answers, recognition
from mailsetup_gui.trust.contents import StoreError, Trouble

MOST_MEMORY = 250_000_000
"""Octets of address space; where the system knows no such limit (Windows) only the time is limited."""
MOST_SECONDS = 4
OUT_OF_MEMORY = 9
"""The exit code that says so."""


def main() -> int:
    _limit()
    try:
        for request in answers.requests(sys.stdin.buffer.read()):
            sys.stdout.buffer.write(answers.told(_answer(request)))
        sys.stdout.buffer.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _answer(request: answers.Request) -> answers.Answer:
    try:
        return recognition.contents(request.octets, request.password)
    except StoreError as error:
        return error
    except RecursionError:
        return StoreError(Trouble.NOT_A_STORE, "nested too deep")


def _limit() -> None:
    """Also when whoever started this is gone. Not on macOS: it takes the limit of the address space, and ignores it."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):
            pass

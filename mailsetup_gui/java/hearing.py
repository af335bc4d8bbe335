"""What a process says, heard until it ends, is too long, too late or cancelled. Windows needs a way of its own."""

from __future__ import annotations

import os
import sys
import time
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import subprocess
    import threading

LARGEST_ANSWER = 4_000_000
"""Octets."""
_TURN = 0.5
"""Seconds."""


class Bell(Protocol):
    """Readable once somebody cancels, as smtp.waiting.Cancel's."""

    def fileno(self) -> int: ...


class Heard(NamedTuple):
    """`ended`: how, as the end of a sentence about the process."""

    octets: bytes
    ended: str = ""


_CANCELLED, _LATE = "cancelled", "it did not answer in time"
_TOO_MUCH = f"it said more than {LARGEST_ANSWER} octets"


def hear(process: subprocess.Popen[bytes], until: float, bell: Bell | None) -> Heard:
    """All that comes until the JVM ends, the deadline, a cancel, or too much of it."""
    if process.stdout is None:
        return Heard(b"")
    if sys.platform == "win32":
        return _hear_watched(process, process.stdout, until, bell)
    import selectors

    heard = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if bell is not None:
            selector.register(bell, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            ready = {key.fileobj for key, _ in selector.select(left)}
            if bell is not None and bell in ready:
                return Heard(bytes(heard), _CANCELLED)
            if process.stdout in ready:
                octets = os.read(process.stdout.fileno(), 65536)
                heard += octets
                if not octets:
                    return Heard(bytes(heard), _ending(process))
                if len(heard) > LARGEST_ANSWER:
                    return Heard(bytes(heard[:1000]), _TOO_MUCH)
    return Heard(bytes(heard), _LATE)


def _hear_watched(process: subprocess.Popen[bytes], pipe: IO[bytes], until: float, bell: Bell | None) -> Heard:
    """For Windows, which cannot wait for a pipe and a socket together: a thread waits for the bell and kills."""
    import threading

    ended: list[str] = []
    over = threading.Event()

    def watch() -> None:
        why = _awaited(bell, until, over)
        if not over.is_set():
            ended.append(why)
            process.kill()

    threading.Thread(target=watch, daemon=True).start()
    heard = pipe.read(LARGEST_ANSWER + 1)
    over.set()
    if len(heard) > LARGEST_ANSWER:
        return Heard(heard[:1000], _TOO_MUCH)
    return Heard(heard, ended[0] if ended else _ending(process))


def _awaited(bell: Bell | None, until: float, over: threading.Event) -> str:
    """Why to kill. The bell is looked at in turns, so that no thread outlives the JVM by more than one of them."""
    import selectors

    with selectors.DefaultSelector() as selector:
        if bell is not None:
            selector.register(bell, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0 and not over.is_set():
            if bell is None:
                over.wait(left)
            elif selector.select(min(left, _TURN)):
                return _CANCELLED
    return _LATE


def _ending(process: subprocess.Popen[bytes]) -> str:
    """Of a JVM that closed its output; one that only pretended to end is killed."""
    import subprocess

    try:
        return f"it ended with code {process.wait(_TURN)}"
    except subprocess.TimeoutExpired:
        return "it closed its output and did not end"

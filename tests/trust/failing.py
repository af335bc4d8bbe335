"""The n-th call into the operating system fails, or is where the process dies. Not a test.

python -m tests.trust.failing NUMBER before|after FILE NEW: writes the octets of NEW to FILE and is killed at that call.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailsetup_gui.settings import replacing
from mailsetup_gui.trust import bundle

CALLS = ("open", "fdopen", "fchmod", "fsync", "close", "link", "replace", "lstat", "stat")


class Counter:
    """Stands before every call, and does `action` at the one with the wanted number."""

    def __init__(self, number: int, action: Callable[[], None], after: bool = False) -> None:
        self.seen: list[str] = []
        self._number = number
        self._action = action
        self._after = after

    def before(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*words: Any, **named: Any) -> Any:
            self.seen.append(name)
            hit = len(self.seen) == self._number
            if hit and not self._after:
                self._action()
            result = function(*words, **named)
            if hit and self._after:
                self._action()
            return result

        return called


def watch(counter: Counter, patch: pytest.MonkeyPatch) -> None:
    for name in CALLS:
        patch.setattr(os, name, counter.before(name, getattr(os, name)))
    patch.setattr(Path, "read_bytes", counter.before("read", Path.read_bytes))
    patch.setattr(replacing, "read_back", counter.before("read", replacing.read_back))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _main(number: str, when: str, target: str, new: str) -> None:
    octets = Path(new).read_bytes()
    watch(Counter(int(number), _die, when == "after"), pytest.MonkeyPatch())
    bundle.write(target, octets, bundle.Format.JKS)


if __name__ == "__main__":
    _main(*sys.argv[1:])

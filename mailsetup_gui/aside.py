"""EDGE: this program once more, for one question: it can be killed, and what it loads is gone with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import subprocess

FROZEN_WORD = "--aside"
"""Where Python is frozen into the program, it starts itself with this word and the module whose main() is wanted."""
_CODE = "import sys, importlib; module, *sys.path = sys.argv[1:]; sys.exit(importlib.import_module(module).main())"
_LARGEST_ANSWER = 60_000_000
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # without these some Pythons do not start


class Ended(NamedTuple):
    """`late`: it was killed when its time was over; `answer` is what it had written until then."""

    code: int
    answer: bytes
    late: bool


def asked(module: str, question: bytes, seconds: float, environment: Mapping[str, str] | None = None) -> Ended:
    """`module.main()` with the question on standard input, to its end or for `seconds`. From any thread.

    `environment`: what Python itself needs when there is none. Raises OSError when it cannot be started.
    """
    import subprocess
    import threading

    process = subprocess.Popen(
        _command(module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment or {name: os.environ[name] for name in _NEEDED if name in os.environ},
    )
    late = threading.Event()

    def give_up() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    writer = threading.Thread(target=_write, args=(process, question), daemon=True)
    try:
        timer.start()
        writer.start()
        answer = _answer(process)
    finally:
        process.kill()  # a no-op for one that has ended
        code = process.wait()
        timer.cancel()
        writer.join()
        if process.stdout is not None:
            process.stdout.close()
    return Ended(code, answer, late.is_set())


def _answer(process: subprocess.Popen[bytes]) -> bytes:
    """Until the child closes its end; the code is asked for while it is not killed yet."""
    assert process.stdout is not None  # noqa: S101  for mypy: it is a pipe
    answer = process.stdout.read(_LARGEST_ANSWER)
    if len(answer) < _LARGEST_ANSWER:
        process.wait()
    return answer


def _write(process: subprocess.Popen[bytes], question: bytes) -> None:
    assert process.stdin is not None  # noqa: S101  for mypy: it is a pipe
    try:
        with process.stdin:
            process.stdin.write(question)
    except OSError:
        pass  # it has ended, and its exit code says why


def _command(module: str) -> list[str]:
    """Without site, environment and user folders: 10 ms. It writes no bytecode."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_WORD, module]
    room = str(Path(__file__).resolve().parents[1])
    return [sys.executable, "-I", "-S", "-B", "-c", _CODE, module, room, *(path for path in sys.path if path)]

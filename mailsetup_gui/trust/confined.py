"""Foreign files are read in a child process that can be killed; this starts it, and judges how it ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.trust import answers
from mailsetup_gui.trust.answers import Answer, Request
from mailsetup_gui.trust.contents import StoreError, Trouble

if TYPE_CHECKING:
    import subprocess

MOST_SECONDS = 3.5
"""For all files of one child together, its own start included."""
FROZEN_WORD = "--read-certificates"
"""Where Python is frozen into the program, the program starts itself with this word and must call child.main()."""
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from mailsetup_gui.trust import child; sys.exit(child.main())"
_LARGEST_ANSWER = 60_000_000
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # without these some Pythons do not start


class _Ended(NamedTuple):
    code: int
    answer: bytes
    late: bool


def read(requests: Sequence[Request]) -> Sequence[Answer]:
    """One answer for each request, in order; a child that fails is the answer to all of them. From any thread."""
    try:
        ended = _run(answers.asked(requests))
    except OSError as error:
        return _all(requests, f"the process that reads foreign files cannot be started: {error.strerror or error}")
    if not ended.late and ended.code == 0:
        try:
            return answers.answers(ended.answer, len(requests))
        except answers.NoAnswerError:
            pass
    return _all(requests, _why(ended))


def _all(requests: Sequence[Request], reason: str) -> Sequence[Answer]:
    return [StoreError(Trouble.NOT_A_STORE, reason) for _ in requests]


def _why(ended: _Ended) -> str:
    from mailsetup_gui.trust import child

    if ended.late:
        return f"reading it takes longer than {MOST_SECONDS} s, so it was given up"
    if ended.code == child.OUT_OF_MEMORY:
        return f"reading it takes more than {child.MOST_MEMORY // 1_000_000} MB of memory, so it was given up"
    return f"reading it was given up: the process that read it ended with code {ended.code}"


def _run(question: bytes) -> _Ended:
    import subprocess
    import threading

    process = subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
    )
    late = threading.Event()

    def give_up() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(MOST_SECONDS, give_up)
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
    return _Ended(code, answer, late.is_set())


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


def _command() -> list[str]:
    """Without site, environment and user folders: 10 ms. It writes no bytecode."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_WORD]
    room = str(Path(__file__).resolve().parents[2])
    return [sys.executable, "-I", "-S", "-B", "-c", _CODE, room, *(path for path in sys.path if path)]

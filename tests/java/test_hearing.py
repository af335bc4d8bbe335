"""What a process says, in both ways of waiting: the one for Windows works everywhere."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from mailsetup_gui.java import hearing
from mailsetup_gui.java.hearing import LARGEST_ANSWER, Bell, Heard
from mailsetup_gui.smtp.waiting import Cancel

Hear = Callable[["subprocess.Popen[bytes]", float, Bell | None], Heard]


def watched(process: subprocess.Popen[bytes], until: float, bell: Bell | None) -> Heard:
    assert process.stdout is not None
    return hearing._hear_watched(process, process.stdout, until, bell)


WAYS = pytest.mark.parametrize("hear", [hearing.hear, watched], ids=["selector", "thread"])


@contextmanager
def started(script: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-S", "-c", script], stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def soon(seconds: float) -> float:
    return time.monotonic() + seconds


@WAYS
def test_everything_is_heard_up_to_the_end_and_its_code(hear: Hear) -> None:
    with started("print('word'); raise SystemExit(7)") as process:
        assert hear(process, soon(20), None) == (b"word\n", "it ended with code 7")


@WAYS
def test_a_flood_is_cut_off(hear: Hear) -> None:
    with started("while True: print('x' * 100_000)") as process:
        heard = hear(process, soon(30), None)

    assert len(heard.octets) <= 1000
    assert str(LARGEST_ANSWER) in heard.ended


@WAYS
@pytest.mark.parametrize("with_bell", [True, False])
def test_the_deadline_ends_the_waiting(hear: Hear, with_bell: bool) -> None:
    with started("import time; time.sleep(600)") as process, closing(Cancel()) as cancel:
        began = time.monotonic()
        heard = hear(process, soon(0.3), cancel.bell if with_bell else None)

    assert heard == (b"", "it did not answer in time")
    assert time.monotonic() - began < 10


@WAYS
def test_cancel_ends_the_waiting(hear: Hear) -> None:
    with started("import time; time.sleep(600)") as process, closing(Cancel()) as cancel:
        threading.Timer(0.1, cancel.request).start()
        began = time.monotonic()
        heard = hear(process, soon(60), cancel.bell)

    assert heard == (b"", "cancelled")
    assert time.monotonic() - began < 10


@WAYS
def test_a_process_that_closes_its_output_and_lives_on_is_not_waited_for(hear: Hear) -> None:
    with started("import os, time; os.write(1, b'word'); os.close(1); time.sleep(600)") as process:
        began = time.monotonic()
        heard = hear(process, soon(60), None)

    assert heard == (b"word", "it closed its output and did not end")
    assert time.monotonic() - began < 20

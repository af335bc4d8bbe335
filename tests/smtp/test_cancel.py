"""Cancel reaches into every wait: at each stage, in each mode, within a tenth of a second."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from mailsetup_gui.smtp import handing_over
from mailsetup_gui.smtp.events import Fault, Result, State, Step
from mailsetup_gui.smtp.waiting import Cancel
from tests.smtp.black_hole import black_hole
from tests.smtp.polite import STAGES, Mode, Stage, polite, then
from tests.smtp.scripted import Script, Scripted, Talk
from tests.smtp.trying import Tried, attempt, request

AT_ONCE = 0.1
TRIES = 5
"""A machine that stalls for a moment makes one try late; a program that does not listen makes every try late."""
STAGES_AND_MODES = [(stage, mode) for mode in Mode for stage in STAGES[mode]]


def cancelled_at_once(script: Callable[[threading.Event], Script], mode: Mode, reason: Fault) -> Tried:
    """The outcome of a test that is cancelled once the script's event is set, and that ends at once."""
    took: list[float] = []
    while len(took) < TRIES:
        reached = threading.Event()
        found, seconds = cancelled(script(reached), mode, reached, reason)
        if seconds < AT_ONCE:
            return found
        took.append(seconds)
    pytest.fail(f"cancelled after {took} seconds")


def cancelled(script: Script, mode: Mode, reached: threading.Event, reason: Fault) -> tuple[Tried, float]:
    """The outcome of a test that is cancelled once `reached` is set, and the seconds from there to the end."""
    asked_at: list[float] = []
    cancel = Cancel()

    def ask() -> None:
        reached.wait(10)
        asked_at.append(time.monotonic())
        cancel.request(reason)

    thread = threading.Thread(target=ask)
    thread.start()
    with Scripted(script) as server:
        found = attempt(request(server.port, mode, timeout=10), cancel=cancel)
        ended_at = time.monotonic()
    thread.join()
    return found, ended_at - asked_at[0]


@pytest.mark.parametrize("reason", [Fault.CANCELLED, Fault.INTERRUPTED], ids=lambda fault: fault.value)
@pytest.mark.parametrize(("stage", "mode"), STAGES_AND_MODES, ids=str)
def test_cancel_is_answered_at_once(stage: Stage, mode: Mode, reason: Fault) -> None:
    def script(reached: threading.Event) -> Script:
        return polite(mode, {stage: then(lambda *_: reached.set(), lambda talk, _: talk.stay_silent())})

    found = cancelled_at_once(script, mode, reason)

    if stage is Stage.QUIT:
        assert found.result is Result.ACCEPTED
    else:
        assert found.result is (Result.UNKNOWN if stage is Stage.DOT else Result.CANCELLED)
        assert found.finished.outcome.fault is reason
        assert found.steps[-1].state is State.FAILED


def test_cancel_does_not_wait_for_the_name_service(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def script(reached: threading.Event) -> Script:
        def getaddrinfo(*_args: object, **_named: object) -> list[object]:
            reached.set()
            over.wait(10)
            return []

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return polite(Mode.CLEAR)

    found = cancelled_at_once(script, Mode.CLEAR, Fault.CANCELLED)
    over.set()

    assert found.result is Result.CANCELLED
    assert found.finished.outcome.step is Step.RESOLVE


def test_cancel_does_not_wait_for_a_connection() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    cancel = Cancel()

    with black_hole("127.0.0.1", port):
        timer = threading.Timer(0.1, cancel.request)
        timer.start()
        found = attempt(request(port, Mode.CLEAR, timeout=10), cancel=cancel)
        timer.join()

    assert found.result is Result.CANCELLED
    assert found.finished.outcome.step is Step.CONNECT
    assert found.took < 1


@pytest.mark.parametrize("stage", [Stage.EHLO, Stage.DATA], ids=str)
def test_cancel_is_heard_while_a_server_keeps_talking(stage: Stage) -> None:
    def script(reached: threading.Event) -> Script:
        def drip(talk: Talk, right: bytes) -> None:
            reached.set()
            while True:
                talk.say(right[:3] + b"-and more\r\n")
                talk.pause(0.005)

        return polite(Mode.CLEAR, {stage: drip})

    found = cancelled_at_once(script, Mode.CLEAR, Fault.CANCELLED)

    assert found.result is Result.CANCELLED


def test_cancel_before_the_start_says_nothing_to_anybody() -> None:
    cancel = Cancel()
    cancel.request()

    with Scripted(polite(Mode.CLEAR)) as server:
        found = attempt(request(server.port, Mode.CLEAR), cancel=cancel)

    assert found.result is Result.CANCELLED
    assert server.said == b""


def test_cancel_during_the_hush_before_the_dot_leaves_the_message_unsent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "HUSH", 5.0)

    def script(reached: threading.Event) -> Script:
        def reach(talk: Talk, right: bytes) -> None:
            talk.say(right)
            talk.hear()
            reached.set()
            talk.hear_message()

        return polite(Mode.CLEAR, {Stage.DATA: reach})

    found = cancelled_at_once(script, Mode.CLEAR, Fault.CANCELLED)

    assert found.result is Result.CANCELLED

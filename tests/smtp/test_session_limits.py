"""Where a session stops because it was told to, and where because time is over."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from mailsetup_gui import trial
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp import session
from mailsetup_gui.smtp.events import Fault, Line, Result, Step
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Secrets
from tests.smtp.polite import STAGES, Mode, Stage, polite, says
from tests.smtp.scripted import Script, Scripted, Talk
from tests.smtp.trying import ENVELOPE, SIGN_IN, attempt, commands, request, tried

UNTIL = {
    (Mode.CLEAR, Step.CONNECT): [],
    (Mode.CLEAR, Step.EHLO): ["EHLO client.example.test", "QUIT"],
    (Mode.CLEAR, Step.TLS): ["EHLO client.example.test", "QUIT"],
    (Mode.SIGNED_CLEAR, Step.AUTH): ["EHLO client.example.test", *SIGN_IN, "QUIT"],
    (Mode.CLEAR, Step.RCPT): ["EHLO client.example.test", *ENVELOPE[:2], "QUIT"],
    (Mode.SMTPS, Step.CONNECT): [],
    (Mode.SMTPS, Step.TLS): [],
    (Mode.SMTPS, Step.EHLO): ["EHLO client.example.test", "QUIT"],
    (Mode.SMTPS, Step.AUTH): ["EHLO client.example.test", *SIGN_IN, "QUIT"],
    (Mode.SMTPS, Step.RCPT): ["EHLO client.example.test", *SIGN_IN, *ENVELOPE[:2], "QUIT"],
}


@pytest.mark.parametrize(("mode", "until"), UNTIL, ids=str)
def test_a_test_stops_where_it_was_told_to_and_hands_nothing_over(mode: Mode, until: Step) -> None:
    with Scripted(_up_to(mode, UNTIL[mode, until])) as server:
        found = attempt(request(server.port, mode, until=until))

    assert found.result is Result.ACCEPTED
    assert found.finished.outcome.until is until
    assert commands(server.said) == UNTIL[mode, until]


def _up_to(mode: Mode, told: list[str]) -> Script:
    """A session that ends in QUIT after so many commands."""
    stages = [stage for stage in STAGES[mode] if stage not in (Stage.GREETING, Stage.HANDSHAKE)]
    return polite(mode, {stages[len(told) - 1]: says(b"221 Bye\r\n")} if told else {})


def test_a_step_has_its_own_limit_within_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "STEP_LIMIT", 0.2)

    found, _ = tried(polite(Mode.CLEAR, {Stage.MAIL: lambda talk, _: talk.stay_silent()}), Mode.CLEAR)

    assert found.finished.outcome.fault is Fault.SILENT
    assert found.finished.outcome.step is Step.MAIL
    assert found.took < 3


def test_the_reply_to_the_dot_may_take_longer_than_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "STEP_LIMIT", 0.2)

    def slowly(talk: Talk, right: bytes) -> None:
        talk.pause(0.4)
        talk.say(right)

    found, _ = tried(polite(Mode.CLEAR, {Stage.DOT: slowly}), Mode.CLEAR)

    assert found.result is Result.ACCEPTED


def test_time_that_many_slow_steps_used_up_is_no_fault_of_the_last_one() -> None:
    def slowly(talk: Talk, right: bytes) -> None:
        talk.pause(0.25)
        talk.say(right)

    with Scripted(polite(Mode.CLEAR, {Stage.GREETING: slowly, Stage.EHLO: slowly, Stage.MAIL: slowly})) as server:
        found = attempt(request(server.port, Mode.CLEAR, timeout=0.6))

    assert found.cause == Cause.DEADLINE.value


def test_a_test_that_nobody_follows_any_more_hangs_up() -> None:
    gone = threading.Event()

    def notice(talk: Talk, right: bytes) -> None:
        talk.say(right)
        try:
            talk.stay_silent()
        finally:
            gone.set()

    with Scripted(polite(Mode.CLEAR, {Stage.GREETING: notice})) as server, closing(Cancel()) as cancel:
        events = trial.run(request(server.port, Mode.CLEAR), Secrets(), cancel)
        next(event for event in events if isinstance(event, Line) and event.text.startswith("220"))
        events.close()  # type: ignore[attr-defined]  # the iterator is a generator

        assert gone.wait(5)

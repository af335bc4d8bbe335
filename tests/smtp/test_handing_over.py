"""Where "accepted" is decided."""

from __future__ import annotations

import re

import pytest

from mailsetup_gui.smtp import handing_over
from mailsetup_gui.smtp.events import Breach, Outcome, Result, State, Step
from mailsetup_gui.smtp.message import Mail
from mailsetup_gui.smtp.session import Trial, send_test
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from tests.smtp.misdeeds import accepts_the_first_line, hang_up, reset, right, silence
from tests.smtp.polite import PASSWORD, QUEUED, Misdeed, Mode, Stage, polite, says, then
from tests.smtp.scripted import CA_DER, Scripted, Talk
from tests.smtp.shaking import judged_by
from tests.smtp.trying import RECIPIENT, Tried, attempt, request, settings


def tried(misdeeds: dict[Stage, Misdeed], mode: Mode = Mode.CLEAR) -> Tried:
    with Scripted(polite(mode, misdeeds)) as server:
        return attempt(request(server.port, mode, timeout=3.0))


def pauses(talk: Talk, _right: bytes) -> None:
    talk.pause(0.05)


@pytest.mark.parametrize(
    "misdeed",
    [hang_up, reset, says(b"421 4.4.2 Bye\r\n"), says(b"221 Bye\r\n"), says(b"nonsense\r\n")],
    ids=["FIN", "RST", "421", "221", "nonsense"],
)
def test_what_a_server_does_after_it_took_the_message_changes_nothing(misdeed: Misdeed) -> None:
    assert tried({Stage.QUIT: misdeed}).result is Result.ACCEPTED


def test_a_server_that_is_silent_at_quit_does_not_hold_the_test_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "GOODBYE_LIMIT", 0.1)

    found = tried({Stage.QUIT: silence})

    assert found.result is Result.ACCEPTED
    assert found.took < 2
    assert found.steps[-1][:2] == (Step.QUIT, State.FAILED)


@pytest.mark.parametrize("misdeed", [hang_up, reset, says(b"nonsense\r\n")], ids=["FIN", "RST", "nonsense"])
@pytest.mark.parametrize("mode", Mode, ids=str)
def test_without_a_reply_to_the_dot_it_is_unknown_whether_the_message_was_taken(mode: Mode, misdeed: Misdeed) -> None:
    found = tried({Stage.DOT: misdeed}, mode)

    assert found.result is Result.UNKNOWN
    assert "not known" in found.finished.card.why


@pytest.mark.parametrize("code", [b"251", b"252", b"220", b"354"])
def test_no_other_code_than_250_takes_the_message(code: bytes) -> None:
    assert tried({Stage.DOT: says(code + b" what\r\n")}).result is Result.UNKNOWN


@pytest.mark.parametrize("reply", [b"554 5.7.1 no\r\n", b"451 4.3.0 later\r\n"], ids=["554", "451"])
def test_a_refusal_of_the_message_is_a_refusal(reply: bytes) -> None:
    assert tried({Stage.DOT: says(reply)}).result is Result.REJECTED


@pytest.mark.parametrize("reply", [b"554 5.7.1 no\r\n", b"250 2.0.0 Ok\r\n", b"354 go\r\n"], ids=["554", "250", "354"])
@pytest.mark.parametrize("late", [False, True], ids=["at once", "later"])
def test_a_second_reply_behind_the_one_to_the_dot_takes_acceptance_back(reply: bytes, late: bool) -> None:
    behind = then(pauses, says(reply)) if late else says(reply)

    found = tried({Stage.DOT: then(right, behind)})

    assert found.result is Result.UNKNOWN
    assert found.finished.outcome.breach is Breach.OUT_OF_STEP
    assert found.finished.outcome.reply is None


@pytest.mark.parametrize("reply", [b"554 5.7.1 no\r\n", b"250 2.0.0 Ok\r\n"], ids=["554", "250"])
def test_quit_answered_as_if_it_were_the_dot_takes_acceptance_back(reply: bytes) -> None:
    found = tried({Stage.QUIT: says(reply)})

    assert found.result is Result.UNKNOWN
    assert found.finished.outcome.breach is Breach.OUT_OF_STEP


def test_a_refusal_with_a_success_behind_it_is_unknown() -> None:
    assert tried({Stage.DOT: says(b"554 5.7.1 no\r\n" + QUEUED)}).result is Result.UNKNOWN


@pytest.mark.parametrize("after", [hang_up, reset, silence, right], ids=["FIN", "RST", "silence", "250 again"])
def test_a_success_before_the_dot_is_not_believed(after: Misdeed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "HUSH", 0.2)

    found = tried({Stage.DATA: then(right, accepts_the_first_line), Stage.DOT: after})

    assert found.result is Result.UNKNOWN
    assert found.finished.outcome.breach is Breach.EARLY_REPLY


def test_an_announced_shutdown_is_the_reply_to_the_next_command() -> None:
    found = tried({Stage.EHLO: then(right, says(b"421 4.3.2 Shutting down\r\n"))})

    assert found.result is Result.REJECTED
    assert found.finished.outcome.reply is not None
    assert found.finished.outcome.reply.code == 421


@pytest.mark.parametrize("mode", Mode, ids=str)
def test_a_large_message_full_of_dots_arrives_whole(mode: Mode) -> None:
    octets = b"".join(b"." * (n % 5) + b"line %d\r\n" % n for n in range(20_000))
    heard: list[bytes] = []

    def keep(talk: Talk, _right: bytes) -> None:
        talk.say(b"354 go\r\n")
        heard.append(talk.hear_message())
        talk.say(QUEUED)

    with Scripted(polite(mode, {Stage.DATA: keep}, without=(Stage.DOT,))) as server:
        assert delivered(server.port, mode, octets).result is Result.ACCEPTED

    assert re.sub(rb"(?m)^\.", b"", heard[0]) == octets


def test_a_message_that_the_server_does_not_read_was_not_handed_over() -> None:
    octets = b"x" * 998 + b"\r\n"

    with Scripted(polite(Mode.CLEAR, {Stage.DATA: then(right, lambda talk, _: talk.stay_deaf())})) as server:
        outcome = delivered(server.port, Mode.CLEAR, octets * 20_000, timeout=0.5)

    assert outcome.result is Result.FAILED


def test_the_words_of_a_server_that_hangs_up_during_the_message_are_kept() -> None:
    def refuse(talk: Talk, _right: bytes) -> None:
        talk.say(b"354 go\r\n")
        talk.hear()
        talk.say(b"552 5.3.4 Message too big\r\n")
        talk.reset()

    with Scripted(polite(Mode.CLEAR, {Stage.DATA: refuse})) as server:
        outcome = delivered(server.port, Mode.CLEAR, b"x" * 998 + b"\r\n" * 20_000)

    assert outcome.result in (Result.FAILED, Result.UNKNOWN)


def delivered(port: int, mode: Mode, octets: bytes, timeout: float = 5.0) -> Outcome:
    """One session with a message of one's own."""
    mail = Mail(RECIPIENT, "", "", octets)
    trial = Trial(settings(port, mode), mail, judged_by(CA_DER), cleartext_credentials=mode is Mode.SIGNED_CLEAR)
    cancel = Cancel()
    try:
        *_, last = send_test(trial, PASSWORD, TcpTransport(timeout, cancel))
    finally:
        cancel.close()
    assert isinstance(last, Outcome)
    return last

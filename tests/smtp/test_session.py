"""JavaMail's rules, step by step, against a server that says exactly what the script says."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from mailsetup_gui import trial
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.server import Encryption
from mailsetup_gui.smtp.events import Breach, Event, Result, State, Step, StepChanged
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Secrets
from tests.smtp.polite import Misdeed, Mode, Stage, hears, polite, says, then
from tests.smtp.scripted import Scripted, Talk
from tests.smtp.trying import ENVELOPE, SENDER, SIGN_IN, attempt, commands, request, tried

STARTTLS_MODES = (Encryption.STARTTLS_IF_OFFERED, Encryption.STARTTLS_REQUIRED)
either_starttls = pytest.mark.parametrize("encryption", STARTTLS_MODES, ids=lambda mode: mode.value)


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        (Mode.CLEAR, ["EHLO client.example.test", *ENVELOPE]),
        (Mode.SIGNED_CLEAR, ["EHLO client.example.test", *SIGN_IN, *ENVELOPE]),
        (
            Mode.STARTTLS,
            ["EHLO client.example.test", "STARTTLS", "EHLO client.example.test", *SIGN_IN, *ENVELOPE],
        ),
        (Mode.SMTPS, ["EHLO client.example.test", *SIGN_IN, *ENVELOPE]),
    ],
    ids=["clear", "clear with sign-in", "starttls", "smtps"],
)
def test_a_session_says_these_commands_in_this_order(mode: Mode, told: list[str]) -> None:
    with Scripted(polite(mode)) as server:
        found = attempt(request(server.port, mode))

    assert found.result is Result.ACCEPTED
    assert commands(server.said) == told


@pytest.mark.parametrize("mode", Mode, ids=str)
def test_every_step_is_told_as_started_and_done_in_the_order_of_the_session(mode: Mode) -> None:
    with Scripted(polite(mode)) as server:
        steps = attempt(request(server.port, mode)).steps

    ended = [step.step for step in steps if step.state is not State.STARTED]
    started = [step.step for step in steps if step.state is State.STARTED]
    skipped = [step.step for step in steps if step.state is State.SKIPPED]
    assert [step for step in ended if step not in skipped] == started
    assert ended[:2] == [Step.RESOLVE, Step.CONNECT]
    assert ended[-4:] == [Step.MAIL, Step.RCPT, Step.DATA, Step.QUIT]
    assert (Step.TLS in skipped) == (mode in (Mode.CLEAR, Mode.SIGNED_CLEAR))
    assert (Step.AUTH in skipped) == (mode is Mode.CLEAR)


def test_times_never_run_backwards() -> None:
    with Scripted(polite(Mode.STARTTLS)) as server:
        events = attempt(request(server.port, Mode.STARTTLS)).events

    assert [event.at for event in events] == sorted(event.at for event in events)


@either_starttls
@pytest.mark.parametrize("refusal", [b"454 4.7.0 TLS not available\r\n", b"501 5.5.4 no\r\n", b"502 5.5.1 no\r\n"])
def test_nothing_falls_back_to_clear_text_once_starttls_was_offered(encryption: Encryption, refusal: bytes) -> None:
    script = polite(Mode.STARTTLS, {Stage.STARTTLS: then(says(refusal), hears, says(b"221 Bye\r\n"))})

    found, told = tried(script, Mode.STARTTLS, encryption=encryption)

    assert found.result is Result.REJECTED
    assert found.cause == Cause.STARTTLS_REFUSED.value
    assert told == ["EHLO client.example.test", "STARTTLS", "QUIT"]


def test_required_starttls_stops_before_any_envelope() -> None:
    script = polite(Mode.CLEAR, {Stage.MAIL: says(b"221 Bye\r\n")})

    found, told = tried(script, Mode.STARTTLS)

    assert found.result is Result.FAILED
    assert found.cause == Cause.STARTTLS_NOT_OFFERED.value
    assert told == ["EHLO client.example.test", "QUIT"]


def test_a_firewall_that_overwrites_starttls_is_shown() -> None:
    misdeeds: dict[Stage, Misdeed] = {Stage.EHLO: says(b"250-mail.example.test\r\n250-XXXXXXXA\r\n250 SIZE\r\n")}

    found, _ = tried(polite(Mode.CLEAR, misdeeds), Mode.STARTTLS)

    assert found.finished.outcome.evidence == "XXXXXXXA"
    assert "XXXXXXXA" in found.finished.card.why


def test_without_an_offer_of_starttls_mail_goes_out_in_clear_and_that_is_told() -> None:
    found, _ = tried(polite(Mode.CLEAR), Mode.CLEAR)

    assert found.result is Result.ACCEPTED
    assert Cause.SENT_CLEAR.value in found.warnings
    assert not found.finished.outcome.encrypted


def test_settings_that_never_encrypt_leave_an_offer_of_tls_unused_and_that_is_told() -> None:
    misdeeds: dict[Stage, Misdeed] = {Stage.EHLO: says(b"250-mail.example.test\r\n250 STARTTLS\r\n")}

    found, told = tried(polite(Mode.CLEAR, misdeeds), Mode.CLEAR, encryption=Encryption.NONE)

    assert found.result is Result.ACCEPTED
    assert found.warnings == [Cause.STARTTLS_UNUSED.value, Cause.SENT_CLEAR.value]
    assert "STARTTLS" not in told


def test_what_was_offered_before_tls_counts_for_nothing_after_it() -> None:
    misdeeds: dict[Stage, Misdeed] = {
        Stage.EHLO: says(b"250-mail.example.test\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n"),
        Stage.EHLO_INSIDE: says(b"250 mail.example.test\r\n"),
    }
    without = (Stage.AUTH, Stage.USERNAME, Stage.PASSWORD)

    found, told = tried(polite(Mode.STARTTLS, misdeeds, without), Mode.STARTTLS)

    assert found.result is Result.ACCEPTED
    assert found.warnings == [Cause.AUTH_NOT_OFFERED.value]
    assert not [words for words in told if words.startswith("AUTH")]


def test_replies_injected_behind_the_220_are_named_and_nothing_more_is_said() -> None:
    injected = b"220 go\r\n250-x\r\n250 AUTH PLAIN\r\n235 in\r\n250 ok\r\n250 ok\r\n354 go\r\n250 queued\r\n221 bye\r\n"

    with Scripted(polite(Mode.STARTTLS, {Stage.STARTTLS: says(injected)})) as server:
        found = attempt(request(server.port, Mode.STARTTLS))

    assert found.result is Result.FAILED
    assert found.finished.outcome.breach is Breach.BEFORE_TLS
    assert commands(server.said) == ["EHLO client.example.test", "STARTTLS"]


def test_clear_text_in_place_of_the_handshake_is_a_breach_and_not_a_wrong_port() -> None:
    def clear(talk: Talk, _right: bytes) -> None:
        talk.wire_octets()
        talk.say_in_clear(b"250 AUTH PLAIN\r\n")

    found, _ = tried(polite(Mode.STARTTLS, {Stage.HANDSHAKE: clear}), Mode.STARTTLS)

    assert found.cause == Cause.PROTOCOL.value
    assert found.finished.outcome.breach is Breach.CLEAR_TEXT_IN_TLS
    assert found.finished.outcome.evidence == "250 AUTH PLAIN"


def test_helo_follows_a_refused_ehlo() -> None:
    misdeeds: dict[Stage, Misdeed] = {Stage.EHLO: then(says(b"502 5.5.2 no\r\n"), hears, says(b"250 hello\r\n"))}

    found, told = tried(polite(Mode.CLEAR, misdeeds), Mode.CLEAR)

    assert found.result is Result.ACCEPTED
    assert "HELO client.example.test" in told


def test_a_refused_ehlo_inside_tls_has_the_test_go_on_by_what_was_heard_in_clear_as_javamail() -> None:
    misdeeds: dict[Stage, Misdeed] = {Stage.EHLO_INSIDE: says(b"502 5.5.2 no\r\n")}

    found, told = tried(polite(Mode.STARTTLS, misdeeds, (Stage.AUTH, Stage.USERNAME, Stage.PASSWORD)), Mode.STARTTLS)

    assert found.result is Result.ACCEPTED
    assert not [words for words in told if words.startswith("HELO")]


def test_two_refused_greetings_name_the_ehlo_name_as_the_cause() -> None:
    misdeeds: dict[Stage, Misdeed] = {
        Stage.EHLO: then(says(b"501 5.5.4 Invalid domain name\r\n"), hears, says(b"501 5.5.4 Invalid domain name\r\n"))
    }

    found, told = tried(polite(Mode.CLEAR, misdeeds), Mode.CLEAR)

    assert found.result is Result.REJECTED
    assert found.cause == Cause.EHLO_REFUSED.value
    assert told[:3] == ["EHLO client.example.test", "HELO client.example.test", "QUIT"]


@pytest.mark.parametrize(
    ("reply", "cause"),
    [(b"554 5.7.1 No\r\n", Cause.GREETING_REFUSED), (b"421 4.3.2 Busy\r\n", Cause.BUSY), (b"450 No\r\n", Cause.BUSY)],
    ids=["554", "421", "450"],
)
def test_a_refusing_greeting_is_answered_with_quit_alone(reply: bytes, cause: Cause) -> None:
    found, told = tried(polite(Mode.CLEAR, {Stage.GREETING: says(reply)}), Mode.CLEAR)

    assert found.result is Result.REJECTED
    assert found.cause == cause.value
    assert told == ["QUIT"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mail.example.com", "mail.example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("[127.0.0.1]", "[127.0.0.1]"),
        ("[IPv6:::1]", "[IPv6:::1]"),
    ],
)
def test_the_ehlo_name_is_the_one_that_was_set(given: str, said: str) -> None:
    _, told = tried(polite(Mode.CLEAR), Mode.CLEAR, ehlo_name=given)

    assert told[0] == f"EHLO {said}"


@pytest.mark.parametrize(
    ("name", "said"),
    [("build-7", "EHLO build-7"), ("my_host", "EHLO [127.0.0.1]"), ("", "EHLO [127.0.0.1]"), ("é", "EHLO [127.0.0.1]")],
)
def test_without_one_it_is_this_computers_name_or_its_address(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: name)

    _, told = tried(polite(Mode.CLEAR), Mode.CLEAR, ehlo_name="")

    assert told[0] == said


def test_the_envelope_sender_is_email_from_whoever_signs_in() -> None:
    _, told = tried(polite(Mode.SIGNED_CLEAR), Mode.SIGNED_CLEAR, username="somebody@else.test", sender=SENDER)

    assert f"MAIL FROM:<{SENDER}>" in told


def test_international_domains_cross_the_wire_in_a_labels() -> None:
    _, told = tried(polite(Mode.CLEAR), Mode.CLEAR, sender="bot@bücher.example")

    assert "MAIL FROM:<bot@xn--bcher-kva.example>" in told


def test_smtps_on_a_port_that_greets_in_clear_is_a_wrong_mode_also_when_the_greeting_came_first() -> None:
    greeted = threading.Event()

    def greet(talk: Talk, right: bytes) -> None:
        talk.say(right)
        greeted.set()
        talk.stay_silent()

    last: Event | Finished | None = None
    with Scripted(polite(Mode.CLEAR, {Stage.GREETING: greet})) as server, closing(Cancel()) as cancel:
        for event in trial.run(request(server.port, Mode.SMTPS), Secrets(), cancel):
            if isinstance(event, StepChanged) and event.step is Step.CONNECT and event.state is State.DONE:
                assert greeted.wait(5)
            last = event

    assert isinstance(last, Finished)
    assert last.diagnosis.cause is Cause.TLS_ON_PLAIN_PORT
    assert last.outcome.evidence == "220 mail.example.test ESMTP"

"""What happened -> cause, warnings, ruled out."""

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.rules import cause_of, days_left, diagnose
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Fault, Note, Outcome, Peer, Result, State, Step, StepChanged, TlsStarted
from mailsetup_gui.smtp.reply import Reply

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "", "a@example.com")
NOW = 1_795_000_000.0
"""2026-11-18."""


def tls(*names: str, not_after: str = "Jan  1 00:00:00 2030 GMT") -> TlsStarted:
    peer = Peer("CN=x", "CN=ca", names, "Jan  1 00:00:00 2020 GMT", not_after)
    return TlsStarted("TLSv1.3", "AES", (b"der",), peer, True, 1.0)


def outcome(result: Result = Result.ACCEPTED, *notes: Note) -> Outcome:
    return Outcome(result, Step.DATA, 1.0, notes=notes, encrypted=True)


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.value)
def test_every_fault_is_a_cause(fault: Fault) -> None:
    assert Cause(fault.value).value == fault.value


def test_an_accepted_message_has_no_cause() -> None:
    assert cause_of(outcome()) is None


@pytest.mark.parametrize(
    ("note", "warning"),
    [
        (Note.NOT_SIGNED_IN, Cause.AUTH_NOT_OFFERED),
        (Note.CLEAR_TEXT, Cause.SENT_CLEAR),
        (Note.CREDENTIALS_IN_CLEAR, Cause.SENT_IN_CLEAR),
        (Note.STARTTLS_UNUSED, Cause.STARTTLS_UNUSED),
    ],
    ids=lambda value: value.name if isinstance(value, Note) else "",
)
def test_every_note_is_told_as_a_warning(note: Note, warning: Cause) -> None:
    assert diagnose(outcome(Result.ACCEPTED, note), SERVER, tls("mail.example.com"), (), NOW).warnings == (warning,)


def test_a_wrong_name_is_a_warning_and_a_right_one_is_none() -> None:
    assert diagnose(outcome(), SERVER, tls("other.example.com"), (), NOW).warnings == (Cause.NAME_MISMATCH,)
    assert diagnose(outcome(), SERVER, tls("*.example.com"), (), NOW).warnings == ()


@pytest.mark.parametrize(
    ("not_after", "days"),
    [("Nov 28 00:00:00 2026 GMT", 9), ("Dec 18 00:00:00 2026 GMT", 29), ("Nov 17 00:00:00 2026 GMT", -2), ("?", None)],
    ids=["soon", "in time", "over", "unreadable"],
)
def test_days_left_are_whole_days_by_the_clock_that_is_given(not_after: str, days: int | None) -> None:
    assert days_left(Peer(not_after=not_after), NOW) == days


def test_a_certificate_that_expires_within_30_days_is_a_warning() -> None:
    soon = tls("mail.example.com", not_after="Nov 28 00:00:00 2026 GMT")
    assert diagnose(outcome(), SERVER, soon, (), NOW).warnings == (Cause.EXPIRES_SOON,)


def test_smtps_on_the_default_port_is_a_warning() -> None:
    server = SERVER._replace(port=None, encryption=Encryption.IMPLICIT_TLS)
    assert Cause.SMTPS_DEFAULT_PORT in diagnose(outcome(), server, tls("mail.example.com"), (), NOW).warnings


@pytest.mark.parametrize("field", ["hostname", "sender", "ehlo_name"])
def test_a_name_that_javamail_would_send_as_it_is_typed_is_a_warning(field: str) -> None:
    server = SERVER._replace(**{field: "x@bücher.example"})  # type: ignore[arg-type]  # all three are text
    assert Cause.INTERNATIONAL in diagnose(outcome(), server, None, (), NOW).warnings
    assert Cause.INTERNATIONAL not in diagnose(outcome(), SERVER, None, (), NOW).warnings


def test_what_was_done_is_ruled_out_and_the_cause_is_not() -> None:
    steps = tuple(StepChanged(step, State.DONE, 1.0) for step in (Step.RESOLVE, Step.CONNECT, Step.TLS))
    refused = Outcome(Result.REJECTED, Step.AUTH, 1.0, reply=Reply(535, ("5.7.8 no",)), encrypted=True)
    found = diagnose(refused, SERVER, tls("mail.example.com"), steps, NOW)
    assert found.cause is Cause.AUTH_REFUSED
    assert {Cause.DNS_NOT_FOUND, Cause.TCP_REFUSED, Cause.EXPIRED, Cause.NAME_MISMATCH} <= set(found.ruled_out)
    assert Cause.AUTH_REFUSED not in found.ruled_out


def test_a_test_that_the_person_stopped_rules_nothing_out() -> None:
    steps = (StepChanged(Step.RESOLVE, State.DONE, 1.0),)
    stopped = Outcome(Result.CANCELLED, Step.CONNECT, 1.0, Fault.CANCELLED)
    assert diagnose(stopped, SERVER, None, steps, NOW).ruled_out == ()


def test_wanting_tls_is_no_mend_where_starttls_is_not_offered() -> None:
    server = MailServer("mail.example.test", 25, Encryption.STARTTLS_IF_OFFERED, "bitbucket", "a@example.test")
    outcome = Outcome(Result.FAILED, Step.AUTH, 1.0, Fault.CLEARTEXT_BLOCKED)

    def mends(ehlo: str) -> list[str]:
        steps = (StepChanged(Step.EHLO, State.DONE, 0.5, 0.1, ehlo),)
        return [action.mend.value for action in diagnose(outcome, server, None, steps).actions]

    assert mends("SIZE AUTH") == ["try-usual-ports", "allow-for-this-test"]
    assert mends("SIZE STARTTLS AUTH") == ["always-use-tls", "allow-for-this-test"]

"""The refusals that a server may give at any step: with and without enhanced codes, in several lines, or told wrong."""

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.replies import of_refusal
from mailsetup_gui.smtp.events import Outcome, Result, Step
from mailsetup_gui.smtp.reply import Reply

STEPS = (Step.GREETING, Step.EHLO, Step.STARTTLS, Step.AUTH, Step.MAIL, Step.RCPT, Step.DATA)
FINAL = dict(
    zip(
        STEPS,
        (
            Cause.GREETING_REFUSED,
            Cause.EHLO_REFUSED,
            Cause.STARTTLS_REFUSED,
            Cause.AUTH_REFUSED,
            Cause.FROM_REFUSED,
            Cause.RCPT_REFUSED,
            Cause.DATA_REFUSED,
        ),
        strict=True,
    )
)
PUT_OFF = FINAL | {
    **dict.fromkeys((Step.GREETING, Step.EHLO), Cause.BUSY),
    Step.AUTH: Cause.AUTH_TEMPORARY,
    **dict.fromkeys((Step.MAIL, Step.RCPT, Step.DATA), Cause.SERVER_BUSY),
}
SHUT_DOWN = PUT_OFF | dict.fromkeys((Step.STARTTLS, Step.AUTH), Cause.BUSY)


def cause_of(step: Step, *lines: str) -> Cause:
    reply = Reply(int(lines[0][:3]), tuple(line[4:] for line in lines))
    return of_refusal(Outcome(Result.REJECTED, step, 1.0, reply=reply), reply)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.value)
@pytest.mark.parametrize(
    "line", ["550", "550 no", "554 5.0.0 no", "550 5.5.0 Requested action not taken", "550 2.1.1 no"]
)
def test_a_final_no_is_blamed_on_what_was_asked(step: Step, line: str) -> None:
    assert cause_of(step, line) is FINAL[step]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.value)
@pytest.mark.parametrize("line", ["451", "451 later", "451 4.3.0 Temporary lookup failure", "450 5.3.0 later"])
def test_a_no_for_now_is_put_off(step: Step, line: str) -> None:
    assert cause_of(step, line) is PUT_OFF[step]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.value)
@pytest.mark.parametrize("line", ["421", "421 4.3.2 Service shutting down", "421 mail.example.test closing channel"])
def test_a_server_that_shuts_down_is_busy_at_whatever_step(step: Step, line: str) -> None:
    assert cause_of(step, line) is SHUT_DOWN[step]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.value)
def test_a_client_certificate_is_wanted_at_whatever_step_it_is_said(step: Step) -> None:
    line = "421 4.7.1 mail.example.test Error: No client certificate presented"
    assert cause_of(step, line) is Cause.TLS_CLIENT_CERTIFICATE


@pytest.mark.parametrize(
    ("step", "lines", "cause"),
    [
        (
            Step.RCPT,
            ("550 sorry", "550 5.1.1 No such user here", "550 see https://example.test/help"),
            Cause.RCPT_UNKNOWN_USER,
        ),
        (Step.RCPT, ("554 5.7.1 sorry", "554 Relay access denied", "554 5.7.1 bye"), Cause.RELAY_DENIED),
        (Step.DATA, ("550 Message rejected", "550 5.7.26 SPF and DKIM did not pass", "550 bye"), Cause.POLICY),
        (Step.AUTH, ("535 no", "535 5.7.139 SmtpClientAuthentication is disabled", "535 bye"), Cause.BASIC_DISABLED),
        (Step.MAIL, ("553 no", "553 5.7.1 not owned by user x", "553 bye"), Cause.FROM_NOT_OWNED),
    ],
    ids=["unknown user", "relay", "policy", "basic", "not owned"],
)
def test_the_line_that_decides_may_stand_in_the_middle(step: Step, lines: tuple[str, ...], cause: Cause) -> None:
    assert cause_of(step, *lines) is cause


@pytest.mark.parametrize(
    ("step", "line", "cause"),
    [
        (Step.DATA, "554 5.5.1 Error: no valid recipients", Cause.RCPT_REFUSED),
        (Step.MAIL, "450 4.7.1 Error: too much mail from 192.0.2.1", Cause.RATE_LIMITED),
        (Step.AUTH, "450 4.7.1 Error: too many AUTH commands from 192.0.2.1", Cause.TOO_MANY_ATTEMPTS),
        (Step.STARTTLS, "421 4.7.0 mail Error: too many new TLS sessions from 192.0.2.1", Cause.BUSY),
        (Step.STARTTLS, "421 4.7.0 TLS not available", Cause.STARTTLS_REFUSED),
        (Step.AUTH, "421 4.7.0 Try again later", Cause.TOO_MANY_ATTEMPTS),
        (Step.RCPT, "450 5.1.1 <x>: User unknown", Cause.RCPT_UNKNOWN_USER),
        (Step.RCPT, "550 4.2.0 <x>: Greylisted", Cause.GREYLISTED),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_what_real_servers_say_has_its_cause(step: Step, line: str, cause: Cause) -> None:
    assert cause_of(step, line) is cause

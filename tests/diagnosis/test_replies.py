"""A server's no -> its cause; the replies are those of the catalogue of errors."""

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.replies import of_refusal
from mailsetup_gui.smtp.events import Note, Outcome, Result, Step
from mailsetup_gui.smtp.reply import Reply

CASES = [
    (Step.GREETING, "554 5.7.1 Service unavailable; client host blocked", Cause.GREETING_REFUSED),
    (Step.GREETING, "421 4.3.2 too many connections", Cause.BUSY),
    (Step.EHLO, "501 5.5.4 Invalid domain name", Cause.EHLO_REFUSED),
    (Step.EHLO, "421 4.7.0 try later", Cause.BUSY),
    (Step.STARTTLS, "454 4.7.0 TLS not available due to local problem", Cause.STARTTLS_REFUSED),
    (Step.AUTH, "535 5.7.8 Error: authentication failed", Cause.AUTH_REFUSED),
    (Step.AUTH, "535-5.7.8 Username and Password not accepted", Cause.AUTH_REFUSED),
    (Step.AUTH, "535 5.7.3 Authentication unsuccessful", Cause.AUTH_REFUSED),
    (Step.AUTH, "534 5.7.9 Application-specific password required", Cause.APP_PASSWORD_REQUIRED),
    (
        Step.AUTH,
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
        Cause.BASIC_DISABLED,
    ),
    (Step.AUTH, "550 5.7.30 Basic authentication is not supported for Client Submission.", Cause.BASIC_DISABLED),
    (Step.AUTH, "421 4.7.0 Too many login attempts", Cause.TOO_MANY_ATTEMPTS),
    (Step.AUTH, "454 4.7.0 Temporary authentication failure", Cause.AUTH_TEMPORARY),
    (Step.AUTH, "538 5.7.11 Encryption required for requested authentication mechanism", Cause.AUTH_NEEDS_TLS),
    (Step.AUTH, "530 5.7.0 Must issue a STARTTLS command first", Cause.AUTH_NEEDS_TLS),
    (Step.MAIL, "530 5.7.0 Must issue a STARTTLS command first", Cause.AUTH_NEEDS_TLS),
    (Step.MAIL, "530 5.7.0 Authentication required", Cause.AUTH_REQUIRED),
    (Step.MAIL, "530 5.7.57 Client not authenticated to send mail.", Cause.AUTH_REQUIRED),
    (Step.RCPT, "550 5.7.1 Unable to relay", Cause.RELAY_DENIED),
    (Step.RCPT, "554 5.7.1 <x@y>: Relay access denied", Cause.RELAY_DENIED),
    (Step.RCPT, "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", Cause.RELAY_DENIED),
    (Step.RCPT, "550 Relaying denied", Cause.RELAY_DENIED),
    (Step.DATA, "554 5.2.252 SendAsDenied; u not allowed to send as f", Cause.FROM_NOT_OWNED),
    (Step.RCPT, "553 5.7.1 <f>: Sender address rejected: not owned by user u", Cause.FROM_NOT_OWNED),
    (Step.DATA, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", Cause.FROM_NOT_OWNED),
    (Step.RCPT, "550 5.1.8 <f>: Sender address rejected: Domain not found", Cause.FROM_INVALID),
    (Step.MAIL, "501 5.1.7 Invalid address", Cause.FROM_INVALID),
    (Step.MAIL, "550 no", Cause.FROM_REFUSED),
    (Step.RCPT, "550 5.1.1 User unknown", Cause.RCPT_UNKNOWN_USER),
    (Step.RCPT, "550 No such user here", Cause.RCPT_UNKNOWN_USER),
    (Step.RCPT, "450 4.2.0 <x>: Recipient address rejected: Greylisted", Cause.GREYLISTED),
    (Step.RCPT, "550 no", Cause.RCPT_REFUSED),
    (Step.DATA, "552 5.3.4 Message size exceeds fixed limit", Cause.TOO_LARGE),
    (Step.MAIL, "452 4.3.1 Insufficient system storage", Cause.STORAGE),
    (Step.DATA, "550 5.7.26 This mail is not authenticated", Cause.POLICY),
    (Step.DATA, "550 spam", Cause.DATA_REFUSED),
    (Step.MAIL, "550 5.4.5 Daily user sending limit exceeded", Cause.RATE_LIMITED),
    (Step.RCPT, "451 4.7.500 Server busy", Cause.SERVER_BUSY),
    (Step.DATA, "421 4.3.0 closing", Cause.SERVER_BUSY),
    (Step.AUTH, "534 5.7.14 Please log in via your web browser and then try again", Cause.APP_PASSWORD_REQUIRED),
    (Step.AUTH, "454 4.7.0 Too many login attempts, please try again later", Cause.TOO_MANY_ATTEMPTS),
    (Step.AUTH, "535 5.7.139 user is locked by your organization's security defaults policy", Cause.BASIC_DISABLED),
    (Step.MAIL, "454 5.7.3 Client was not authenticated to send mail", Cause.AUTH_REQUIRED),
    (Step.MAIL, "553 authentication is required", Cause.AUTH_REQUIRED),
    (Step.RCPT, "503 5.5.4 Error: send AUTH command first", Cause.AUTH_REQUIRED),
    (Step.RCPT, "454 4.7.1 <x@y>: Relay access denied", Cause.RELAY_DENIED),
    (Step.RCPT, "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", Cause.RELAY_DENIED),
    (Step.RCPT, "504 5.5.2 <pc>: Helo command rejected: need fully-qualified hostname", Cause.EHLO_REFUSED),
    (Step.RCPT, "450 4.7.1 <pc.test>: Helo command rejected: Host not found", Cause.EHLO_REFUSED),
    (Step.RCPT, "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example", Cause.POLICY),
    (Step.MAIL, "550 5.7.708 Access denied, traffic not accepted from this IP", Cause.POLICY),
    (Step.RCPT, "550 5.7.23 SPF validation failed", Cause.POLICY),
    (Step.MAIL, "550 5.7.1 rejected by the DMARC policy of example.com", Cause.POLICY),
    (Step.DATA, "550 5.7.509 Access denied, sending domain does not pass DMARC verification", Cause.POLICY),
    (Step.RCPT, "550 5.7.25 The client has no reverse DNS", Cause.POLICY),
    (Step.DATA, "552 5.7.0 This message was blocked because of its content", Cause.POLICY),
    (Step.RCPT, "550 5.4.1 Recipient address rejected: Access denied", Cause.RCPT_UNKNOWN_USER),
    (Step.RCPT, "451 4.4.1 Connection timed out", Cause.SERVER_BUSY),
    (Step.RCPT, "552 5.2.2 Mailbox full", Cause.RCPT_REFUSED),
    (Step.RCPT, "452 4.2.2 Mailbox full", Cause.RCPT_REFUSED),
    (Step.RCPT, "550 5.1.2 Recipient address rejected: Domain not found", Cause.RCPT_INVALID),
    (Step.RCPT, "450 4.1.8 <f>: Sender address rejected: Domain not found", Cause.FROM_INVALID),
    (Step.DATA, "451 4.7.1 Greylisted, come back later", Cause.GREYLISTED),
    (Step.DATA, "452 4.5.3 Too many recipients", Cause.RATE_LIMITED),
    (Step.MAIL, "421 4.7.28 unusual rate of mail", Cause.RATE_LIMITED),
    (Step.MAIL, "550 5.7.1 Sender address rejected", Cause.FROM_REFUSED),
    (Step.RCPT, "550 5.7.1 Sender address rejected", Cause.FROM_REFUSED),
    (Step.AUTH, "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade to TLS 1.2", Cause.TLS_VERSION),
    (Step.AUTH, "504 5.5.4 Unrecognized authentication type", Cause.NO_COMMON_MECHANISM),
    (Step.AUTH, "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", Cause.AUTH_REFUSED),
    (Step.AUTH, "535 5.7.0 too many bad auth attempts", Cause.TOO_MANY_ATTEMPTS),
    (Step.EHLO, "450 4.7.1 <pc>: Helo command rejected: Host not found", Cause.EHLO_REFUSED),
    (Step.MAIL, "553 5.7.1 <f>: Sender address rejected: not logged in", Cause.AUTH_REQUIRED),
    (Step.DATA, "550 Unauthenticated senders not allowed", Cause.AUTH_REQUIRED),
    (Step.MAIL, "501 mail from address must be same as authorization user", Cause.FROM_NOT_OWNED),
    (Step.DATA, "554 Message rejected: Email address is not verified.", Cause.FROM_NOT_OWNED),
    (Step.RCPT, "450 4.2.1 The user you are trying to contact is receiving mail too quickly", Cause.RATE_LIMITED),
    (Step.RCPT, "450 4.2.1 mailbox temporarily disabled: mailbox is locked", Cause.SERVER_BUSY),
    (Step.DATA, "454 Throttling failure: Maximum sending rate exceeded.", Cause.RATE_LIMITED),
    (Step.RCPT, "552 mailbox is over quota", Cause.RCPT_REFUSED),
    (Step.RCPT, "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required", Cause.RCPT_REFUSED),
    (Step.RCPT, "511 sorry, no mailbox here by that name (#5.1.1)", Cause.RCPT_UNKNOWN_USER),
    (Step.AUTH, "454 4.7.0 TLS required", Cause.AUTH_NEEDS_TLS),
    (Step.MAIL, "550 5.7.1 Encryption is required", Cause.AUTH_NEEDS_TLS),
    (Step.RCPT, "504 5.5.2 <noreply>: Sender address rejected: need fully-qualified address", Cause.FROM_INVALID),
    (Step.RCPT, "504 5.5.2 <ops>: Recipient address rejected: need fully-qualified address", Cause.RCPT_INVALID),
    (Step.DATA, "554 5.1.2 sorry (#5.7.26)", Cause.RCPT_INVALID),
    (Step.RCPT, "550 5.4.4 Host not found", Cause.RCPT_INVALID),
    (Step.DATA, "550 5.2.3 message length exceeds the limit", Cause.TOO_LARGE),
    (Step.RCPT, "554 5.7.1 message is likely unsolicited", Cause.POLICY),
]


def refused(step: Step, reply: Reply, *notes: Note, mechanisms: tuple[str, ...] = ()) -> Outcome:
    return Outcome(Result.REJECTED, step, 1.0, reply=reply, notes=notes, mechanisms=mechanisms)


@pytest.mark.parametrize(("step", "line", "cause"), CASES, ids=[f"{s.value}: {line[:30]}" for s, line, _ in CASES])
def test_a_refusal_has_this_cause(step: Step, line: str, cause: Cause) -> None:
    reply = Reply(int(line[:3]), (line[4:],))
    assert of_refusal(refused(step, reply), reply) is cause


def test_a_refusal_after_no_sign_in_was_offered_is_blamed_on_that() -> None:
    reply = Reply(554, ("5.7.1 Relay access denied",))
    assert of_refusal(refused(Step.RCPT, reply, Note.NOT_SIGNED_IN), reply) is Cause.AUTH_NOT_OFFERED


def test_access_denied_with_auth_offered_and_unused_wants_a_sign_in() -> None:
    reply = Reply(554, ("5.7.1 <x>: Access denied",))
    assert of_refusal(refused(Step.RCPT, reply, mechanisms=("PLAIN",)), reply) is Cause.AUTH_REQUIRED
    assert of_refusal(refused(Step.RCPT, reply), reply) is Cause.RCPT_REFUSED


def test_a_refusal_that_names_relaying_stays_one_though_a_sign_in_was_offered() -> None:
    reply = Reply(554, ("5.7.1 <x>: Relay access denied",))
    assert of_refusal(refused(Step.RCPT, reply, mechanisms=("PLAIN",)), reply) is Cause.RELAY_DENIED


def test_an_enhanced_code_of_another_class_is_not_believed() -> None:
    assert Reply(550, ("2.1.1 fine",)).enhanced == ""

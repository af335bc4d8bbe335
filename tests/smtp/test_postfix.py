"""The whole way to a real mail server: Postfix with STARTTLS, SMTPS, sign-in, and nothing at all."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Result, Step
from mailsetup_gui.smtp.samples import Kind
from mailsetup_gui.trial import Request
from tests.postfix import Postfix
from tests.smtp.planted import leaks
from tests.smtp.trying import Tried, attempt

SENDER, RECIPIENT = "bitbucket@example.test", "you@example.test"
STARTTLS, IF_OFFERED = Encryption.STARTTLS_REQUIRED, Encryption.STARTTLS_IF_OFFERED
SMTPS, NEVER = Encryption.IMPLICIT_TLS, Encryption.NONE


def tried(
    postfix: Postfix,
    port: int,
    encryption: Encryption,
    signs_in: bool = True,
    password: str | None = None,
    recipient: str = RECIPIENT,
    kind: Kind = Kind.PLAIN,
) -> Tried:
    server = MailServer(postfix.host, port, encryption, postfix.username if signs_in else "", SENDER)
    asked = Request(server, recipient, kind, truststore=str(postfix.ca_pem), timeout=10)
    return attempt(asked, postfix.password if password is None else password)


@pytest.mark.parametrize("encryption", [STARTTLS, IF_OFFERED, SMTPS], ids=lambda mode: mode.value)
def test_a_signed_in_mail_over_tls_is_accepted(encryption: Encryption, postfix: Postfix) -> None:
    port = postfix.smtps_port if encryption is SMTPS else postfix.submission_port

    found = tried(postfix, port, encryption)

    assert found.result is Result.ACCEPTED
    assert found.finished.outcome.authenticated
    assert found.finished.outcome.encrypted
    assert found.warnings == []
    assert not leaks(repr(found), postfix.password, postfix.username)


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_every_message_is_delivered_as_it_was_composed(kind: Kind, postfix: Postfix) -> None:
    found = tried(postfix, postfix.submission_port, STARTTLS, kind=kind)

    mail = found.finished.mail
    assert mail is not None
    arrived = postfix.delivered("you", mail.message_id.encode())
    assert mail.octets.replace(b"\r\n", b"\n").endswith(arrived[arrived.index(b"\nFrom: ") + 1 :])
    message = message_from_bytes(arrived, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert str(message["Subject"]) == mail.subject
    assert message["Return-Path"] == f"<{SENDER}>"


def test_the_queue_id_of_the_card_is_the_one_in_postfixs_log(postfix: Postfix) -> None:
    found = tried(postfix, postfix.submission_port, STARTTLS)

    queue_id = found.finished.card.title.partition("“")[2].rstrip("”")
    assert queue_id
    assert f"{queue_id}: message-id=" in postfix.log


@pytest.mark.parametrize("encryption", [STARTTLS, SMTPS], ids=lambda mode: mode.value)
def test_a_wrong_password_is_one_refused_attempt(encryption: Encryption, postfix: Postfix) -> None:
    port = postfix.smtps_port if encryption is SMTPS else postfix.submission_port
    before = postfix.log.count("authentication failed")

    found = tried(postfix, port, encryption, password="quite wrong, this one")

    assert (found.result, found.cause) == (Result.REJECTED, Cause.AUTH_REFUSED.value)
    assert found.finished.outcome.step is Step.AUTH
    assert postfix.log.count("authentication failed") == before + 1


def test_without_a_sign_in_the_submission_port_refuses(postfix: Postfix) -> None:
    found = tried(postfix, postfix.submission_port, STARTTLS, signs_in=False)

    assert found.result is Result.REJECTED
    assert found.cause in (Cause.AUTH_REQUIRED.value, Cause.RCPT_REFUSED.value)


def test_a_foreign_recipient_is_not_relayed_to(postfix: Postfix) -> None:
    found = tried(postfix, postfix.starttls_port, STARTTLS, signs_in=False, recipient="somebody@example.com")

    assert (found.result, found.cause) == (Result.REJECTED, Cause.RELAY_DENIED.value)
    assert "somebody@example.com" in found.finished.card.why


def test_an_unknown_recipient_does_not_exist(postfix: Postfix) -> None:
    found = tried(postfix, postfix.starttls_port, STARTTLS, recipient="nobody@example.test")

    assert (found.result, found.cause) == (Result.REJECTED, Cause.RCPT_UNKNOWN_USER.value)


def test_a_port_without_starttls_is_not_used_where_tls_is_required(postfix: Postfix) -> None:
    found = tried(postfix, postfix.plain_port, STARTTLS)

    assert (found.result, found.cause) == (Result.FAILED, Cause.STARTTLS_NOT_OFFERED.value)


def test_a_port_without_starttls_or_sign_in_takes_mail_and_both_are_told(postfix: Postfix) -> None:
    found = tried(postfix, postfix.plain_port, IF_OFFERED)

    assert found.result is Result.ACCEPTED
    assert found.warnings == [Cause.AUTH_NOT_OFFERED.value, Cause.SENT_CLEAR.value]


def test_smtps_on_the_starttls_port_is_the_wrong_mode(postfix: Postfix) -> None:
    found = tried(postfix, postfix.starttls_port, SMTPS)

    assert found.cause == Cause.TLS_ON_PLAIN_PORT.value
    assert "220" in found.finished.card.why


def test_settings_that_never_encrypt_leave_starttls_unused(postfix: Postfix) -> None:
    found = tried(postfix, postfix.starttls_port, NEVER)

    assert found.result is Result.ACCEPTED
    assert Cause.STARTTLS_UNUSED.value in found.warnings


def test_the_port_that_demands_tls_says_so(postfix: Postfix) -> None:
    found = tried(postfix, postfix.submission_port, NEVER, signs_in=False)

    assert (found.result, found.cause) == (Result.REJECTED, Cause.AUTH_NEEDS_TLS.value)


@pytest.mark.parametrize(
    "until", [Step.CONNECT, Step.EHLO, Step.TLS, Step.AUTH, Step.RCPT], ids=lambda step: step.value
)
def test_a_test_that_stops_early_delivers_nothing(until: Step, postfix: Postfix) -> None:
    before = len(postfix.mailbox("admin"))
    server = MailServer(postfix.host, postfix.submission_port, STARTTLS, postfix.username, SENDER)

    asked = Request(server, "admin@example.test", truststore=str(postfix.ca_pem), until=until, timeout=10)
    found = attempt(asked, postfix.password)

    assert found.result is Result.ACCEPTED
    assert len(postfix.mailbox("admin")) == before

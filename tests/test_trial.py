"""One test from settings to verdict, against a real Postfix."""

from email import message_from_bytes
from email.policy import default

import pytest

from mailsetup_gui import trial
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Result, Step
from mailsetup_gui.smtp.samples import Kind
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Request, Secrets
from tests.postfix import Postfix, wait_until

SENDER = "bitbucket@example.test"


def tried(request: Request, password: str = "") -> Finished:
    cancel = Cancel()
    *_, last = trial.run(request, Secrets(password), cancel)
    cancel.close()
    assert isinstance(last, Finished)
    return last


def request(postfix: Postfix, port: int, encryption: Encryption, recipient: str, username: str = "") -> Request:
    server = MailServer(postfix.host, port, encryption, username, SENDER)
    return Request(server, recipient, truststore=str(postfix.ca_pem))


def delivered(postfix: Postfix, finished: Finished) -> bytes:
    assert finished.mail is not None
    return postfix.delivered("you", finished.mail.message_id.encode())


def as_sent(finished: Finished, received: bytes) -> bool:
    """Postfix puts its trace fields before the message and stores it with bare line feeds."""
    assert finished.mail is not None
    return received.endswith(finished.mail.octets.replace(b"\r\n", b"\n").partition(b"\nDate:")[2])


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_every_message_arrives_whole_over_starttls_with_sign_in(postfix: Postfix, kind: Kind) -> None:
    asked = request(
        postfix, postfix.submission_port, Encryption.STARTTLS_REQUIRED, "you@example.test", postfix.username
    )
    finished = tried(asked._replace(kind=kind), postfix.password)
    assert finished.outcome.result is Result.ACCEPTED, finished.card
    assert (finished.outcome.encrypted, finished.outcome.authenticated) == (True, True)
    assert "queued as" in (finished.outcome.reply.text if finished.outcome.reply else "")
    received = delivered(postfix, finished)
    assert as_sent(finished, received)
    assert finished.mail is not None
    assert message_from_bytes(received, policy=default)["Subject"] == finished.mail.subject


def test_smtps_with_sign_in_is_accepted(postfix: Postfix) -> None:
    asked = request(postfix, postfix.smtps_port, Encryption.IMPLICIT_TLS, "you@example.test", postfix.username)
    finished = tried(asked, postfix.password)
    assert finished.outcome.result is Result.ACCEPTED, finished.card
    assert as_sent(finished, delivered(postfix, finished))


def test_clear_text_without_sign_in_is_accepted_with_a_warning(postfix: Postfix) -> None:
    finished = tried(request(postfix, postfix.plain_port, Encryption.STARTTLS_IF_OFFERED, "you@example.test"))
    assert finished.outcome.result is Result.ACCEPTED
    assert [cause.value for cause in finished.diagnosis.warnings] == ["sent.clear-text"]


def test_tls_required_and_not_offered_sends_nothing(postfix: Postfix) -> None:
    finished = tried(request(postfix, postfix.plain_port, Encryption.STARTTLS_REQUIRED, "you@example.test"))
    assert (finished.outcome.result, finished.outcome.step) == (Result.FAILED, Step.STARTTLS)
    assert finished.diagnosis.cause is not None
    assert finished.diagnosis.cause.value == "tls.starttls-not-offered"


CASES = {
    "wrong password": ("you@example.test", True, "wrong", "auth.refused"),
    "no sign-in": ("you@example.test", False, "", "auth.required"),
    "relay": ("somebody@elsewhere.test", True, "", "rcpt.relay-denied"),
    "unknown recipient": ("nobody@example.test", True, "", "rcpt.unknown-user"),
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_a_refusal_of_postfix_is_named(postfix: Postfix, case: str) -> None:
    recipient, signs_in, password, cause = CASES[case]
    username = postfix.username if signs_in else ""
    asked = request(postfix, postfix.submission_port, Encryption.STARTTLS_REQUIRED, recipient, username)
    finished = tried(asked, (password or postfix.password) if signs_in else "")
    assert finished.outcome.result is Result.REJECTED
    assert finished.diagnosis.cause is not None
    assert finished.diagnosis.cause.value == cause, finished.outcome.reply


def test_a_wrong_password_is_tried_once(postfix: Postfix) -> None:
    before = postfix.log.count("authentication failed")
    asked = request(
        postfix, postfix.submission_port, Encryption.STARTTLS_REQUIRED, "you@example.test", postfix.username
    )
    tried(asked, "another wrong one")
    wait_until(lambda: postfix.log.count("authentication failed") > before, "Postfix logs no failed sign-in")
    assert postfix.log.count("authentication failed") == before + 1


@pytest.mark.parametrize(
    ("port", "encryption", "cause"),
    [
        ("smtps_port", Encryption.STARTTLS_REQUIRED, "smtp.silent"),
        ("submission_port", Encryption.IMPLICIT_TLS, "mode.tls-on-plain-port"),
    ],
    ids=["SMTP to an SMTPS port", "SMTPS to a clear-text port"],
)
def test_the_wrong_mode_for_a_port_is_named(postfix: Postfix, port: str, encryption: Encryption, cause: str) -> None:
    asked = request(postfix, getattr(postfix, port), encryption, "you@example.test")
    finished = tried(asked._replace(timeout=1.5))
    assert finished.diagnosis.cause is not None
    assert finished.diagnosis.cause.value == cause


def test_a_certificate_of_a_stranger_stops_before_any_word_of_credentials(postfix: Postfix) -> None:
    asked = request(
        postfix, postfix.submission_port, Encryption.STARTTLS_REQUIRED, "you@example.test", postfix.username
    )
    finished = tried(asked._replace(truststore=""), postfix.password)
    assert (finished.outcome.result, finished.outcome.step) == (Result.FAILED, Step.TLS)
    assert finished.tls is not None
    assert finished.tls.chain
    assert not finished.outcome.authenticated

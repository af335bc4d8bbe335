"""The built-in mail server, met by the program's own client and by Python's smtplib."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing

import pytest

from mailsetup_gui import trial
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Line, Result
from mailsetup_gui.smtp.samples import Kind
from mailsetup_gui.smtp.sandbox import HOST, PASSWORD, USERNAME, Received, Sandbox
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Request, Secrets

MODES = (Encryption.STARTTLS_REQUIRED, Encryption.STARTTLS_IF_OFFERED, Encryption.IMPLICIT_TLS)
every_mode = pytest.mark.parametrize("encryption", MODES, ids=lambda mode: mode.value)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def sent(
    sandbox: Sandbox, server: MailServer, kind: Kind = Kind.PLAIN, password: str = PASSWORD
) -> tuple[Finished, list[str]]:
    with closing(Cancel()) as cancel:
        asked = Request(server, "you@example.test", kind, timeout=5)
        *events, last = trial.run(asked, Secrets(password), cancel, sandbox)
    assert isinstance(last, Finished)
    return last, [event.text for event in events if isinstance(event, Line)]


@every_mode
@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_every_message_arrives_exactly_as_it_was_composed(encryption: Encryption, kind: Kind, sandbox: Sandbox) -> None:
    finished, _ = sent(sandbox, trial.sandbox_server(sandbox, encryption), kind)

    assert finished.mail is not None
    assert [received.octets for received in sandbox.inbox] == [finished.mail.octets]


@every_mode
def test_the_inbox_knows_who_wrote_to_whom_and_how(encryption: Encryption, sandbox: Sandbox) -> None:
    sent(sandbox, trial.sandbox_server(sandbox, encryption))

    received = sandbox.inbox[0]
    assert (received.sender, received.recipients) == ("bitbucket@example.test", ("you@example.test",))
    assert (received.encrypted, received.username) == (True, USERNAME)


def test_mail_is_read_back_and_the_comparison_told(sandbox: Sandbox) -> None:
    finished, lines = sent(sandbox, trial.sandbox_server(sandbox))

    assert finished.diagnosis.warnings == ()
    assert lines[-1].startswith("read back from the built-in server: equal to what was sent")


def test_a_message_that_arrived_changed_is_told(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = sandbox._keep
    monkeypatch.setattr(sandbox, "_keep", lambda received: keep(received._replace(octets=received.octets + b"x")))
    sandbox.stop()
    sandbox.start()

    finished, lines = sent(sandbox, trial.sandbox_server(sandbox))

    assert [warning.value for warning in finished.diagnosis.warnings] == ["sandbox.differs"]
    assert "NOT equal" in lines[-1]


@every_mode
@pytest.mark.parametrize(("username", "password"), [(USERNAME, "wrong"), ("nobody", PASSWORD), (USERNAME, "")])
def test_a_wrong_user_or_password_is_refused(
    encryption: Encryption, username: str, password: str, sandbox: Sandbox
) -> None:
    server = trial.sandbox_server(sandbox, encryption)._replace(username=username)

    finished, _ = sent(sandbox, server, password=password)

    assert finished.outcome.result is Result.REJECTED
    assert sandbox.inbox == []


@every_mode
def test_mail_without_a_sign_in_is_taken_too(encryption: Encryption, sandbox: Sandbox) -> None:
    finished, _ = sent(sandbox, trial.sandbox_server(sandbox, encryption)._replace(username=""))

    assert finished.outcome.result is Result.ACCEPTED
    assert sandbox.inbox[0].username == ""


def test_sign_in_is_not_offered_before_tls(sandbox: Sandbox) -> None:
    with smtplib.SMTP(HOST, sandbox.starttls_port) as client:
        client.ehlo()

        assert client.has_extn("starttls")
        assert not client.has_extn("auth")


@pytest.mark.parametrize("host", ["localhost", HOST])
def test_its_certificate_is_right_for_its_name_and_its_address(host: str, sandbox: Sandbox) -> None:
    context = ssl.create_default_context(cadata=sandbox.ca_pem.decode())

    with smtplib.SMTP_SSL(host, sandbox.smtps_port, context=context) as client:
        client.login(USERNAME, PASSWORD)
        client.sendmail("a@example.test", ["b@example.test", "c@example.test"], "Subject: x\n\n.dot\n..dots\n")

    assert sandbox.inbox[0].octets == b"Subject: x\r\n\r\n.dot\r\n..dots\r\n"
    assert sandbox.inbox[0].recipients == ("b@example.test", "c@example.test")


def test_who_asked_is_told_of_every_arrival() -> None:
    arrived: list[Received] = []

    with Sandbox(arrived.append) as sandbox:
        sent(sandbox, trial.sandbox_server(sandbox))

        assert arrived == sandbox.inbox


def test_two_built_in_servers_do_not_meet() -> None:
    with Sandbox() as one, Sandbox() as other:
        assert one.ca_pem != other.ca_pem
        assert len({one.starttls_port, one.smtps_port, other.starttls_port, other.smtps_port}) == 4


def test_after_its_end_nothing_listens() -> None:
    with Sandbox() as sandbox:
        port = sandbox.starttls_port

    with pytest.raises(ConnectionRefusedError):
        smtplib.SMTP(HOST, port)


def test_a_flood_of_mail_does_not_fill_the_memory(sandbox: Sandbox) -> None:
    with smtplib.SMTP(HOST, sandbox.starttls_port) as client:
        for _ in range(210):
            client.sendmail("a@example.test", ["b@example.test"], "x\n")

    assert len(sandbox.inbox) == 200

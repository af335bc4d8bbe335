"""From settings to verdict: where the rooms meet."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from mailsetup_gui import trial
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Event, Outcome, Result, Step
from mailsetup_gui.smtp.samples import Kind
from mailsetup_gui.smtp.sandbox import HOST, USERNAME, Sandbox
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Request, Secrets
from tests.smtp.planted import leaks
from tests.smtp.polite import PASSWORD, Mode, Stage, polite, says
from tests.smtp.scripted import Scripted, server_context
from tests.smtp.trying import attempt, ca_file, request
from tests.trust.certificates import root
from tests.trust.keystores import jks, pkcs12_store

NOWHERE = MailServer("127.0.0.1", 1, Encryption.IMPLICIT_TLS, "", "bitbucket@example.test")


def everything(asked: Request, secrets: Secrets = Secrets()) -> list[Event | Finished]:  # noqa: B008  a value
    with closing(Cancel()) as cancel:
        return list(trial.run(asked, secrets, cancel))


@pytest.mark.parametrize(
    ("content", "password", "cause"),
    [
        (None, None, Cause.STORE_MISSING),
        (b"no store", None, Cause.STORE_NOT_A_STORE),
        (jks({}), None, Cause.STORE_NO_ENTRIES),
        (jks({"root": root().der}), "wrong", Cause.STORE_PASSWORD),
        (pkcs12_store({"root": root()}), "wrong", Cause.STORE_PASSWORD),
        (pkcs12_store({"root": root()}), None, Cause.STORE_NO_ENTRIES),
    ],
    ids=["missing", "text", "empty", "JKS password", "PKCS#12 password", "PKCS#12 without password"],
)
def test_a_truststore_that_cannot_be_used_ends_the_test_before_it_begins(
    content: bytes | None, password: str | None, cause: Cause, tmp_path: Path
) -> None:
    path = tmp_path / "store"
    if content is not None:
        path.write_bytes(content)

    found = everything(Request(NOWHERE, "you@example.test", truststore=str(path)), Secrets("", password))

    assert len(found) == 1
    assert isinstance(found[0], Finished)
    assert found[0].diagnosis.cause is cause
    assert (found[0].outcome.result, found[0].outcome.step) == (Result.FAILED, None)
    assert str(path) in found[0].card.why or cause is Cause.STORE_NOT_A_STORE


def test_a_truststore_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    found = everything(Request(NOWHERE, "you@example.test", truststore=str(tmp_path)))

    assert isinstance(found[0], Finished)
    assert found[0].diagnosis.cause is Cause.STORE_UNREADABLE


def test_a_path_out_of_a_profile_that_can_be_none_is_no_accident() -> None:
    found = everything(Request(NOWHERE, "you@example.test", truststore="a\0b"))

    assert isinstance(found[0], Finished)
    assert found[0].diagnosis.cause is Cause.STORE_UNREADABLE


def test_the_outcome_is_told_once_and_in_its_verdict() -> None:
    found = everything(Request(NOWHERE, "you@example.test"))

    assert [type(one) for one in found if isinstance(one, Finished | Outcome)] == [Finished]
    assert isinstance(found[-1], Finished)


def test_a_finished_test_carries_the_mail_it_sent_and_the_chain_it_saw() -> None:
    with Scripted(polite(Mode.STARTTLS)) as server:
        finished = attempt(request(server.port, Mode.STARTTLS)).finished

    assert finished.mail is not None
    assert finished.mail.message_id.encode() in server.said
    assert finished.tls is not None
    assert finished.tls.peer.names == ("localhost", "127.0.0.1")


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_the_kind_and_the_base_url_that_were_asked_for_are_sent(kind: Kind) -> None:
    with Scripted(polite(Mode.CLEAR)) as server:
        attempt(request(server.port, Mode.CLEAR)._replace(kind=kind, base_url="https://git.example.test"))

    assert f"X-Mailsetup-Sample: {kind.value}".encode() in server.said
    assert (b"git.example.test" in server.said) == (kind is not Kind.PLAIN)


@pytest.mark.parametrize("check_name", [False, True], ids=["JavaMail", "Angus Mail"])
def test_a_wrong_name_stops_only_a_library_that_checks_it(check_name: bool) -> None:
    misdeeds = {Stage.GREETING: says(b"220 x\r\n")} if not check_name else {}

    with Scripted(polite(Mode.SMTPS, misdeeds), server_context("other.example.test")) as server:
        found = attempt(request(server.port, Mode.SMTPS)._replace(check_name=check_name))
        said = bytes(server.heard[0].inside)

    if check_name:
        assert (found.result, found.cause) == (Result.FAILED, Cause.NAME_MISMATCH.value)
        assert found.finished.outcome.step is Step.TLS
        assert said == b""
    else:
        assert found.result is Result.ACCEPTED
        assert found.warnings == [Cause.NAME_MISMATCH.value]


@pytest.mark.parametrize("encryption", Encryption, ids=lambda mode: mode.value)
def test_the_settings_for_the_built_in_server_fit_it(encryption: Encryption) -> None:
    sandbox = Sandbox()
    sandbox.starttls_port, sandbox.smtps_port = 1, 2

    server = trial.sandbox_server(sandbox, encryption)

    assert (server.hostname, server.username, server.encryption) == (HOST, USERNAME, encryption)
    assert server.port == (2 if encryption is Encryption.IMPLICIT_TLS else 1)


def test_the_truststore_of_the_request_wins_over_the_built_in_servers_own_ca() -> None:
    with Sandbox() as sandbox, closing(Cancel()) as cancel:
        asked = Request(trial.sandbox_server(sandbox), "you@example.test", truststore=ca_file())
        *_, last = trial.run(asked, Secrets(), cancel, sandbox)

    assert isinstance(last, Finished)
    assert last.outcome.step is Step.TLS


def test_a_request_has_no_place_for_a_password() -> None:
    assert not [field for field in Request._fields if "password" in field]
    assert not leaks(repr(Secrets(PASSWORD, PASSWORD)))

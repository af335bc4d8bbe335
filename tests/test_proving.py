"""A JVM asked in the middle of a test: what it says is believed, labelled, and held against the prediction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from mailsetup_gui import trial
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.server import Encryption
from mailsetup_gui.smtp.events import Event, Result, State, Step, StepChanged
from mailsetup_gui.smtp.sandbox import PASSWORD, Sandbox
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Request, Secrets, sandbox_server
from mailsetup_gui.trust import writers
from mailsetup_gui.trust.contents import Entry
from tests.java.jvms import needed
from tests.java.test_proof import fake
from tests.trust.certificates import root
from tests.trust.keystores import pkcs12_store

REFUSES = (
    r'echo "{\"version\":\"17\",\"stage\":\"tls\",'
    r'\"exceptions\":[[\"javax.net.ssl.SSLHandshakeException\",\"PKIX path building failed: no\"]]}"'
)
ACCEPTS = r'echo "{\"version\":\"17\",\"ok\":true,\"stage\":\"done\",\"protocol\":\"TLSv1.3\",\"cipher\":\"X\"}"'


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


class Seen(NamedTuple):
    finished: Finished
    steps: tuple[StepChanged, ...]

    def summary(self, step: Step) -> str:
        return next(one.summary for one in reversed(self.steps) if one.step is step)


def seen(
    sandbox: Sandbox,
    java: str,
    store: Path,
    encryption: Encryption = Encryption.STARTTLS_REQUIRED,
    secrets: Secrets = Secrets(PASSWORD),  # noqa: B008  a value
    check_name: bool = False,
) -> Seen:
    """A test against the built-in server that ends before the sender; only `store` says whom Java trusts."""
    asked = Request(
        sandbox_server(sandbox, encryption),
        "you@example.test",
        until=Step.AUTH,
        java=java,
        truststore=str(store),
        check_name=check_name,
    )
    with closing(Cancel()) as cancel:
        events: list[Event | Finished] = list(trial.run(asked, secrets, cancel))
    assert isinstance(events[-1], Finished)
    return Seen(events[-1], tuple(one for one in events if isinstance(one, StepChanged)))


def known(sandbox: Sandbox, folder: Path) -> Path:
    path = folder / "known.pem"
    path.write_bytes(sandbox.ca_pem)
    return path


def stranger(folder: Path) -> Path:
    """A truststore that does not know the built-in server's CA."""
    path = folder / "stranger.jks"
    path.write_bytes(writers.jks((Entry("other", root().der),), 0))
    return path


def said_by(folder: Path, script: str) -> str:
    """The home of something that is called java."""
    (folder / "bin").mkdir()
    return str(Path(fake(folder / "bin", script).home).parent)


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS_REQUIRED, Encryption.IMPLICIT_TLS])
@pytest.mark.parametrize("version", [17, 25])
def test_the_prediction_and_the_proof_stand_one_after_the_other(
    version: int, encryption: Encryption, sandbox: Sandbox, tmp_path: Path
) -> None:
    java = needed(version)

    ran = seen(sandbox, java.home, known(sandbox, tmp_path), encryption)

    done = [one.step for one in ran.steps if one.state is State.DONE]
    assert done.index(Step.JAVA) == done.index(Step.TLS) + 1
    assert ran.summary(Step.TLS).endswith("predicted: Java trusts it")
    assert ran.summary(Step.JAVA).startswith(f"proved in Java {java.version}: trusted, TLSv1.3")
    assert (ran.finished.outcome.result, ran.finished.java.proved) == (Result.ACCEPTED, True)
    assert ran.finished.diagnosis.warnings == ()


@pytest.mark.parametrize("version", [17, 25])
def test_what_was_predicted_to_be_refused_is_proved_to_be(version: int, sandbox: Sandbox, tmp_path: Path) -> None:
    ran = seen(sandbox, needed(version).home, stranger(tmp_path))

    assert ran.finished.diagnosis.cause is Cause.UNTRUSTED_ROOT
    assert ran.summary(Step.TLS).startswith("predicted: PKIX path building failed")
    assert ran.summary(Step.JAVA).startswith("proved in Java ")
    assert "unable to find valid certification path" in ran.summary(Step.JAVA)
    assert f"Java {ran.finished.java.version} said: “" in ran.finished.card.why
    assert Cause.JAVA_DIFFERS not in ran.finished.diagnosis.warnings


def test_without_a_jvm_the_card_says_that_it_predicts(sandbox: Sandbox, tmp_path: Path) -> None:
    ran = seen(sandbox, "", stranger(tmp_path))

    assert "Java will say (predicted): “PKIX path building failed" in ran.finished.card.why
    assert Step.JAVA not in [one.step for one in ran.steps]


def test_a_name_that_fits_is_trusted_by_both_when_it_is_checked(sandbox: Sandbox, tmp_path: Path) -> None:
    ran = seen(sandbox, needed(17).home, known(sandbox, tmp_path), check_name=True)

    assert (ran.finished.outcome.result, ran.finished.java.proved) == (Result.ACCEPTED, True)


def test_a_jvm_that_refuses_what_was_predicted_to_be_trusted_is_believed(sandbox: Sandbox, tmp_path: Path) -> None:
    ran = seen(sandbox, said_by(tmp_path, REFUSES), known(sandbox, tmp_path))

    assert ran.finished.outcome.result is Result.FAILED
    assert [one.state for one in ran.steps if one.step is Step.TLS] == [State.STARTED, State.DONE]
    assert Cause.JAVA_DIFFERS in ran.finished.diagnosis.warnings
    assert any("disagree" in warning for warning in ran.finished.card.warnings)


def test_a_jvm_that_trusts_what_was_predicted_to_be_refused_is_believed(sandbox: Sandbox, tmp_path: Path) -> None:
    ran = seen(sandbox, said_by(tmp_path, ACCEPTS), stranger(tmp_path))

    assert ran.finished.outcome.result is Result.ACCEPTED
    assert Cause.JAVA_DIFFERS in ran.finished.diagnosis.warnings


def test_a_jvm_that_gives_no_answer_leaves_the_prediction(sandbox: Sandbox, tmp_path: Path) -> None:
    ran = seen(sandbox, said_by(tmp_path, "exit 7"), known(sandbox, tmp_path))

    assert ran.finished.outcome.result is Result.ACCEPTED
    assert (ran.finished.java.accepted, ran.finished.java.proved) == (True, False)
    assert Cause.JAVA_NOT_ASKED in ran.finished.diagnosis.warnings
    assert any("it ended with code 7" in warning for warning in ran.finished.card.warnings)


def test_an_encrypted_truststore_is_proved_with_its_password(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "stranger.p12"
    path.write_bytes(pkcs12_store({"root": root()}))

    ran = seen(sandbox, needed(17).home, path, secrets=Secrets(PASSWORD, "changeit"))

    assert ran.finished.java.proved
    assert "unable to find valid certification path" in ran.finished.java.message

"""The shipped class in real JVMs, and everything that a JVM, a server or a file that is none can do to it."""

from __future__ import annotations

import shutil
import stat
import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from mailsetup_gui import shipped
from mailsetup_gui.java import proof
from mailsetup_gui.java.proof import Proof, Question, prove
from mailsetup_gui.java.runtimes import Runtime
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust import writers
from mailsetup_gui.trust.contents import Entry
from tests.java.jvms import every, needed
from tests.smtp.misdeeds import silence
from tests.smtp.polite import Mode, Stage, polite
from tests.smtp.scripted import Scripted
from tests.trust.certificates import intermediate, leaf, root, stranger

JVMS = [pytest.param(one, id=f"Java {one.version}") for one in every()]
PASSWORD = "correct horse"


def store(folder: Path, *ders: bytes) -> str:
    path = folder / "store.jks"
    path.write_bytes(writers.jks(tuple(Entry(f"a{n}", der) for n, der in enumerate(ders)), 0))
    return str(path)


def test_the_class_is_what_its_source_says(tmp_path: Path) -> None:
    javac = shutil.which("javac")
    if javac is None or " 17." not in subprocess.run([javac, "-version"], capture_output=True, text=True).stdout:
        pytest.skip("no javac 17")
    words = [javac, "--release", "8", "-g:none", "-Xlint:-options", "-d", str(tmp_path), shipped.path("Proof.java")]

    subprocess.run(words, check=True, capture_output=True, timeout=60)

    assert (tmp_path / "Proof.class").read_bytes() == shipped.read("Proof.class")


def test_the_class_is_small() -> None:
    assert len(shipped.read("Proof.class")) <= 8192


@pytest.mark.parametrize("runtime", JVMS)
@pytest.mark.parametrize("mode", [Mode.STARTTLS, Mode.SMTPS], ids=str)
def test_a_jvm_accepts_and_refuses_by_the_truststore_it_is_given(runtime: Runtime, mode: Mode, tmp_path: Path) -> None:
    with Scripted(polite(mode), leaf().server_context(tmp_path, intermediate())) as server:
        question = Question("127.0.0.1", server.port, mode is Mode.STARTTLS, store(tmp_path, root().der))
        good = prove(runtime, question, 20)
        bad = prove(runtime, question._replace(truststore=store(tmp_path, stranger().der)), 20)

    assert (good.accepted, good.stage, good.version, good.trusts) == (True, "done", runtime.version, 1)
    assert good.protocol == "TLSv1.3"
    assert bad.accepted is False
    assert bad.sentence.endswith("unable to find valid certification path to requested target")


@pytest.mark.parametrize("runtime", JVMS)
@pytest.mark.parametrize(("host", "accepted"), [("127.0.0.1", True), ("localhost", False)])
def test_the_name_is_checked_only_when_asked_for(runtime: Runtime, host: str, accepted: bool, tmp_path: Path) -> None:
    with Scripted(polite(Mode.SMTPS), leaf().server_context(tmp_path, intermediate())) as server:
        question = Question(host, server.port, False, store(tmp_path, root().der))

        assert prove(runtime, question, 20).accepted is True
        assert prove(runtime, question._replace(check_name=True), 20).accepted is accepted


def test_java_says_nothing_of_a_truststore_that_is_missing_but_the_proof_shows_it(tmp_path: Path) -> None:
    runtime = needed(17)

    found = prove(runtime, Question(truststore=str(tmp_path / "nowhere")), 20)

    assert found.accepted is True
    assert found.truststore.endswith("lib/security/cacerts")
    assert found.trusts > 50


def test_every_issuer_is_listed_when_asked_for(tmp_path: Path) -> None:
    from mailsetup_gui.wording.certificates import digest

    found = prove(needed(25), Question(truststore=store(tmp_path, root().der, stranger().der), issuers=True), 20)

    assert found.issuers == {digest(root().der), digest(stranger().der)}


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (root().pem, "toDerInputStream rejects tag type 45"),
        (b"", "problem accessing trust store"),
    ],
    ids=["PEM", "empty"],
)
def test_a_file_that_is_no_store_is_javas_own_exception(octets: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(octets)

    found = prove(needed(17), Question(truststore=str(tmp_path / "x")), 20)

    assert (found.accepted, found.stage) == (False, "store")
    assert words in found.sentence


def test_a_wrong_password_is_refused_and_shown_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(writers.pkcs12_encrypted((Entry("a", root().der),), PASSWORD))

    right = prove(needed(17), Question(truststore=str(path), password=PASSWORD), 20)
    wrong = prove(needed(17), Question(truststore=str(path), password="another " + PASSWORD), 20)
    without = prove(needed(17), Question(truststore=str(path)), 20)

    assert (right.accepted, right.trusts) == (True, 1)
    assert wrong.accepted is False
    assert "keystore password was incorrect" in wrong.sentence
    assert PASSWORD not in f"{wrong}{Question('h', truststore=str(path), password=PASSWORD)}"
    assert without.trusts == 0


@pytest.mark.parametrize("runtime", JVMS)
def test_an_encrypted_store_without_its_password_trusts_nobody(runtime: Runtime, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(writers.pkcs12_encrypted((Entry("a", root().der),), PASSWORD))

    with Scripted(polite(Mode.SMTPS), leaf().server_context(tmp_path, intermediate())) as server:
        found = prove(runtime, Question("127.0.0.1", server.port, False, str(path)), 20)

    assert (found.accepted, found.stage, found.trusts) == (False, "tls", 0)
    assert "the trustAnchors parameter must be non-empty" in found.sentence


def test_a_missing_store_refuses_what_only_it_would_trust(tmp_path: Path) -> None:
    with Scripted(polite(Mode.STARTTLS), leaf().server_context(tmp_path, intermediate())) as server:
        found = prove(needed(17), Question("127.0.0.1", server.port, True, str(tmp_path / "nowhere")), 20)

    assert (found.accepted, found.stage) == (False, "tls")
    assert found.truststore.endswith("lib/security/cacerts")


def test_a_silent_server_is_no_verdict_at_the_deadline() -> None:
    with Scripted(polite(Mode.STARTTLS, {Stage.GREETING: silence})) as server:
        began = time.monotonic()
        found = prove(needed(17), Question("127.0.0.1", server.port), 1.5)
        took = time.monotonic() - began

    assert (found.accepted, found.stage) == (None, "greeting")
    assert "greeting" in found.trouble
    assert took < 10


def test_nobody_listens_is_no_verdict() -> None:
    found = prove(needed(17), Question("127.0.0.1", 1), 20)

    assert found.accepted is None
    assert "connect" in found.trouble


def test_cancel_ends_it_at_once() -> None:
    with Scripted(polite(Mode.STARTTLS, {Stage.GREETING: silence})) as server, closing(Cancel()) as cancel:
        threading.Timer(0.3, cancel.request).start()
        began = time.monotonic()
        found = prove(needed(17), Question("127.0.0.1", server.port), 30, cancel.bell)
        took = time.monotonic() - began

    assert found.accepted is None
    assert "cancelled" in found.trouble
    assert took < 10


def fake(folder: Path, script: str) -> Runtime:
    """Something that is called java."""
    path = folder / "java"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Runtime(str(folder), str(path))


@pytest.mark.parametrize(
    "script",
    [
        "exit 7",
        "echo hello",
        "kill -SEGV $$",
        "cat /dev/zero | tr '\\0' 'x'",
        'echo "{\\"ok\\":true"',
        'echo "{\\"ok\\":true,\\"exceptions\\":7}"',
        'echo "{\\"count\\":\\"many\\"}"',
        "echo Error: A JNI error has occurred >&2; exit 1",
    ],
    ids=["exit", "words", "crash", "flood", "half", "wrong type", "no number", "JNI"],
)
def test_a_java_that_is_none_is_an_answer(script: str, tmp_path: Path) -> None:
    found = prove(fake(tmp_path, script), Question(), 5)

    assert found.accepted is None
    assert found.trouble
    assert len(found.trouble) < 1000


def test_a_java_that_cannot_be_started_is_an_answer(tmp_path: Path) -> None:
    (tmp_path / "java").write_text("no program")

    assert "cannot be started" in prove(Runtime(str(tmp_path), str(tmp_path / "java")), Question(), 5).trouble
    assert "cannot be started" in prove(Runtime("", str(tmp_path / "nowhere")), Question(), 5).trouble


def test_a_java_that_hangs_is_killed(tmp_path: Path) -> None:
    began = time.monotonic()

    found = prove(fake(tmp_path, "exec sleep 600"), Question(), 0.2)

    assert "in time" in found.trouble
    assert time.monotonic() - began < 10


def test_a_java_that_closes_its_output_and_lives_on_is_killed(tmp_path: Path) -> None:
    found = prove(fake(tmp_path, "exec >&- 2>&-; sleep 20"), Question(), 5)

    assert found.accepted is None
    assert "did not end" in found.trouble


def test_an_acceptance_stands_whatever_the_server_does_after_it(tmp_path: Path) -> None:
    answer = (
        '{\\"ok\\":true,\\"stage\\":\\"tls\\",\\"exceptions\\":[[\\"java.net.SocketException\\",\\"Broken pipe\\"]]}'
    )

    found = prove(fake(tmp_path, f'echo "{answer}"'), Question(), 5)

    assert (found.accepted, found.sentence, found.trouble) == (True, "", "")


def test_nothing_secret_is_an_argument_or_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Dspoilt=true")
    seen = tmp_path / "seen"

    prove(fake(tmp_path, f'echo "$@" > {seen}; env >> {seen}'), Question(truststore="/x", password=PASSWORD), 5)

    assert "Proof" in seen.read_text()
    assert PASSWORD not in seen.read_text()
    assert "JAVA_TOOL_OPTIONS" not in seen.read_text()


@pytest.mark.parametrize("value", ["a\nb=c", "ä€😀", " leading", "back\\slash", "#!=:"])
def test_no_value_can_become_another_property(value: str) -> None:
    escaped = proof._escaped(value)

    assert set(escaped) <= set("\\u0123456789abcdef")


def test_a_proof_without_exceptions_has_no_sentence() -> None:
    assert Proof(True).sentence == ""

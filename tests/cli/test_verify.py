"""mailsetup truststore verify: would Java with this truststore accept this server, or this chain?"""

from __future__ import annotations

from pathlib import Path

import pytest

from mailsetup_gui.java import runtimes
from tests.cli.running import Ran, mailsetup
from tests.smtp.polite import Mode, polite
from tests.smtp.scripted import Scripted
from tests.trust.certificates import intermediate, leaf, root, stranger
from tests.trust.keystores import jks

needs_java = pytest.mark.skipif(runtimes.default() is None, reason="no JVM")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "root.jks").write_bytes(jks({"root": root().der}))
    (tmp_path / "other.jks").write_bytes(jks({"other": stranger().der}))
    (tmp_path / "root.pem").write_bytes(root().pem)
    (tmp_path / "chain.pem").write_bytes(leaf().pem + intermediate().pem)
    (tmp_path / "leaf.pem").write_bytes(leaf().pem)
    return tmp_path


def verify(folder: Path, store: str, *words: str) -> Ran:
    return mailsetup("truststore", "verify", str(folder / store), *words, "--json")


@pytest.mark.parametrize("store", ["root.jks", "root.pem"])
def test_a_chain_in_a_file_is_accepted_offline(store: str, files: Path) -> None:
    ran = verify(files, store, "--chain", str(files / "chain.pem"))

    assert (ran.code, ran.outcome["outcome"], ran.outcome["cause"]) == (0, "accepted", None)
    assert ran.outcome["java"]["verdict"] == "accepted"
    assert ran.outcome["java"]["by"] == "predicted"


@pytest.mark.parametrize(
    ("store", "chain", "cause"),
    [
        ("other.jks", "chain.pem", "tls.untrusted-root"),
        ("root.jks", "leaf.pem", "tls.missing-intermediate"),
    ],
)
def test_a_refused_chain_has_its_cause_and_javas_sentence(store: str, chain: str, cause: str, files: Path) -> None:
    ran = verify(files, store, "--chain", str(files / chain))

    assert (ran.code, ran.outcome["outcome"], ran.outcome["cause"]) == (1, "rejected", cause)
    assert "PKIX path building failed" in ran.outcome["java"]["message"]


@pytest.mark.parametrize(
    ("at", "cause"),
    [("2001-01-01", "tls.not-yet-valid"), ("2199-01-01T00:00:00Z", "tls.expired"), ("7226582400", "tls.expired")],
)
def test_the_moment_can_be_chosen(at: str, cause: str, files: Path) -> None:
    ran = verify(files, "root.jks", "--chain", str(files / "chain.pem"), "--at", at)

    assert ran.outcome["cause"] == cause


def test_the_host_name_is_judged_only_when_asked_for(files: Path) -> None:
    words = ("--chain", str(files / "chain.pem"), "--check-name", "--hostname")

    assert verify(files, "root.jks", *words, "mail.example.test").code == 0
    assert verify(files, "root.jks", *words, "other.example.test").outcome["cause"] == "tls.name-mismatch"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--chain", "x", "--check-name"),
        ("--chain", "x", "--at", "yesterday"),
        ("--hostname", "a b"),
        ("--hostname", "x", "--timeout", "never"),
    ],
    ids=["nothing", "no name to check", "no moment", "no host", "no time-out"],
)
def test_wrong_words_are_usage(words: tuple[str, ...], files: Path) -> None:
    ran = mailsetup("truststore", "verify", str(files / "root.jks"), *words)

    assert ran.code == 2
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("missing", ["store", "chain"])
def test_a_file_that_cannot_be_used_is_code_4(missing: str, files: Path) -> None:
    store = "nowhere.jks" if missing == "store" else "root.jks"
    chain = "nowhere.pem" if missing == "chain" else "chain.pem"

    ran = verify(files, store, "--chain", str(files / chain))

    assert ran.code == 4
    assert "nowhere" in ran.err


@needs_java
@pytest.mark.parametrize("mode", [Mode.STARTTLS, Mode.SMTPS], ids=str)
@pytest.mark.parametrize(("store", "code"), [("root.jks", 0), ("other.jks", 1), ("root.pem", 0)])
def test_a_server_is_predicted_and_proved_alike(mode: Mode, store: str, code: int, files: Path, tmp_path: Path) -> None:
    with Scripted(polite(mode), leaf().server_context(tmp_path, intermediate())) as server:
        words = ["--hostname", "127.0.0.1", "--port", str(server.port)]
        words += ["--protocol", "smtps"] if mode is Mode.SMTPS else []
        predicted = verify(files, store, *words)
        proved = verify(files, store, *words, "--java", "auto")

    assert (predicted.code, proved.code) == (code, code)
    assert (predicted.outcome["java"]["by"], proved.outcome["java"]["by"]) == ("predicted", "proved")
    assert predicted.outcome["java"]["verdict"] == proved.outcome["java"]["verdict"]
    assert [line["state"] for line in proved.lines if line.get("step") == "java" and "state" in line] == [
        "started",
        "failed" if code else "done",
    ]


def test_no_jvm_where_one_is_named_is_code_4(files: Path) -> None:
    ran = verify(files, "root.jks", "--hostname", "127.0.0.1", "--port", "1", "--java", str(files))

    assert ran.code == 4
    assert "bin/java" in ran.err

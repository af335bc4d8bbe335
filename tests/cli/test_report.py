"""mailsetup report: the last result for a ticket."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import Ran, mailsetup
from tests.smtp.planted import leaks
from tests.smtp.polite import PASSWORD, USERNAME, Mode, Stage, polite, says
from tests.smtp.scripted import Scripted
from tests.smtp.trying import ca_file
from tests.trust.certificates import Wish, issue


@pytest.fixture
def config(tmp_path: Path) -> str:
    return str(tmp_path / "config")


def sent(server: Scripted, config: str, *words: str) -> Ran:
    """A test of the profile `prod`, which is made first."""
    where = ["--hostname", "127.0.0.1", "--port", str(server.port), "--tls", "always", "--username", USERNAME]
    who = ["--from", "git@example.test", "--to", "ops@example.test", "--truststore", ca_file()]
    assert mailsetup("profile", "set", "prod", *where, *who, MAILSETUP_CONFIG_DIR=config).code == 0
    return mailsetup("test", "prod", "--password-env", "P", *words, MAILSETUP_CONFIG_DIR=config, P=PASSWORD)


def report(config: str, *words: str) -> Ran:
    return mailsetup("report", *words, MAILSETUP_CONFIG_DIR=config)


def test_the_last_result_is_reported_as_markdown_and_as_json_lines(config: str) -> None:
    with Scripted(polite(Mode.STARTTLS, {Stage.PASSWORD: says(f"535 5.7.8 {PASSWORD}\r\n".encode())})) as server:
        assert sent(server, config).code == 1
    text, found = report(config), report(config, "prod", "--json")

    assert (text.code, text.err, found.code) == (0, "", 0)
    assert text.out.startswith("# ")
    assert "-----BEGIN CERTIFICATE-----" in text.out
    assert f"Truststore: {ca_file()}".replace("_", "\\_") in text.out
    assert [line["event"] for line in found.lines[-2:]] == ["context", "outcome"]
    assert found.outcome["cause"] == "auth.refused"
    kept = [path.read_text("utf-8") for path in Path(config).rglob("*.json*")]
    assert len(kept) == 2
    assert not leaks("\n".join((text.out, found.out, *kept)))


def test_pseudonyms_hide_who_and_where(config: str) -> None:
    with Scripted(polite(Mode.STARTTLS)) as server:
        sent(server, config)
    for words in (["--pseudonyms"], ["--pseudonyms", "--json"]):
        said = report(config, *words)
        assert said.code == 0
        assert not [name for name in ("127.0.0.1", "example.test", "BEGIN CERTIFICATE") if name in said.out]
        assert "user-2@host-" in said.out
        assert "address-1" in said.out


def test_json_of_a_failure_begins_with_what_changed_and_when_it_last_worked(config: str, tmp_path: Path) -> None:
    today = [None, issue(Wish("mail.example.test", names=("127.0.0.1",))).server_context(tmp_path)]

    def play(talk: object) -> None:
        context = today.pop(0)
        if context is not None:
            talk.context = context  # type: ignore[attr-defined]  # a Talk
        polite(Mode.STARTTLS)(talk)  # type: ignore[arg-type]  # a Talk

    with Scripted(play) as server:
        assert sent(server, config).code == 0
        failed = sent(server, config, "--json")
        today.append(issue(Wish("mail.example.test", names=("127.0.0.1",))).server_context(tmp_path))
        human = sent(server, config)

    assert (failed.code, failed.outcome["cause"]) == (1, "tls.untrusted-self-signed")
    assert failed.outcome["changes"][0].startswith("It last worked on ")
    assert failed.outcome["last_worked"][:4].isdecimal()
    assert "It last worked on" in human.out
    assert human.out.index("It last worked on") < human.out.index("✕ The server's certificate")
    assert "## What changed" in report(config).out


def test_without_a_result_it_says_what_to_do(config: str) -> None:
    found = report(config)
    assert (found.code, found.out) == (4, "")
    assert "mailsetup test" in found.err


@pytest.mark.parametrize(
    "text",
    ["", "[]\n[]\n", '{"event":"context"}\n{"event":"outcome"}\n', "\xff", "[" * 5000],
    ids=["empty", "lists", "nothing in it", "strange", "deep"],
)
def test_a_damaged_result_is_told_in_a_sentence(text: str, config: str) -> None:
    path = Path(config) / "state" / "last.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="latin-1")
    found = report(config)
    assert (found.code, found.out) == (4, "")
    assert "cannot be used" in found.err
    assert "Traceback" not in found.err


def test_a_file_that_exists_is_not_overwritten(config: str, tmp_path: Path) -> None:
    with Scripted(polite(Mode.STARTTLS)) as server:
        sent(server, config)
    out = tmp_path / "ticket.md"
    assert report(config, "--out", str(out)).code == 0
    assert out.read_text("utf-8").startswith("# 127.0.0.1 accepted")
    assert report(config, "--out", str(out)).code == 4


def test_a_profile_that_is_removed_takes_its_results_along(config: str) -> None:
    with Scripted(polite(Mode.STARTTLS)) as server:
        sent(server, config)
    mailsetup("profile", "remove", "prod", MAILSETUP_CONFIG_DIR=config)
    left = [path.relative_to(config).as_posix() for path in Path(config).rglob("*") if path.is_file()]
    assert left == ["state/last.jsonl"]


def test_standard_output_and_error_hold_nothing_of_what_is_kept(config: str) -> None:
    with Scripted(polite(Mode.STARTTLS)) as server:
        found = sent(server, config, "--json")
    assert found.err == ""
    assert {json.loads(line)["event"] for line in found.out.splitlines()} == {"step", "line", "tls", "outcome"}

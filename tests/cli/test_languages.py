"""Every help and every kind of answer in the pseudo-language: nothing that a person reads is left in English."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from tests.cli.running import ROOT, command, environment
from tests.wording import pseudo

HELPS = """
test|explain|sandbox|providers|report|help
profile|profile list|profile show|profile set|profile remove|profile export|profile import
certificate|certificate fetch|certificate show
truststore|truststore build|truststore show|truststore verify|truststore role
bitbucket|bitbucket show|bitbucket diff|bitbucket apply|bitbucket undo
java|java list|java arguments
"""
_LEFT_COLUMN = re.compile(r"^  (?:--)?\S+( \S+)*(?=  |$)")
"""Of a help: an option and what it wants."""
_TRACE = """\
javax.mail.MessagingException: Could not convert socket to TLS;
  nested exception is:
\tjavax.net.ssl.SSLHandshakeException: PKIX path building failed
"""
RUNS = """
0|test --sandbox --to nobody@elsewhere.test
1|test --hostname 127.0.0.1 --port 1 --to a@b.test --from a@b.test --java none
2|test --hostname a_b --port 99999 --to ab --from a..b@c.test
2|test --bla
2|test --hostname 127.0.0.1 --protocol smtps --tls always
4|test --hostname 127.0.0.1 --to a@b.test --from a@b.test --truststore {folder}/none.jks
4|test --hostname 127.0.0.1 --to a@b.test --from a@b.test --truststore {folder}/swaks.txt
2|nonsense
0|profile list
0|profile set Prod --hostname 127.0.0.1 --port 1 --from a@b.test
1|test Prod --to a@b.test --java none
0|profile list
0|report Prod --pseudonyms
0|profile remove Prod
2|profile show Prod
0|profile import {folder}/swaks.txt
4|profile import {folder}/trace.txt
0|providers
0|providers microsoft365
2|providers nobody
0|java list
0|truststore build --base certifi --add {folder}/ca.pem --out {folder}/x.jks
4|truststore build --base certifi --add {folder}/swaks.txt --out {folder}/y.jks
0|truststore show {folder}/ca.pem
4|truststore show {folder}/swaks.txt
1|truststore verify {folder}/x.jks --hostname 127.0.0.1 --port 1 --java none
0|certificate show {folder}/ca.pem
1|certificate fetch --hostname 127.0.0.1 --port 1
0|explain {folder}/trace.txt
1|explain {folder}/swaks.txt
1|bitbucket show --url https://127.0.0.1:1 --user admin --password-file {folder}/swaks.txt
2|bitbucket diff Prod --url https://127.0.0.1:1 --user admin --password-file {folder}/swaks.txt
0|help
0|help port
2|help nothing
"""
VALUES = (
    r"(?m)^[ \t]{2}\w[\w-]+(?=  )",  # the topics of the help, which are words to type
    r"(?m)^\s+\d+\.\d{3} (TLS  |\S+) (<-|->|\*\*) .*$",  # the transcript: the peer's words, and ours to it
    r"(?m)^  > .*$|“[^”⟦]*”",  # what was seen, and what is quoted
    r"(127\.0\.0\.1|address-1): Connection refused",  # the system's own word
    r"\bsun\.\S+|java\.io\.IOException: [^⟦\n]*",  # Java's own
    r"\b(CN|OU|O)=[^\n⟦”]*",  # names in certificates
    r"\((Debian|Eclipse Adoptium|Oracle|Temurin)[^)]*\)",  # whose JVM
    r"\bsecp256r1\b|SHA256withECDSA|\bmail-[0-9a-f]{8}\b|-Djavax\.\S+|\bjks\b",
    r"\b(address|host|user)-\d(\.invalid)?\b|\(plain\)|: failed, tcp\.refused",  # of a report: pseudonyms and ids
    r"(?m)^mailsetup \d.*, Python .*$|^\d{4}-\d\d-\d\dT.*$",  # its versions and its clock
    r"\bbitbucket\b|\bProd\b|\bmicrosoft365\b|\bimported\b|\bsmtps?\b",
)
"""What is the same in every language here, with the reason."""
_PROVIDERS = r"(?m)^\S+ +\S+:\d+  smtps?"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pseudo")
    return environment(MAILSETUP_CONFIG_DIR=str(folder), MAILSETUP_STATE_DIR=str(folder), **pseudo.make(folder))


def said(commands: list[list[str]], spoken: dict[str, str]) -> list[tuple[int, str]]:
    words = [sys.executable, "-m", "tests.cli.speaking"]
    ran = subprocess.run(
        words, input=json.dumps(commands), capture_output=True, encoding="utf-8", env=spoken, cwd=ROOT, timeout=100
    )
    assert ran.stdout, ran.stderr
    return [(code, text) for code, text in json.loads(ran.stdout)]


def test_every_help_is_translated(spoken: dict[str, str]) -> None:
    commands = [[*words.split(), "--help"] for line in HELPS.split("\n") for words in line.split("|") if words]
    found = said([*commands, ["--help"]], spoken)
    assert [code for code, _ in found if code] == []
    lines = [line for _, text in found for line in text.splitlines()]
    assert len(lines) > 250
    assert [line for line in lines if pseudo.left(_LEFT_COLUMN.sub("", line))] == []


def test_what_each_command_answers_is_translated(spoken: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "trace.txt").write_text(_TRACE)
    (tmp_path / "swaks.txt").write_text("swaks --server mail.example.com:587 --tls --from a@b.test --to c@d.test")
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    runs = [line.format(folder=tmp_path).partition("|") for line in RUNS.strip().split("\n")]
    found = said([words.split() for _, _, words in runs], spoken)
    assert [f"{code} {words}" for (code, _), (_, _, words) in zip(found, runs, strict=True)] == [
        f"{code} {words}" for code, _, words in runs
    ]
    left = [
        f"{words}: {plain}"
        for (_, text), (_, _, words) in zip(found, runs, strict=True)
        if (plain := pseudo.left(text, _PROVIDERS, *VALUES))
    ]
    assert "\n".join(left) == ""


@pytest.mark.parametrize("words", ["test --sandbox --to a@b.test --java none", "providers gmail", "java list"])
def test_what_scripts_read_is_the_same_in_german(words: str) -> None:
    told = [
        subprocess.run(
            command(*words.split(), "--json"), capture_output=True, encoding="utf-8", env=environment(LANGUAGE=language)
        ).stdout.splitlines()
        for language in ("en", "de")
    ]
    english, german = ([_kept(json.loads(line)) for line in lines] for lines in told)
    assert english
    assert english == german


_SENTENCES = {"title", "why", "fixes", "warnings", "summary", "text", "quirk", "why_not", "sentence", "ruled_out_words"}
_CHANGING = {"at", "ms", "took", "port", "subject", "message_id", "reply", "queue_id", "when", "evidence", "chain"}


def _kept(found: object) -> object:
    """Without the sentences, and what is another in every run."""
    if isinstance(found, dict):
        return {key: _kept(value) for key, value in found.items() if key not in _SENTENCES | _CHANGING}
    return [_kept(one) for one in found] if isinstance(found, list) else found

"""mailsetup explain: from a file or standard input, as words or one JSON object, with its exit code."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.running import command, environment, mailsetup, terminal

REFUSED = "javax.mail.AuthenticationFailedException: 535 5.7.8 Error: authentication failed\n"


@pytest.mark.parametrize("words", [(), ("-",)])
def test_standard_input_is_explained(words: tuple[str, ...]) -> None:
    ran = mailsetup("explain", *words, stdin=REFUSED)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("✕ The server refused the sign-in\n")
    assert "“535 5.7.8 Error: authentication failed”" in ran.out
    assert f"  > {REFUSED}" in ran.out


def test_a_file_is_explained_as_one_json_object(tmp_path: Path) -> None:
    (tmp_path / "error.log").write_text(REFUSED)

    ran = mailsetup("explain", str(tmp_path / "error.log"), "--json")

    [outcome] = ran.lines
    assert ran.code == 0
    assert outcome["event"] == "outcome"
    assert (outcome["outcome"], outcome["step"], outcome["cause"]) == ("rejected", "auth", "auth.refused")
    assert outcome["reply"] == {"code": 535, "enhanced": "5.7.8", "text": "5.7.8 Error: authentication failed"}
    assert outcome["evidence"] == [REFUSED.strip()]
    assert outcome["fixes"]


@pytest.mark.parametrize("said", ["", "hello", "\n\n"])
def test_what_names_no_cause_ends_with_1(said: str) -> None:
    ran = mailsetup("explain", "--json", stdin=said)

    assert ran.code == 1
    assert (ran.outcome["cause"], ran.outcome["outcome"]) == ("explain.unknown", "unknown")


def test_a_file_that_cannot_be_read_ends_with_4(tmp_path: Path) -> None:
    missing, folder = mailsetup("explain", str(tmp_path / "none")), mailsetup("explain", str(tmp_path))

    assert (missing.code, folder.code, missing.out) == (4, 4, "")
    assert "cannot be read: No such file or directory." in missing.err


def test_wrong_words_end_with_2() -> None:
    assert mailsetup("explain", "a", "b").code == 2
    assert mailsetup("explain", "--nope").code == 2


@pytest.mark.parametrize("octets", [bytes(range(256)) * 50, b"\xff\xfe\x00", b"\x00" * 1000, b"\xef\xbb\xbf"])
def test_no_octets_are_a_reason_for_a_traceback(octets: bytes, tmp_path: Path) -> None:
    (tmp_path / "octets").write_bytes(octets)

    ran = mailsetup("explain", str(tmp_path / "octets"))

    assert (ran.code, ran.err) == (1, "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_from_windows_is_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "error.txt").write_bytes(REFUSED.replace("\n", "\r\n").encode(encoding))
    assert mailsetup("explain", str(tmp_path / "error.txt"), "--json").outcome["cause"] == "auth.refused"


def test_of_a_file_without_end_the_end_is_read(tmp_path: Path) -> None:
    (tmp_path / "huge.log").write_bytes(b"x" * 9_000_000 + b"\n" + REFUSED.encode())

    ran = mailsetup("explain", str(tmp_path / "huge.log"), "--json")

    assert ran.outcome["cause"] == "auth.refused"
    assert "only its end was looked at" in ran.outcome["why"]


def test_on_a_terminal_it_says_that_it_waits_and_how_to_end() -> None:
    ours, theirs = terminal()
    started = subprocess.Popen(
        command("explain"), stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert started.stderr
    waiting = started.stderr.readline().decode()
    os.write(ours, REFUSED.encode() + b"\x04")
    out, _ = started.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)

    assert "waits for a text" in waiting
    assert "Ctrl+D" in waiting
    assert "The server refused the sign-in" in out.decode()


def test_two_megabytes_are_read_in_seconds(tmp_path: Path) -> None:
    (tmp_path / "long.log").write_text(("550 must be " * 300 + "\n") * 500)

    began = time.monotonic()
    mailsetup("explain", str(tmp_path / "long.log"))

    assert time.monotonic() - began < 20

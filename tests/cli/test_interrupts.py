"""What a signal, a reader that leaves or a person at a prompt may do to the terminal program at any moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mailsetup_gui import cli
from mailsetup_gui.cli import sandbox as sandbox_command
from mailsetup_gui.cli import test as command_test
from mailsetup_gui.smtp import sandbox
from tests.cli.running import command, environment, mailsetup, terminal

KNOWN = ["test", "--json", "--hostname", "a.example", "--from", "a@example.test", "--to", "b@example.test"]


def outcomes(out: str) -> list[str]:
    lines = [json.loads(line) for line in out.splitlines()]
    return [line["outcome"] for line in lines if line["event"] == "outcome"]


def test_an_interrupt_before_anything_began_ends_with_an_outcome_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_words: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_test, "main", interrupted)

    assert cli.main(["test", "--json"]) == 130
    assert outcomes(capsys.readouterr().out) == ["cancelled"]


def test_an_interrupt_while_the_built_in_server_stops_makes_no_second_outcome(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stop = sandbox.Sandbox.stop

    def interrupt_and_stop(self: sandbox.Sandbox) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        stop(self)

    monkeypatch.setattr(sandbox.Sandbox, "stop", interrupt_and_stop)

    assert cli.main(["test", "--json", "--sandbox", "--to", "you@example.test"]) == 0
    assert outcomes(capsys.readouterr().out) == ["accepted"]


def test_after_a_test_the_signals_are_as_they_were_before(capsys: pytest.CaptureFixture[str]) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    cli.main(["test", "--json", "--sandbox", "--to", "you@example.test"])

    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert outcomes(capsys.readouterr().out) == ["accepted"]


def test_a_reader_that_leaves_ends_the_test_without_a_word() -> None:
    words = command("test", "--sandbox", "--json", "--to", "you@example.test")
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (1, b"")


@pytest.mark.parametrize(
    ("words", "prompts"),
    [
        ([], True),
        (["--until", "auth"], True),
        (["--port", "99999"], False),
        (["--until", "ehlo"], False),
        (["--username", ""], False),
    ],
    ids=["a test", "until auth", "a wrong port", "until ehlo", "anonymous"],
)
def test_nobody_is_asked_for_a_password_that_is_not_needed(words: list[str], prompts: bool) -> None:
    known = ["--hostname", "127.0.0.1:1", "--username", "u", "--from", "a@example.test", "--to", "b@example.test"]

    shown = on_a_terminal(command("test", *known, *words))

    assert ("Password of" in shown) == prompts


def test_ctrl_c_at_the_prompt_is_an_interrupt() -> None:
    known = ["--hostname", "127.0.0.1:1", "--username", "u", "--from", "a@example.test", "--to", "b@example.test"]

    shown = on_a_terminal(command("test", "--json", *known), typed=b"\x03")

    assert '"outcome": "cancelled"' in shown
    assert "Traceback" not in shown


def test_ctrl_d_at_the_prompt_is_a_missing_password() -> None:
    known = ["--hostname", "127.0.0.1:1", "--username", "u", "--from", "a@example.test", "--to", "b@example.test"]

    shown = on_a_terminal(command("test", "--json", *known), typed=b"\x04")

    assert '"cause": "settings.password-missing"' in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)], ids=str
)
def test_colour_is_for_terminals_that_want_it(more: dict[str, str], coloured: bool) -> None:
    shown = on_a_terminal(command("test", "--sandbox", "--to", "you@example.test"), more=more)

    assert ("\x1b[" in shown) == coloured
    assert "accepted the message" in shown


def on_a_terminal(words: list[str], typed: bytes = b"secret\n", more: dict[str, str] | None = None) -> str:
    """What a pseudo-terminal, the program's controlling one, showed until the program ended."""
    take_it = (
        "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
    )
    main, other = terminal()
    process = subprocess.Popen(
        [sys.executable, "-c", take_it, *words],
        stdin=other,
        stdout=other,
        stderr=other,
        env=environment(**(more or {})),
        start_new_session=True,
    )
    os.close(other)
    shown, answered = b"", False
    try:
        while octets := os.read(main, 4096):
            shown += octets
            if b"Password of" in shown and not answered:
                os.write(main, typed)
                answered = True
    except OSError:
        pass  # Linux: the other end is closed
    finally:
        os.close(main)
        process.wait(10)
    return shown.decode(errors="replace")


def test_a_password_in_the_address_is_not_used_and_that_is_said() -> None:
    words = [
        "--json",
        "--hostname",
        "smtp://u:hidden@127.0.0.1:1",
        "--from",
        "a@example.test",
        "--to",
        "b@example.test",
    ]

    ran = mailsetup("test", *words, "--password-env", "HOME")

    assert "was not used" in ran.err
    assert "hidden" not in ran.out + ran.err


def test_profiles_that_cannot_be_listed_are_4() -> None:
    ran = mailsetup("test", "prod", "--json", MAILSETUP_CONFIG_DIR="x" * 5000)

    assert (ran.code, ran.outcome["cause"]) == (4, "local.unusable")


@pytest.mark.parametrize("lifetime", ["0", "-1", "inf", "nan", "1e400", "x", ""])
def test_a_lifetime_that_is_none_is_wrong_usage(lifetime: str) -> None:
    ran = mailsetup("sandbox", f"--lifetime={lifetime}")

    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_who_reads_the_port_file_may_end_the_built_in_server_at_once(tmp_path: Path) -> None:
    port_file = tmp_path / "ports.json"
    with subprocess.Popen(
        command("sandbox", "--port-file", str(port_file), "--lifetime", "30"),
        stdout=subprocess.DEVNULL,
        env=environment(TMPDIR=str(tmp_path)),
    ) as process:
        while not port_file.exists():
            assert process.poll() is None
        process.terminate()

    assert process.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["ports.json"]


def test_however_often_the_built_in_server_is_interrupted_it_ends(tmp_path: Path) -> None:
    """A signal may come while the one before it is still heard: several servers, for it does not come each time."""
    servers = []
    for number in range(6):
        port_file = tmp_path / f"{number}.json"
        words = ("sandbox", "--port-file", str(port_file), "--lifetime", "60")
        server = subprocess.Popen(command(*words), stdout=subprocess.DEVNULL, env=environment(TMPDIR=str(tmp_path)))
        while not port_file.exists():
            assert server.poll() is None
        for _ in range(100):
            server.send_signal(signal.SIGINT)
            server.send_signal(signal.SIGTERM)
        servers.append(server)

    try:
        assert [server.wait(15) for server in servers] == [0] * len(servers)
    finally:
        for server in servers:
            server.kill()
            server.wait()


def test_a_mail_that_cannot_be_read_is_told_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    octets = b"Subject: odd\r\nContent-Type: text/plain; charset=bogus\r\n\r\nhello \x1b[2J\r\n"

    sandbox_command._tell(sandbox.Received("a@example.test", ("b@example.test",), octets, True, "", 0.0))

    out = capsys.readouterr().out
    assert "Subject: odd" in out
    assert "hello" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    "word", ["--timeout=\udcff", "--hostname=\udcff", "\udcff", "--to=\udcff@x", "--nonsense\x1b[31m"]
)
def test_words_that_are_no_text_are_wrong_usage_and_never_an_accident(word: str) -> None:
    done = subprocess.run(
        [*command(*KNOWN), os.fsencode(word)], capture_output=True, timeout=30, env=environment(), check=False
    )

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stderr + done.stdout
    assert len(outcomes(done.stdout.decode())) == 1

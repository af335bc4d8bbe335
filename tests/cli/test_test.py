"""mailsetup test: the contract that scripts rely on."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Ran, command, environment, mailsetup, terminal
from tests.smtp.planted import leaks
from tests.smtp.polite import PASSWORD, USERNAME, Mode, Stage, polite, says
from tests.smtp.scripted import Scripted, server_context
from tests.smtp.trying import ca_file

_ANONYMOUS = (Stage.AUTH, Stage.USERNAME, Stage.PASSWORD)
SENDER, RECIPIENT = "noreply@example.test", "ops@example.test"


@pytest.fixture
def password_file(tmp_path: Path) -> str:
    path = tmp_path / "password"
    path.write_text(PASSWORD + "\n", encoding="utf-8")
    return str(path)


def against(server: Scripted, *words: str, stdin: str = "", timeout: str = "10") -> Ran:
    return mailsetup(*settings(server), "--timeout", timeout, *words, stdin=stdin)


def settings(server: Scripted) -> list[str]:
    where = ["test", "--json", "--hostname", f"127.0.0.1:{server.port}", "--truststore", ca_file()]
    return [*where, "--from", SENDER, "--to", RECIPIENT]


def outcomes(ran: Ran) -> list[str]:
    return [line["outcome"] for line in ran.lines if line["event"] == "outcome"]


def test_json_lines_are_as_the_contract_says(password_file: str) -> None:
    with Scripted(polite(Mode.STARTTLS)) as server:
        ran = against(server, "--tls", "always", "--username", USERNAME, "--password-file", password_file)
    assert ran.code == 0
    assert {line["event"] for line in ran.lines} == {"step", "line", "tls", "outcome"}
    assert outcomes(ran) == ["accepted"]
    keys = ["outcome", "step", "cause", "encrypted", "authenticated", "reply", "title", "why", "fixes", "ruled_out"]
    assert [key for key in [*keys, "warnings", "java", "ms"] if key not in ran.outcome] == []
    assert ran.outcome["reply"]["code"] == 250
    assert (ran.outcome["cause"], ran.outcome["encrypted"], ran.outcome["authenticated"]) == (None, True, True)
    assert {**ran.outcome["java"], "version": ""} == {
        "verdict": "accepted",
        "by": "predicted",
        "version": "",
        "message": None,
    }
    tls = next(line for line in ran.lines if line["event"] == "tls")
    assert all(len(digest) == 64 for digest in tls["chain"])
    steps = [line["step"] for line in ran.lines if line["event"] == "step" and line["state"] == "done"]
    assert " ".join(steps) == "resolve connect greeting ehlo starttls tls ehlo auth mail rcpt data quit"
    assert ran.err == ""


def test_with_smtps_tls_comes_before_the_greeting(password_file: str) -> None:
    with Scripted(polite(Mode.SMTPS)) as server:
        ran = against(server, "--protocol", "smtps", "--username", USERNAME, "--password-file", password_file)
    steps = [line["step"] for line in ran.lines if line["event"] == "step" and line["state"] == "done"]
    assert steps[:4] == ["resolve", "connect", "tls", "greeting"]
    assert ran.code == 0


def test_a_refusal_is_1_and_names_its_cause(password_file: str) -> None:
    with Scripted(polite(Mode.STARTTLS, {Stage.PASSWORD: says(b"535 5.7.8 no\r\n")})) as server:
        ran = against(server, "--tls", "always", "--username", USERNAME, "--password-file", password_file)
    assert (ran.code, ran.outcome["outcome"], ran.outcome["cause"]) == (1, "rejected", "auth.refused")
    assert ran.outcome["reply"] == {"code": 535, "enhanced": "5.7.8", "text": "5.7.8 no"}
    assert ran.outcome["fixes"]


def test_a_reply_to_the_dot_that_never_comes_is_3() -> None:
    with Scripted(polite(Mode.CLEAR, {Stage.DOT: lambda talk, _: talk.hang_up()})) as server:
        ran = against(server)
    assert (ran.code, ran.outcome["outcome"], ran.outcome["step"]) == (3, "unknown", "data")


def test_a_time_out_ends_with_an_outcome() -> None:
    with Scripted(lambda talk: talk.stay_silent()) as server:
        ran = against(server, timeout="0.5")
    assert (ran.code, ran.outcome["cause"]) == (1, "smtp.silent")


@pytest.mark.parametrize(
    ("words", "cause", "told"),
    [
        (["--hostname", "bad_host"], "settings.invalid", ["Hostname:", "Email from:", "Send to:"]),
        (["--hostname", "a.example", "--from", "nobody", "--to", "a@b.co"], "from.invalid", ["nobody"]),
        (["--hostname", "a.example", "--from", "a@b.co", "--to", "x"], "rcpt.invalid", ["Send to:"]),
        (["--hostname", "a.example", "--port", "70000", "--from", "a@b.co"], "settings.invalid", ["70000", "Send to:"]),
        (["--hostname", "a\r\nb", "--from", "a@b.co\nRCPT TO:<x@y>", "--to", "a@b.co"], "settings.invalid", ["U+000D"]),
        (
            ["--hostname", "a.example", "--username", "u", "--from", "a@b.co", "--to", "a@b.co"],
            "settings.password-missing",
            [],
        ),
        (["--nonsense"], "settings.usage", ["--nonsense"]),
        (["--protocol", "imap"], "settings.usage", ["imap"]),
        (["--protocol", "smtps", "--tls", "always"], "settings.usage", ["--tls"]),
        (["--timeout", "nan", "--hostname", "a.example"], "settings.usage", ["nan"]),
        (["no-such-profile"], "settings.usage", ["no-such-profile"]),
        (["--sandbox", "--hostname", "a.example"], "settings.usage", ["--sandbox"]),
    ],
    ids=[
        "everything",
        "sender",
        "recipient",
        "port",
        "injection",
        "password",
        "option",
        "choice",
        "smtps and tls",
        "timeout",
        "profile",
        "sandbox",
    ],
)
def test_wrong_settings_are_2_told_at_once_and_nothing_is_sent(words: list[str], cause: str, told: list[str]) -> None:
    ran = mailsetup("test", "--json", *words, MAILSETUP_CONFIG_DIR="/nonexistent")
    assert (ran.code, [line["event"] for line in ran.lines]) == (2, ["outcome"])
    assert ran.outcome["cause"] == cause
    assert [word for word in told if word not in ran.outcome["why"]] == []
    assert ran.err


def test_a_file_that_cannot_be_used_is_4(tmp_path: Path) -> None:
    known = ["test", "--json", "--hostname", "a.example", "--from", SENDER, "--to", RECIPIENT]
    missing = mailsetup(*known, "--username", "u", "--password-file", str(tmp_path / "none"))
    store = mailsetup(*known, "--truststore", str(tmp_path / "none.jks"))
    (tmp_path / "text").write_text("no store")
    no_store = mailsetup(*known, "--truststore", str(tmp_path / "text"))
    assert [(ran.code, ran.outcome["cause"]) for ran in (missing, store, no_store)] == [
        (4, "local.unusable"),
        (4, "java.store-missing"),
        (4, "java.store-not-a-store"),
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_an_interrupt_ends_with_an_outcome_and_130(number: signal.Signals) -> None:
    with Scripted(lambda talk: talk.stay_silent()) as server:
        process = subprocess.Popen(
            command(*settings(server)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(),
        )
        assert process.stdout is not None
        for line in process.stdout:
            if '"greeting"' in line:
                break
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    last = json.loads(out.splitlines()[-1])
    assert (process.returncode, last["outcome"], last["cause"]) == (130, "cancelled", "interrupted")
    assert err == ""


@pytest.mark.parametrize("source", ["file", "environment", "stdin", "terminal"])
def test_the_password_comes_from_a_file_the_environment_or_a_prompt(source: str, password_file: str) -> None:
    words = {
        "file": ["--password-file", password_file],
        "environment": ["--password-env", "SMTP_PASSWORD"],
        "stdin": ["--password-file", "-"],
        "terminal": [],
    }[source]
    with Scripted(polite(Mode.STARTTLS)) as server:
        line = [*settings(server), "--tls", "always", "--username", USERNAME, *words]
        if source == "terminal":
            code, said = on_a_terminal(command(*line), PASSWORD + "\n")
        else:
            ran = mailsetup(*line, stdin=PASSWORD + "\n", SMTP_PASSWORD=PASSWORD)
            code, said = ran.code, ran.out + ran.err
    assert code == 0
    assert '"authenticated": true' in said
    assert leaks(said) == []


def on_a_terminal(words: list[str], typed: str) -> tuple[int, str]:
    """Runs `words` on a pseudo-terminal and types; what the terminal showed comes back."""
    main, other = terminal()
    process = subprocess.Popen(
        words, stdin=other, stdout=other, stderr=other, env=environment(), start_new_session=True
    )
    os.close(other)
    shown = b""
    while b"Password of" not in shown:
        shown += os.read(main, 4096)
    os.write(main, typed.encode())
    try:
        while octets := os.read(main, 4096):
            shown += octets
    except OSError:
        pass  # Linux: the other end is closed
    os.close(main)
    return process.wait(10), shown.decode(errors="replace")


def test_a_password_that_the_server_repeats_is_in_no_output(password_file: str) -> None:
    echo = f"535 5.7.8 you said {PASSWORD} and {PASSWORD[::-1]}\r\n".encode()
    for extra in ([], ["--json"]):
        with Scripted(polite(Mode.STARTTLS, {Stage.PASSWORD: says(echo)})) as server:
            words = [word for word in settings(server) if word != "--json"]
            ran = mailsetup(*words, "--tls", "always", "--username", USERNAME, "--password-file", password_file, *extra)
        assert ran.code == 1
        assert leaks(ran.out + ran.err) == []


def test_escape_sequences_of_a_server_never_reach_the_terminal() -> None:
    nasty = "220 \x1b[31mred\x1b]0;title\x07 \u202edlrow\u200b \x9b2J\r\n".encode()
    with Scripted(polite(Mode.CLEAR, {Stage.GREETING: says(nasty)})) as server:
        words = [word for word in settings(server) if word != "--json"]
        ran = mailsetup(*words)
    assert ran.code == 0
    assert not set("\x1b\x07\u202e\u200b\x9b") & set(ran.out + ran.err)


def test_colour_is_for_terminals_without_no_color() -> None:
    assert "\x1b[" not in mailsetup("test", "--sandbox", "--to", RECIPIENT).out


@pytest.mark.parametrize("protocol", ["smtp", "smtps"])
@pytest.mark.parametrize("message", ["plain", "notification", "invitation", "password-reset"])
def test_the_built_in_server_takes_every_message_and_gives_it_back_equal(protocol: str, message: str) -> None:
    ran = mailsetup("test", "--sandbox", "--json", "--to", RECIPIENT, "--protocol", protocol, "--message", message)
    assert (ran.code, ran.outcome["outcome"]) == (0, "accepted")
    assert any("equal to what was sent" in line.get("text", "") for line in ran.lines)
    assert ran.outcome["warnings"] == []


def test_until_stops_well_and_sends_nothing() -> None:
    ran = mailsetup("test", "--sandbox", "--json", "--until", "auth")
    assert (ran.code, ran.outcome["outcome"], ran.outcome["until"]) == (0, "accepted", "auth")
    assert "Nothing was sent" in ran.outcome["why"]
    assert not [line for line in ran.lines if line.get("step") in ("mail", "rcpt", "data")]


def test_a_stop_before_the_envelope_needs_no_sender() -> None:
    with Scripted(polite(Mode.CLEAR)) as server:
        ran = mailsetup("test", "--json", "--hostname", f"127.0.0.1:{server.port}", "--until", "ehlo")
    assert (ran.code, ran.outcome["outcome"]) == (0, "accepted")


def test_a_wrong_name_is_a_warning_and_with_check_name_a_failure() -> None:
    ran = []
    for extra in ([], ["--check-name"]):
        with Scripted(polite(Mode.SMTPS, without=_ANONYMOUS), server_context("other.example.test")) as server:
            ran.append(against(server, "--protocol", "smtps", *extra))
    assert (ran[0].code, ran[0].outcome["warnings"]) == (0, ["tls.name-mismatch"])
    assert (ran[1].code, ran[1].outcome["cause"]) == (1, "tls.name-mismatch")


@pytest.fixture
def config(tmp_path: Path) -> str:
    return str(tmp_path / "config")


def test_a_profile_gives_what_the_options_leave_out(config: str, password_file: str) -> None:
    with Scripted(polite(Mode.STARTTLS)) as server:
        words = ["--hostname", f"127.0.0.1:{server.port}", "--tls", "always", "--username", USERNAME, "--from", SENDER]
        made = mailsetup("profile", "set", "prod", *words, "--truststore", ca_file(), MAILSETUP_CONFIG_DIR=config)
        asked = ["test", "prod", "--to", RECIPIENT, "--password-file", password_file, "--json"]
        ran = mailsetup(*asked, MAILSETUP_CONFIG_DIR=config)
    assert (made.code, ran.code) == (0, 0)
    assert ran.outcome["authenticated"]


def test_a_plain_test_loads_neither_qt_nor_what_it_does_not_need(password_file: str) -> None:
    program = (
        "import sys\nfrom mailsetup_gui.cli import main\n"
        "code = main(sys.argv[1:])\n"
        "print(' '.join(sorted(sys.modules)), file=sys.stderr)\nsys.exit(code)\n"
    )
    with Scripted(polite(Mode.STARTTLS)) as server:
        words = [*settings(server), "--tls", "always", "--username", USERNAME, "--password-file", password_file]
        done = subprocess.run(
            [sys.executable, "-c", program, *words],
            capture_output=True,
            encoding="utf-8",
            env=environment(),
            check=True,
        )
    heavy = {
        "PySide6",
        "dataclasses",
        "inspect",
        "email",
        "keyring",
        "asyncio",
        "aiosmtpd",
        "platformdirs",
    }
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert loaded & heavy == set()
    assert "cryptography.x509" not in done.stderr.split(), "the numbers of a key are enough to verify a signature"


def test_a_refused_port_is_followed_by_the_ports_that_answer_when_asked_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = closed.getsockname()[1]
    words = ("--hostname", "127.0.0.1", "--port", str(nobody), "--from", "a@example.test", "--to", "b@example.test")

    ran = mailsetup("test", *words, "--json", "--try-ports")

    assert (ran.code, ran.outcome["cause"]) == (1, "tcp.refused")
    assert any("Port " in line or "None of the ports" in line for line in ran.outcome["evidence"])


def test_the_options_that_mend_stand_below_the_fixes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = closed.getsockname()[1]
    words = ("--hostname", "127.0.0.1", "--port", str(nobody), "--from", "a@example.test", "--to", "b@example.test")

    assert "Try the usual ports: --try-ports" in mailsetup("test", *words).out

"""`mailsetup test` beside swaks, curl and ten lines of smtplib: same server, trust anchor, sign-in, recipient."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.figures import Compared, Skipped
from benchmarks.peers import RECIPIENT, SENDER, Server, Usage

_MAIL = f"From: {SENDER}\r\nTo: {RECIPIENT}\r\nSubject: test\r\n\r\nThis is a test mail.\r\n"
_OURS = "mailsetup test"
_BARS = {"swaks": "CPU at most 1.00"}


def compared(rounds: int) -> Iterator[Compared | Skipped]:
    with peers.sandbox() as server, tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as folder:
        commands = {_OURS: peers.test_command(server), **_others(server, Path(folder))}
        for name in ("swaks", "curl"):
            if shutil.which(name) is None:
                del commands[name]
                yield Skipped(f"against {name}", f"{name} is not installed")
        used = _measured(commands, rounds)
    for name in commands:
        if name != _OURS:
            yield _against(name, "CPU", used, _BARS.get(name, ""))
            yield _against(name, "wall", used)


def _measured(commands: dict[str, list[str]], rounds: int) -> dict[str, list[Usage]]:
    """Every command once in each round, so that a busy moment of the machine meets all of them."""
    env = peers.environment()
    for command in commands.values():
        peers.tried(command, env)
    used: dict[str, list[Usage]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            used[name].append(peers.usage(command, env))
    return used


def _against(name: str, clock: str, used: dict[str, list[Usage]], bar: str = "") -> Compared:
    ours, other = (tuple(u.cpu if clock == "CPU" else u.wall for u in used[which]) for which in (_OURS, name))
    return Compared(f"{clock}, against {name}", ours, other, bar=bar)


def _others(server: Server, folder: Path) -> dict[str, list[str]]:
    """All verify the server's certificate and tell the dialogue; the password is on no command line."""
    mail, swaks, curl = folder / "mail", folder / "swaks", folder / "curl"
    mail.write_text(_MAIL, encoding="ascii", newline="")
    swaks.write_text(f"auth-password {server.password}\n", encoding="utf-8")
    curl.write_text(f'user = "{server.username}:{server.password}"\n', encoding="utf-8")
    script = str(Path(__file__).with_name("smtplib_mail.py"))
    facts = [server.host, str(server.port), server.ca_file, server.username, server.password_file, str(mail)]
    return {
        "swaks": [
            *("swaks", "--config", str(swaks), "--server", server.host, "--port", str(server.port), "--timeout", "20"),
            *("--tls", "--tls-verify", "--tls-ca-path", server.ca_file),
            *("--auth", "LOGIN", "--auth-user", server.username, "--from", SENDER, "--to", RECIPIENT),
        ],
        "curl": [
            *("curl", "--verbose", "--config", str(curl), "--url", f"smtp://{server.host}:{server.port}"),
            *("--ssl-reqd", "--cacert", server.ca_file, "--login-options", "AUTH=LOGIN", "--max-time", "20"),
            *("--mail-from", SENDER, "--mail-rcpt", RECIPIENT, "--upload-file", str(mail)),
        ],
        "ten lines of smtplib": [sys.executable, script, *facts, SENDER, RECIPIENT],
    }

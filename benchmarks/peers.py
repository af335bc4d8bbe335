"""What every part needs: child processes and what they used, the built-in mail server, a display."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
WIDTH, HEIGHT = 1000, 840
_NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
"""Whoever measures has a keyring of their own, which must neither be asked nor ask."""
SENDER, RECIPIENT = "bitbucket@example.test", "you@example.test"


class Server(NamedTuple):
    """A mail server with STARTTLS and sign-in; `password_file` has the password on its first line."""

    host: str
    port: int
    ca_file: str
    username: str
    password: str
    password_file: str


class Screen(NamedTuple):
    """`pixels`: the file that Xvfb draws into, four octets for each pixel at its end; None where there is no such."""

    name: str
    environment: dict[str, str]
    pixels: Path | None


class Usage(NamedTuple):
    """One process from before its start to after its end: elapsed time, and time on the processors, in ms."""

    wall: float
    cpu: float


def environment(**more: str) -> dict[str, str]:
    """The same for every child: this checkout is importable, installed or not, and Python keeps its compiled code."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**plain, "PYTHONPATH": str(ROOT), **more}


def mailsetup(*words: str) -> list[str]:
    """The terminal program as a person starts it."""
    return [*_script("mailsetup", "mailsetup_gui.cli"), *words]


def mailsetup_gui() -> list[str]:
    """The window as a person starts it."""
    return _script("mailsetup-gui", "mailsetup_gui")


def _script(name: str, module: str) -> list[str]:
    installed = Path(sys.executable).with_name(name)
    return [str(installed)] if installed.exists() else [sys.executable, "-m", module]


def test_command(server: Server) -> list[str]:
    """One test mail over STARTTLS with sign-in, by ours."""
    where = ["--hostname", server.host, "--port", str(server.port), "--tls", "always", "--truststore", server.ca_file]
    who = ["--username", server.username, "--password-file", server.password_file]
    return mailsetup("test", *where, *who, "--from", SENDER, "--to", RECIPIENT)


def tried(command: Sequence[str], env: Mapping[str, str]) -> str:
    """What a command prints; raises with all of it when the command fails. Also warms every cache."""
    done = subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def usage(command: Sequence[str], env: Mapping[str, str]) -> Usage:
    """Runs the command, its output thrown away. Raises when it fails."""
    nothing = subprocess.DEVNULL
    began = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdin=nothing, stdout=nothing, stderr=nothing)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return Usage(wall * 1000, (used.ru_utime + used.ru_stime) * 1000)


@contextlib.contextmanager
def sandbox() -> Iterator[Server]:
    """`mailsetup sandbox` in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as folder:
        port_file, password_file = Path(folder, "ports.json"), Path(folder, "password")
        command = mailsetup("sandbox", "--port-file", str(port_file))
        process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL)
        try:
            facts = json.loads(_once_there(port_file, process))
            password_file.write_text(facts["password"] + "\n", encoding="utf-8")
            yield Server(
                facts["hostname"],
                facts["starttls"],
                facts["ca"],
                facts["username"],
                facts["password"],
                str(password_file),
            )
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _once_there(file: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + PATIENCE
    while not file.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the built-in mail server did not start")
        time.sleep(0.02)
    return file.read_text(encoding="utf-8")


@contextlib.contextmanager
def display() -> Iterator[Screen]:
    """A screen for one window: Xvfb, or Qt's offscreen, which nobody can look at, where there is none."""
    if shutil.which("Xvfb") is None:
        yield Screen("offscreen", environment(**_NO_KEYRING, QT_QPA_PLATFORM="offscreen"), None)
        return
    hear, say = os.pipe()
    with tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as folder:
        command = ["Xvfb", "-displayfd", str(say), "-noreset", "-nolisten", "tcp", "-fbdir", folder]
        command += ["-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
        process = subprocess.Popen(command, pass_fds=[say], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(say)
        try:
            ready, _, _ = select.select([hear], [], [], PATIENCE)
            number = os.read(hear, 16).decode().strip() if ready else ""
            if not number:
                raise RuntimeError("Xvfb did not start")
            env = environment(**_NO_KEYRING, DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb")
            yield Screen("Xvfb", env, Path(folder, "Xvfb_screen0"))
        finally:
            os.close(hear)
            process.terminate()
            process.wait(PATIENCE)

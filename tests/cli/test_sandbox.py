"""mailsetup sandbox: the built-in mail server for other programs."""

import json
import signal
import smtplib
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.running import command, environment, mailsetup


class Running(NamedTuple):
    process: subprocess.Popen[str]
    facts: dict[str, Any]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    port_file = tmp_path / "ports.json"
    words = command("sandbox", "--port-file", str(port_file), "--lifetime", "30")
    with subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8", env=environment()) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Ctrl+C ends it" in line:
                break
        while not port_file.exists():
            assert process.poll() is None
        yield Running(process, json.loads(port_file.read_text()))
        process.terminate()


def test_another_program_can_send_with_starttls_and_sign_in(running: Running) -> None:
    context = ssl.create_default_context(cafile=running.facts["ca"])
    with smtplib.SMTP("localhost", running.facts["starttls"], local_hostname="client.example.test") as client:
        client.starttls(context=context)
        client.login(running.facts["username"], running.facts["password"])
        client.sendmail("a@example.test", ["b@example.test"], b"Subject: from smtplib\r\n\r\nhello\r\n")
    assert "hello" in told(running, "hello")


def test_another_program_can_send_with_smtps_and_no_sign_in(running: Running) -> None:
    context = ssl.create_default_context(cafile=running.facts["ca"])
    port = running.facts["smtps"]
    with smtplib.SMTP_SSL("localhost", port, context=context, local_hostname="client.example.test") as client:
        client.sendmail("a@example.test", ["b@example.test"], b"Subject: x\x1b[31m\r\n\r\nbody\x1b[2J\r\n")
    said = told(running, "body")
    assert "not signed in" in said
    assert "\x1b" not in said


def told(running: Running, until: str) -> str:
    lines: list[str] = []
    assert running.process.stdout is not None
    for line in running.process.stdout:
        lines.append(line)
        if until in line:
            break
    return "".join(lines)


def test_an_interrupt_ends_it_well_and_takes_the_ca_file_away(running: Running) -> None:
    assert Path(running.facts["ca"]).exists()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(10) == 0
    assert not Path(running.facts["ca"]).exists()


def test_it_lives_as_long_as_it_is_told() -> None:
    assert mailsetup("sandbox", "--lifetime", "0.01").code == 0


def test_a_port_file_that_cannot_be_written_is_4(tmp_path: Path) -> None:
    ran = mailsetup("sandbox", "--port-file", str(tmp_path / "none" / "file"), "--lifetime", "5")
    assert ran.code == 4
    assert "cannot run" in ran.err

"""The script that an export for Bitbucket or Nexus is, run with the real curl against a stub."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mailsetup_gui.exports.formats import export
from mailsetup_gui.settings.server import Encryption
from tests.exports.rows import HOSTILE, profile

PASSWORD = """ pl'an"ted$(id)`x`\\ü😀 """
ADMIN_PASSWORD = """ad"min\\'$x:é"""
SHELLS = [shell for shell in ("sh", "dash", "bash") if shutil.which(shell)]
pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="no curl")


class Stub(ThreadingHTTPServer):
    """Keeps what is PUT, and shows it without its password; `drops` are keys that it does not know."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stored: dict[str, Any] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.drops: tuple[str, ...] = ()
        self.shows_password = False
        self.status = 200


class _Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.stored = {key: value for key, value in body.items() if key not in self.server.drops}
        self.server.stored |= dict.fromkeys(self.server.drops, False)
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        user = b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        self.server.asked.append((self.command, self.path, user))
        kept = {k: v for k, v in self.server.stored.items() if k != "password" or self.server.shows_password}
        body = json.dumps(kept, indent=1).encode()
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in the library
        """Not on the terminal."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def run(script: str, folder: Path, shell: str = "sh", **variables: str) -> subprocess.CompletedProcess[str]:
    path = folder / "script.sh"
    path.write_text(script, encoding="utf-8")
    return subprocess.run(
        [shell, str(path)],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        cwd=folder,
    )


def bitbucket(stub: Stub) -> dict[str, str]:
    return {
        "BITBUCKET_URL": f"http://127.0.0.1:{stub.server_port}/git/",
        "BITBUCKET_USER": "admin",
        "BITBUCKET_PASSWORD": ADMIN_PASSWORD,
        "SMTP_PASSWORD": PASSWORD,
    }


@pytest.mark.parametrize("shell", SHELLS)
def test_hostile_values_arrive_as_they_are(stub: Stub, tmp_path: Path, shell: str) -> None:
    done = run(export(profile(username=HOSTILE), "curl").text, tmp_path, shell, **bitbucket(stub))

    assert done.returncode == 0, done.stderr
    assert stub.stored == {
        "hostname": "mail.example.com",
        "port": 587,
        "protocol": "SMTP",
        "use-start-tls": True,
        "require-start-tls": True,
        "sender-address": "bitbucket@example.com",
        "username": HOSTILE,
        "password": PASSWORD,
    }
    path = "/git/rest/api/latest/admin/mail-server"
    assert stub.asked == [("PUT", path, f"admin:{ADMIN_PASSWORD}"), ("GET", path, f"admin:{ADMIN_PASSWORD}")]
    assert json.loads(done.stdout)["hostname"] == "mail.example.com"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["script.sh"]


@pytest.mark.parametrize("encryption", Encryption)
def test_each_mode_is_stored_and_proved(stub: Stub, tmp_path: Path, encryption: Encryption) -> None:
    done = run(export(profile(encryption, port=None), "curl").text, tmp_path, **bitbucket(stub))

    assert done.returncode == 0, done.stderr
    stored = (stub.stored["protocol"], stub.stored["use-start-tls"], stub.stored["require-start-tls"])
    assert stub.stored["port"] == 25
    assert (
        stored
        == {
            Encryption.IMPLICIT_TLS: ("SMTPS", True, True),
            Encryption.STARTTLS_REQUIRED: ("SMTP", True, True),
            Encryption.STARTTLS_IF_OFFERED: ("SMTP", True, False),
            Encryption.NONE: ("SMTP", False, False),
        }[encryption]
    )


def test_a_spelling_that_the_server_drops_is_told(stub: Stub, tmp_path: Path) -> None:
    stub.drops = ("use-start-tls", "require-start-tls")

    done = run(export(profile(), "curl").text, tmp_path, **bitbucket(stub))

    assert done.returncode == 1
    assert 'NOT stored as sent: "use-start-tls":true' in done.stderr


def test_a_password_that_the_server_shows_is_struck_out(stub: Stub, tmp_path: Path) -> None:
    stub.shows_password = True

    done = run(export(profile(), "curl").text, tmp_path, **bitbucket(stub))

    assert done.returncode == 0
    assert json.loads(done.stdout)["password"] == "****"


@pytest.mark.parametrize("status", [302, 401, 500])
def test_only_an_answer_of_200_counts(stub: Stub, tmp_path: Path, status: int) -> None:
    stub.status = status

    done = run(export(profile(), "curl").text, tmp_path, **bitbucket(stub))

    assert done.returncode == 1
    assert len(stub.asked) == 1
    assert str(status) in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SMTP_PASSWORD", "", "SMTP_PASSWORD is not set."),
        ("SMTP_PASSWORD", "a\tb", "SMTP_PASSWORD has a control character in it."),
        ("BITBUCKET_URL", "http://bitbucket.example.com", "clear text"),
        ("BITBUCKET_URL", "http://localhost.example.com", "clear text"),
        ("BITBUCKET_URL", "https://a:b@bitbucket.example.com", "has a user in it"),
    ],
)
def test_what_cannot_be_right_is_said_before_anything_is_sent(
    stub: Stub, tmp_path: Path, name: str, value: str, said: str
) -> None:
    done = run(export(profile(), "curl").text, tmp_path, **bitbucket(stub) | {name: value})

    assert done.returncode == 1
    assert said in done.stderr
    assert not stub.asked


def test_no_password_is_wanted_where_nobody_signs_in(stub: Stub, tmp_path: Path) -> None:
    variables = bitbucket(stub)
    del variables["SMTP_PASSWORD"]

    done = run(export(profile(username=""), "curl").text, tmp_path, **variables)

    assert done.returncode == 0, done.stderr
    assert not {"username", "password"} & set(stub.stored)


def test_no_secret_is_an_argument(stub: Stub, tmp_path: Path) -> None:
    """A curl of our own, first on the PATH, writes down what it was started with."""
    words = tmp_path / "words"
    (tmp_path / "curl").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >>{words}\nexec {shutil.which("curl")} "$@"\n')
    (tmp_path / "curl").chmod(0o755)

    path = f"{tmp_path}:{os.environ['PATH']}"
    done = run(export(profile(), "curl").text, tmp_path, **bitbucket(stub) | {"PATH": path})

    assert done.returncode == 0, done.stderr
    assert "--fail-with-body" in words.read_text()
    assert not any(secret in words.read_text() for secret in ("pl'an", 'ad"min', "pl\\'an"))


@pytest.mark.parametrize("encryption", Encryption)
def test_nexus_is_told_by_its_own_keys(stub: Stub, tmp_path: Path, encryption: Encryption) -> None:
    done = run(
        export(profile(encryption, HOSTILE), "nexus").text,
        tmp_path,
        NEXUS_URL=f"http://localhost:{stub.server_port}",
        NEXUS_USER="admin",
        NEXUS_PASSWORD="x",
        SMTP_PASSWORD=PASSWORD,
    )

    assert done.returncode == 0, done.stderr
    assert stub.asked[0][:2] == ("PUT", "/service/rest/v1/email")
    assert (stub.stored["username"], stub.stored["password"]) == (HOSTILE, PASSWORD)
    tls = tuple(stub.stored[key] for key in ("startTlsEnabled", "startTlsRequired", "sslOnConnectEnabled"))
    assert (
        tls
        == {
            Encryption.IMPLICIT_TLS: (False, False, True),
            Encryption.STARTTLS_REQUIRED: (True, True, False),
            Encryption.STARTTLS_IF_OFFERED: (True, False, False),
            Encryption.NONE: (False, False, False),
        }[encryption]
    )

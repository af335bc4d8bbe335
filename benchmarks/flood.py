"""How long the window stands still while a mail server floods the test that runs in it."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import trustme

from benchmarks import peers
from benchmarks.figures import Compared, Skipped
from benchmarks.peers import RECIPIENT, SENDER, Server
from mailsetup_gui.settings import profiles
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer

_BAR = "ours at most 50 ms"
_LINES = 255
_LINE = "the server says much more than anybody has asked for " * 9
_AFTER_TLS = (250, 334, 334, 235, 250, 250, 354)
"""The answers to EHLO, AUTH LOGIN, user name, password, MAIL, RCPT and DATA."""
_FLOODS = ((False, f"{_LINES} lines in each reply", "accepted"), (True, "a reply without end", "failed"))


def compared(rounds: int) -> Iterator[Compared | Skipped]:
    """Each round is a process of its own, so that the first test pays for its imports."""
    with peers.display() as screen:
        for endless, words, result in _FLOODS:
            found = [_gaps(endless, result, screen.environment) for _ in range(rounds)]
            rest, opening, testing = (tuple(gaps[when] for gaps in found) for when in ("rest", "opening", "testing"))
            yield Compared(f"opening the test, {words}", opening, rest, bar=_BAR)
            yield Compared(f"testing, {words}", testing, rest, bar=_BAR)


def _gaps(endless: bool, result: str, env: dict[str, str]) -> dict[str, float]:
    """What heartbeat.py measured; raises when its test did not end as it has to."""
    script = str(Path(__file__).with_name("heartbeat.py"))
    with flooding_server(endless) as server, tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as config:
        settings = MailServer(server.host, server.port, Encryption.STARTTLS_REQUIRED, server.username, SENDER)
        profile = Profile("flood", "Flood", settings, truststore=server.ca_file, recipient=RECIPIENT)
        profiles.save(Path(config, "profiles"), profile)
        told = peers.tried([sys.executable, script], {**env, "MAILSETUP_CONFIG_DIR": config})
    gaps: dict[str, float] = json.loads(told)
    if json.loads(told)["result"] != result:
        raise RuntimeError(f"the flooded test did not end as {result}: {told}")
    return gaps


@contextlib.contextmanager
def flooding_server(endless: bool) -> Iterator[Server]:
    """Takes one session, with STARTTLS and sign-in, and says far too much at every step, as fast as it is read."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    with authority.cert_pem.tempfile() as ca_file, socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(peers.PATIENCE)
        thread = threading.Thread(target=_serve, args=(listener, context, endless), daemon=True)
        thread.start()
        yield Server("127.0.0.1", listener.getsockname()[1], ca_file, "bitbucket", "", "")
        thread.join(peers.PATIENCE)


def _serve(listener: socket.socket, context: ssl.SSLContext, endless: bool) -> None:
    try:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(peers.PATIENCE)
            _until_starttls(connection)
            with context.wrap_socket(connection, server_side=True) as secured:
                _after_tls(secured, endless)
    except OSError:
        pass  # the client hangs up on a reply without end


def _until_starttls(connection: socket.socket) -> None:
    with connection.makefile("rb") as heard:
        connection.sendall(_reply(220))
        heard.readline()
        connection.sendall(_reply(250, "STARTTLS"))
        heard.readline()
        connection.sendall(_reply(220))


def _after_tls(connection: socket.socket, endless: bool) -> None:
    with connection.makefile("rb") as heard:
        for code in _AFTER_TLS:
            heard.readline()
            while endless:
                connection.sendall(f"{code}-{_LINE}\r\n".encode() * _LINES)
            connection.sendall(_reply(code, "AUTH LOGIN"))
        while heard.readline() not in (b".\r\n", b""):
            pass
        connection.sendall(_reply(250))
        heard.readline()
        connection.sendall(_reply(221))


def _reply(code: int, last: str = "end") -> bytes:
    return f"{code}-{_LINE}\r\n".encode() * (_LINES - 1) + f"{code} {last}\r\n".encode()

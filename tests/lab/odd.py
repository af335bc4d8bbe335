"""What no real server can be made to do: it hangs, drips, injects, or stands behind a firewall. Not a test."""

from __future__ import annotations

import contextlib
import http.server as web
import threading
from typing import TYPE_CHECKING

from tests.postfix import free_ports
from tests.smtp import misdeeds
from tests.smtp.black_hole import black_hole
from tests.smtp.polite import Misdeed, Mode, Stage, polite, says, then
from tests.smtp.scripted import HOST, Scripted

if TYPE_CHECKING:
    from tests.lab.faults import Where
    from tests.lab.mta import Lab


def scripted(mode: Mode, stage: Stage, *misdeed: Misdeed) -> Where:
    def listens(_lab: Lab, stack: contextlib.ExitStack) -> tuple[str, int]:
        return HOST, stack.enter_context(Scripted(polite(mode, {stage: then(*misdeed)}))).port

    return listens


def closed(_lab: Lab, _stack: contextlib.ExitStack) -> tuple[str, int]:
    return HOST, free_ports(1)[0]


def nowhere(_lab: Lab, _stack: contextlib.ExitStack) -> tuple[str, int]:
    return "mail.invalid", 25


def swallowed(_lab: Lab, stack: contextlib.ExitStack) -> tuple[str, int]:
    [port] = free_ports(1)
    stack.enter_context(black_hole(HOST, port))
    return HOST, port


def http(_lab: Lab, stack: contextlib.ExitStack) -> tuple[str, int]:
    server = stack.enter_context(web.ThreadingHTTPServer((HOST, 0), Quiet))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    stack.callback(thread.join)
    stack.callback(server.shutdown)
    return HOST, server.server_port


class Quiet(web.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as the base names it
        """Not into the output of the tests."""


tenant = scripted(
    Mode.STARTTLS,
    Stage.PASSWORD,
    says(b"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.\r\n"),
    misdeeds.hang_up,
)
drops_auth = scripted(Mode.STARTTLS, Stage.AUTH, misdeeds.hang_up)
closes = scripted(Mode.STARTTLS, Stage.GREETING, misdeeds.hang_up)
injects = scripted(Mode.STARTTLS, Stage.STARTTLS, says(b"220 2.0.0 Ready\r\n250 injected\r\n"), misdeeds.silence)
silent = scripted(Mode.STARTTLS, Stage.GREETING, misdeeds.silence)
hangs_in_tls = scripted(Mode.STARTTLS, Stage.HANDSHAKE, misdeeds.silence)
hangs_at_the_dot = scripted(Mode.STARTTLS, Stage.DOT, misdeeds.silence)
drips = scripted(Mode.STARTTLS, Stage.EHLO, misdeeds.drip_lines)

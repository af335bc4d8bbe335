"""Which of the usual ports of a host speak SMTP: asked on request, all at once, and nothing is said but a TLS hello."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mailsetup_gui.settings.server import SMTPS_PORT
from mailsetup_gui.smtp.asking import PATIENCE, ask
from mailsetup_gui.smtp.events import Stopped
from mailsetup_gui.smtp.reply import decoded
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel

USUAL = (587, 465, 25, 2525)
"""Submission first (RFC 6409), then SMTPS (RFC 8314), then what relays and providers listen on besides."""
LIMIT = 4.0
"""Seconds for all of them together."""
_CONNECT = 2.0


class Answered(NamedTuple):
    """`smtps`: it speaks TLS from the first byte; `greeting`: its first line."""

    port: int
    smtps: bool
    greeting: str


def answering(host: str, cancel: Cancel, ports: tuple[int, ...] = USUAL) -> tuple[Answered, ...]:
    """Those that greet with 220, in the order of `ports`. `host` as on the wire."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(ports)) as pool:
        found = pool.map(lambda port: _answer(host, port, cancel), ports)
        return tuple(one for one in found if one is not None)


def _answer(host: str, port: int, cancel: Cancel) -> Answered | None:
    transport = TcpTransport(LIMIT, cancel)
    try:
        transport.begin_step(_CONNECT)
        transport.resolve(host, port)
        transport.connect()
        transport.begin_step(LIMIT)
        return next((one for one in _ways(transport, host, port) if one.greeting.startswith("220")), None)
    except Stopped:
        return None
    finally:
        transport.close()


def _ways(transport: TcpTransport, host: str, port: int) -> Iterator[Answered]:
    if port != SMTPS_PORT and transport.hears_within(PATIENCE):
        yield Answered(port, False, decoded(transport.read_line().rstrip(b"\r\n")))
        return
    answer = ask(transport, host)
    yield Answered(port, bool(answer.tls), answer.said)

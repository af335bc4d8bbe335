"""The built-in mail server to try everything on: STARTTLS and SMTPS on loopback, its own CA, sign-in, an inbox."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Callable
from typing import Any, NamedTuple, Self

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server  # noqa: N811  it is a class
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
USERNAME = "bitbucket"
PASSWORD = "try-it-out"  # noqa: S105  public: it protects nothing, and lets a refused sign-in be tried too
_LARGEST = 10_000_000
_MOST_KEPT = 200


class Received(NamedTuple):
    """One message as it arrived, dot-stuffing undone; `username` is '' when nobody signed in."""

    sender: str
    recipients: tuple[str, ...]
    octets: bytes
    encrypted: bool
    username: str
    at: float


class Sandbox:
    """Two listeners on free loopback ports between start and stop; `inbox` grows as mail arrives, oldest first."""

    def __init__(self, arrived: Callable[[Received], None] | None = None) -> None:
        self.inbox: list[Received] = []
        self.ca_pem = b""
        self.starttls_port = 0
        self.smtps_port = 0
        self._arrived = arrived
        self._controllers: list[_Listener] = []

    def start(self) -> None:
        """Listens when it returns. Raises OSError."""
        _quiet()
        authority = trustme.CA(organization_name="mailsetup", organization_unit_name="Built-in server's CA")
        self.ca_pem = authority.cert_pem.bytes()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate = authority.issue_cert(
            "localhost",
            HOST,
            common_name="localhost",
            organization_name="mailsetup",
            organization_unit_name="Built-in server",
        )
        certificate.configure_cert(context)
        try:
            self.starttls_port = self._listen(implicit=False, tls_context=context)
            self.smtps_port = self._listen(implicit=True, ssl_context=context, auth_require_tls=False)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        for controller in self._controllers:
            controller.stop(no_assert=True)
        self._controllers.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _listen(self, implicit: bool, **options: Any) -> int:
        controller = _Listener(
            _Inbox(self._keep, implicit),
            hostname=HOST,
            port=0,
            authenticator=_authenticate,
            ident="ESMTP mailsetup built-in server",
            server_hostname="localhost",
            data_size_limit=_LARGEST,
            **options,
        )
        controller.start()
        self._controllers.append(controller)
        return controller.bound_port

    def _keep(self, received: Received) -> None:
        if len(self.inbox) < _MOST_KEPT:
            self.inbox.append(received)
        if self._arrived is not None:
            self._arrived(received)


class _Listener(Controller):
    """aiosmtpd's controller on a port that the system picks."""

    bound_port = 0

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)  # noqa: S101  what asyncio's create_server() makes
        self.bound_port = self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd leaves it untyped


class _Inbox:
    def __init__(self, keep: Callable[[Received], None], implicit_tls: bool) -> None:
        self._keep = keep
        self._implicit_tls = implicit_tls

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        del server
        octets: Any = envelope.original_content  # bytes, because the server decodes nothing
        username: Any = session.auth_data  # what _authenticate() gave it, or None
        self._keep(
            Received(
                sender=str(envelope.mail_from),
                recipients=tuple(envelope.rcpt_tos),
                octets=octets,
                encrypted=self._implicit_tls or session.ssl is not None,
                username=username or "",
                at=time.time(),
            )
        )
        return f"250 2.0.0 Ok: queued as BUILTIN{time.monotonic_ns() % 10**8:08d}"


def _authenticate(
    server: Server, session: Session, envelope: Envelope, mechanism: str, credentials: object
) -> AuthResult:
    del server, session, envelope, mechanism
    good = LoginPassword(USERNAME.encode(), PASSWORD.encode())
    if credentials == good:
        return AuthResult(success=True, auth_data=USERNAME)
    return AuthResult(success=False, handled=False)


def _quiet() -> None:
    """A peer that hangs up is no news; aiosmtpd would print a traceback for it."""
    for name in ("mail.log", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)

"""A small Bitbucket on 127.0.0.1: one spelling, the other or both, and every misdeed that is asked for."""

from __future__ import annotations

import contextlib
import json
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

API = "/rest/api/latest/"
ADMIN, SECRET = "admin", "Adm1n-s3cret/pass"
HYPHENS = {"use": "use-start-tls", "require": "require-start-tls", "sender": "sender-address", "auth": "auth-type"}
CAMEL = {"use": "useStartTls", "require": "requireStartTls", "sender": "senderAddress", "auth": "authType"}
MIXED = {**HYPHENS, "sender": "senderAddress"}
DENIED = {
    "context": None,
    "message": "You are not permitted to access this resource",
    "exceptionName": "com.atlassian.bitbucket.AuthorisationException",
}

Misdeed = Callable[["Handler"], None]


class Stub(ThreadingHTTPServer):
    """`stored` is what it has, by one name for each setting; None: nothing is configured."""

    daemon_threads = True

    def __init__(self, takes: dict[str, str] = HYPHENS, shows: dict[str, str] | None = None, **stored: Any) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.takes = (takes,)
        self.shows = shows or takes
        self.version = "9.4.2"
        self.context = ""
        self.stored: dict[str, Any] | None = {**SETTINGS, **stored}
        self.sender: str | None = None
        self.nodes = ("node1", "node2", "node3")
        self.oauth = False
        self.authorization = "Basic " + b64encode(f"{ADMIN}:{SECRET}".encode()).decode()
        self.misdeeds: dict[str, list[Misdeed | None]] = {}
        """`PUT admin/mail-server` -> what it does instead of answering, one for each request; None: answers."""
        self.seen: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{self.context}"

    def settings(self) -> dict[str, Any] | None:
        """Without the password."""
        return None if self.stored is None else {k: v for k, v in self.stored.items() if k != "password"}

    def asked(self, request: str) -> int:
        return sum(name == request for name, _, _ in self.seen)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that cuts the connection is no news."""


SETTINGS: dict[str, Any] = {
    "hostname": "oldrelay.example.test",
    "port": 25,
    "protocol": "SMTP",
    "use": True,
    "require": False,
    "username": None,
    "password": None,
    "sender": "old@example.test",
}


class Handler(BaseHTTPRequestHandler):
    server: Stub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, *_: Any) -> None:
        """Silent."""

    def answer(self, status: int, body: Any = None, headers: dict[str, str] | None = None) -> None:
        """JSON, unless `body` is octets."""
        octets = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        kind = {"Content-Type": "application/json;charset=UTF-8", "X-AUSERNAME": ADMIN, **(headers or {})}
        for name, value in {**kind, "Content-Length": str(len(octets))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(octets)

    def errors(self, status: int, *errors: dict[str, Any], **headers: str) -> None:
        self.answer(status, {"errors": list(errors)}, {k.replace("_", "-"): v for k, v in headers.items()})

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        path = self.path.removeprefix(self.server.context)
        resource = path.removeprefix(API)
        name = f"{self.command} {resource}"
        self.server.seen.append((name, dict(self.headers), self.body))
        turns = self.server.misdeeds.get(name) or self.server.misdeeds.get("*") or []
        misdeed = turns.pop(0) if len(turns) > 1 else turns[0] if turns else None
        if misdeed is not None:
            misdeed(self)
        elif not self.path.startswith(self.server.context + API):
            self.answer(404, b"<html><title>Not here</title></html>", {"Content-Type": "text/html"})
        elif resource == "application-properties":
            self.answer(200, {"version": self.server.version, "buildNumber": "1", "displayName": "Bitbucket"})
        elif self.headers.get("Authorization") != self.server.authorization:
            wrong = "com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException"
            self.errors(401, {"context": None, "message": "Authentication failed.", "exceptionName": wrong})
        else:
            self.obey()

    def obey(self) -> None:
        """What a Bitbucket does."""
        server, name = self.server, f"{self.command} {self.path.removeprefix(self.server.context + API)}"
        match name:
            case "GET admin/mail-server":
                missing = {"context": None, "message": "The mail server hasn't been configured", "exceptionName": "x"}
                self.errors(404, missing) if server.stored is None else self.answer(200, self.shown())
            case "PUT admin/mail-server":
                server.stored = self.taken()
                self.answer(200, self.shown())
            case "DELETE admin/mail-server":
                server.stored = None
                self.answer(204)
            case "GET admin/mail-server/sender-address":
                sender = server.stored["sender"] if server.stored else server.sender
                self.answer(200, sender) if sender else self.errors(404, {"message": "no sender"})
            case "PUT admin/mail-server/sender-address":
                server.sender = json.loads(self.body)
                if server.stored is not None:
                    server.stored["sender"] = server.sender
                self.answer(200)
            case "GET admin/cluster":
                self.answer(200, {"nodes": [{"id": n, "name": n} for n in server.nodes], "running": True})
            case _:
                self.answer(404, {"errors": []})

    def shown(self) -> dict[str, Any]:
        stored = self.server.stored or {}
        words = {self.server.shows.get(key, key): value for key, value in stored.items() if key != "password"}
        return {key: value for key, value in words.items() if value is not None or key == "username"}

    def taken(self) -> dict[str, Any]:
        """A map of the keys that are known; what is not is dropped without a word."""
        sent = json.loads(self.body)
        plain = ("hostname", "port", "protocol", "username", "password", "oauth2ProviderId", "tokenId")
        found = {"use": False, "require": False, "sender": None, **{key: sent.get(key) for key in plain if key in sent}}
        for names in self.server.takes:
            found |= {word: sent[key] for word, key in names.items() if key in sent}
        return found


def fail(status: int, *errors: dict[str, Any], **headers: str) -> Misdeed:
    return lambda handler: handler.errors(status, *errors, **headers)


def page(status: int = 200) -> Misdeed:
    body = b"<!doctype html><html><head><title>Sign in - SSO</title></head></html>"
    return lambda handler: handler.answer(status, body, {"Content-Type": "text/html"})


def redirect(status: int, location: str) -> Misdeed:
    return lambda handler: handler.answer(status, b"", {"Location": location})


def hang_up(handler: Handler) -> None:
    """The connection ends without an answer."""
    handler.close_connection = True
    handler.connection.close()


def obey_and_hang_up(handler: Handler) -> None:
    """Done, but nobody hears of it."""
    handler.server.stored = handler.taken()
    hang_up(handler)


def obey_and_say(misdeed: Misdeed) -> Misdeed:
    def both(handler: Handler) -> None:
        handler.server.stored = handler.taken()
        misdeed(handler)

    return both


def silent(handler: Handler) -> None:
    """Until the client leaves."""
    with contextlib.suppress(OSError):
        handler.connection.recv(1)
    handler.close_connection = True


def drip(handler: Handler) -> None:
    """An octet of a header now and then, for ever."""
    with contextlib.suppress(OSError):
        handler.connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not threading.Event().wait(0.05):
            handler.connection.sendall(b"x")
    handler.close_connection = True


def flood(handler: Handler) -> None:
    """A gigabyte, as far as the client listens."""
    with contextlib.suppress(OSError):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(10**9))
        handler.end_headers()
        for _ in range(10**9 // 65536):
            handler.wfile.write(b" " * 65536)
    handler.close_connection = True


@contextlib.contextmanager
def running(stub: Stub) -> Iterator[Stub]:
    thread = threading.Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.shutdown()
        stub.server_close()
        thread.join(2)

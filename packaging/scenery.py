"""What the pictures need around the windows: two small servers, and waiting for what a window does."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme
from PySide6.QtCore import QEventLoop, QTimer


@contextmanager
def small_bitbucket() -> Iterator[str]:
    """Three resources and one administrator."""
    stored: dict[str, object] = {"hostname": "oldrelay.example.test", "port": 25, "protocol": "SMTP", "username": None}
    stored |= {"use-start-tls": True, "require-start-tls": False, "sender-address": "noreply@example.test"}
    known: dict[str, dict[str, object]] = {"application-properties": {"version": "9.4.2"}, "admin/mail-server": stored}
    known["admin/cluster"] = {"nodes": [{"name": f"node{number}"} for number in (1, 2, 3)]}
    authorization = "Basic " + b64encode(b"admin:secret").decode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            resource = self.path.removeprefix("/rest/api/latest/")
            if resource != "application-properties" and self.headers["Authorization"] != authorization:
                kind = "com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException"
                self.answer(401, {"errors": [{"message": "Authentication failed.", "exceptionName": kind}]})
            else:
                self.answer(200, {key: value for key, value in known[resource].items() if key != "password"})

        def do_PUT(self) -> None:
            stored.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.do_GET()

        def answer(self, status: int, table: dict[str, object]) -> None:
            octets = json.dumps(table).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, *_: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@contextmanager
def private_server() -> Iterator[int]:
    """Shakes hands with everybody who comes, and hangs up."""
    authority = trustme.CA(organization_name="Example Corp").create_child_ca()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "mail.example.test").configure_cert(context)
    context.load_verify_locations(cadata=authority.cert_pem.bytes().decode())

    def answer(listening: socket.socket) -> None:
        while True:
            try:
                with context.wrap_socket(listening.accept()[0], server_side=True) as caller:
                    caller.recv(1)
            except ssl.SSLError:
                continue
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=answer, args=[listening], daemon=True).start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)


def settle(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        settle(20)
    raise TimeoutError("the window did not come so far within 10 s")

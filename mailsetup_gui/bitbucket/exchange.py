"""One request and its answer over HTTP, within one deadline. EDGE: network (httpx).

No redirect is followed, nothing of the environment is used, and what comes is bounded, whatever the server does.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpx

from mailsetup_gui.bitbucket.address import Address
from mailsetup_gui.smtp.events import Stopped
from mailsetup_gui.smtp.waiting import Cancel, Clock, Late, wait

LARGEST = 1_000_000
"""Octets of a body; Bitbucket's answers have some hundred."""
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "mailsetup"}


class Failure(Enum):
    """Why there was no whole answer."""

    UNKNOWN_HOST = "unknown host"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    BROKEN = "broken"
    CERTIFICATE = "certificate"
    TLS = "tls"
    PROXY = "proxy"
    TOO_MUCH = "too much"
    NOT_HTTP = "not http"
    CANCELLED = "cancelled"


class Unreached(Exception):
    """`detail`: the system's or library's own word. `sent`: whether the server may have got the request."""

    def __init__(self, failure: Failure, detail: str = "", sent: bool = False) -> None:
        super().__init__(failure.value, detail)
        self.failure = failure
        self.detail = detail
        self.sent = sent


class Reply(NamedTuple):
    """`headers` have names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Route(NamedTuple):
    """How to get there: DER certificates trusted beside the system's, the proxy that is to be used, seconds."""

    anchors: tuple[bytes, ...] = ()
    proxy: str = ""
    timeout: float = 20.0


def environment_proxy(where: Address) -> str:
    """The proxy that this computer's environment names for `where`; '' for none."""
    if where.is_loopback or proxy_bypass(where.host):
        return ""
    proxies = getproxies()
    return proxies.get(where.scheme) or proxies.get("all") or ""


def ask(
    method: str, url: str, route: Route, cancel: Cancel, headers: Mapping[str, str], body: bytes | None = None
) -> Reply:
    """The whole answer, or Unreached. Nothing is sent, and nothing more is, once this has returned or raised."""
    exchange = _Exchange(method, url, route, {**_HEADERS, **headers}, body)
    clock = Clock(route.timeout)
    try:
        wait(clock, cancel, (exchange.ended,))
    except Late:
        raise exchange.cut(Failure.SILENT, f"{route.timeout:.0f} s") from None
    except Stopped:
        raise exchange.cut(Failure.CANCELLED) from None
    except BaseException:
        exchange.cut(Failure.CANCELLED)
        raise
    finally:
        exchange.close()
    return exchange.reply()


class _Exchange:
    """Runs in a thread of its own: a name service may never answer, and httpx has no deadline for a whole answer."""

    def __init__(self, method: str, url: str, route: Route, headers: Mapping[str, str], body: bytes | None) -> None:
        self.ended, self._end = socket.socketpair()
        self._request = (method, url, dict(headers), body)
        self._route = route
        self._sent = self._dropped = False
        self._stream: Any = None
        self._found: Reply | Unreached = Unreached(Failure.BROKEN)
        self._gate = threading.Lock()
        threading.Thread(target=self._run, name="bitbucket", daemon=True).start()

    def reply(self) -> Reply:
        if isinstance(self._found, Unreached):
            raise self._found
        return self._found

    def cut(self, failure: Failure, detail: str = "") -> Unreached:
        """The connection is taken from under the thread; a request that had not begun is never sent."""
        with self._gate:
            self._dropped = True
            sock = self._stream.get_extra_info("socket") if self._stream is not None else None
        if sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
        return Unreached(failure, detail, self._sent)

    def close(self) -> None:
        self.ended.close()

    def _run(self) -> None:
        try:
            self._found = self._exchange()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, _Dropped) as error:
            self._found = _unreached(error, self._sent)
        except Unreached as unreached:
            self._found = unreached
        finally:
            with contextlib.suppress(OSError):
                self._end.send(b"!")
            self._end.close()

    def _exchange(self) -> Reply:
        method, url, headers, body = self._request
        proxy = httpx.Proxy(self._route.proxy) if self._route.proxy else None
        limits = httpx.Limits(max_keepalive_connections=0)
        client = httpx.Client(
            verify=_context(self._route.anchors),
            proxy=proxy,
            limits=limits,
            timeout=self._route.timeout,
            trust_env=False,
            follow_redirects=False,
        )
        traced = {"trace": self._trace}
        with client, client.stream(method, url, headers=headers, content=body, extensions=traced) as response:
            octets = bytearray()
            for piece in response.iter_raw():
                octets += piece
                if len(octets) > LARGEST:
                    raise Unreached(Failure.TOO_MUCH, str(LARGEST), self._sent)
            return Reply(response.status_code, dict(response.headers), bytes(octets))

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Each connection as it is made, to be cut; and the moment from which on the server may know the request."""
        with self._gate:
            made = event.endswith(("connect_tcp.complete", "start_tls.complete"))
            if self._dropped:
                if made:
                    info["return_value"].close()
                raise _Dropped
            if made:
                self._stream = info["return_value"]
            elif event.endswith("send_request_headers.started"):
                self._sent = True


class _Dropped(Exception):
    """Nobody waits for the answer any more."""


def _context(anchors: tuple[bytes, ...]) -> ssl.SSLContext:
    """This system's trust, Mozilla's list where it has none, and `anchors`, which may be any certificate of a chain."""
    context = ssl.create_default_context()
    if context.cert_store_stats()["x509"] == 0:
        import certifi

        context.load_verify_locations(certifi.where())
    if anchors:
        context.load_verify_locations(cadata=b"".join(anchors))
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # private CAs often lack what it asks for
    return context


def _unreached(error: Exception, sent: bool) -> Unreached:
    causes = [error]
    while (below := causes[-1].__cause__ or causes[-1].__context__) is not None and isinstance(below, Exception):
        causes.append(below)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Unreached(Failure.CERTIFICATE, cause.verify_message, sent)
        if isinstance(cause, ssl.SSLError):
            return Unreached(Failure.TLS, cause.reason or str(cause), sent)
        if isinstance(cause, socket.gaierror):
            return Unreached(Failure.UNKNOWN_HOST, cause.strerror or "", sent)
        if isinstance(cause, ConnectionRefusedError):
            return Unreached(Failure.REFUSED, "", sent)
    return Unreached(_kind(error, sent), str(next((c for c in reversed(causes) if str(c)), "")), sent)


def _kind(error: Exception, sent: bool) -> Failure:
    match error:
        case httpx.ProxyError():
            return Failure.PROXY
        case httpx.TimeoutException():
            return Failure.SILENT
        case httpx.LocalProtocolError() | httpx.DecodingError() | httpx.RemoteProtocolError() if sent:
            return Failure.BROKEN if "without sending" in str(error) or "closed" in str(error) else Failure.NOT_HTTP
        case httpx.ConnectError():
            return Failure.UNREACHABLE
        case _:
            return Failure.BROKEN

"""A server on loopback that does what its script says, byte by byte, and keeps every byte it was sent. Not a test."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from types import TracebackType
from typing import Self

import trustme

HOST = "127.0.0.1"
_AT_ONCE = 65536


class GoneError(Exception):
    """The other side has left, or the test is over: the script has nothing more to do."""


@dataclass
class Heard:
    """`wire`: every octet as it crossed the network; `clear`: those before TLS; `inside`: what TLS protected."""

    wire: bytearray = field(default_factory=bytearray)
    clear: bytearray = field(default_factory=bytearray)
    inside: bytearray = field(default_factory=bytearray)

    @property
    def said(self) -> bytes:
        """Everything that a mail server would understand."""
        return bytes(self.clear + self.inside)


class Talk:
    """One connection from the server's side. Every method raises GoneError when there is nobody to talk to."""

    def __init__(self, sock: socket.socket, heard: Heard, over: threading.Event, context: ssl.SSLContext) -> None:
        self.heard = heard
        self._sock = sock
        self._over = over
        self.context = context
        self._buffer = bytearray()
        self._tls: ssl.SSLObject | None = None
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()

    def say(self, octets: bytes) -> None:
        if self._tls is None:
            self.say_in_clear(octets)
        else:
            self._tls.write(octets)
            self.say_in_clear(self._outgoing.read())

    def say_in_clear(self, octets: bytes) -> None:
        """Around TLS, should there be any."""
        with gone():
            self._sock.sendall(octets)

    def hear(self) -> bytes:
        """One line with its line end."""
        while b"\n" not in self._buffer:
            self._buffer += self._clear_octets()
        line, _, rest = bytes(self._buffer).partition(b"\n")
        self._buffer[:] = rest
        return line + b"\n"

    def hear_message(self) -> bytes:
        """The lines of a message as they crossed the wire, without the one with the dot."""
        lines = []
        while (line := self.hear()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def secure(self, at_once: bytes = b"") -> None:
        """The server's side of a TLS handshake; `at_once` leaves in the same segment as its end."""
        self._tls = self.context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        while not self._shaken():
            self.say_in_clear(self._outgoing.read())
            self._incoming.write(self.wire_octets())
        if at_once:
            self._tls.write(at_once)
        self.say_in_clear(self._outgoing.read())

    def first_flight(self) -> bytes:
        """What a server says to a ClientHello: ServerHello up to Finished."""
        self._tls = self.context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        while not (flight := self._outgoing.read()):
            self._incoming.write(self.wire_octets())
            self._shaken()
        return flight

    def wire_octets(self) -> bytes:
        """Whatever comes next over the network, TLS or not."""
        with gone():
            octets = self._sock.recv(_AT_ONCE)
        if not octets:
            raise GoneError
        self.heard.wire += octets
        if self._tls is None:
            self.heard.clear += octets
        return octets

    def pause(self, seconds: float) -> None:
        if self._over.wait(seconds):
            raise GoneError

    def stay_silent(self) -> None:
        """Listens, and says nothing more for as long as anybody is there."""
        while True:
            self.wire_octets()

    def stay_deaf(self) -> None:
        """Neither says anything nor reads what is sent."""
        self._over.wait()
        raise GoneError

    def hang_up(self) -> None:
        """FIN."""
        with gone():
            self._sock.shutdown(socket.SHUT_WR)
        self.stay_silent()

    def reset(self) -> None:
        """RST."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()
        raise GoneError

    def _clear_octets(self) -> bytes:
        if self._tls is None:
            return self.wire_octets()
        while True:
            try:
                octets = self._tls.read(_AT_ONCE)
            except ssl.SSLWantReadError:
                self._incoming.write(self.wire_octets())
            except ssl.SSLError:
                raise GoneError from None
            else:
                if not octets:  # close_notify
                    raise GoneError
                self.heard.inside += octets
                return octets

    def _shaken(self) -> bool:
        assert self._tls is not None
        try:
            self._tls.do_handshake()
        except ssl.SSLWantReadError:
            return False
        except ssl.SSLError:
            self.say_in_clear(self._outgoing.read())
            self.hang_up()
        return True


Script = Callable[[Talk], None]


class Scripted:
    """Runs `script` for every connection while it is entered; what a script raises fails the test at the end."""

    def __init__(self, script: Script, context: ssl.SSLContext | None = None) -> None:
        self.heard: list[Heard] = []
        self.port = 0
        self._script = script
        self._context = context or server_context()
        self._over = threading.Event()
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._errors: list[BaseException] = []

    def __enter__(self) -> Self:
        self._listener = socket.create_server((HOST, 0), backlog=50)
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        for sock in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for sock in (self._listener, *self._sockets):
            sock.close()
        if self._errors and error is None:
            raise self._errors[0]

    @property
    def said(self) -> bytes:
        """Everything that the clients said, in clear and inside TLS."""
        return b"".join(heard.said for heard in self.heard)

    @property
    def wire(self) -> bytes:
        return b"".join(bytes(heard.wire) for heard in self.heard)

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            heard = Heard()
            self.heard.append(heard)
            self._sockets.append(sock)
            self._start(partial(self._play, sock, heard))

    def _play(self, sock: socket.socket, heard: Heard) -> None:
        try:
            self._script(Talk(sock, heard, self._over, self._context))
        except GoneError:
            pass
        except BaseException as error:  # noqa: BLE001  raised again when the server is left
            self._errors.append(error)
        finally:
            sock.close()


@contextlib.contextmanager
def gone() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise GoneError from None


AUTHORITY = trustme.CA(organization_name="mailsetup tests")
CA_DER = ssl.PEM_cert_to_DER_cert(AUTHORITY.cert_pem.bytes().decode())


@cache
def server_context(*names: str) -> ssl.SSLContext:
    """A context for a server certificate of the tests' own authority; `localhost` and 127.0.0.1 without `names`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(*(names or ("localhost", HOST))).configure_cert(context)
    return context

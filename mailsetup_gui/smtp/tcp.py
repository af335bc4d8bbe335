"""One connection to a mail server: bounded lines in, octets out, TLS on demand; every wait ends."""

from __future__ import annotations

import contextlib
import socket

from mailsetup_gui.smtp import dialling
from mailsetup_gui.smtp.events import Breach, Fault, Stopped
from mailsetup_gui.smtp.reply import LONGEST_LINE, decoded, is_foreign
from mailsetup_gui.smtp.tls import Channel, Handshake, Offer, looks_like_tls
from mailsetup_gui.smtp.waiting import Cancel, Clock, Late, wait

_AT_ONCE = 16384
_EVIDENCE = 200
"""Octets of a foreign first line that are kept."""
_DRIPS = 8
"""Pieces of a handshake that did not end: more than a flight comes in, and then silence."""
_HUNG_UP = (Fault.CLOSED, Fault.RESET)


class TcpTransport:
    """The real Transport; `total` seconds for everything, `cancel` may come from any thread."""

    def __init__(
        self,
        total: float,
        cancel: Cancel,
        offer: Offer = Offer(),  # noqa: B008  a value
        addresses: tuple[dialling.Address, ...] = (),
    ) -> None:
        self.round_trip = 0.0
        self._offer = offer
        self._clock = Clock(total)
        self._cancel = cancel
        self._addresses = addresses
        self._socket: socket.socket | None = None
        self._channel: Channel | None = None
        self._shaken = False
        self._buffer = bytearray()
        self._heard = 0
        self._pieces = 0
        self._ended = False
        self._dropped = False
        self._listened = False

    def elapsed(self) -> float:
        return self._clock.elapsed()

    def begin_step(self, limit: float) -> None:
        self._clock.begin_step(limit)
        self._heard = self._pieces = 0

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        self._addresses = dialling.resolve(host, port, self._clock, self._cancel)
        return tuple(dict.fromkeys(address.text for address in self._addresses))

    def connect(self) -> str:
        """The IP address that answered: the one that Java tries, or none."""
        began = self.elapsed()
        self._socket, address = dialling.connect_as_java(self._addresses, self._clock, self._cancel)
        self._addresses, self.round_trip = (address,), self.elapsed() - began
        with contextlib.suppress(OSError):  # macOS, when the peer has left already: the next read says so
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return address.text

    def again(self, total: float) -> TcpTransport:
        """Another connection to the address that answered, with `total` seconds of what is left. Raises Stopped."""
        other = TcpTransport(min(total, self._clock.left()), self._cancel, self._offer, self._addresses)
        other.connect()
        return other

    def local_name(self) -> str:
        """What Java's canonical local host name comes from, or the address literal of this end (RFC 5321 4.1.3)."""
        name = socket.gethostname()
        if name.isascii() and name.replace("-", "").replace(".", "").isalnum():
            return name
        local = self._connected().getsockname()[0]
        return f"[IPv6:{local}]" if ":" in local else f"[{local}]"

    def start_tls(self, host: str) -> Handshake:
        """The handshake, whoever the server is. Behind the 220 of STARTTLS bytes that were said before it are a
        breach; where nothing was read yet they are the first words in the wrong mode."""
        if self._listened and (early := self.unasked()):
            raise Stopped(Fault.PROTOCOL, _first_line(early), Breach.BEFORE_TLS)
        self._channel = Channel(host, self._offer)
        try:
            self._shake(self._channel)
        except Late:
            raise Stopped(Fault.SLOW if self._pieces >= _DRIPS else Fault.TLS_SILENT) from None
        except Stopped as stop:
            raise Stopped(Fault.TLS_CLOSED, stop.evidence) if stop.fault in _HUNG_UP else stop from None
        finally:
            self._flush_quietly()
        self._shaken = True
        self._drain(self._channel)
        found = self._channel.handshake()
        if not found.chain:
            raise Stopped(Fault.TLS_BROKEN, "the server sent no certificate")
        return found

    def read_line(self) -> bytes:
        """One line with its LF, or a longer piece than any line may be. Raises Stopped when there is none."""
        self._listened = True
        try:
            while (end := self._buffer.find(b"\n")) < 0 and len(self._buffer) <= LONGEST_LINE:
                self._fill()
        except Late:
            raise self._late() from None
        size = end + 1 or len(self._buffer)
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        return line

    def read_all(self, most: int) -> bytes:
        """Everything until the peer hangs up. Raises Stopped, also for more than `most` octets."""
        try:
            while octets := self._receive():
                self._buffer += octets
                if len(self._buffer) > most:
                    raise Stopped(Fault.PROTOCOL)
        except Late:
            raise self._late() from None
        return bytes(self._buffer)

    def write(self, octets: bytes) -> None:
        self._heard = 0
        self._clock.await_reply()
        try:
            if self._channel is None:
                self._send(octets)
                return
            self._channel.write(octets)
            self._send(self._channel.to_send())
        except Late:
            raise self._late() from None

    def unasked(self, patience: float = 0.0) -> bytes:
        """What the peer has already said without being asked, or says within `patience` seconds."""
        if self._ended or self._buffer:
            return bytes(self._buffer)
        try:
            if patience:
                wait(self._clock, self._cancel, readable=[self._connected()], at_most=patience)
            self._take(self._connected().recv(_AT_ONCE))
        except (BlockingIOError, InterruptedError):
            pass
        except Late:
            raise self._late() from None
        except OSError as error:
            self._ended, self._dropped = True, isinstance(error, ConnectionResetError)
        return bytes(self._buffer)

    def hears_within(self, patience: float) -> bool:
        """Whether anything comes, the end of the connection too, within `patience` seconds. Raises Stopped."""
        until = self.elapsed() + patience
        while not (self._ended or self._buffer) and (left := until - self.elapsed()) > 0:
            self.unasked(left)
        return self._ended or bool(self._buffer)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise RuntimeError("connect() comes first")
        return self._socket

    def _shake(self, channel: Channel) -> None:
        while not channel.shake():
            self._send(channel.to_send())
            octets = self._receive()
            if not self._heard and octets and not looks_like_tls(octets):
                raise _clear_text(self._wait_for_line(octets))
            self._note_heard(len(octets))
            channel.receive(octets)

    def _wait_for_line(self, octets: bytes) -> bytes:
        """The rest of a first line in clear, for the evidence; whatever came until nothing came for a while."""
        try:
            while b"\n" not in octets and len(octets) < _EVIDENCE:
                if not wait(self._clock, self._cancel, readable=[self._connected()], at_most=0.25):
                    break
                more = self._connected().recv(_AT_ONCE)
                octets += more
                if not more:
                    break
        except (Late, OSError):
            pass  # the first octets are evidence enough
        return octets

    def _fill(self) -> None:
        """At least one more clear octet in the buffer."""
        before = len(self._buffer)
        while len(self._buffer) == before:
            if self._ended:
                raise Stopped(Fault.RESET if self._dropped else Fault.CLOSED, decoded(bytes(self._buffer[:200])))
            self._take(self._receive())

    def _note_heard(self, octets: int) -> None:
        if octets and not self._heard:
            self._clock.begin_reply()
        self._heard += octets
        self._pieces += 1

    def _take(self, octets: bytes) -> None:
        before = len(self._buffer)
        if self._channel is None or not self._shaken:
            self._ended = self._ended or not octets
            self._buffer += octets
        else:
            self._channel.receive(octets)
            self._drain(self._channel)
        self._note_heard(len(self._buffer) - before)

    def _drain(self, channel: Channel) -> None:
        """Clear octets may have come with the end of the handshake already: a greeting in the same segment."""
        while clear := channel.read(_AT_ONCE):
            self._buffer += clear
        self._ended = self._ended or clear == b""
        self._flush_quietly()

    def _receive(self) -> bytes:
        sock = self._connected()
        while True:
            wait(self._clock, self._cancel, readable=[sock])
            try:
                return sock.recv(_AT_ONCE)
            except (BlockingIOError, InterruptedError):
                continue
            except OSError as error:
                raise Stopped(Fault.RESET, error.strerror or str(error)) from None

    def _send(self, octets: bytes) -> None:
        sock = self._connected()
        left = memoryview(octets)
        while left:
            self._clock.check(self._cancel)
            try:
                left = left[sock.send(left) :]
            except (BlockingIOError, InterruptedError):
                wait(self._clock, self._cancel, writable=[sock])
            except OSError as error:
                raise self._cut_off(error) from None

    def _cut_off(self, error: OSError) -> Stopped:
        """A server that hangs up while we speak has often said why: that line is worth more than the broken pipe."""
        said = self.unasked()
        dropped = not said and (self._dropped or isinstance(error, ConnectionResetError))
        return Stopped(Fault.RESET if dropped else Fault.CLOSED, decoded(said[:500]) or error.strerror or str(error))

    def _flush_quietly(self) -> None:
        """Alerts, key updates: best effort, never waited for."""
        octets = self._channel.to_send() if self._channel else b""
        if octets:
            try:
                self._connected().send(octets)
            except OSError:
                pass  # the peer does not read; what follows will say so

    def _late(self) -> Stopped:
        if self._heard:
            return Stopped(Fault.SLOW, decoded(bytes(self._buffer[:_EVIDENCE])))
        if self._clock.total_is_over and self._clock.in_step < min(1.0, self.elapsed() / 2):
            return Stopped(Fault.DEADLINE)
        return Stopped(Fault.SILENT)


def _clear_text(said: bytes) -> Stopped:
    """A reply line of SMTP, whatever its code, or the first words of something else."""
    line = _first_line(said)
    return Stopped(Fault.NOT_SMTP if is_foreign(line) else Fault.TLS_ON_PLAIN_PORT, line)


def _first_line(said: bytes) -> str:
    return decoded(said.split(b"\n")[0].rstrip(b"\r")[:_EVIDENCE])

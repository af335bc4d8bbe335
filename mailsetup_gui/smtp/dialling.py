"""From a host name to one connected socket: resolving that can be left behind, and happy eyeballs (RFC 8305)."""

import _thread
import errno
import socket
from collections import deque
from typing import NamedTuple

from mailsetup_gui.smtp.events import Fault, Stopped
from mailsetup_gui.smtp.waiting import Cancel, Clock, Late, wait

STAGGER = 0.25
"""Seconds before the next address is tried beside the one that has not answered (RFC 8305 8)."""
MOST_ADDRESSES = 12
_OTHERS = 1.0
"""Seconds to find out whether an address answers that Java does not try."""

_NOT_FOUND = {socket.EAI_NONAME}
_NO_ADDRESS = {getattr(socket, name) for name in ("EAI_NODATA", "EAI_ADDRFAMILY") if hasattr(socket, name)}
_REFUSED = {errno.ECONNREFUSED}
_TIMEOUT = {errno.ETIMEDOUT}
_RESET = {errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE}


class Address(NamedTuple):
    """One socket address; `text` is the IP address alone."""

    family: int
    target: tuple[str | int | bytes, ...]

    @property
    def text(self) -> str:
        return str(self.target[0])


class _Lookup(NamedTuple):
    host: str
    port: int
    answer: list[tuple[Address, ...] | OSError]
    bell: socket.socket

    def run(self) -> None:
        """In a thread of its own: getaddrinfo cannot be interrupted, so it may be left behind (design: seams 2)."""
        try:
            found = socket.getaddrinfo(self.host.encode("ascii"), self.port, type=socket.SOCK_STREAM)
            self.answer.append(tuple(dict.fromkeys(Address(int(f), t) for f, _, _, _, t in found)))
        except UnicodeError as error:
            self.answer.append(OSError(socket.EAI_NONAME, str(error)))
        except OSError as error:
            self.answer.append(error)
        with self.bell:
            try:
                self.bell.send(b"!")
            except OSError:
                pass  # nobody waits any more


def resolve(host: str, port: int, clock: Clock, cancel: Cancel) -> tuple[Address, ...]:
    """Every address of `host`, in the system's order. Raises Stopped."""
    hear, say = socket.socketpair()
    lookup = _Lookup(host, port, [], say)
    with hear:
        _thread.start_new_thread(lookup.run, ())  # never joined, and a twentieth of the import of threading
        try:
            wait(clock, cancel, readable=[hear])
        except Late:
            raise Stopped(Fault.NAME_TEMPORARY, "no answer") from None
    answer = lookup.answer[0]
    if isinstance(answer, OSError):
        raise Stopped(_name_fault(answer), answer.strerror or str(answer))
    if not answer:
        raise Stopped(Fault.NAME_NO_ADDRESS)
    return answer


def _name_fault(error: OSError) -> Fault:
    if error.errno in _NOT_FOUND:
        return Fault.NAME_NOT_FOUND
    return Fault.NAME_NO_ADDRESS if error.errno in _NO_ADDRESS else Fault.NAME_TEMPORARY


def connect_as_java(addresses: tuple[Address, ...], clock: Clock, cancel: Cancel) -> tuple[socket.socket, Address]:
    """Java takes the first address, IPv4 before IPv6, and tries no other (measured). Raises Stopped; where Java's
    address fails and another one answers, that is said, for that is what there is to mend."""
    first, *others = sorted(addresses, key=lambda one: one.family != socket.AF_INET)
    try:
        return connect((first,), clock, cancel)
    except Stopped as stop:
        if not others or stop.fault is cancel.reason:
            raise
        raise _told_by_others(stop, tuple(others), cancel) from None


def _told_by_others(stop: Stopped, others: tuple[Address, ...], cancel: Cancel) -> Stopped:
    try:
        sock, address = connect(others, Clock(_OTHERS), cancel)
    except Stopped as another:
        return another if another.fault is cancel.reason else stop
    sock.close()
    return Stopped(Fault.OTHER_ADDRESS, f"{stop.evidence}; {address.text}: connected")


def connect(addresses: tuple[Address, ...], clock: Clock, cancel: Cancel) -> tuple[socket.socket, Address]:
    """The first connection that stands. Raises Stopped with the failure that tells most."""
    race = _Race(addresses)
    try:
        while race.winner is None:
            race.start_next(clock)
            if not race.running:
                raise _lost(race.failures)
            for sock in wait(clock, cancel, writable=list(race.running), at_most=race.pause(clock)):
                race.settle(sock)
    except Late:
        raise _lost([*race.failures, *((a, errno.ETIMEDOUT) for a in race.running.values())]) from None
    finally:
        race.close_losers()
    return race.winner


class _Race:
    def __init__(self, addresses: tuple[Address, ...]) -> None:
        self.winner: tuple[socket.socket, Address] | None = None
        self.running: dict[socket.socket, Address] = {}
        self.failures: list[tuple[Address, int]] = []
        self._waiting = deque(_interleaved(addresses)[:MOST_ADDRESSES])
        self._next = 0.0

    def start_next(self, clock: Clock) -> None:
        while self._waiting and (not self.running or clock.elapsed() >= self._next):
            self._start(self._waiting.popleft())
            self._next = clock.elapsed() + STAGGER

    def pause(self, clock: Clock) -> float | None:
        return max(0.0, self._next - clock.elapsed()) if self._waiting else None

    def settle(self, sock: socket.socket) -> None:
        if self.winner is not None:
            return
        address = self.running.pop(sock)
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code == 0:
            self.winner = (sock, address)
            return
        sock.close()
        self.failures.append((address, code))
        self._next = 0.0

    def close_losers(self) -> None:
        for sock in self.running:
            sock.close()

    def _start(self, address: Address) -> None:
        try:
            sock = socket.socket(address.family, socket.SOCK_STREAM)
        except OSError as error:
            self.failures.append((address, error.errno or 0))
            return
        sock.setblocking(False)
        code = sock.connect_ex(address.target)
        if code in (0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EINTR):
            self.running[sock] = address
        else:
            sock.close()
            self.failures.append((address, code))


def _interleaved(addresses: tuple[Address, ...]) -> list[Address]:
    """The families in turn, the system's first choice first (RFC 8305 4)."""
    first = [a for a in addresses if a.family == addresses[0].family]
    other = [a for a in addresses if a.family != addresses[0].family]
    mixed: list[Address] = []
    while first or other:
        mixed += first[:1] + other[:1]
        first, other = first[1:], other[1:]
    return mixed


def _lost(failures: list[tuple[Address, int]]) -> Stopped:
    """A dropped packet tells more than a refusal, a refusal more than a missing route."""
    import os

    codes = {code for _, code in failures}
    evidence = "; ".join(f"{address.text}: {os.strerror(code)}" for address, code in failures)
    for known, fault in ((_TIMEOUT, Fault.TIMEOUT), (_REFUSED, Fault.REFUSED), (_RESET, Fault.RESET)):
        if codes & known:
            return Stopped(fault, evidence)
    return Stopped(Fault.UNREACHABLE, evidence)

"""Waiting that always ends: one deadline for the whole, one per step, and Cancel that reaches into every wait."""

from __future__ import annotations

import select
import selectors
import socket
import time
from collections.abc import Sequence

from mailsetup_gui.smtp.events import Fault, Stopped

Waitable = socket.socket


class Cancel:
    """Asked for from any thread or signal handler; whoever waits wakes at once."""

    def __init__(self) -> None:
        self.reason: Fault | None = None
        self._hear, self._say = socket.socketpair()
        self._hear.setblocking(False)
        self._say.setblocking(False)

    def request(self, reason: Fault = Fault.CANCELLED) -> None:
        """The first reason counts."""
        self.reason = self.reason or reason
        try:
            self._say.send(b"!")
        except OSError:
            pass  # full or closed: the waiter knows already, or is gone

    @property
    def bell(self) -> socket.socket:
        """Readable from the first request on."""
        return self._hear

    @property
    def door(self) -> int:
        """The descriptor to which a signal may write an octet: it wakes the waiter, `request` tells the reason."""
        return self._say.fileno()

    def wait(self, at_most: float | None = None) -> bool:
        """Whether it was asked for, within so many seconds: up to 10**8, or without end."""
        ready, _, _ = select.select([self._hear], [], [], at_most)
        return bool(ready)

    def close(self) -> None:
        self._hear.close()
        self._say.close()


class Clock:
    """Seconds since it was made, against a total, a step's own limit, and one for a reply that has begun."""

    def __init__(self, total: float) -> None:
        self._began = time.monotonic()
        self._total = total
        self._step_began = 0.0
        self._step_ends = total
        self._reply_ends = total

    def begin_step(self, limit: float) -> None:
        self._step_began = self.elapsed()
        self._step_ends = min(self._total, self._step_began + limit)
        self._reply_ends = self._total

    def begin_reply(self) -> None:
        """The first octet of an answer came: whoever has begun is given a fifth of the total, 4 of the usual 20 s."""
        self._reply_ends = self.elapsed() + max(1.0, self._total / 5)

    def await_reply(self) -> None:
        """Something was said, and the answer to it may take the step's time to begin."""
        self._reply_ends = self._total

    def elapsed(self) -> float:
        return time.monotonic() - self._began

    def check(self, cancel: Cancel) -> None:
        """Raises Stopped when cancelled, Late when the step's time is over; for work that does not wait."""
        if cancel.reason is not None:
            raise Stopped(cancel.reason)
        if self.left() <= 0:
            raise Late

    def left(self) -> float:
        return min(self._step_ends, self._reply_ends) - self.elapsed()

    @property
    def in_step(self) -> float:
        return self.elapsed() - self._step_began

    @property
    def total_is_over(self) -> bool:
        return self.elapsed() >= self._total


class Late(Exception):
    """The step's limit or the deadline came; the caller knows what that means in its step."""


def wait(
    clock: Clock,
    cancel: Cancel,
    readable: Sequence[Waitable] = (),
    writable: Sequence[Waitable] = (),
    at_most: float | None = None,
) -> list[Waitable]:
    """The sockets that are ready; empty only after `at_most` seconds. Raises Late, or Stopped when cancelled."""
    left = clock.left()
    if cancel.reason is None and left <= 0:
        raise Late
    with selectors.DefaultSelector() as selector:
        selector.register(cancel.bell, selectors.EVENT_READ)
        for sock in readable:
            selector.register(sock, selectors.EVENT_READ)
        for sock in writable:
            selector.register(sock, selectors.EVENT_WRITE)
        ready = [key.fileobj for key, _ in selector.select(left if at_most is None else min(left, at_most))]
    if cancel.reason is not None:
        raise Stopped(cancel.reason)
    found = [sock for sock in (*readable, *writable) if sock in ready]
    if not found and clock.left() <= 0:
        raise Late
    return found

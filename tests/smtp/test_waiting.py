from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from mailsetup_gui.smtp.events import Fault, Stopped
from mailsetup_gui.smtp.waiting import Cancel, Clock, Late, wait


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def test_a_socket_with_octets_ends_the_wait_at_once(cancel: Cancel, pair: tuple[socket.socket, socket.socket]) -> None:
    pair[1].send(b"x")

    assert wait(Clock(5), cancel, readable=[pair[0]]) == [pair[0]]


def test_the_whole_deadline_ends_a_wait(cancel: Cancel, pair: tuple[socket.socket, socket.socket]) -> None:
    began = time.monotonic()

    with pytest.raises(Late):
        wait(Clock(0.05), cancel, readable=[pair[0]])
    assert 0.05 <= time.monotonic() - began < 3


def test_a_steps_own_limit_ends_a_wait(cancel: Cancel, pair: tuple[socket.socket, socket.socket]) -> None:
    clock = Clock(5)
    clock.begin_step(0.05)

    with pytest.raises(Late):
        wait(clock, cancel, readable=[pair[0]])
    assert not clock.total_is_over


def test_no_step_outlives_the_whole(cancel: Cancel, pair: tuple[socket.socket, socket.socket]) -> None:
    clock = Clock(0.05)
    clock.begin_step(float("inf"))

    with pytest.raises(Late):
        wait(clock, cancel, readable=[pair[0]])
    assert clock.total_is_over


def test_a_pause_that_is_shorter_ends_without_a_socket(
    cancel: Cancel, pair: tuple[socket.socket, socket.socket]
) -> None:
    assert wait(Clock(5), cancel, readable=[pair[0]], at_most=0.01) == []


def test_time_that_is_over_is_late_even_when_octets_are_there(
    cancel: Cancel, pair: tuple[socket.socket, socket.socket]
) -> None:
    pair[1].send(b"x")

    with pytest.raises(Late):
        wait(Clock(0), cancel, readable=[pair[0]])


def test_cancel_from_another_thread_ends_a_wait(cancel: Cancel, pair: tuple[socket.socket, socket.socket]) -> None:
    threading.Timer(0.05, cancel.request).start()
    began = time.monotonic()

    with pytest.raises(Stopped) as caught:
        wait(Clock(5), cancel, readable=[pair[0]])
    assert caught.value.fault is Fault.CANCELLED
    assert time.monotonic() - began < 3


def test_cancel_asked_for_before_stops_the_next_wait(cancel: Cancel, pair: tuple[socket.socket, socket.socket]) -> None:
    pair[1].send(b"x")
    cancel.request()

    with pytest.raises(Stopped):
        wait(Clock(5), cancel, readable=[pair[0]])


def test_the_first_reason_to_cancel_counts(cancel: Cancel) -> None:
    cancel.request(Fault.INTERRUPTED)
    cancel.request(Fault.CANCELLED)

    assert cancel.reason is Fault.INTERRUPTED


def test_cancel_may_be_asked_for_again_and_again_and_after_the_end() -> None:
    cancel = Cancel()
    for _ in range(100_000):
        cancel.request()
    cancel.close()

    cancel.request()

    assert cancel.reason is Fault.CANCELLED

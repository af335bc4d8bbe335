"""SIGINT and SIGTERM end a wait whenever they come."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from mailsetup_gui.smtp.events import Fault
from mailsetup_gui.smtp.waiting import Cancel


@contextmanager
def heard(cancel: Cancel, *numbers: signal.Signals) -> Iterator[None]:
    """Meanwhile each of these signals asks `cancel`; for the main thread.

    A handler alone would miss some: Python calls it between two steps of the program, so the signal that comes right
    before a wait begins, or to another thread, is told when the wait is over. The octet that ends the wait is therefore
    written by the signal itself (signal.set_wakeup_fd).
    """
    for number in numbers:
        signal.signal(number, lambda *_: cancel.request(Fault.INTERRUPTED))
    signal.set_wakeup_fd(cancel.door, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)

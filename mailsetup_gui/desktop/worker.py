"""One iterator of events, drained in a thread, told to the window in small portions."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from functools import cache

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

_PORTION = 25
"""Events per turn of the UI thread: a server that floods must not make the window late."""
_MOST_WAITING = 50
"""Events that may wait for the UI thread; the worker pauses then, or the two would fight for the interpreter."""


class Worker(QObject):
    """`told` comes with each item, in order, in the thread that made the Worker; `ended` once, last.

    The thread is a daemon: a name service or keyring that never answers may be left behind at exit.
    """

    told = Signal(object)
    crashed = Signal(str)
    ended = Signal()

    def __init__(self, work: Callable[[], Iterable[object]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._items: deque[object] = deque()
        self._room = threading.Semaphore(_MOST_WAITING)
        self._over = False
        self._dismissed = False
        self._thread = threading.Thread(target=self._run, name="mailsetup-worker", daemon=True)
        self._bell = _bell()

    def start(self) -> None:
        self._thread.start()

    def dismiss(self) -> None:
        """Whatever still comes is dropped."""
        self._dismissed = True
        self._room.release()

    def wait(self, seconds: float) -> bool:
        """Whether the thread has ended within `seconds`."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            for item in self._work():
                self._put(item)
        except Exception as error:  # noqa: BLE001 the one handler: a bug must reach the person, not vanish with the thread
            self._put(_Crash(type(error).__name__))
        self._over = True
        self._ring()

    def _put(self, item: object) -> None:
        if self._dismissed:
            return
        self._room.acquire()
        self._items.append(item)
        if len(self._items) == 1:
            self._ring()

    def _ring(self) -> None:
        self._bell.rung.emit(self)

    def tell(self) -> None:
        """A portion of what waits; in the thread that made the Worker."""
        if self._dismissed:
            self._items.clear()
            return
        for _ in range(_PORTION):
            if not self._items:
                break
            item = self._items.popleft()
            self._room.release()
            if isinstance(item, _Crash):
                self.crashed.emit(item.text)
            else:
                self.told.emit(item)
        if self._items:
            QTimer.singleShot(0, self.tell)
        elif self._over and not self._dismissed:
            self._dismissed = True
            self.ended.emit()


class _Crash:
    def __init__(self, text: str) -> None:
        self.text = text


class _Bell(QObject):
    """Rung by threads, heard in the UI thread. It is never deleted, as a Worker is with its window: a signal of an
    object that goes at this moment ends the process.
    """

    rung = Signal(object)
    """The Worker that has something to tell"""

    def __init__(self) -> None:
        super().__init__()
        self.rung.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def _hear(self, worker: Worker) -> None:
        if shiboken6.isValid(worker):
            worker.tell()


@cache
def _bell() -> _Bell:
    return _Bell()

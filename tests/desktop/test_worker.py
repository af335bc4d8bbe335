"""One iterator in a thread, told to the window in order."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.worker import Worker

ROOT = Path(__file__).resolve().parents[2]


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[QThread] = set()

    def hear(self, item: object) -> None:
        self.heard.append(item)
        self.threads.add(QThread.currentThread())


def test_every_item_comes_once_in_order_and_in_the_ui_thread(qtbot: QtBot) -> None:
    listener, worker = Listener(), Worker(lambda: range(1000))
    worker.told.connect(listener.hear)
    with qtbot.waitSignal(worker.ended):
        worker.start()
    assert listener.heard == list(range(1000))
    assert listener.threads == {QThread.currentThread()}


def test_a_dismissed_worker_tells_nothing_more(qtbot: QtBot) -> None:
    go_on = threading.Event()

    def work() -> Iterator[object]:
        yield 1
        go_on.wait(5)
        yield 2

    listener, worker = Listener(), Worker(work)
    worker.told.connect(listener.hear)
    with qtbot.waitSignal(worker.told):
        worker.start()
    worker.dismiss()
    go_on.set()
    assert worker.wait(5)
    qtbot.wait(20)
    assert listener.heard == [1]


def test_a_crash_names_its_kind_and_not_its_words(qtbot: QtBot) -> None:
    def work() -> Iterator[object]:
        yield 1
        raise ValueError("the password is hunter2")

    listener, worker = Listener(), Worker(work)
    worker.crashed.connect(listener.hear)
    with qtbot.waitSignal(worker.ended):
        worker.start()
    assert listener.heard == ["ValueError"]


class Emitter(QObject):
    rang = Signal(bool)


def test_five_thousand_signals_do_not_end_the_interpreter() -> None:
    """PySide6-Essentials 6.12.0 drops a reference to True with each emit: dead after about 550 on CPython 3.11."""
    emitter = Emitter()
    heard: list[bool] = []
    emitter.rang.connect(heard.append)
    for _ in range(5000):
        emitter.rang.emit(True)
    assert heard == [True] * 5000


_DELETED = """
import itertools
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject
from mailsetup_gui.desktop.worker import Worker

application = QCoreApplication()
for _ in range(3000):
    window = QObject()
    workers = [Worker(lambda: range(20), window) for _ in range(2)]
    for worker in workers:
        worker.start()
    application.processEvents()
    shiboken6.delete(window)
    for worker in workers:
        assert worker.wait(10)
print("whole")
"""


def test_a_worker_whose_window_goes_while_it_tells_does_no_harm() -> None:
    """In a process of its own: where this fails, it is with SIGSEGV."""
    done = subprocess.run([sys.executable, "-c", _DELETED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "whole\n", "")

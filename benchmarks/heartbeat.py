"""A real window with a real test in it, and a heart that beats every millisecond beside them. Started by flood.py.

Prints one JSON object: the longest time between two beats (ms) at rest, while the test dialog opens, and while it
tests; and how the test ended.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from mailsetup_gui.desktop import shades, theme
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.workspace import Draft, Workspace
from mailsetup_gui.settings import profiles
from mailsetup_gui.trial import Finished

_PATIENCE = 20.0


class Heart(QObject):
    """Beats in the UI thread; a beat is late by as long as that thread was busy, or kept from running."""

    def __init__(self) -> None:
        super().__init__()
        self._longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def longest(self) -> float:
        """The longest gap in ms since it was last asked for."""
        self._beat()
        longest, self._longest = self._longest, 0.0
        return round(longest * 1000, 3)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now


def main() -> int:
    application = QApplication(sys.argv)
    application.setApplicationName("mailsetup")
    theme.wear(shades.LIGHT)
    frame = QMainWindow()
    frame.resize(940, 800)
    window = MainWindow(frame, Workspace(profiles.folder()))
    frame.show()
    _until(lambda: bool(window.view.form.read().profile.server.hostname))
    window.view.form.show_password("try-it-out")
    _let_pass(1500)
    heart = Heart()
    heart.longest()
    _let_pass(1000)
    gaps: dict[str, float | str] = {"rest": heart.longest()}
    _test(window, heart, gaps)
    print(json.dumps(gaps))
    return 0


def _test(window: MainWindow, heart: Heart, gaps: dict[str, float | str]) -> None:
    dialog = window.send_test()
    assert dialog is not None
    _let_pass(300)
    gaps["opening"] = heart.longest()
    results: list[str] = []

    def keep(_: Draft, finished: Finished) -> None:
        results.append(finished.outcome.result.value)

    dialog.tested.connect(keep)
    dialog.start()
    _until(lambda: bool(results) and not dialog.running)
    _let_pass(300)
    gaps["testing"] = heart.longest()
    gaps["result"] = results[0]


def _let_pass(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"the window did not come so far within {_PATIENCE:.0f} s")
        _let_pass(20)


if __name__ == "__main__":
    sys.exit(main())

"""The window that is painted at once, empty, and filled right after: a person sees it before anything loads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

_NEVER_PAINTED = 500
"""Milliseconds after which a window that nobody sees (minimised, covered) is filled all the same."""


class Content(Protocol):
    def may_close(self) -> bool: ...


class Frame(QMainWindow):
    """`fill(frame)` is called once, behind the first paint."""

    def __init__(self, fill: Callable[[QMainWindow], Content]) -> None:
        super().__init__()
        self._fill = fill
        self._asked = False
        self.content: Content | None = None
        self.setWindowTitle("mailsetup")
        self.resize(940, 800)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._asked:
            self._asked = True
            QTimer.singleShot(0, self.fill)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(_NEVER_PAINTED, self.fill)

    def fill(self) -> None:
        if self.content is None:
            self.content = self._fill(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.content is None or self.content.may_close():
            event.accept()
        else:
            event.ignore()

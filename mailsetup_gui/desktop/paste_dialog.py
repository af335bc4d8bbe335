"""A pasted text above, what it is below. Nothing leaves this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QScrollArea, QSplitter, QVBoxLayout, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.worker import Worker

_PAUSE = 200
"""Milliseconds without a keystroke after which the text is read."""


class PasteDialog(QDialog):
    """Reads in a thread: the longest text that is looked at takes more than a second.

    `read` of its text is called there; a subclass shows what came of it.
    """

    found = Signal(object)
    """What `read` gave, or other work that was asked for"""
    failed = Signal(str)
    """The kind of the bug"""
    emptied = Signal()
    """There is no text"""

    def __init__(self, read: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self._read = read
        self._worker: Worker | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._look)
        self.text.textChanged.connect(self._soon.start)
        self.finished.connect(self._dismiss)
        self.text.setFont(theme.fixed_font())
        self.text.setTabChangesFocus(True)

    def arrange(self, label: QLabel, answer: QWidget, aloud: str, *below: QWidget) -> None:
        """The text under its label, the answer (which is called `aloud`) under the text, and the rest."""
        label.setBuddy(self.text)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.text)
        split.addWidget(_scrolled(answer, aloud))
        split.setSizes([260, 340])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(split, 1)
        for widget in below:
            layout.addWidget(widget)

    def ask(self, work: Callable[[], object]) -> None:
        """In a thread; what it was asked before is dropped."""
        self._dismiss()
        self._worker = Worker(lambda: _one(work), self)
        self._worker.told.connect(self.found)
        self._worker.crashed.connect(self.failed)
        self._worker.start()

    def _dismiss(self) -> None:
        """A reader that is still busy is not waited for."""
        self._soon.stop()
        if self._worker is not None:
            self._worker.dismiss()
            self._worker = None

    def _look(self) -> None:
        text = self.text.toPlainText()
        if text.strip():
            self.ask(lambda: self._read(text))
        else:
            self._dismiss()
            self.emptied.emit()


def _one(work: Callable[[], object]) -> Iterator[object]:
    yield work()


def _scrolled(answer: QWidget, aloud: str) -> QScrollArea:
    """An answer of many lines is never cut off."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(answer)
    column.addStretch(1)
    area = theme.scrolled(holder)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # it holds no field, and the arrows shall scroll it
    area.setAccessibleName(aloud)
    return area

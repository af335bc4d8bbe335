"""Lines to type in that know what to do with a file that is dropped on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent


class Line(QLineEdit):
    """A file that is dropped here is for the window."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


class PathLine(QLineEdit):
    """A file that is dropped here is meant by its path."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _path(event):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if _path(event):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if path := _path(event):
            self.setText(path)
            event.acceptProposedAction()
        else:
            super().dropEvent(event)


def _path(event: QDropEvent) -> str:
    return next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")

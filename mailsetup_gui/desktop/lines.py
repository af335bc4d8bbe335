"""Lines to type in that know what to do with a file that is dropped on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from mailsetup_gui.wording.language import _

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


class SecretLine(Line):
    """Nobody reads over a shoulder, unless its button is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = QPushButton(_("Show"))
        self.eye.setCheckable(True)
        self.eye.setAccessibleName(_("Show the password"))
        self.eye.toggled.connect(self._reveal)

    def _reveal(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.setText(_("Hide") if shown else _("Show"))


class PathLine(QLineEdit):
    """A file that is dropped here is meant by its path; its button asks for one."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self.browse = QPushButton(_("Ch&oose…"))
        self.browse.clicked.connect(self._choose)

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _kind = QFileDialog.getOpenFileName(self, self._question, self.text())
        if chosen:
            self.setText(chosen)

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

"""The window that is painted at once, empty, and filled right after: a person sees it before anything loads."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

from mailsetup_gui.settings import state

if TYPE_CHECKING:  # PySide6 makes a class when its name is first asked for: half a millisecond each
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QShowEvent

_NEVER_PAINTED = 500
"""Milliseconds after which a window that nobody sees (minimised, covered) is filled all the same."""
_GEOMETRY, _PROFILE = "window/geometry", "window/profile"


class Content(Protocol):
    @property
    def current(self) -> str: ...
    def may_close(self) -> bool: ...


class Frame(QMainWindow):
    """`fill(frame)` is called once, behind the first paint. Place and size are those of the last time."""

    dropped = Signal(str, str)
    """(path, text): a file was dropped here, or a text that holds a certificate; one of them is empty."""

    def __init__(self, fill: Callable[[Frame], Content]) -> None:
        super().__init__()
        self._fill = fill
        self._asked = False
        self.content: Content | None = None
        self._remembered = QSettings(os.path.join(state.folder(), "window.ini"), QSettings.Format.IniFormat)
        self.setWindowTitle("mailsetup")
        self.setAcceptDrops(True)
        self.resize(940, 800)
        if self._remembered.contains(_GEOMETRY):
            self._restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._asked:
            self._asked = True
            QTimer.singleShot(0, self.fill)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QApplication.setQuitOnLastWindowClosed(True)
        QTimer.singleShot(_NEVER_PAINTED, self.fill)

    def fill(self) -> None:
        if self.content is None:
            self.content = self._fill(self)

    def _restore(self) -> None:
        """On a screen that is there, Qt sees to that."""
        from PySide6.QtCore import QByteArray

        geometry = self._remembered.value(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    @property
    def last_profile(self) -> str:
        """The id of the profile that was on the form when the window was closed; '' when there is none."""
        return str(self._remembered.value(_PROFILE, ""))

    def bring_forward(self) -> None:
        """On top and with the focus, where the desktop allows it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.content is not None and any(_dropped(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path, text = _dropped(event)
        event.acceptProposedAction()
        self.dropped.emit(path, text)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.content is None:
            event.accept()
        elif self.content.may_close():
            self._remembered.setValue(_GEOMETRY, self.saveGeometry())
            self._remembered.setValue(_PROFILE, self.content.current)
            self._remembered.sync()
            event.accept()
        else:
            event.ignore()


def _dropped(event: QDropEvent) -> tuple[str, str]:
    """The first file of this computer, or a text with a certificate in it."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    text = event.mimeData().text()
    return (paths[0], "") if paths else ("", text if "-----BEGIN" in text else "")

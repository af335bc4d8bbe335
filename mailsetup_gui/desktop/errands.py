"""What a start asks for, the first one or another while this program runs; and what is dropped onto the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from mailsetup_gui.desktop import wish as wishes
from mailsetup_gui.desktop.frame import Frame
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.wish import Wish


class Errands(QObject):
    """A start for one dialog shows nothing else: with the dialog the program ends, unless something is unsaved then."""

    def __init__(self, frame: Frame, window: MainWindow) -> None:
        super().__init__(window)
        self._frame = frame
        self._window = window
        frame.dropped.connect(window.import_from)
        window.left.connect(self._left)

    def run(self, wish: Wish) -> None:
        if wish.sandbox:
            self._window.try_sandbox()
        if wish.path:
            self._window.import_from(wish.path)
        elif wish.dialog == wishes.IMPORT:
            self._window.import_certificate()
        elif wish.dialog != wishes.SEND_TEST:
            self._frame.bring_forward()
        else:
            self._window.desk.with_password(self._send_test)

    def take(self, words: list[str], folder: str) -> None:
        """Another start's words: it has read them itself before it handed them over."""
        try:
            self.run(wishes.read(words, folder))
        except wishes.WishError:
            self._frame.bring_forward()

    def _send_test(self) -> None:
        """Where there is nothing to test yet, the form says what is missing."""
        if self._window.send_test() is None:
            self._frame.bring_forward()

    def _left(self) -> None:
        """Behind the closing: another dialog may have opened in its place."""
        QTimer.singleShot(0, self, self._end_with_the_last)

    def _end_with_the_last(self) -> None:
        if any(widget.isVisible() for widget in QApplication.topLevelWidgets()):
            return
        self._window.desk.read()
        if self._window.desk.workspace.dirty:
            self._frame.bring_forward()
        elif self._window.may_close():
            QApplication.quit()

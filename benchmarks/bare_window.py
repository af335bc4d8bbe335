"""The least that a PySide6 program can do: one empty window. It leaves when its first paint is over."""

import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Window(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        QTimer.singleShot(0, leave)  # comes when the whole of this paint is on the screen, children included
        super().paintEvent(event)


def leave() -> None:
    os._exit(0)


application = QApplication(sys.argv)
window = Window()
window.resize(940, 780)
window.show()
application.exec()

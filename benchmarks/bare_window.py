"""The least that a PySide6 program can show: one empty window, as large as the main window of mailsetup."""

import sys

from PySide6.QtWidgets import QApplication, QWidget

application = QApplication(sys.argv)
window = QWidget()
window.resize(940, 800)
window.show()
application.exec()

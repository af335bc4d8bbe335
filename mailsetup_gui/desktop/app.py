"""mailsetup-gui: one application, one main window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mailsetup_gui import __version__
from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.workspace import Workspace

_USAGE = """\
usage: mailsetup-gui [--sandbox] [--config-dir DIR] [--light | --dark]

  --sandbox         start the built-in mail server and fill in its settings
  --config-dir DIR  where profiles are kept
  --light, --dark   instead of what the desktop prefers
"""


def main(arguments: list[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    if "--help" in words or "-h" in words:
        print(_USAGE, end="")
        return 0
    application = QApplication([sys.argv[0]])
    application.setApplicationName("mailsetup")
    application.setApplicationVersion(__version__)
    application.setStyle("Fusion")
    theme.wear(_appearance(words))
    window = MainWindow(Workspace(_folder(words)), start_sandbox="--sandbox" in words)
    window.show()
    return application.exec()


def _appearance(words: list[str]) -> theme.Shades:
    if "--dark" in words:
        return theme.DARK
    return theme.LIGHT if "--light" in words else theme.system()


def _folder(words: list[str]) -> Path:
    from mailsetup_gui.settings import profiles

    if "--config-dir" in words[:-1]:
        return Path(words[words.index("--config-dir") + 1]) / "profiles"
    return profiles.folder()

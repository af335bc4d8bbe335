"""mailsetup-gui: one application, one main window."""

from __future__ import annotations

import builtins
import os
import sys

from PySide6.QtWidgets import QApplication, QMainWindow

from mailsetup_gui import __version__
from mailsetup_gui.desktop.frame import Content, Frame
from mailsetup_gui.wording.language import _

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_USAGE = _("""\
usage: mailsetup-gui [--sandbox] [--config-dir DIR] [--light | --dark]

  --sandbox         start the built-in mail server and fill in its settings
  --config-dir DIR  where profiles are kept
  --light, --dark   instead of what the desktop prefers
""")


def main(arguments: list[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    if "--help" in words or "-h" in words:
        print(_USAGE, end="")
        return 0
    if sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        print(_("There is no screen here. In a terminal: mailsetup test --help"), file=sys.stderr)
        return 2
    _import_as_python_does()
    application = QApplication([sys.argv[0]])
    application.setApplicationName("mailsetup")
    application.setApplicationVersion(__version__)
    frame = Frame(lambda frame: _content(frame, words))
    frame.show()
    return application.exec()


def _import_as_python_does() -> None:
    """PySide6 reads the source of every module that is imported after it, to look for its own `__feature__` switch.

    Nothing here uses that switch; without the hook the window stands 30 to 40 ms earlier (measured, PySide6 6.11.3).
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original


def _content(frame: QMainWindow, words: list[str]) -> Content:
    """Everything heavy loads here, when the frame is on the screen."""
    from pathlib import Path

    from mailsetup_gui.desktop import theme
    from mailsetup_gui.desktop.main_window import MainWindow
    from mailsetup_gui.desktop.workspace import Workspace

    appearance = {"--dark": theme.DARK, "--light": theme.LIGHT}
    theme.wear(next((appearance[word] for word in words if word in appearance), theme.system()))
    chosen = words[words.index("--config-dir") + 1] if "--config-dir" in words[:-1] else None
    folder = Path(chosen) / "profiles" if chosen else None
    return MainWindow(frame, Workspace(folder), start_sandbox="--sandbox" in words)

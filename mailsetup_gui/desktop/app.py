"""mailsetup-gui: one application, one main window."""

from __future__ import annotations

import builtins
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from mailsetup_gui import __version__
from mailsetup_gui.desktop import wish as wishes
from mailsetup_gui.desktop.wish import Wish, WishError
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from mailsetup_gui.desktop.frame import Frame
    from mailsetup_gui.desktop.instance import Instance
    from mailsetup_gui.desktop.main_window import MainWindow

APP_ID = "io.github.mailsetup.MailSetup"
"""Of the .desktop file, the icon, the metainfo: by it a desktop knows whose window this is."""
_LISTENS = 100
"""Milliseconds after the window is filled: painted, it may load the network module. A start waits longer."""
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main(arguments: list[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    if "--help" in words or "-h" in words:
        print(wishes.USAGE, end="")
        return 0
    folder = _folder()
    try:
        wish = wishes.read(words, folder)
    except WishError as error:
        print(f"mailsetup-gui: {error}\n\n{wishes.USAGE}", end="", file=sys.stderr)
        return 2
    if sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        print(_("There is no screen here. In a terminal: mailsetup test --help"), file=sys.stderr)
        return 2
    application = _application()
    from mailsetup_gui.desktop.instance import Instance

    instance = Instance(wish.config_dir, application)
    if not instance.is_first and instance.handed_over(words, folder):
        return 0
    return _run(application, instance, wish)


def _folder() -> str:
    """Where it is started; a folder that somebody has removed meanwhile is none."""
    try:
        return os.getcwd()
    except OSError:
        return os.path.expanduser("~")


def program() -> NoReturn:
    """The console script. It leaves at once: a thread that still waits for a name or a keyring holds nothing up."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a program without a console has none
            stream.flush()
    os._exit(code)


def _application() -> QApplication:
    """Qt loads here, and nothing of ours that knows Qt before it: see _import_as_python_does."""
    from PySide6.QtWidgets import QApplication

    _import_as_python_does()
    application = QApplication([APP_ID])  # the window's class on X11, by which a desktop finds the menu entry
    application.setApplicationName("mailsetup")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APP_ID)
    return application


def _import_as_python_does() -> None:
    """PySide6 reads the source of every module that is imported after it, to look for its own `__feature__` switch.

    Nothing here uses that switch; without the hook the window stands 30 to 40 ms earlier (measured, PySide6 6.11.3).
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original


def _run(application: QApplication, instance: Instance, wish: Wish) -> int:
    from mailsetup_gui.desktop.frame import Frame

    frame = Frame(lambda frame: _content(frame, instance, wish))
    if wish.is_for_a_dialog:
        application.setQuitOnLastWindowClosed(False)  # the frame is not shown, and is no window that closes
        frame.fill()
    else:
        frame.show()
    code = application.exec()
    instance.close()
    return code


def _content(frame: Frame, instance: Instance, wish: Wish) -> MainWindow:
    """Everything heavy loads here, when the frame is on the screen."""
    from pathlib import Path

    from PySide6.QtCore import QTimer

    from mailsetup_gui.desktop import appearance, speaking, theme
    from mailsetup_gui.desktop.errands import Errands
    from mailsetup_gui.desktop.main_window import MainWindow
    from mailsetup_gui.desktop.workspace import Workspace

    speaking.translate_qt()
    shades = appearance.chosen(wish.appearance)
    folder = Path(wish.config_dir) / "profiles" if wish.config_dir else None
    window = MainWindow(frame, Workspace(folder), first=frame.last_profile)
    theme.wear(shades)  # once, on all of it: a style sheet that is there before costs each layout a third
    errands = Errands(frame, window)
    if wish.is_for_a_dialog or wish.sandbox:
        errands.run(wish)
    if instance.is_first:
        instance.started.connect(errands.take)
        QTimer.singleShot(_LISTENS, instance, instance.listen)
    return window

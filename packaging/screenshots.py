"""Pictures of every window and state, light and dark: screenshots.py FOLDER (QT_SCALE_FACTOR=2 for 200 %).

Real tests against the built-in server and a scripted one make the states; nothing is drawn by hand.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.test_dialog import TestDialog
from mailsetup_gui.desktop.workspace import Workspace
from mailsetup_gui.settings.server import Encryption, MailServer


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    application.setApplicationName("mailsetup")
    for name, shades in (("light", theme.LIGHT), ("dark", theme.DARK)):
        theme.wear(shades)
        with tempfile.TemporaryDirectory() as config:
            _pictures(_Camera(folder, name), Path(config))
    return 0


class _Camera(NamedTuple):
    folder: Path
    appearance: str

    def __call__(self, state: str, widget: QWidget) -> None:
        path = self.folder / f"{state}-{self.appearance}.png"
        _settle(50)
        widget.grab().save(str(path))
        print(path)


def _pictures(take: _Camera, config: Path) -> None:
    frame = QMainWindow()
    frame.resize(940, 800)
    window = MainWindow(frame, Workspace(config / "profiles"))
    frame.show()
    _settle(300)
    take("main-empty", frame)
    window.send_test()
    _settle(100)
    take("main-problems", frame)
    window.try_sandbox()
    _until(lambda: "running" in window.view.news)
    _settle(200)
    dialog = window.send_test()
    if dialog is None:
        raise RuntimeError("the settings of the built-in server are refused")
    _settle(100)
    take("test-ready", dialog)
    _run(dialog)
    take("test-accepted", dialog)
    take("main-accepted", frame)
    window.show_inbox()
    _settle(100)
    take("inbox", frame.findChildren(QWidget, "inbox")[0])
    _refused(window, dialog, take)
    window.bench.close()
    frame.close()


def _refused(window: MainWindow, dialog: TestDialog, take: _Camera) -> None:
    """A server that never speaks, while it runs and after Cancel; and a port where nobody listens."""
    draft = window.view.form.read()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer(
            "127.0.0.1",
            silent.getsockname()[1],
            Encryption.STARTTLS_IF_OFFERED,
            "bitbucket",
            draft.profile.server.sender,
        )
        dialog.show_draft(
            draft._replace(profile=draft.profile._replace(id="x", server=server, recipient="ops@example.test"))
        )
        dialog.start()
        _settle(400)
        take("test-running", dialog)
        dialog.stop()
        _until(lambda: not dialog.running)
        take("test-cancelled", dialog)
    _run(dialog)
    take("test-refused", dialog)
    dialog.show_draft(
        draft._replace(
            profile=draft.profile._replace(
                truststore="/etc/ssl/certs/ca-certificates.crt", recipient="ops@example.test"
            )
        )
    )
    _run(dialog)
    take("test-untrusted", dialog)


def _run(dialog: TestDialog) -> None:
    dialog.start()
    _until(lambda: not dialog.running)


def _settle(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        _settle(20)
    raise TimeoutError("the window did not come so far within 10 s")


if __name__ == "__main__":
    sys.exit(main())

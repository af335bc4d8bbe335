"""The built-in mail server: started in a thread when first wanted, stopped with the window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mailsetup_gui.desktop.worker import Worker
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.smtp.sandbox import Sandbox


class BuiltIn(QObject):
    """`server` is None while it does not run."""

    ready = Signal(object, str)
    """(MailServer, password): the settings that fit it"""
    said = Signal(str, str)
    """(sentence, mood)"""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.server: Sandbox | None = None
        self._starting: Worker | None = None

    def start(self) -> None:
        """`ready` comes when it listens, at once when it does already."""
        if self.server is not None:
            self._offer(self.server)
        elif self._starting is None:
            self.said.emit(_("Starting the built-in mail server…"), "muted")
            self._starting = Worker(_started, self)
            self._starting.told.connect(self._listens)
            self._starting.crashed.connect(self._failed)
            self._starting.start()

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()
            self.server = None

    def _listens(self, server: Sandbox) -> None:
        self._starting, self.server = None, server
        self._offer(server)
        self.said.emit(_("The built-in mail server is running on this computer. Send a test to it."), "ok")

    def _failed(self, kind: str) -> None:
        self._starting = None
        self.said.emit(_("The built-in mail server did not start ({kind}).").format(kind=kind), "fail")

    def _offer(self, server: Sandbox) -> None:
        from mailsetup_gui import trial
        from mailsetup_gui.smtp.sandbox import PASSWORD

        self.ready.emit(trial.sandbox_server(server), PASSWORD)


def _started() -> Iterator[object]:
    from mailsetup_gui.smtp.sandbox import Sandbox

    server = Sandbox()
    server.start()
    yield server

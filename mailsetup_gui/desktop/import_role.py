"""The button that writes the Ansible project for a truststore, and the line that says what became of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.worker import Worker
from mailsetup_gui.importing import Draft
from mailsetup_gui.trust.bundle import Written
from mailsetup_gui.wording import roles
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.bitbucket.role import Wanted

_FOLDER = "mailsetup-ansible"


class RoleWriter(QObject):
    """`show(draft, written)`; `button` and `said` are for the page to lay out."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._worker: Worker | None = None
        self._draft, self._written = Draft(), Written("")
        self.button = QPushButton(_("&Ansible role…"))
        self.button.setToolTip(_("A project that brings the truststore to every node, and proves it there first"))
        self.button.clicked.connect(self._ask_where)
        self.said = theme.plain_label()

    def show(self, draft: Draft, written: Written) -> None:
        self._draft, self._written = draft, written
        self.said.setText("")

    def write(self, folder: str) -> None:
        """Into a folder that is empty, or into a new one below it."""
        draft, written = self._draft, self._written
        self.button.setEnabled(False)
        self._worker = Worker(lambda: _project(draft, written, folder), self)
        self._worker.told.connect(self._tell)
        self._worker.crashed.connect(self._crashed)
        self._worker.ended.connect(self._ended)
        self._worker.start()

    def _ask_where(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self._window, _("Folder for the Ansible project")):
            self.write(folder)

    def _tell(self, told: object) -> None:
        mood, sentence = told if isinstance(told, tuple) else ("fail", "")
        theme.paint_mood(self.said, mood)
        self.said.setText(sentence)

    def _crashed(self, kind: str) -> None:
        self._tell(("fail", _("mailsetup itself failed ({kind}). Please report it.").format(kind=kind)))

    def _ended(self) -> None:
        self._worker = None
        self.button.setEnabled(True)


def _project(draft: Draft, written: Written, folder: str) -> Iterator[tuple[str, str]]:
    """One (mood, sentence)."""
    from mailsetup_gui.bitbucket import role, unpacking
    from mailsetup_gui.bitbucket.role import Refused, RoleError

    try:
        target = os.path.join(folder, _FOLDER) if os.path.isdir(folder) and os.listdir(folder) else folder
        yield "ok", roles.next_steps(unpacking.write(target, role.files(_wanted(draft, written))))
    except RoleError as error:
        yield "fail", roles.refused(error)
    except OSError as error:
        yield "fail", roles.refused(RoleError(Refused.NOT_WRITTEN, folder, error.strerror or str(error)))


def _wanted(draft: Draft, written: Written) -> Wanted:
    """Where this computer's path is unwise for nodes, the role's own is taken; its inventory has it to be changed."""
    from mailsetup_gui.bitbucket import role, rollout
    from mailsetup_gui.importing import Source
    from mailsetup_gui.settings.server import Encryption, MailServer

    asked = draft.source is Source.FETCH and draft.server.encryption is not Encryption.NONE
    server = draft.server if asked else MailServer()
    path = role.DEFAULT_PATH if rollout.risks(written.path) or not role.is_plain(written.path) else written.path
    with open(written.path, "rb") as file:
        return role.Wanted(file.read(), server=server, path=path)

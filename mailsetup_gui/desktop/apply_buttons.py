"""The buttons below the apply dialog. Cancel is the default one, so that Enter changes nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mailsetup_gui.desktop.apply_state import Known
from mailsetup_gui.wording.language import _


class ApplyButtons(QWidget):
    undo_wanted = Signal()
    profile_wanted = Signal()
    leave_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo, self._make = QPushButton(_("U&ndo last change…")), QPushButton(_("&Make a profile of it"))
        self.leave, self._save = QPushButton(_("Canc&el")), QPushButton(_("&Save in Bitbucket"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 12)
        layout.addWidget(self._undo)
        layout.addStretch(1)
        for button in (self.leave, self._make, self._save):
            layout.addWidget(button)
        self._undo.clicked.connect(self.undo_wanted)
        self._make.clicked.connect(self.profile_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        self._save.clicked.connect(self.save_wanted)

    def show_purpose(self, *, applies: bool) -> None:
        """To change what Bitbucket has, or to read it only."""
        self.leave.setText(_("Canc&el"))
        self._undo.setVisible(applies)
        self._save.setVisible(applies)
        self._make.setVisible(not applies)

    def show_done(self) -> None:
        """There is nothing left to be cancelled."""
        self.leave.setText(_("Clos&e"))

    def show_known(self, known: Known, *, idle: bool, may_save: bool) -> None:
        sender_only = known.found is not None and known.found.mail is None
        self._save.setText(_("&Save only Email from") if sender_only else _("&Save in Bitbucket"))
        self._save.setEnabled(idle and may_save)
        self._undo.setEnabled(idle and known.may_undo)
        self._make.setEnabled(idle and known.seen is not None and known.seen.document is not None)

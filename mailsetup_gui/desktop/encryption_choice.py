"""Protocol and SSL/TLS as Bitbucket shows them: two protocols, two radios, and a third that only its API knows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.settings.server import Encryption
from mailsetup_gui.wording.language import _

_TLS_CHOICES = (
    (Encryption.STARTTLS_IF_OFFERED, _("Use SSL/TLS if a&vailable")),
    (Encryption.STARTTLS_REQUIRED, _("A&lways use SSL/TLS")),
    (Encryption.NONE, _("Never encr&ypt (not recommended)")),
)
_ALWAYS_TLS = _("SMTPS is always TLS, so there is nothing to choose.")
_NEVER_TLS = _("Mail and password cross the network in clear text. Only Bitbucket's REST API can set this.")


class EncryptionChoice(QWidget):
    """`choose(encryption)`, `chosen() -> Encryption`; signals for choices made by hand."""

    changed = Signal()
    protocol_changed = Signal()

    def __init__(self, rows: QFormLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._smtp, self._smtps = QRadioButton("S&MTP"), QRadioButton("SMTP&S")
        self._tls = {encryption: QRadioButton(words) for encryption, words in _TLS_CHOICES}
        self._note = theme.plain_label(" ")
        self._protocols, self._modes = QButtonGroup(self), QButtonGroup(self)
        for button in (self._smtp, self._smtps):
            self._protocols.addButton(button)
        for button in self._tls.values():
            self._modes.addButton(button)
        self._lay_out(rows)
        self.choose(Encryption.STARTTLS_IF_OFFERED)
        self._protocols.buttonClicked.connect(self._protocol_clicked)
        self._modes.buttonClicked.connect(self._mode_clicked)

    def choose(self, encryption: Encryption) -> None:
        """The radios of the other protocol keep what they said."""
        implicit = encryption is Encryption.IMPLICIT_TLS
        (self._smtps if implicit else self._smtp).setChecked(True)
        self._tls[Encryption.STARTTLS_IF_OFFERED if implicit else encryption].setChecked(True)
        self._explain()

    def chosen(self) -> Encryption:
        if self._smtps.isChecked():
            return Encryption.IMPLICIT_TLS
        return next(encryption for encryption, button in self._tls.items() if button.isChecked())

    def _lay_out(self, rows: QFormLayout) -> None:
        protocols = QHBoxLayout()
        protocols.setContentsMargins(0, 0, 0, 8)
        protocols.setSpacing(18)
        protocols.addWidget(self._smtp)
        protocols.addWidget(self._smtps)
        protocols.addStretch(1)
        rows.addRow(_("Protocol:"), protocols)
        modes = QVBoxLayout(self)
        modes.setContentsMargins(0, 0, 0, 0)
        modes.setSpacing(4)
        for widget in (*self._tls.values(), self._note):
            modes.addWidget(widget)
        rows.addRow(_("SSL/TLS:"), self)
        is_about("protocol", self._smtp, self._smtps)
        is_about("tls", self)
        for button in (self._smtp, self._smtps):
            button.setAccessibleDescription(_("Protocol"))
        for button in self._tls.values():
            button.setAccessibleDescription("SSL/TLS")

    def _explain(self) -> None:
        """Disabled, not hidden: people look for the radios. The reason stands below them."""
        implicit, never = self._smtps.isChecked(), self._tls[Encryption.NONE].isChecked()
        for button in self._tls.values():
            button.setEnabled(not implicit)
        self._note.setText(_ALWAYS_TLS if implicit else _NEVER_TLS if never else " ")
        theme.paint_mood(self._note, "fail" if never and not implicit else "muted")

    def _protocol_clicked(self) -> None:
        self._explain()
        self.protocol_changed.emit()

    def _mode_clicked(self) -> None:
        self._explain()
        self.changed.emit()

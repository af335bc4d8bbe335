"""A pasted error above, the card that names its cause below."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.outcome_card import OutcomeCard
from mailsetup_gui.desktop.paste_dialog import PasteDialog
from mailsetup_gui.diagnosis.explaining import Explained, explained
from mailsetup_gui.wording import explaining
from mailsetup_gui.wording.language import _


class ExplainDialog(PasteDialog):
    """The text stays for the next time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(explained, parent)
        self.setObjectName("explain")
        self.setWindowTitle(_("Explain an error"))
        self.resize(760, 640)
        self._card = OutcomeCard()
        self._card.copy_wanted.connect(lambda: QGuiApplication.clipboard().setText(self.words))
        self.text.setAccessibleName(_("The text of the error"))
        self.text.setPlaceholderText(explaining.PLACEHOLDER)
        reads_only = theme.plain_label(explaining.READS_ONLY, muted=True)
        self.arrange(QLabel(_("&Error:")), self._card, _("The cause"), reads_only, theme.closing(self))
        self.found.connect(self._show)
        self.failed.connect(self._show_failure)
        self.emptied.connect(self._show_nothing)
        self._show_nothing()

    @property
    def words(self) -> str:
        """What the card says now."""
        return self._card.words

    def _show_nothing(self) -> None:
        self._card.show_idle(explaining.NOTHING_YET)

    def _show(self, found: Explained) -> None:
        self._card.show_card(explaining.card(found))

    def _show_failure(self, kind: str) -> None:
        self._card.show_idle(explaining.FAILED.format(kind=kind))

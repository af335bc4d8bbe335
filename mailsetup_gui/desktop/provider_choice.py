"""Which mail provider it is: chosen to fill the form in, or recognized by the host that somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.settings import clock, presets
from mailsetup_gui.settings.presets import Preset
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.wording import providers
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

_CUSTOM = _("Custom")
_HINT = _("Choose one to fill in its host, port and encryption, and to see what to mind there.")
_RESERVED_LINES = 2
_GAP = 5


class ProviderChoice(QWidget):
    """`recognize(server, settled)`; `chosen` after a provider was chosen by hand: `filled` has its settings."""

    chosen = Signal()

    def __init__(self, rows: QFormLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._custom_for: str | None = None
        self._hostname = ""
        self._box = _Box(self)
        self._page = QPushButton(_("Open its page"))
        self._page.setAccessibleName(_("Open the provider's page in the browser"))
        self._note = theme.enlarge(theme.plain_label(_HINT, muted=True), 0.92, bold=False)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out(rows)
        self._box.activated.connect(self._activated)
        self._page.clicked.connect(self._open_page)
        self._explain()

    @property
    def preset(self) -> Preset | None:
        """None is Custom."""
        found = self._box.currentData()
        return found if isinstance(found, Preset) else None

    @property
    def username_hint(self) -> str:
        return providers.username(self.preset) if self.preset else ""

    def mark_placeholder(self, hostname: QLineEdit) -> None:
        """Ready to be typed over: the word that stands for a region or a tenant."""
        at = hostname.text().find(self.preset.placeholder) if self.preset and self.preset.placeholder else -1
        if at >= 0 and self.preset:
            hostname.setFocus()
            hostname.setSelection(at, len(self.preset.placeholder))

    def recognize(self, server: MailServer, settled: bool) -> None:
        """Selects whose host it is. What is told of it follows when the field is left (`settled`), so that nothing
        moves below somebody who types."""
        found, now = presets.of_server(server), self.preset
        self._hostname = server.hostname
        keeps = now is not None and (now.owns(server.hostname) or (not now.hosts and found is None))
        if self._custom_for is not None and self._custom_for != server.hostname:
            self._custom_for = None
        if self._custom_for is None and not keeps:
            self._box.select(found)
        if settled:
            self._explain()

    def filled(self, server: MailServer) -> MailServer:
        """`server` with the chosen provider's host, port and encryption; a host of the provider's stays."""
        preset = self.preset
        if preset is None:
            return server
        kept = preset.owns(server.hostname) or (not preset.hosts and bool(server.hostname))
        new = presets.filled(preset, server)
        return new._replace(hostname=server.hostname) if kept else new

    def _lay_out(self, rows: QFormLayout) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._box, 1)
        line.addWidget(self._page)
        is_about("provider", self)
        rows.addRow(theme.label_for(_("Provi&der:"), self._box), self)
        rows.addRow("", self._note)

    def _explain(self) -> None:
        preset = self.preset
        self._page.setEnabled(bool(preset and preset.source))
        self._page.setToolTip(preset.source if preset else "")
        if preset:  # a hint is not copied, and the first text that can be costs a start 12 ms
            self._note.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        habit = f"{providers.quirk(preset, clock.today())} {providers.checked_on(preset)}" if preset else _HINT
        self._note.setText(habit)
        self._fit()

    def _fit(self) -> None:
        """As many lines as the words need at this width; two are reserved."""
        self._note.setMinimumHeight(0)  # heightForWidth would count what was set before
        reserved = self._note.fontMetrics().lineSpacing() * _RESERVED_LINES
        self._note.setFixedHeight(max(reserved, self._note.heightForWidth(self.width())) + _GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _activated(self) -> None:
        """Custom, chosen for the host of a provider, stays until there is another host."""
        self._custom_for = self._hostname if self.preset is None else None
        self._explain()
        if self.preset is not None:
            self.chosen.emit()

    def _open_page(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        preset = self.preset
        if preset is not None and preset.source:
            QDesktopServices.openUrl(QUrl(preset.source))


class _Box(QComboBox):
    """Holds the providers once somebody comes near: the first paint does not wait for the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.addItem(_CUSTOM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(30)

    def select(self, preset: Preset | None) -> None:
        if preset is None:
            self.setCurrentIndex(0)
            return
        self.load()
        self.setCurrentIndex(1 + presets.every().index(preset))

    def load(self) -> None:
        if self.count() == 1:
            for preset in presets.every():
                self.addItem(providers.name(preset), preset)

    def showPopup(self) -> None:
        self.load()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.load()
        super().focusInEvent(event)

"""Every line that crossed the wire: as a table that a screen reader can walk, and as text to copy."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.table import ROLES, Index, Table
from mailsetup_gui.smtp.events import Direction, Line, TlsStarted
from mailsetup_gui.wording import text
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_HEADERS = (_("Time"), _("Protection"), "", _("Line"))
MOST_LINES = 5000


class _Entry(NamedTuple):
    seconds: str
    protection: str
    arrow: str
    words: str
    row: int
    spoken: str


class TranscriptModel(Table):
    """`row` ties a line to the row of its step."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._entries: list[_Entry] = []
        super().__init__(_HEADERS, self._entries, parent)

    def clear(self) -> None:
        self.beginResetModel()
        self._entries.clear()
        self.endResetModel()

    def add_line(self, line: Line, row: int) -> None:
        spoken = {Direction.IN: _("server says"), Direction.OUT: _("we say"), Direction.INFO: _("note")}[line.direction]
        self._add(line.at, text.protection(line.encrypted), text.arrow(line.direction), line.text, row, spoken)

    def add_tls(self, tls: TlsStarted, row: int) -> None:
        words = f"{text.handshake(tls)}, {tls.peer.subject}"
        self._add(tls.at, text.protection(True), "==", words, row, "TLS")

    def as_text(self) -> str:
        return "\n".join(f"{e.seconds:>8} {e.protection:5} {e.arrow} {e.words}" for e in self._entries)

    def rows_of(self, step_rows: set[int]) -> list[int]:
        """The lines that belong to these steps."""
        return [at for at, entry in enumerate(self._entries) if entry.row in step_rows]

    def _add(self, at: float, protection: str, arrow: str, words: str, row: int, spoken: str) -> None:
        count = len(self._entries)
        if count >= MOST_LINES:
            return
        self.beginInsertRows(QModelIndex(), count, count)
        self._entries.append(_Entry(f"{at / 1000:.3f}", protection, arrow, shown(words), row, spoken))
        self.endInsertRows()

    def data(self, index: Index, role: int = 0) -> object:
        if role not in ROLES:
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry[index.column()]
            case Qt.ItemDataRole.ToolTipRole if index.column() == 3:
                return theme.tooltip(entry.words)
            case Qt.ItemDataRole.ForegroundRole if index.column() < 3:
                return theme.mood_colour(
                    "warn" if entry.protection == text.protection(False) and index.column() == 1 else "muted"
                )
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == 0:
                return f"{entry.seconds} s, {entry.protection}, {entry.spoken}: {entry.words}"
        return None

"""Bitbucket's settings now and as they will be, as a table; whether one changes is a word, never a colour alone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from mailsetup_gui.bitbucket.change import Row, State
from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.table import ROLES, Index, Table, view_of
from mailsetup_gui.wording import bitbucket as telling
from mailsetup_gui.wording.language import _

_NOW, _WANTED, _STATE = 1, 2, 3


class ChangeModel(Table):
    def __init__(self, parent: QObject | None = None) -> None:
        self._rows: list[tuple[Row, tuple[str, ...]]] = []
        super().__init__(telling.HEADINGS, self._rows, parent)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self._rows[:] = [(row, telling.cells(row)) for row in rows]
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in ROLES or not index.isValid():
            return None
        row, cells = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.tooltip(cells[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, cells))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() >= _WANTED:
            return theme.mood_colour("muted" if row.state is State.SAME else "text")
        return None


def change_view(model: ChangeModel) -> QTableView:
    table = view_of(model, _("Settings in Bitbucket"))
    header = table.horizontalHeader()
    for column in (0, _STATE):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    for column in (_NOW, _WANTED):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table


def fit(table: QTableView, *, only_now: bool) -> None:
    """As high as its rows; `only_now`: nothing will become of what is shown."""
    for column in (_WANTED, _STATE):
        table.setColumnHidden(column, only_now)
    rows = table.model().rowCount() * table.verticalHeader().defaultSectionSize()
    table.setFixedHeight(rows + table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth())
    table.setVisible(rows > 0)

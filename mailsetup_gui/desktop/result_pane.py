"""Steps above, transcript below: choosing a step chooses its lines."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QWidget,
)

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.step_table import TIME_COLUMN, StepModel, WaterfallDelegate
from mailsetup_gui.desktop.table import view_of
from mailsetup_gui.desktop.transcript import TranscriptModel
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Event, Line, StepChanged, TlsStarted
from mailsetup_gui.wording.language import _


class ResultPane(QSplitter):
    """`plan(server)`, then `take(event)` for each, then `finish()`; `events` is what was taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.events: list[Event] = []
        self.steps = StepModel(self)
        self.transcript = TranscriptModel(self)
        self._table = view_of(self.steps, _("Steps of the test"))
        self._lines = view_of(self.transcript, _("Transcript"))
        self._text = QPlainTextEdit()
        self._tabs = QTabWidget()
        self._build()
        self._tabs.currentChanged.connect(self._write_text)
        self._table.selectionModel().selectionChanged.connect(self._step_selected)
        QShortcut(QKeySequence("Ctrl+L"), self, self._lines.setFocus)

    def plan(self, server: MailServer) -> None:
        """Empty, with the steps that these settings lead through."""
        self.events = []
        self.steps.plan(server)
        self.transcript.clear()
        self._text.clear()

    def take(self, event: Event) -> None:
        self.events.append(event)
        match event:
            case StepChanged():
                self.steps.take(event)
            case Line():
                self.transcript.add_line(event, self.steps.current)
            case TlsStarted():
                self.transcript.add_tls(event, self.steps.current)

    def finish(self) -> None:
        self.steps.finish()
        self._write_text()

    def _write_text(self) -> None:
        """Only while it is looked at: laying out thousands of lines would hold up the window."""
        if self._tabs.currentWidget() is self._text:
            self._text.setPlainText(self.transcript.as_text())

    def select_step(self, row: int) -> None:
        self._table.selectRow(row)

    def selected_lines(self) -> list[int]:
        return sorted(index.row() for index in self._lines.selectionModel().selectedRows())

    def _step_selected(self, selected: QItemSelection, _former: QItemSelection) -> None:
        lines = self.transcript.rows_of({index.row() for index in selected.indexes()})
        model = self._lines.selectionModel()
        model.clearSelection()
        for at in lines:
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            model.select(self.transcript.index(at, 0), flags)
        if lines:
            self._lines.scrollTo(self.transcript.index(lines[0], 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def _build(self) -> None:
        self._table.setItemDelegateForColumn(TIME_COLUMN, WaterfallDelegate(self._table))
        self._table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 28), (1, 210), (TIME_COLUMN, 300)):
            self._table.setColumnWidth(column, width)
        self._lines.setFont(theme.fixed_font())
        self._lines.horizontalHeader().setFont(self.font())
        self._lines.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._lines.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate((70, 90, 36)):
            self._lines.setColumnWidth(column, width)
        self._text.setReadOnly(True)
        self._text.setFont(theme.fixed_font())
        self._text.setMaximumBlockCount(5000)
        self._text.setAccessibleName(_("Transcript as text"))
        self._tabs.addTab(self._lines, _("&Transcript"))
        self._tabs.addTab(self._text, _("As te&xt"))
        self.addWidget(self._table)
        self.addWidget(self._tabs)
        self.setChildrenCollapsible(False)
        self.setSizes([330, 230])

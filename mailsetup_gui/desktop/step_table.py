"""The steps of one test as a table: what is planned, what happened, and a waterfall of times."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.table import BAR_ROLE, ROLES, Index, Table
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import State, Step, StepChanged
from mailsetup_gui.wording import text
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_HEADERS = ("", _("Step"), _("Result"), _("Time"))
TIME_COLUMN = 3
_TLS_FIRST = (Step.TLS, Step.GREETING, Step.EHLO)
_TLS_LATER = (Step.GREETING, Step.EHLO, Step.STARTTLS, Step.TLS, Step.EHLO)
_CLEAR = (Step.GREETING, Step.EHLO)
_ENVELOPE = (Step.AUTH, Step.MAIL, Step.RCPT, Step.DATA, Step.QUIT)
_MOODS = {State.DONE: "ok", State.FAILED: "fail", State.SKIPPED: "muted", State.STARTED: "muted"}


def planned(server: MailServer) -> tuple[Step, ...]:
    """The steps that these settings lead through when all goes well and STARTTLS is offered."""
    middle = {Encryption.IMPLICIT_TLS: _TLS_FIRST, Encryption.NONE: _CLEAR}.get(server.encryption, _TLS_LATER)
    return (Step.RESOLVE, Step.CONNECT, *middle, *_ENVELOPE)


@dataclass(slots=True)
class _Row:
    step: Step
    again: bool = False
    state: State | None = None
    began: float = 0.0
    took: float = 0.0
    summary: str = ""


class StepModel(Table):
    def __init__(self, parent: QObject | None = None) -> None:
        self._rows: list[_Row] = []
        super().__init__(_HEADERS, self._rows, parent)
        self._soon = QTimer(self, singleShot=True, interval=50)
        self._soon.timeout.connect(self._show_changes)
        self._now = 0
        self._longest = 1.0
        self._over = False

    def plan(self, server: MailServer) -> None:
        """A new test: every planned step waits."""
        self.beginResetModel()
        self._rows.clear()
        seen = set[Step]()
        for step in planned(server):
            self._rows.append(_Row(step, again=step in seen))
            seen.add(step)
        self._now, self._longest, self._over = 0, 1.0, False
        self.endResetModel()

    def take(self, change: StepChanged) -> None:
        """One StepChanged, at the first row of its step that is not behind us."""
        at = self._find(change.step)
        row = self._rows[at]
        row.state = change.state
        self._now = at
        if change.state is State.STARTED:
            row.began = change.at
        else:
            row.took, row.summary = change.took, change.summary
        self._longest = max(self._longest, change.at)
        if not self._soon.isActive():
            self._soon.start()

    def finish(self) -> None:
        """What has not begun by now was not tried."""
        self._over = True
        self._soon.stop()
        self._show_changes()

    def _show_changes(self) -> None:
        """All rows: a bar is drawn against the longest time so far. At most every 50 ms, for it costs 10."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, TIME_COLUMN))

    @property
    def current(self) -> int:
        """The row that is running, or ran last: what a transcript line belongs to."""
        return self._now

    @property
    def progress(self) -> tuple[int, int, str]:
        """Which step of how many, and its name."""
        return self._now + 1, len(self._rows), self._name(self._rows[self._now]) if self._rows else ""

    def _find(self, step: Step) -> int:
        finished = (State.DONE, State.FAILED, State.SKIPPED)
        ahead = range(self._now, len(self._rows))
        for at in ahead:
            if self._rows[at].step is step and self._rows[at].state not in finished:
                return at
        self.beginInsertRows(QModelIndex(), self._now + 1, self._now + 1)
        self._rows.insert(self._now + 1, _Row(step, again=any(r.step is step for r in self._rows)))
        self.endInsertRows()
        return self._now + 1

    def data(self, index: Index, role: int = 0) -> object:
        if role not in ROLES:
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return theme.tooltip(self._result(row))
            case Qt.ItemDataRole.DisplayRole:
                return (self._glyph(row), self._name(row), self._result(row), self._time(row))[index.column()]
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == 0:
                return f"{self._name(row)}, {self._state_word(row)}, {self._result(row)} {self._time(row)}".strip()
            case _ if role == BAR_ROLE:
                return (row.began, row.took, self._longest, self._mood(row))
        return None

    def _name(self, row: _Row) -> str:
        return (
            _("{step} again, encrypted").format(step=text.step_name(row.step))
            if row.again
            else text.step_name(row.step)
        )

    def _glyph(self, row: _Row) -> str:
        return text.state_glyph(row.state) if row.state else "–" if self._over else "·"

    def _state_word(self, row: _Row) -> str:
        return text.state_word(row.state) if row.state else _("not tried") if self._over else _("waiting")

    def _result(self, row: _Row) -> str:
        return shown(row.summary) if row.summary else self._state_word(row)

    def _time(self, row: _Row) -> str:
        return text.milliseconds(row.took) if row.state in (State.DONE, State.FAILED) else ""

    def _mood(self, row: _Row) -> str:
        return _MOODS[row.state] if row.state else "muted"

    def _colour(self, row: _Row, column: int) -> QColor | None:
        """The mood in glyph and name; in the result too where there is none to read, or a bad one."""
        if column >= 2 and row.state in (State.DONE, State.STARTED):
            return None
        return theme.mood_colour(self._mood(row))


class WaterfallDelegate(QStyledItemDelegate):
    """Draws when a step ran, from left to right, and how long in words behind it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        rect = QRectF(option.rect)
        if chosen:
            painter.fillRect(rect, palette.highlight())
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if not words:
            return
        began, took, longest, mood = index.data(BAR_ROLE)
        ink = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = rect.width() - 20 - painter.fontMetrics().horizontalAdvance("0000 ms")
        left = rect.left() + 6 + room * began / longest
        width = max(3.0, room * took / longest)
        bar = QRectF(left, rect.center().y() - 3.5, min(width, rect.left() + 6 + room - left + 3), 7)
        painter.setPen(ink if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(theme.mood_colour(mood))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setPen(ink)
        painter.drawText(rect.adjusted(bar.right() - rect.left() + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

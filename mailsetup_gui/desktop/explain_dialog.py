"""A pasted error above, the card that names its cause below. Nothing leaves this computer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QScrollArea, QSplitter, QVBoxLayout, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.outcome_card import OutcomeCard
from mailsetup_gui.desktop.worker import Worker
from mailsetup_gui.diagnosis.explaining import Explained, explained
from mailsetup_gui.wording import explaining
from mailsetup_gui.wording.language import _

_PAUSE = 200
"""Milliseconds without a keystroke after which the text is read."""


class ExplainDialog(QDialog):
    """Reads its text in a thread: the longest that is looked at takes more than a second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explain")
        self.setWindowTitle(_("Explain an error"))
        self.resize(760, 640)
        self._worker: Worker | None = None
        self._text = QPlainTextEdit()
        self._card = OutcomeCard()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._read)
        self._build()
        self._text.textChanged.connect(self._soon.start)
        self._card.copy_wanted.connect(self._copy)

    @property
    def words(self) -> str:
        """What the card says now."""
        return self._card.words

    def closeEvent(self, event: QCloseEvent) -> None:
        """The text stays for the next time; a reader that is still busy is not waited for."""
        self._dismiss()
        super().closeEvent(event)

    def _build(self) -> None:
        label = QLabel(_("&Error:"))
        label.setBuddy(self._text)
        self._text.setAccessibleName(_("The text of the error"))
        self._text.setPlaceholderText(explaining.PLACEHOLDER)
        self._text.setFont(theme.fixed_font())
        self._text.setTabChangesFocus(True)
        self._card.show_idle(explaining.NOTHING_YET)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._text)
        split.addWidget(_scrolled(self._card))
        split.setSizes([260, 340])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(split, 1)
        layout.addWidget(theme.plain_label(explaining.READS_ONLY, muted=True))
        layout.addWidget(theme.closing(self))

    def _read(self) -> None:
        self._dismiss()
        text = self._text.toPlainText()
        if not text.strip():
            self._card.show_idle(explaining.NOTHING_YET)
            return
        self._worker = Worker(lambda: _found(text), self)
        self._worker.told.connect(self._show)
        self._worker.crashed.connect(self._failed)
        self._worker.start()

    def _show(self, found: Explained) -> None:
        self._card.show_card(explaining.card(found))

    def _failed(self, kind: str) -> None:
        self._card.show_idle(explaining.FAILED.format(kind=kind))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words)

    def _dismiss(self) -> None:
        self._soon.stop()
        if self._worker is not None:
            self._worker.dismiss()
            self._worker = None


def _found(text: str) -> Iterator[object]:
    yield explained(text)


def _scrolled(card: OutcomeCard) -> QScrollArea:
    """A card with many lines is never cut off."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    area = theme.scrolled(holder)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # it holds no field, and the arrows shall scroll it
    area.setAccessibleName(_("The cause"))
    return area

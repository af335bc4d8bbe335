"""The card on top of a test: before, while and after it runs. Plain text in every label."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.aloud import announce
from mailsetup_gui.desktop.mend_buttons import MendButtons
from mailsetup_gui.trial import Finished
from mailsetup_gui.wording import evidence
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.verdict import Card, ruled_out_words

_COPY = {
    "verdict": (_("&Copy"), _("Copy this verdict")),
    "report": (
        _("&Copy for ticket"),
        _("Copy verdict, settings, steps, transcript and certificates; no secret is in it"),
    ),
}
_GLYPHS = {"ok": "✓", "warn": "!", "fail": "✕"}


class OutcomeCard(QFrame):
    """`show_idle`, `show_running`, `show_finished`; signals for its buttons."""

    copy_wanted = Signal()
    inbox_wanted = Signal()
    mend_wanted = Signal(object)
    """The Action whose button was pressed."""

    def __init__(self, parent: QWidget | None = None, copies: str = "verdict") -> None:
        """`copies`: what its button takes along, the verdict or a report."""
        super().__init__(parent)
        self._mood = ""
        self._running = (1, 1, "")
        self._soon = QTimer(self, singleShot=True, interval=50)
        self._soon.timeout.connect(self._show_progress)
        self._title = theme.enlarge(theme.plain_label(), 1.15)
        self._changes = theme.plain_label()
        self._body = theme.plain_label()
        self._body.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._fixes = theme.plain_label()
        self._details = theme.enlarge(theme.plain_label(muted=True), 0.92, bold=False)
        for label in (self._title, self._fixes, self._details):
            label.setTextInteractionFlags(self._body.textInteractionFlags())
        self._changes.setTextInteractionFlags(self._body.textInteractionFlags())
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(8)
        self._progress.setAccessibleName(_("Progress of the test"))
        self._copy = QPushButton(_COPY[copies][0])
        self._copy.setToolTip(_COPY[copies][1])
        self._copy.clicked.connect(self.copy_wanted)
        self._mends = MendButtons(self)
        self._mends.chosen.connect(self.mend_wanted)
        self._inbox = QPushButton(_("Show the &inbox"))
        self._inbox.clicked.connect(self.inbox_wanted)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_idle(self, words: str) -> None:
        self._show("", words, "", buttons=False)

    def show_running(self, number: int, count: int, step: str) -> None:
        """At most every 50 ms: a progress bar repaints its window at once, and a fast server has ten steps in that."""
        self._running = (number, count, step)
        if self._progress.isHidden():
            self._show("", "", "", buttons=False)
            self._progress.show()
            self._show_progress()
        elif not self._soon.isActive():
            self._soon.start()

    def _show_progress(self) -> None:
        number, count, step = self._running
        self._progress.setUpdatesEnabled(False)  # otherwise it repaints the whole dialog before it returns
        self._progress.setMaximum(count)
        self._progress.setValue(number - 1)
        self._progress.setUpdatesEnabled(True)
        self._title.setText(_("Step {number} of {count}: {step}").format(number=number, count=count, step=step))
        announce(self, self._title.text())

    def show_card(self, card: Card) -> None:
        """One that no test made."""
        self._show_words(card, "")
        self._copy.setToolTip(_("Copy what this card says"))

    def show_finished(self, finished: Finished, inbox: bool) -> None:
        card = finished.card
        self._show_words(card, ruled_out_words(finished.diagnosis.ruled_out))
        self._changes.setText("\n".join([*card.changes[:1], *(f"≠ {change}" for change in card.changes[1:])]))
        self._changes.setVisible(bool(card.changes))
        self._inbox.setVisible(inbox)
        self._mends.show_actions(finished.diagnosis.actions)

    @property
    def words(self) -> str:
        """What a person reads here now."""
        labels = (self._changes, self._title, self._body, self._fixes, self._details)
        return "\n".join(label.text() for label in labels if label.text())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._mends)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._inbox)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        layout.addWidget(self._changes)
        layout.addWidget(self._title)
        layout.addWidget(self._progress)
        for label in (self._body, self._fixes, self._details):
            layout.addWidget(label)
        layout.addLayout(buttons)
        self._progress.hide()
        self._changes.hide()
        for button in (self._copy, self._inbox):
            button.hide()

    def _show_words(self, card: Card, not_it: str) -> None:
        """Why, then what to do, then, smaller, what it rests on."""
        self._show(card.mood, f"{_GLYPHS[card.mood]}  {card.title}", card.why, buttons=True)
        fixes = [f"{number}. {fix}" for number, fix in enumerate(card.fixes, 1)]
        self._fixes.setText("\n".join([*fixes, *(f"! {warning}" for warning in card.warnings)]))
        checked = [_("Not the cause (checked): {not_it}").format(not_it=not_it)] if not_it else []
        self._details.setText("\n".join([*checked, *(f"> {line}" for line in evidence.unsaid(card))]))
        for label in (self._fixes, self._details):
            label.setVisible(bool(label.text()))
        announce(self, card.title)

    def _show(self, mood: str, title: str, body: str, buttons: bool) -> None:
        self._mood = mood
        self._soon.stop()
        self._progress.hide()
        self._changes.clear()
        self._changes.hide()
        self._title.setText(title)
        for label, words in ((self._body, body), (self._fixes, ""), (self._details, "")):
            label.setText(words)
            label.setVisible(bool(words))
        self._copy.setVisible(buttons)
        self._inbox.setVisible(False)
        self._mends.show_actions(())
        theme.paint_mood(self._title, mood or "text")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A filled, outlined card in the colour of its mood."""
        del event
        shades = theme.current()
        fills = {
            "ok": (shades.ok_fill, shades.ok),
            "warn": (shades.warn_fill, shades.warn),
            "fail": (shades.fail_fill, shades.fail),
        }
        fill, line = fills.get(self._mood, (shades.base, shades.line))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(line), 1))
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)

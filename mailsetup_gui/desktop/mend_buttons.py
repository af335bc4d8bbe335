"""The buttons that mend what a card names: one an action, rebuilt with each card."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mailsetup_gui.diagnosis.mending import Action
from mailsetup_gui.wording import mending

MOST = 4
"""Buttons in the row; the actions come with the nearest to the cause first."""


class MendButtons(QWidget):
    """`show_actions(actions)`; `chosen` with the Action whose button was pressed."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_actions(self, actions: tuple[Action, ...]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if former := item.widget():
                former.deleteLater()
        for action in actions[:MOST]:
            button = QPushButton(mending.label(action).replace("&", "&&"), self)
            button.clicked.connect(partial(self.chosen.emit, action))
            self._row.addWidget(button)
        self.setVisible(bool(actions))

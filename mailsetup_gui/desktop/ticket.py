"""What goes into a ticket: the report of the test on the screen, copied or saved, hosts hidden or not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from mailsetup_gui.desktop import questions
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.wording.record import Record


class Ticket(QObject):
    """`show(record)`, None while there is no result; `save_button` and `hides` are for the dialog to lay out."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.record: Record | None = None
        self.save_button = QPushButton(_("Save &report…"))
        self.save_button.clicked.connect(self._ask_where)
        self.hides = QCheckBox(_("&Hide host names and addresses"))
        self.hides.setToolTip(
            _("In what is saved or copied: host-1.invalid, address-1, user-1, the same thing the same name")
        )
        is_about("report", self.save_button, self.hides)
        self.show(None)

    def show(self, record: Record | None) -> None:
        self.record = record
        self.save_button.setEnabled(record is not None)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def save(self, path: str) -> None:
        """Markdown, or JSON Lines when the name ends in .jsonl. Raises OSError."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.text(as_json=path.endswith(".jsonl")))

    def text(self, as_json: bool = False) -> str:
        """'' while there is no result."""
        if self.record is None:
            return ""
        from mailsetup_gui.wording import report

        found = report.described(self.record)
        if self.hides.isChecked():
            from mailsetup_gui import circumstances
            from mailsetup_gui.wording.pseudonyms import hidden

            found = hidden(found, circumstances.computer())
        return report.json_lines(found) if as_json else report.markdown(found)

    def _ask_where(self) -> None:
        name = f"mailsetup-{datetime.now(UTC).astimezone():%Y%m%d-%H%M}.md"
        questions.save_as(self._window, _("Save report"), name, _("Markdown (*.md);;JSON Lines (*.jsonl)"), self.save)

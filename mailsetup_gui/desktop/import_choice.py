"""The third page of an import, its decision: what is trusted, after its fingerprint was compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWizardPage,
)

from mailsetup_gui import importing
from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.aloud import announce
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.wording import importing as words
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.verdict import fingerprint

if TYPE_CHECKING:
    from mailsetup_gui.desktop.import_wizard import ImportWizard


class ChoicePage(QWizardPage):
    """The decision: what is trusted, after its fingerprint was compared. No button here is a default."""

    def __init__(self, wizard: ImportWizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.setTitle(_("What shall Bitbucket trust?"))
        is_about("fingerprint", self)
        self._column = QVBoxLayout(self)
        self._options = QVBoxLayout()
        self._group = QButtonGroup(self)
        self._nothing = theme.plain_label()
        self._why = theme.plain_label(words.NO_DEFAULT, muted=True)
        self._digest = theme.plain_label()
        self._digest.setFont(theme.fixed_font())
        self.fingerprint = QLineEdit()
        self.fingerprint.setPlaceholderText(_("paste the SHA-256 fingerprint that you were given"))
        self.compared = theme.plain_label()
        self.unchecked = QCheckBox(words.UNCHECKED)
        self._lay_out()
        self._group.idToggled.connect(self._choose)
        self.fingerprint.textChanged.connect(self._type)
        self.unchecked.toggled.connect(self._tick)

    def initializePage(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
        while (item := self._options.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        draft = self._wizard.draft
        trusted = draft.already_trusted
        self._nothing.setText(words.NOTHING_TO_IMPORT if trusted else "")
        self._nothing.setVisible(trusted)
        for number, choice in enumerate(draft.choices):
            button = QRadioButton(words.choice_title(choice).replace("&", "&&"))
            self._group.addButton(button, number)
            self._options.addWidget(button)
            reason = theme.plain_label(words.choice_reason(choice), muted=True)
            reason.setContentsMargins(24, 0, 0, 6)
            self._options.addWidget(reason)
            button.setChecked(number == draft.chosen)
        self.fingerprint.setText(draft.fingerprint)
        self.unchecked.setChecked(draft.unchecked)
        self._refresh()

    def isComplete(self) -> bool:
        return self._wizard.draft.may_go_on

    def _choose(self, number: int, on: bool) -> None:
        if on:
            self._replace(chosen=number)

    def _type(self, text: str) -> None:
        self._replace(fingerprint=text)

    def _tick(self, on: bool) -> None:
        self._replace(unchecked=on)

    def _replace(self, **new: object) -> None:
        self._wizard.draft = self._wizard.draft._replace(**new)  # type: ignore[arg-type]  # by name
        self._refresh()
        self.completeChanged.emit()

    def _refresh(self) -> None:
        draft = self._wizard.draft
        choice = draft.choice
        self._digest.setText(
            "\n".join(f"SHA-256 {fingerprint(one.der)}" for one in choice.certificates) if choice else ""
        )
        mood, text = words.comparison(draft.comparison)
        if text != self.compared.text():
            announce(self, text)
        self.compared.setText(text)
        theme.paint_mood(self.compared, mood)
        self.unchecked.setEnabled(not importing.digits(draft.fingerprint))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for widget in (theme.label_for(_("&Compare with:"), self.fingerprint), self.fingerprint):
            line.addWidget(widget)
        self._column.addWidget(self._nothing)
        self._column.addLayout(self._options)
        self._column.addWidget(self._why)
        self._column.addWidget(self._digest)
        self._column.addLayout(line)
        self._column.addWidget(self.compared)
        self._column.addWidget(self.unchecked)
        self._column.addStretch(1)

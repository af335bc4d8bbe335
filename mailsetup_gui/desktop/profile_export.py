"""The settings of a profile as another program has them: shown first, then copied or saved."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from mailsetup_gui.desktop import questions, theme
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.exports import formats
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.wording import problems
from mailsetup_gui.wording.language import _


class ProfileExport(QDialog):
    """No password is in any of the formats."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export settings")
        self.setWindowTitle(_("Export settings"))
        self.resize(760, 560)
        self._profile = Profile("", "")
        self._format = QComboBox()
        for one in formats.FORMATS:
            self._format.addItem(one.title, one.name)
        self._format.currentIndexChanged.connect(self._show)
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setFont(theme.fixed_font())
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._notes = theme.plain_label()
        self._copy = QPushButton(_("&Copy"))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        self._save = QPushButton(_("&Save as…"))
        self._save.clicked.connect(self._ask_where)
        self._lay_out()

    @property
    def text(self) -> str:
        """What is copied or saved; '' where something has to be mended first."""
        return self._text.toPlainText()

    @property
    def words(self) -> str:
        """What stands below it."""
        return self._notes.text()

    def show_profile(self, profile: Profile) -> None:
        self._profile = profile
        self._show()

    def choose(self, name: str) -> None:
        """One of formats.NAMES."""
        self._format.setCurrentIndex(formats.NAMES.index(name))

    def save(self, path: str) -> None:
        """Raises OSError."""
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(self.text)

    def _show(self) -> None:
        name = formats.NAMES[self._format.currentIndex()]
        wrong = formats.refused(self._profile, name)
        found = None if wrong else formats.export(self._profile, name)
        notes = found.notes if found else map(problems.line, wrong)
        self._text.setPlainText(found.text if found else "")
        self._notes.setText("\n\n".join(notes))
        theme.paint_mood(self._notes, "text" if found else "fail")
        for button in (self._copy, self._save):
            button.setEnabled(found is not None)

    def _ask_where(self) -> None:
        suffix = formats.FORMATS[self._format.currentIndex()].suffix
        questions.save_as(self, _("Export settings"), f"mailsetup{suffix}", "", self.save)

    def _lay_out(self) -> None:
        label = theme.label_for(_("&For:"), self._format)
        shown = theme.label_for(_("Se&ttings:"), self._text)
        is_about("export-settings", self._format, self._text)
        buttons = theme.closing(self)
        for button in (self._copy, self._save):
            button.setAutoDefault(False)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(theme.beside(label, self._format, stretch=True))
        layout.addWidget(shown)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._notes)
        layout.addWidget(buttons)

"""Settings that another program has, pasted or opened: what they are stands below, a profile is made on request."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QPushButton, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.paste_dialog import PasteDialog
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.recognized import RecognitionError, Recognized
from mailsetup_gui.settings.recognizing import recognized, recognized_in
from mailsetup_gui.wording import recognizing
from mailsetup_gui.wording.language import _


class ProfileImport(PasteDialog):
    """A password in the settings is not kept. A file's text is not shown, as there may be one in it."""

    wanted = Signal(object)
    """The Profile that was read; it has no password, and '' for a name where the settings have none"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(partial(_answered, recognized), parent)
        self.setObjectName("import settings")
        self.setWindowTitle(_("Import settings"))
        self.resize(760, 520)
        self._profile: Profile | None = None
        self._said = theme.plain_label()
        self.text.setAccessibleName(_("The settings"))
        self.text.setPlaceholderText(recognizing.PLACEHOLDER)
        self.text.textChanged.connect(self._forget)
        open_file = QPushButton(_("Open a &file…"))
        open_file.setAutoDefault(False)  # Qt makes the first button of a row the default while another is disabled
        open_file.clicked.connect(self._ask_which)
        self._make = QPushButton(_("Make a &profile"))
        self._make.setDefault(True)
        self._make.clicked.connect(self._take)
        buttons = theme.closing(self)
        buttons.addButton(open_file, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(self._make, QDialogButtonBox.ButtonRole.ActionRole)
        self.arrange(QLabel(_("&Settings:")), self._said, _("What they are"), buttons)
        self.found.connect(self._show)
        self.failed.connect(self._show_failure)
        self.emptied.connect(self._show_nothing)
        self.finished.connect(self._clear)
        self._show_nothing()

    @property
    def words(self) -> str:
        """What stands below the text now."""
        return self._said.text()

    def open_file(self, path: str) -> None:
        self.text.clear()
        self._say("", "muted")
        self.ask(lambda: _answered(recognized_in, path))

    def _show_nothing(self) -> None:
        self._say(recognizing.NOTHING_YET, "muted")

    def _show(self, found: Recognized | RecognitionError) -> None:
        match found:
            case Recognized():
                self._say(recognizing.summary(found), "fail" if found.problems else "text")
                if not found.problems:
                    self._profile = found.profile
                    self._make.setEnabled(True)
            case RecognitionError():
                self._say(recognizing.refusal(found), "fail")

    def _show_failure(self, kind: str) -> None:
        self._say(_("mailsetup itself failed ({kind}). Please report it.").format(kind=kind), "fail")

    def _say(self, words: str, mood: str) -> None:
        self._forget()
        self._said.setText(words)
        theme.paint_mood(self._said, mood)

    def _forget(self) -> None:
        """Until what stands there now has been read."""
        self._profile = None
        self._make.setEnabled(False)

    def _ask_which(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Import settings"))
        if path:
            self.open_file(path)

    def _take(self) -> None:
        if self._profile is not None:
            self.wanted.emit(self._profile)
            self.close()

    def _clear(self) -> None:
        """When it closes: there may be a password in the text."""
        self.text.clear()
        self._show_nothing()


def _answered(read: Callable[[str], Recognized], what: str) -> Recognized | RecognitionError:
    try:
        return read(what)
    except RecognitionError as error:
        return error

"""What the main window looks like: list, form, sentence in words, last test, buttons, menus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMainWindow,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.aloud import announce
from mailsetup_gui.desktop.profile_list import ProfileModel, status
from mailsetup_gui.desktop.settings_form import SettingsForm
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.desktop.workspace import Draft, Workspace
from mailsetup_gui.settings.server import Field
from mailsetup_gui.wording.dates import minute
from mailsetup_gui.wording.intent import in_words
from mailsetup_gui.wording.language import _

_MENUS = {
    _("&File"): ("save", "revert", "import settings", "export settings", "quit"),
    _("&Profile"): ("new", "duplicate", "rename", "remove"),
    _("&Test"): ("test", "result", "explain", "sandbox", "inbox"),
    _("&Certificates"): ("import",),
    _("&Bitbucket"): ("apply", "read"),
    _("&Help"): ("help", "what", "about"),
}
_ACTIONS = {
    "new": (_("&New"), "Ctrl+N"),
    "duplicate": (_("&Duplicate"), "Ctrl+D"),
    "rename": (_("&Rename…"), "F2"),
    "remove": (_("Re&move…"), ""),
    "save": (_("&Save"), "Ctrl+S"),
    "revert": (_("&Revert"), ""),
    "import settings": (_("&Import settings…"), "Ctrl+O"),
    "export settings": (_("&Export settings…"), ""),
    "test": (_("Send &test…"), "Ctrl+T"),
    "result": (_("Show last &result"), ""),
    "explain": (_("&Explain an error…"), "Ctrl+E"),
    "sandbox": (_("Try it with the &built-in server"), "Ctrl+B"),
    "inbox": (_("&Inbox of the built-in server"), ""),
    "import": (_("&Import a certificate…"), "Ctrl+K"),
    "apply": (_("&Apply to Bitbucket…"), "Ctrl+Shift+A"),
    "read": (_("Read from &Bitbucket…"), ""),
    "help": (_("&Help"), "F1"),
    "what": (_("&What is this?"), "Shift+F1"),
    "about": (_("&About mailsetup"), ""),
    "quit": (_("&Quit"), "Ctrl+Q"),
}


class MainView(QWidget):
    """`form`, `profiles` and `actions_by_name` are what the window drives."""

    def __init__(self, window: QMainWindow, workspace: Workspace) -> None:
        super().__init__(window)
        self.actions_by_name = {name: _action(window, *words) for name, words in _ACTIONS.items()}
        for title, names in _MENUS.items():
            menu = window.menuBar().addMenu(title)
            menu.addActions([self.actions_by_name[name] for name in names])
        self.model = ProfileModel(workspace, self)
        self.profiles = QListView()
        self.profiles.setModel(self.model)
        self.profiles.setAccessibleName(_("Profiles"))
        is_about("profiles", self.profiles)
        is_about("mail", window)
        self.form = SettingsForm()
        self._title = theme.enlarge(theme.plain_label(wrap=False), 1.35)
        self._host = theme.plain_label(wrap=False, muted=True)
        self._unsaved = theme.plain_label(wrap=False)
        self._words = theme.plain_label()
        self._last = theme.plain_label()
        self._said = theme.plain_label()
        self._read = _button(self.actions_by_name["read"])
        self._arrange()

    def show_draft(self, draft: Draft, dirty: bool) -> None:
        server = draft.profile.server
        self._title.setText(draft.profile.name)
        self._host.setText(server.hostname)
        self._unsaved.setText(_("Unsaved changes") if dirty else "")
        theme.paint_mood(self._unsaved, "warn")
        empty = _("Fill in the mail server, or read it from Bitbucket, or try the program with its built-in one first.")
        self._words.setText(in_words(server) or empty)
        self._read.setVisible(not server.hostname)
        self._show_last(draft)
        self.actions_by_name["revert"].setEnabled(dirty)
        self.model.refresh()

    def focus_first(self, filled: bool) -> None:
        """Where the hand is wanted: the test when the form is filled, its first field when it is empty."""
        if filled:
            self._send.setFocus()
        else:
            self.form.focus(Field.HOSTNAME)

    def say(self, sentence: str, mood: str) -> None:
        """One line of news; it stays until the next."""
        self._said.setText(sentence)
        theme.paint_mood(self._said, mood)
        announce(self, sentence)

    def select(self, profile_id: str) -> None:
        index = self.model.index(self.model.row_of(profile_id))
        if self.profiles.currentIndex() != index:
            self.profiles.setCurrentIndex(index)

    def id_at(self, index: QModelIndex) -> str:
        return self.model.id_at(index.row()) if index.isValid() else ""

    @property
    def news(self) -> str:
        return self._said.text()

    def _show_last(self, draft: Draft) -> None:
        last = draft.profile.last_test
        glyph, word, mood = status(draft)
        if last is None:
            self._last.setText(_("Never tested."))
        else:
            self._last.setText(
                _("{glyph} Last test {when}: {word}. {title}").format(
                    glyph=glyph, when=minute(last.at), word=word, title=last.title
                )
            )
        theme.paint_mood(self._last, mood)

    def _arrange(self) -> None:
        split = QSplitter()
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        split.setSizes([220, 720])
        split.setChildrenCollapsible(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def _left(self) -> QWidget:
        add = _button(self.actions_by_name["new"], _("+ &New profile"))
        self.profiles.setFrameShape(QFrame.Shape.NoFrame)
        self.profiles.setMinimumWidth(180)
        pane = QWidget()
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(10, 10, 4, 10)
        layout.addWidget(add)
        layout.addWidget(self.profiles, 1)
        return pane

    def _right(self) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(12)
        for widget in (self._title, self._host):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._unsaved)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(18, 14, 18, 6)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.form)
        column.addWidget(_panel(_("In words"), self._words))
        column.addWidget(theme.beside(self._read, stretch=True))
        column.addWidget(self._last)
        column.addStretch(1)
        pane = QWidget()
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(theme.scrolled(content), 1)
        layout.addLayout(self._buttons())
        return pane

    def _buttons(self) -> QVBoxLayout:
        self._send = _button(self.actions_by_name["test"], _("Send &test…"))
        self._send.setDefault(True)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._send)
        for name in ("apply", "sandbox"):
            line.addWidget(_button(self.actions_by_name[name]))
        line.addStretch(1)
        for name in ("revert", "save"):
            line.addWidget(_button(self.actions_by_name[name]))
        column = QVBoxLayout()
        column.setContentsMargins(18, 6, 18, 14)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addLayout(line)
        return column


def _action(window: QMainWindow, words: str, keys: str) -> QAction:
    action = QAction(words, window)
    action.setShortcut(QKeySequence(keys))
    window.addAction(action)
    return action


def _button(action: QAction, words: str = "") -> QPushButton:
    """A button that follows an action: its words, whether it is enabled. The Alt key of those is the menu's."""
    button = QPushButton((words or action.text()).replace("&", ""))
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


def _panel(title: str, body: QLabel) -> QFrame:
    panel = QFrame()
    panel.setObjectName("panel")
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(12, 8, 12, 8)
    layout.setSpacing(2)
    layout.addWidget(theme.enlarge(theme.plain_label(title, muted=True), 0.9))
    layout.addWidget(body)
    return panel

"""The profile that lies on the form: shown, read, held against what is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtWidgets import QMainWindow

from mailsetup_gui.desktop.main_view import MainView
from mailsetup_gui.desktop.passwords import Passwords
from mailsetup_gui.desktop.workspace import Draft, Workspace
from mailsetup_gui.settings.profiles import ProfileError
from mailsetup_gui.settings.server import check
from mailsetup_gui.wording import storing
from mailsetup_gui.wording.language import _


class Desk(QObject):
    """`current` is the id of what is on the form; every change of the workspace is read from there first."""

    def __init__(self, frame: QMainWindow, workspace: Workspace, passwords: Passwords) -> None:
        super().__init__(frame)
        self.frame = frame
        self.workspace = workspace
        self.passwords = passwords
        self.current = ""
        self._asking_store = False
        self._store_refused = False
        self._waiting: Callable[[], object] | None = None
        self.view = MainView(frame, workspace)
        self.show(workspace.add().profile.id)
        self.view.form.changed.connect(self.edited)
        self.view.profiles.selectionModel().currentChanged.connect(self._selected)
        passwords.stored.connect(self.view.form.show_store)
        passwords.recalled.connect(self._recalled)
        passwords.unknown.connect(self._refused)

    def read(self) -> Draft:
        """The form into the workspace."""
        return self.workspace.change(self.view.form.read())

    def checked(self, refusal: str) -> Draft | None:
        """What is on the form; None, and each problem said at its field, where something is wrong with it."""
        self.view.form.split_hostname()
        draft = self.read()
        problems = (*self.view.form.problems(), *check(draft.profile.server, draft.password))
        self.view.form.show_problems(problems)
        self.view.say(refusal if problems else "", "fail")
        return None if problems else draft

    def show(self, profile_id: str) -> None:
        self.current = profile_id
        draft = self.workspace.draft(profile_id)
        self.view.form.show_draft(draft)
        self.refresh()
        self._waiting, self._asking_store, self._store_refused = None, False, False
        if self.workspace.is_saved(profile_id) and draft.profile.server.username and not draft.password:
            self._ask_store()

    def with_password(self, work: Callable[[], object]) -> None:
        """Now, or once the password store has answered: until then what is on the form is not whole.

        A store that was locked is asked again. Nothing comes of it when another profile is shown, or other work is
        wanted, meanwhile.
        """
        if self._store_refused and not self.read().password:
            self._ask_store()
        if not self._asking_store:
            work()
            return
        self._waiting = work
        self.view.say(_("Asking the password store…"), "muted")

    def show_first(self, wanted: str = "") -> None:
        """The profile of this id where there is one, the first of the list otherwise, or a new one."""
        every = [draft.profile.id for draft in self.workspace.drafts] or [self.workspace.add().profile.id]
        self.show(wanted if wanted in every else every[0])

    def refresh(self) -> None:
        draft, dirty = self.workspace.draft(self.current), self.workspace.is_dirty(self.current)
        self.view.show_draft(draft, dirty)
        self.frame.setWindowTitle(_("{name}[*] — mailsetup").format(name=draft.profile.name))
        self.frame.setWindowModified(dirty)
        self.view.select(self.current)

    def edited(self) -> None:
        self.read()
        self.refresh()

    def on_disk(self, work: Callable[[], object]) -> bool:
        """Whether the disk took it; what it said otherwise stands in the window."""
        try:
            work()
        except ProfileError as error:
            self.view.say(storing.failed(error), "fail")
            return False
        return True

    def _selected(self, current: QModelIndex, _former: QModelIndex) -> None:
        profile_id = self.view.id_at(current)
        if profile_id and profile_id != self.current:
            self.read()
            self.show(profile_id)

    def _recalled(self, profile_id: str, password: str) -> None:
        self.workspace.recalled(profile_id, password)
        if profile_id == self.current:
            self.view.form.show_password(password)
            self.refresh()
        self._settle(profile_id)

    def _ask_store(self) -> None:
        self._asking_store, self._store_refused = True, False
        self.passwords.recall(self.current)

    def _refused(self, profile_id: str) -> None:
        self._settle(profile_id)
        self._store_refused = profile_id == self.current

    def _settle(self, profile_id: str) -> None:
        """The password store has answered for this profile, or said why it does not."""
        if profile_id != self.current:
            return
        self._asking_store = False
        work, self._waiting = self._waiting, None
        if work:
            self.view.say("", "muted")
            work()

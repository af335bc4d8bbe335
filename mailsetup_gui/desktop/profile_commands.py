"""What the menus *File* and *Profile* do with the profile on the desk."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mailsetup_gui.desktop import questions
from mailsetup_gui.desktop.desk import Desk
from mailsetup_gui.desktop.workspace import SANDBOX_ID, Draft
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Field
from mailsetup_gui.wording.language import _


class ProfileCommands(QObject):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk

    def add(self) -> None:
        self._desk.read()
        self._desk.show(self._desk.workspace.add().profile.id)
        self._desk.view.form.focus(Field.HOSTNAME)

    def take(self, profile: Profile) -> None:
        """What was imported, on the form: not saved, and without a password."""
        self._desk.read()
        name = profile.name or profile.server.hostname
        taken = self._desk.workspace.take(profile._replace(name=name, last_test=None))
        self._desk.show(taken.profile.id)
        self._desk.view.say(_("Imported. Save to keep it."), "ok")

    def duplicate(self) -> None:
        self._desk.read()
        self._desk.show(self._desk.workspace.duplicate(self._desk.current).profile.id)

    def rename(self) -> None:
        desk = self._desk
        if name := questions.new_name(desk.frame, desk.read().profile.name):
            desk.on_disk(lambda: desk.workspace.rename(desk.current, name))
            desk.show(desk.current)

    def remove(self) -> None:
        """Asks when there is something to lose."""
        desk = self._desk
        draft = desk.read()
        gone, saved = desk.current, desk.workspace.is_saved(desk.current)
        if saved and not questions.may_remove(desk.frame, draft.profile.name):
            return
        if desk.on_disk(lambda: desk.workspace.remove(gone)):
            if saved:
                desk.passwords.forget(gone)
            desk.show_first()

    def save(self) -> bool:
        """Whether it is saved now. Saving never tests."""
        desk = self._desk
        if desk.current == SANDBOX_ID:
            desk.view.say(_("The built-in server goes with this window: there is nothing to save."), "muted")
            return True
        if desk.checked(_("Not saved. Mend the fields that are marked.")) is None:
            return False
        had_password = desk.workspace.knows_password(desk.current)
        saved: list[Draft] = []
        if not desk.on_disk(lambda: saved.append(desk.workspace.save(desk.current))):
            return False
        if saved[0].password:
            desk.passwords.keep(saved[0].profile.id, saved[0].password)
        elif had_password:  # an empty field may also mean that the store has not told yet, or will not now
            desk.passwords.forget(saved[0].profile.id)
        desk.show(saved[0].profile.id)
        desk.view.say(_("Saved."), "ok")
        return True

    def revert(self) -> None:
        """Back to what is saved; a profile that never was goes away."""
        if self._desk.workspace.revert(self._desk.current) is None:
            self._desk.show_first()
        else:
            self._desk.show(self._desk.current)

"""What the main window does: profiles, the form of one of them, saving, testing."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMainWindow

from mailsetup_gui import shipped
from mailsetup_gui.desktop import questions
from mailsetup_gui.desktop.main_view import MainView
from mailsetup_gui.desktop.passwords import Passwords
from mailsetup_gui.desktop.workspace import SANDBOX_ID, Draft, Workspace
from mailsetup_gui.settings.profiles import Home, LastTest, ProfileError
from mailsetup_gui.settings.server import Field, MailServer, check
from mailsetup_gui.wording import storing
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.desktop.apply_dialog import ApplyDialog
    from mailsetup_gui.desktop.bench import Bench
    from mailsetup_gui.desktop.test_dialog import TestDialog
    from mailsetup_gui.trial import Finished


_AT_REST = 400
"""Milliseconds after which the window has nothing better to do."""


class MainWindow(QObject):
    """Fills a frame and drives it; the disk and the keyring are asked once it stands."""

    def __init__(self, frame: QMainWindow, workspace: Workspace, start_sandbox: bool = False) -> None:
        super().__init__(frame)
        self._frame = frame
        self._workspace = workspace
        self._start_sandbox = start_sandbox
        self._current = ""
        self._passwords = Passwords(self)
        self._bench: Bench | None = None
        self.view = MainView(frame, workspace)
        frame.setCentralWidget(self.view)
        frame.setWindowIcon(QIcon(shipped.path("mailsetup.svg")))
        self._show(workspace.add().profile.id)
        self.view.form.changed.connect(self._edited)
        self.view.profiles.selectionModel().currentChanged.connect(self._selected)
        for name, slot in self._slots().items():
            self.view.actions_by_name[name].triggered.connect(slot)
        self._passwords.stored.connect(self.view.form.show_store)
        self._passwords.recalled.connect(self._recalled)
        self._begin()

    @property
    def bench(self) -> Bench:
        if self._bench is None:
            from mailsetup_gui.desktop.bench import Bench

            self._bench = Bench(self._frame)
            self._bench.tested.connect(self._tested)
            self._bench.refused.connect(self.view.form.show_problems)
            self._bench.sandbox_ready.connect(self._sandbox_ready)
            self._bench.said.connect(self.view.say)
            self._bench.imported.connect(self._imported)
            self._bench.settings_wanted.connect(self._mended)
            self._bench.field_wanted.connect(self._go_to)
            self._bench.home_known.connect(self._remember_home)
            self._bench.profile_wanted.connect(self._add_read)
        return self._bench

    def send_test(self) -> TestDialog | None:
        """Opens the test dialog on what is on the form, saved or not; None when a field is wrong."""
        draft = self._checked(_("Nothing was sent. Mend the fields that are marked."))
        return self.bench.open(draft, self._workspace.saved(self._current)) if draft else None

    def apply_to_bitbucket(self) -> ApplyDialog | None:
        """Opens the dialog on what is on the form, saved or not; None when a field is wrong."""
        draft = self._checked(_("Bitbucket was not asked. Mend the fields that are marked."))
        return self.bench.apply(draft) if draft else None

    def read_from_bitbucket(self) -> ApplyDialog:
        return self.bench.apply(None)

    def show_result(self) -> None:
        self.bench.show_result()

    def show_inbox(self) -> None:
        self.bench.show_inbox()

    def explain_error(self) -> None:
        self.bench.explain()

    def try_sandbox(self) -> None:
        self.bench.start_sandbox()

    def _remember_home(self, profile_id: str, home: Home) -> None:
        self._read()
        self._workspace.remember_home(profile_id, home)
        self._refresh()

    def _add_read(self, server: MailServer, home: Home) -> None:
        self._read()
        self._show(self._workspace.add_read(_("Read from Bitbucket"), server, home).profile.id)
        self.view.say(_("Read from {url}. It has no password: Bitbucket never shows it.").format(url=home.url), "ok")

    def import_certificate(self) -> None:
        """The wizard on the server that is on the form; its truststore becomes this profile's."""
        self.bench.import_certificate(self._read().profile.server)

    def _imported(self, path: str) -> None:
        self.view.form.show_truststore(path)
        self._edited()
        self.view.say(_("The next test trusts by {path}. Save to keep that.").format(path=path), "ok")

    def _mended(self, profile_id: str, server: MailServer) -> None:
        """What a card's button made of the settings: on the form, and in the dialog, not saved."""
        self._read()
        draft = self._workspace.draft(profile_id)
        self._workspace.change(draft._replace(profile=draft.profile._replace(server=server)))
        self._show(profile_id)
        self.bench.open(self._workspace.draft(profile_id), self._workspace.saved(profile_id))

    def _go_to(self, field: Field) -> None:
        self._frame.activateWindow()
        self.view.form.focus(field)

    def add_profile(self) -> None:
        self._read()
        self._show(self._workspace.add().profile.id)
        self.view.form.focus(Field.HOSTNAME)

    def duplicate_profile(self) -> None:
        self._read()
        self._show(self._workspace.duplicate(self._current).profile.id)

    def rename_profile(self) -> None:
        if name := questions.new_name(self._frame, self._read().profile.name):
            self._on_disk(lambda: self._workspace.rename(self._current, name))
            self._show(self._current)

    def remove_profile(self) -> None:
        """Asks when there is something to lose."""
        draft = self._read()
        gone, saved = self._current, self._workspace.is_saved(self._current)
        if saved and not questions.may_remove(self._frame, draft.profile.name):
            return
        if self._on_disk(lambda: self._workspace.remove(gone)):
            if saved:
                self._passwords.forget(gone)
            self._show_first()

    def save(self) -> bool:
        """Whether it is saved now. Saving never tests."""
        if self._current == SANDBOX_ID:
            self.view.say(_("The built-in server goes with this window: there is nothing to save."), "muted")
            return True
        if self._checked(_("Not saved. Mend the fields that are marked.")) is None:
            return False
        saved: list[Draft] = []
        if not self._on_disk(lambda: saved.append(self._workspace.save(self._current))):
            return False
        self._passwords.keep(saved[0].profile.id, saved[0].password)
        self._show(saved[0].profile.id)
        self.view.say(_("Saved."), "ok")
        return True

    def revert(self) -> None:
        """Back to what is saved; a profile that never was goes away."""
        if self._workspace.revert(self._current) is None:
            self._show_first()
        else:
            self._show(self._current)

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.add_profile,
            "duplicate": self.duplicate_profile,
            "rename": self.rename_profile,
            "remove": self.remove_profile,
            "save": self.save,
            "revert": self.revert,
            "test": self.send_test,
            "result": self.show_result,
            "explain": self.explain_error,
            "sandbox": self.try_sandbox,
            "inbox": self.show_inbox,
            "import": self.import_certificate,
            "apply": self.apply_to_bitbucket,
            "read": self.read_from_bitbucket,
            "quit": self._frame.close,
        }

    def _read(self) -> Draft:
        """The form into the workspace."""
        return self._workspace.change(self.view.form.read())

    def _checked(self, refusal: str) -> Draft | None:
        self.view.form.split_hostname()
        draft = self._read()
        problems = (*self.view.form.problems(), *check(draft.profile.server, draft.password))
        self.view.form.show_problems(problems)
        self.view.say(refusal if problems else "", "fail")
        return None if problems else draft

    def _show(self, profile_id: str) -> None:
        self._current = profile_id
        draft = self._workspace.draft(profile_id)
        self.view.form.show_draft(draft)
        self._refresh()
        if self._workspace.is_saved(profile_id) and draft.profile.server.username:
            self._passwords.recall(profile_id)

    def _show_first(self) -> None:
        every = self._workspace.drafts
        self._show((every[0] if every else self._workspace.add()).profile.id)

    def _refresh(self) -> None:
        draft, dirty = self._workspace.draft(self._current), self._workspace.is_dirty(self._current)
        self.view.show_draft(draft, dirty)
        self._frame.setWindowTitle(_("{name}[*] — mailsetup").format(name=draft.profile.name))
        self._frame.setWindowModified(dirty)
        self.view.select(self._current)

    def _edited(self) -> None:
        self._read()
        self._refresh()

    def _selected(self, current: QModelIndex, _former: QModelIndex) -> None:
        profile_id = self.view.id_at(current)
        if profile_id and profile_id != self._current:
            self._read()
            self._show(profile_id)

    def _tested(self, draft: Draft, finished: Finished) -> None:
        now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        test = LastTest(finished.outcome.result.value, now, finished.card.title)
        recipient = finished.mail.recipient if finished.mail else ""
        self._on_disk(lambda: self._workspace.remember_test(draft.profile, recipient, test))
        self._refresh()

    def _sandbox_ready(self, server: MailServer, password: str) -> None:
        self._read()
        self._workspace.add_sandbox(server, password)
        self._show(SANDBOX_ID)
        self.view.focus_first(filled=True)

    def _on_disk(self, work: Callable[[], object]) -> bool:
        """Whether the disk took it; what it said otherwise stands in the window."""
        try:
            work()
        except ProfileError as error:
            self.view.say(storing.failed(error), "fail")
            return False
        return True

    def _begin(self) -> None:
        """Behind the first look: what the disk and the keyring have."""
        loaded: list[str] = []
        if self._on_disk(lambda: loaded.extend(map(storing.set_aside, self._workspace.load()))):
            self.view.say(" ".join(loaded), "warn")
        self._passwords.find_store()
        self._show_first()
        self.view.focus_first(bool(self._workspace.draft(self._current).profile.server.hostname))
        if self._start_sandbox:
            self.try_sandbox()
        QTimer.singleShot(_AT_REST, self, self._prepare)

    def _prepare(self) -> None:
        """While nobody waits: the first test then opens and starts without loading anything."""
        self.bench.prepare()
        importlib.import_module("email_validator")

    def _recalled(self, profile_id: str, password: str) -> None:
        self._workspace.recalled(profile_id, password)
        if profile_id == self._current:
            self.view.form.show_password(password)
            self._refresh()

    def may_close(self) -> bool:
        """Asks once for all unsaved profiles; then a running test is cancelled and the built-in server stopped."""
        self._read()
        if self._bench is not None and self._bench.is_changing:
            self.view.say(_("Bitbucket is being changed: this window can be closed when that is over."), "warn")
            return False
        if not questions.may_discard(self._frame, (draft.profile.name for draft in self._workspace.dirty)):
            return False
        if self._bench is not None:
            self._bench.close()
        return True

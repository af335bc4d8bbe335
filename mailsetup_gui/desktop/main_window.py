"""What the main window does: the profile on its desk is tested, applied, given a truststore."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMainWindow

from mailsetup_gui import shipped
from mailsetup_gui.desktop import questions
from mailsetup_gui.desktop.desk import Desk
from mailsetup_gui.desktop.passwords import Passwords
from mailsetup_gui.desktop.profile_commands import ProfileCommands
from mailsetup_gui.desktop.workspace import SANDBOX_ID, Draft, Workspace
from mailsetup_gui.settings.profiles import Home, LastTest, Profile
from mailsetup_gui.settings.server import Field, MailServer
from mailsetup_gui.wording import storing
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.desktop.apply_dialog import ApplyDialog
    from mailsetup_gui.desktop.bench import Bench
    from mailsetup_gui.desktop.import_wizard import ImportWizard
    from mailsetup_gui.desktop.test_dialog import TestDialog
    from mailsetup_gui.trial import Finished


_AT_REST = 400
"""Milliseconds after the first edit: the hand is on the form, and the test dialog is built meanwhile."""


class MainWindow(QObject):
    """Fills a frame and drives it; the disk and the keyring are asked once it stands."""

    left = Signal()
    """A dialog was closed."""

    def __init__(self, frame: QMainWindow, workspace: Workspace, first: str = "") -> None:
        super().__init__(frame)
        self._frame = frame
        self._bench: Bench | None = None
        self._passwords = Passwords(self)
        self.desk = Desk(frame, workspace, self._passwords)
        self.commands = ProfileCommands(self.desk)
        self.view = self.desk.view
        frame.setCentralWidget(self.view)
        frame.setWindowIcon(QIcon(shipped.path("mailsetup.svg")))
        for name, slot in self._slots().items():
            self.view.actions_by_name[name].triggered.connect(slot)
        once = Qt.ConnectionType.SingleShotConnection
        self.view.form.password_entered.connect(self._passwords.find_store, once)
        self._begin(first)

    @property
    def bench(self) -> Bench:
        if self._bench is None:
            from mailsetup_gui.desktop.bench import Bench

            self._bench = Bench(self._frame)
            self._bench.tested.connect(self._tested)
            self._bench.refused.connect(self.view.form.show_problems)
            self._bench.built_in.ready.connect(self._sandbox_ready)
            self._bench.said.connect(self.view.say)
            self._bench.built_in.said.connect(self.view.say)
            self._bench.imported.connect(self._imported)
            self._bench.settings_wanted.connect(self._mended)
            self._bench.field_wanted.connect(self._go_to)
            self._bench.home_known.connect(self._remember_home)
            self._bench.profile_wanted.connect(self._add_read)
            self._bench.settings_read.connect(self.commands.take)
            self._bench.left.connect(self.left)
        return self._bench

    def send_test(self) -> TestDialog | None:
        """Opens the test dialog on what is on the form, saved or not; None when a field is wrong."""
        draft = self.desk.checked(_("Nothing was sent. Mend the fields that are marked."))
        return self.bench.open(draft, self.desk.workspace.saved(self.desk.current)) if draft else None

    def apply_to_bitbucket(self) -> ApplyDialog | None:
        """Opens the dialog on what is on the form, saved or not; None when a field is wrong."""
        draft = self.desk.checked(_("Bitbucket was not asked. Mend the fields that are marked."))
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
        self.bench.built_in.start()

    def import_settings(self) -> None:
        self.bench.import_settings()

    def export_settings(self) -> None:
        self.bench.export_settings(self.desk.read().profile)

    def import_certificate(self) -> ImportWizard:
        """The wizard on the server that is on the form; its truststore becomes this profile's."""
        return self.bench.import_certificate(self.desk.read().profile.server)

    def import_from(self, path: str, text: str = "") -> ImportWizard:
        """The wizard on this file, or on a text that was dropped."""
        return self.bench.import_certificate(self.desk.read().profile.server, path, text)

    def show_help(self) -> None:
        self.bench.show_help(self._frame)

    def ask_what_is_this(self) -> None:
        from mailsetup_gui.desktop import help_window

        help_window.ask_what_is_this()

    def show_about(self) -> None:
        questions.tell_about(self._frame)

    @property
    def current(self) -> str:
        """The id of the profile on the form."""
        return self.desk.current

    def may_close(self) -> bool:
        """Asks once for all unsaved profiles; then a running test is cancelled and the built-in server stopped."""
        self.desk.read()
        if self._bench is not None and self._bench.is_changing:
            self.view.say(_("Bitbucket is being changed: this window can be closed when that is over."), "warn")
            return False
        if not questions.may_discard(self._frame, (draft.profile.name for draft in self.desk.workspace.dirty)):
            return False
        if self._bench is not None:
            self._bench.close()
        return True

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "import settings": self.import_settings,
            "export settings": self.export_settings,
            "new": self.commands.add,
            "duplicate": self.commands.duplicate,
            "rename": self.commands.rename,
            "remove": self.commands.remove,
            "save": self.commands.save,
            "revert": self.commands.revert,
            "test": lambda: self.desk.with_password(self.send_test),
            "result": self.show_result,
            "explain": self.explain_error,
            "sandbox": self.try_sandbox,
            "inbox": self.show_inbox,
            "import": self.import_certificate,
            "apply": lambda: self.desk.with_password(self.apply_to_bitbucket),
            "read": self.read_from_bitbucket,
            "help": self.show_help,
            "what": self.ask_what_is_this,
            "about": self.show_about,
            "quit": self._frame.close,
        }

    def _remember_home(self, profile_id: str, home: Home) -> None:
        self.desk.read()
        self.desk.workspace.remember_home(profile_id, home)
        self.desk.refresh()

    def _add_read(self, server: MailServer, home: Home) -> None:
        self.desk.read()
        taken = self.desk.workspace.take(Profile("", _("Read from Bitbucket"), server, bitbucket=home))
        self.desk.show(taken.profile.id)
        self.view.say(_("Read from {url}. It has no password: Bitbucket never shows it.").format(url=home.url), "ok")

    def _imported(self, path: str) -> None:
        self.view.form.show_truststore(path)
        self.desk.edited()
        self.view.say(_("The next test trusts by {path}. Save to keep that.").format(path=path), "ok")

    def _mended(self, profile_id: str, server: MailServer) -> None:
        """What a card's button made of the settings: on the form, and in the dialog, not saved."""
        self.desk.read()
        workspace = self.desk.workspace
        draft = workspace.draft(profile_id)
        workspace.change(draft._replace(profile=draft.profile._replace(server=server)))
        self.desk.show(profile_id)
        self.bench.open(workspace.draft(profile_id), workspace.saved(profile_id))

    def _go_to(self, field: Field) -> None:
        self._frame.show()
        self._frame.activateWindow()
        self.view.form.focus(field)

    def _tested(self, draft: Draft, finished: Finished) -> None:
        now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        test = LastTest(finished.outcome.result.value, now, finished.card.title)
        recipient = finished.mail.recipient if finished.mail else ""
        self.desk.on_disk(lambda: self.desk.workspace.remember_test(draft.profile, recipient, test))
        self.desk.refresh()

    def _sandbox_ready(self, server: MailServer, password: str) -> None:
        self.desk.read()
        self.desk.workspace.add_sandbox(server, password)
        self.desk.show(SANDBOX_ID)
        self.view.focus_first(filled=True)

    def _begin(self, first: str) -> None:
        """Behind the first look: what the disk has. The keyring is asked where it has something to tell."""
        loaded: list[str] = []
        if self.desk.on_disk(lambda: loaded.extend(map(storing.set_aside, self.desk.workspace.load()))):
            self.view.say(" ".join(loaded), "warn")
        self.desk.show_first(first)
        self.view.focus_first(bool(self.desk.workspace.draft(self.desk.current).profile.server.hostname))
        self.view.form.changed.connect(self._prepare_soon, Qt.ConnectionType.SingleShotConnection)

    def _prepare_soon(self) -> None:
        QTimer.singleShot(_AT_REST, self, self._prepare)

    def _prepare(self) -> None:
        """While somebody types: the first test then opens and starts without loading anything."""
        self.bench.prepare()
        importlib.import_module("email_validator")

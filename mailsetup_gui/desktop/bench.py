"""Where the work is done: the dialogs and the inbox of the built-in mail server, all made when first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mailsetup_gui.desktop.built_in import BuiltIn
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.desktop.workspace import SANDBOX_ID, Draft
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.desktop.apply_dialog import ApplyDialog
    from mailsetup_gui.desktop.explain_dialog import ExplainDialog
    from mailsetup_gui.desktop.help_window import HelpWindow
    from mailsetup_gui.desktop.import_wizard import ImportWizard
    from mailsetup_gui.desktop.inbox import Inbox
    from mailsetup_gui.desktop.profile_export import ProfileExport
    from mailsetup_gui.desktop.profile_import import ProfileImport
    from mailsetup_gui.desktop.test_dialog import TestDialog
    from mailsetup_gui.settings.profiles import Profile
    from mailsetup_gui.settings.server import MailServer
    from mailsetup_gui.trial import Finished


class Bench(QObject):
    tested = Signal(object, object)
    """(Draft, Finished)"""
    refused = Signal(object)
    """Problems"""
    settings_wanted = Signal(str, object)
    """(id of the profile, the MailServer that a card's button made of it)"""
    field_wanted = Signal(object)
    """The Field that a card's button leads to"""
    imported = Signal(str)
    """The path of a new truststore"""
    home_known = Signal(str, object)
    """(id of the profile, the Home of the Bitbucket that took the sign-in)"""
    profile_wanted = Signal(object, object)
    """(MailServer, Home): what was read out of Bitbucket"""
    settings_read = Signal(object)
    """The Profile that was imported"""
    said = Signal(str, str)
    """(sentence, mood)"""
    left = Signal()
    """A dialog was closed"""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: TestDialog | None = None
        self._inbox: Inbox | None = None
        self._explain: ExplainDialog | None = None
        self._settings: ProfileImport | None = None
        self._export: ProfileExport | None = None
        self._apply: ApplyDialog | None = None
        self._help: HelpWindow | None = None
        self.built_in = BuiltIn(self)

    def open(self, draft: Draft, saved: Profile | None = None) -> TestDialog:
        """The test dialog on this draft; `saved`: as it is on the disk."""
        dialog = self._test_dialog()
        dialog.show_draft(draft, self.built_in.server if draft.profile.id == SANDBOX_ID else None, saved)
        _raise(dialog)
        return dialog

    def prepare(self) -> None:
        """Builds what the first test will need."""
        self._test_dialog()

    def show_result(self) -> None:
        """The last result, as it was left."""
        if self._dialog is None or self._dialog.finished_with is None:
            self.said.emit(_("Nothing has been tested yet."), "muted")
            return
        _raise(self._dialog)

    def import_certificate(self, server: MailServer, path: str = "", text: str = "") -> ImportWizard:
        """The wizard, filled in with what is known of the server; on a file or a text it shows what is in there."""
        from mailsetup_gui.desktop.import_wizard import ImportWizard
        from mailsetup_gui.importing import Draft as Import
        from mailsetup_gui.importing import Source

        source = Source.FILE if path else Source.PASTE if text else Source.FETCH
        dialogs = (dialog for dialog in (self._dialog, self._apply) if dialog is not None and dialog.isVisible())
        wizard = ImportWizard(Import(server, source, path, text), next(dialogs, self._window))
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wizard.written.connect(self.imported)
        wizard.helpRequested.connect(self._help_wanted)
        self._adopt(wizard)
        _raise(wizard)
        if source is not Source.FETCH:
            wizard.next()
        return wizard

    def apply(self, draft: Draft | None) -> ApplyDialog:
        """The dialog that brings this draft into Bitbucket; None: that reads what is there."""
        if self._apply is None:
            from mailsetup_gui.desktop.apply_dialog import ApplyDialog

            self._apply = ApplyDialog(self._window)
            self._adopt(self._apply, "bitbucket")
            self._apply.home_known.connect(self.home_known)
            self._apply.profile_wanted.connect(self.profile_wanted)
            self._apply.import_wanted.connect(self._import_for_bitbucket)
        self._apply.show_draft(draft)
        _raise(self._apply)
        return self._apply

    def _import_for_bitbucket(self, server: MailServer) -> None:
        """What it writes is trusted for Bitbucket's https; no profile's mail server gets it."""
        if self._apply is not None:
            wizard = self.import_certificate(server)
            wizard.written.disconnect(self.imported)
            wizard.written.connect(self._apply.sign_in.trust)

    @property
    def is_changing(self) -> bool:
        """Bitbucket, this moment: nobody should leave."""
        return self._apply is not None and self._apply.is_changing

    def explain(self) -> ExplainDialog:
        """The dialog for a pasted error, as it was left."""
        from mailsetup_gui.desktop.explain_dialog import ExplainDialog

        if self._explain is None:
            self._explain = ExplainDialog(self._window)
            self._adopt(self._explain, "explain")
        _raise(self._explain)
        return self._explain

    def import_settings(self) -> ProfileImport:
        """The dialog for what another program has."""
        from mailsetup_gui.desktop.profile_import import ProfileImport

        if self._settings is None:
            self._settings = ProfileImport(self._window)
            self._adopt(self._settings, "import-settings")
            self._settings.wanted.connect(self.settings_read)
        _raise(self._settings)
        return self._settings

    def export_settings(self, profile: Profile) -> ProfileExport:
        """The dialog for what other programs want."""
        from mailsetup_gui.desktop.profile_export import ProfileExport

        if self._export is None:
            self._export = ProfileExport(self._window)
            self._adopt(self._export, "export-settings")
        self._export.show_profile(profile)
        _raise(self._export)
        return self._export

    def show_inbox(self) -> None:
        if self.built_in.server is None:
            self.said.emit(
                _("The built-in mail server is not running yet: “Try it with the built-in server”."), "muted"
            )
            return
        from mailsetup_gui.desktop.inbox import Inbox

        if self._inbox is None:
            self._inbox = Inbox(self.built_in.server, self._window)
            self._adopt(self._inbox, "sandbox")
        self._inbox.refresh()
        _raise(self._inbox)

    def show_help(self, window: QWidget) -> HelpWindow:
        """On the field that has the focus there."""
        from mailsetup_gui.desktop import help_window

        if self._help is None:
            self._help = help_window.HelpWindow(self._window)
            self._help.finished.connect(self.left)
        focused: QWidget | None = window.focusWidget()
        self._help.show_topic(help_window.topic_at(window if focused is None else focused))
        _raise(self._help)
        return self._help

    def close(self) -> None:
        """A running test is cancelled, the built-in server stopped."""
        if self._apply is not None:
            self._apply.close()
        if self._dialog is not None:
            self._dialog.close()
        for dialog in (self._explain, self._settings):
            if dialog is not None:
                dialog.close()
        self.built_in.stop()

    def _adopt(self, dialog: QDialog, topic: str = "") -> None:
        """A new dialog: F1 and Shift+F1 work in it, and when it is closed, that is told."""
        if topic:
            is_about(topic, dialog)
        QShortcut(QKeySequence("F1"), dialog, self._help_wanted)
        QShortcut(QKeySequence("Shift+F1"), dialog, _ask_what_is_this)
        dialog.finished.connect(self.left)

    def _help_wanted(self) -> None:
        self.show_help(QApplication.activeWindow() or self._window)

    def _test_dialog(self) -> TestDialog:
        if self._dialog is None:
            from mailsetup_gui.desktop.test_dialog import TestDialog

            self._dialog = TestDialog(self._window)
            self._adopt(self._dialog, "test")
            self._dialog.tested.connect(self._tested)
            self._dialog.refused.connect(self.refused)
            self._dialog.inbox_wanted.connect(self.show_inbox)
            self._dialog.import_wanted.connect(self.import_certificate)
            self._dialog.settings_wanted.connect(self.settings_wanted)
            self._dialog.field_wanted.connect(self.field_wanted)
        return self._dialog

    def _tested(self, draft: Draft, finished: Finished) -> None:
        if self._inbox is not None:
            self._inbox.refresh()
        self.tested.emit(draft, finished)


def _ask_what_is_this() -> None:
    from mailsetup_gui.desktop import help_window

    help_window.ask_what_is_this()


def _raise(dialog: QWidget) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()

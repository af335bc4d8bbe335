"""Apply to Bitbucket, and Read from Bitbucket: nothing changes there but by Save, or by Undo and its question."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from mailsetup_gui.bitbucket import change
from mailsetup_gui.bitbucket.applying import Result
from mailsetup_gui.bitbucket.exchange import Failure
from mailsetup_gui.bitbucket.reading import Found
from mailsetup_gui.bitbucket.records import Kept
from mailsetup_gui.bitbucket.rest import Mail
from mailsetup_gui.bitbucket.troubles import RestError
from mailsetup_gui.bitbucket.writing import Step, Target
from mailsetup_gui.desktop import apply_state, theme, undoing
from mailsetup_gui.desktop.apply_buttons import ApplyButtons
from mailsetup_gui.desktop.apply_pane import ApplyPane
from mailsetup_gui.desktop.apply_session import Access, Done, Refusal, Session, Way
from mailsetup_gui.desktop.apply_state import Known
from mailsetup_gui.desktop.sign_in import SignInForm
from mailsetup_gui.desktop.workspace import Draft
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.wording import bitbucket as telling
from mailsetup_gui.wording.bitbucket import Told
from mailsetup_gui.wording.language import _


class ApplyDialog(QDialog):
    """`show_draft(draft)` says what shall be in Bitbucket; without one it only reads."""

    home_known = Signal(str, object)
    """(id of the profile, Home): Bitbucket answered there, and took the sign-in."""
    profile_wanted = Signal(object, object)
    """(MailServer, Home): what was read shall become a profile."""
    import_wanted = Signal(object)
    """The MailServer whose certificate is to be imported; `sign_in.trust(path)` takes the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._known = Known()
        self._error: RestError | None = None
        self.sign_in, self.pane, self._session = SignInForm(self), ApplyPane(self), Session(self)
        self._buttons = ApplyButtons()  # of the layout: behind the fields also for the Tab key
        self._lay_out()
        self._connect()
        self.show_draft(None)

    def show_draft(self, draft: Draft | None) -> None:
        """Nothing while a change is under way."""
        if self._session.is_changing:
            return
        self._draft = draft
        name = draft.profile.name if draft else ""
        self.setWindowTitle(_("Apply to Bitbucket — {name}").format(name=name) if draft else _("Read from Bitbucket"))
        if draft is not None:
            self.sign_in.show_home(draft.profile.bitbucket)
        self.pane.show_password(self._wanted.username, draft.password if draft else "")
        self._buttons.show_purpose(applies=draft is not None)
        self._forget()
        self._buttons.leave.setFocus()

    def read(self) -> None:
        """Asks Bitbucket; a second press stops that."""
        if self._session.is_reading:
            self._session.cancel_reading()
            return
        access = None if self._session.is_changing else self.sign_in.access()
        if access is None:
            return
        self._forget()
        self._known = Known(access)
        self.pane.begin(access.where)
        self.pane.show_card(Told("", _("Asking Bitbucket…")))
        self._session.read(access)
        self._refresh()

    def save(self) -> None:
        """What was agreed to by the press, once more by a question where OAuth is replaced."""
        access, found, wanted, seen = self._known.access, self._known.found, self._wanted, self._known.seen
        hindered = self._known.hindrance(wanted, self.pane.password) is not None or not self.is_idle
        if self._draft is None or access is None or found is None or hindered:
            return
        if seen is None:
            self._session.change_sender(access, found.sender, wanted.sender)
        elif self._agreed_to_replace_oauth(seen):
            kept = Kept(access.where, access.sign_in.user, profile=self._draft.profile.name)
            target = Target(wanted, self.pane.password if wanted.username else "")
            self._session.change(access, seen, target, kept, replace_oauth=True)
        self._show_changing()

    def undo(self) -> None:
        """Asks what will come back, then puts it back."""
        access, record, seen = self._known.access, self._known.record, self._known.seen
        if access is None or record is None or seen is None or not self.is_idle:
            return
        back = undoing.target(record, self._wanted, self.pane.password)
        agreed = theme.asked(self, _("Put back"), undoing.question(record, seen, back))
        if agreed and self._agreed_to_replace_oauth(seen):
            kept = Kept(access.where, access.sign_in.user, kind="undo", undoes=record.path)
            self._session.change(access, seen, back, kept, replace_oauth=True)
        self._show_changing()

    def reject(self) -> None:
        """A reading is cancelled; a change is not left alone."""
        if self._session.is_changing:
            self.pane.show_card(apply_state.BUSY)
            return
        self._session.cancel_reading()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter reads where somebody types the sign-in; nowhere does it change anything."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._buttons.leave.hasFocus():
            if self.sign_in.is_typed_in and not self._session.is_reading:
                self.read()
            return
        super().keyPressEvent(event)

    @property
    def is_changing(self) -> bool:
        return self._session.is_changing

    @property
    def is_idle(self) -> bool:
        return not (self._session.is_reading or self._session.is_changing)

    @property
    def _wanted(self) -> MailServer:
        return self._draft.profile.server if self._draft else MailServer()

    def _agreed_to_replace_oauth(self, seen: Mail) -> bool:
        return not change.signs_in_by_oauth(seen) or theme.asked(self, _("Replace"), telling.OAUTH_QUESTION)

    def _show_changing(self) -> None:
        if self._session.is_changing:
            self.pane.show_card(Told("", _("Changing Bitbucket, and reading it back…")))
        self._refresh()

    def _take(self, item: object) -> None:
        """Nothing of a reading that is not wanted any more."""
        access = self._known.access
        if access is None:
            return
        match item:
            case Step():
                self.pane.take(item)
                self._error = item.error
            case Found():
                self._take_found(item, access)
            case Way(record):
                self._known = self._known._replace(record=record)
            case Refusal(sentence):
                self._error, self._known = None, self._known._replace(is_fresh=False)
                self.pane.show_card(Told("fail", sentence))
            case Done():
                self._take_done(item, access)

    def _take_found(self, found: Found, access: Access) -> None:
        self._known, self._error = self._known.after_reading(found), None
        self.pane.show_found(found)
        self._show_rows()
        self.sign_in.signed_in(access)
        if self._draft is not None:
            self.home_known.emit(self._draft.profile.id, access.home)
        self.pane.show_card(apply_state.read(found, access))

    def _take_done(self, done: Done, access: Access) -> None:
        self._known, self._error = self._known.after_changing(done.applied), None
        self._buttons.show_done()
        told = telling.applied(done.applied, access.where, done.settings, done.record)
        self.pane.show_card(told._replace(lines=(*told.lines, *filter(None, (done.trouble,)))))
        if done.applied.result is Result.SAVED:
            self.pane.show_saved()
        self._show_rows()

    def _show_rows(self) -> None:
        wanted = self._draft.profile.server if self._draft else None
        self.pane.show_rows(self._known.rows(wanted), only_now=wanted is None)

    def _ended(self) -> None:
        error, access = self._error, self._known.access
        if error is not None and access is not None:
            self.pane.show_card(apply_state.unread(error, access))
            self.sign_in.offer_import(error.failure is Failure.CERTIFICATE)
        self._refresh()

    def _crashed(self, kind: str) -> None:
        self._error, self._known = None, self._known.after_editing()
        self.pane.show_card(apply_state.crashed(kind))

    def _edited(self) -> None:
        """What was read is not of these fields."""
        if self._known.found is not None and self.is_idle:
            self._known = self._known.after_editing()
            self.pane.show_card(Told("", ""))
        self._refresh()

    def _forget(self) -> None:
        self._session.cancel_reading()
        self._known, self._error = Known(), None
        self.pane.begin(None)
        self._refresh()

    def _refresh(self) -> None:
        """Which buttons can be pressed, and why Save cannot."""
        idle, known = self.is_idle, self._known
        why = known.hindrance(self._wanted, self.pane.password) if self._draft else ""
        self.pane.say_why_not((why or "") if idle else "")
        self.pane.lock(not idle)
        self.sign_in.show_running(not idle, self._session.is_changing)
        self._buttons.show_known(known, idle=idle, may_save=why is None)

    def _want_profile(self) -> None:
        known = self._known
        server = change.server(known.seen) if known.seen is not None else None
        if server is not None and known.access is not None:
            self.profile_wanted.emit(server, known.access.home)
            self.accept()

    def _connect(self) -> None:
        self.sign_in.read_wanted.connect(self.read)
        self.sign_in.edited.connect(self._edited)
        self.sign_in.import_wanted.connect(self.import_wanted)
        self.pane.password_edited.connect(self._refresh)
        self._session.told.connect(self._take)
        self._session.crashed.connect(self._crashed)
        self._session.ended.connect(self._ended)
        self._buttons.undo_wanted.connect(self.undo)
        self._buttons.profile_wanted.connect(self._want_profile)
        self._buttons.leave_wanted.connect(self.close)
        self._buttons.save_wanted.connect(self.save)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 14, 14, 6)
        column.setSpacing(10)
        column.addWidget(self.sign_in)
        column.addWidget(self.pane, 1)
        area = theme.scrolled(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area, 1)
        layout.addWidget(self._buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter presses none of them
        self._buttons.leave.setDefault(True)
        self.resize(900, 780)
        self.setMinimumSize(640, 480)

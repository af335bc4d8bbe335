"""The test send: who gets it, Start that becomes Stop, the card, the steps, the transcript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mailsetup_gui import ports, remembering
from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.outcome_card import OutcomeCard
from mailsetup_gui.desktop.result_pane import ResultPane
from mailsetup_gui.desktop.test_options import TestOptions
from mailsetup_gui.desktop.ticket import Ticket
from mailsetup_gui.desktop.worker import Worker
from mailsetup_gui.desktop.workspace import Draft
from mailsetup_gui.diagnosis.mending import Action, Mend
from mailsetup_gui.remembering import Recorded
from mailsetup_gui.settings.server import Field, MailServer, check
from mailsetup_gui.smtp.events import Line, StepChanged, TlsStarted
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Request, Secrets
from mailsetup_gui.wording import mending
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.settings.profiles import Profile
    from mailsetup_gui.smtp.sandbox import Sandbox


_NEXT_FRAME = 20
"""Milliseconds: what need not be in the same repaint as the verdict."""


class TestDialog(QDialog):
    """`show_draft(draft)` says what is tested; a test uses what is on the form, saved or not."""

    __test__ = False  # no test case of pytest's
    tested = Signal(object, object)
    """(Draft, Finished) when a test is over."""
    refused = Signal(object)
    """The Problems of the settings: nothing was sent."""
    inbox_wanted = Signal()
    import_wanted = Signal(object)
    """The MailServer whose certificate is to be imported."""
    settings_wanted = Signal(str, object)
    """(id of the profile, the MailServer that it shall become)"""
    field_wanted = Signal(object)
    """The Field that somebody wants to look at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._sandbox: Sandbox | None = None
        self._saved: Profile | None = None
        self._worker: Worker | None = None
        self._cancel: Cancel | None = None
        self._request: Request | None = None
        self._finished: Finished | None = None
        self.options = TestOptions(self)
        self.card = OutcomeCard(self, copies="report")
        self.results = ResultPane(self)
        self.ticket = Ticket(self)
        self._lay_out()
        self.options.send_wanted.connect(self.start)
        self.options.stop_wanted.connect(self.stop)
        self.card.copy_wanted.connect(self.ticket.copy)
        self.card.inbox_wanted.connect(self.inbox_wanted)
        self.card.mend_wanted.connect(self._mend)
        QShortcut(QKeySequence("F5"), self, self.start)

    def show_draft(self, draft: Draft, sandbox: Sandbox | None = None, saved: Profile | None = None) -> None:
        """The former result stays until the next run, unless it was of another profile; `saved`: as on the disk."""
        another = self._draft is None or self._draft.profile.id != draft.profile.id
        if self.running:
            return
        self._draft, self._sandbox, self._saved = draft, sandbox, saved
        self.setWindowTitle(_("Send a test email — {name}").format(name=draft.profile.name))
        self.options.show_draft(draft, keep_recipient=not another)
        if another:
            self._show_ready(_("Ready. Nothing has been sent."))

    def start(self) -> None:
        """Sends; or says what is wrong with the settings and sends nothing."""
        draft = self._draft
        if draft is None or self.running:
            return
        found = check(draft.profile.server, draft.password, self.options.recipient)
        self.options.show_problems(found)
        if found:
            count = _("One field is") if len(found) == 1 else _("{found} fields are").format(found=len(found))
            self._show_ready(_("Nothing was sent: {count} not right yet.").format(count=count))
            self.refused.emit(found)
            return
        self._finished, self._request = None, self.options.request(draft)
        self.results.plan(draft.profile.server)
        self._run(self._request, Secrets(draft.password))

    def stop(self) -> None:
        """Cancels; the outcome comes as an event, within 100 ms."""
        if self._cancel is not None:
            self._cancel.request()

    @property
    def running(self) -> bool:
        return self._worker is not None

    @property
    def finished_with(self) -> Finished | None:
        """The result on the screen."""
        return self._finished

    def save_report(self, path: str) -> None:
        """Markdown, or JSON Lines when the name ends in .jsonl. Raises OSError."""
        self.ticket.save(path)

    def _run(self, request: Request, secrets: Secrets) -> None:
        sandbox, saved = self._sandbox, self._saved
        self.ticket.show(None)
        self._work(lambda cancel: remembering.run(request, secrets, cancel, sandbox, saved))
        self.card.show_running(*self.results.steps.progress)

    def _work(self, work: Callable[[Cancel], Iterator[object]]) -> None:
        cancel = Cancel()

        def told() -> Iterator[object]:
            try:
                yield from work(cancel)
            finally:
                cancel.close()

        self._cancel = cancel
        self._worker = Worker(told, self)
        self._worker.told.connect(self._take)
        self._worker.crashed.connect(self._crashed)
        self._worker.ended.connect(self._ended)
        self.options.show_running(True)
        self._worker.start()

    def _take(self, item: object) -> None:
        match item:
            case Finished():
                self._finish(item)
            case Recorded():
                self.ticket.show(item.record)
            case StepChanged() | Line() | TlsStarted():
                self.results.take(item)
                if isinstance(item, StepChanged):
                    self.card.show_running(*self.results.steps.progress)

    def _finish(self, finished: Finished) -> None:
        self._finished = finished
        self.results.finish()
        self.card.show_finished(finished, inbox=self._sandbox is not None)
        QTimer.singleShot(0, self, self._tell_finished)  # behind the repaint: the two in one turn would be 50 ms

    def _tell_finished(self) -> None:
        if self._draft is not None and self._finished is not None:
            self.tested.emit(self._draft, self._finished)

    def _ended(self) -> None:
        self._worker = self._cancel = None
        QTimer.singleShot(_NEXT_FRAME, self, self._show_ended)

    def _show_ended(self) -> None:
        self.options.show_running(self.running)

    def _crashed(self, kind: str) -> None:
        self.card.show_idle(
            _("mailsetup itself failed ({kind}). Nothing is known about the server. Please report this.").format(
                kind=kind
            )
        )

    def _show_ready(self, words: str) -> None:
        if self._draft is not None:
            self.results.plan(self._draft.profile.server)
        self._finished = None
        self.ticket.show(None)
        self.card.show_idle(words)

    def _mend(self, action: Action) -> None:
        """What a button of the card does; nothing is sent but by who allows it for this test."""
        if self._request is None or self._draft is None or self.running:
            return
        if action.server is not None:
            self.settings_wanted.emit(self._draft.profile.id, action.server)
            self._show_ready(mending.changed(action.server))
        elif action.mend is Mend.IMPORT:
            self.import_wanted.emit(self._request.server)
        elif action.mend is Mend.ALLOW_CLEARTEXT:
            self.options.allow_cleartext()
            self.start()
        elif action.mend is Mend.TRY_PORTS and self._finished is not None:
            self._try_ports(self._finished, self._request.server)
        elif action.field is Field.RECIPIENT:
            self.options.focus_recipient()
        elif action.field is not None:
            self.field_wanted.emit(action.field)

    def _try_ports(self, finished: Finished, server: MailServer) -> None:
        record = self.ticket.record

        def work(cancel: Cancel) -> Iterator[object]:
            tried = ports.tried(finished, server, cancel)
            yield tried
            if record is not None:
                yield Recorded(remembering.amended(record, tried))

        self._work(work)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self.ticket.save_button)
        below.addWidget(self.ticket.hides)
        below.addStretch(1)
        below.addWidget(theme.closing(self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 12)
        layout.setSpacing(10)
        layout.addWidget(self.options)
        layout.addWidget(self.card)
        layout.addWidget(self.results, 1)
        layout.addLayout(below)
        self.resize(980, 780)
        self.setMinimumSize(640, 480)

    def reject(self) -> None:
        """Closed, or Esc: a running test is cancelled; the dialog and its result stay for "Show last result"."""
        self.stop()
        super().reject()

"""The second page of an import: the chain that the server sent, or that a file holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWizardPage

from mailsetup_gui import importing
from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.aloud import announce
from mailsetup_gui.desktop.chain_view import ChainView
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.desktop.worker import Worker
from mailsetup_gui.fetching import DEFAULT_TIMEOUT, Fetched, complete, fetch
from mailsetup_gui.importing import Draft, Source
from mailsetup_gui.smtp.events import StepChanged
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust.contents import StoreError
from mailsetup_gui.wording import importing as words
from mailsetup_gui.wording.files import unusable
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _, counted
from mailsetup_gui.wording.text import step_name

if TYPE_CHECKING:
    from mailsetup_gui.desktop.import_wizard import ImportWizard


class SentPage(QWizardPage):
    """Looks, in a thread, and shows the chain."""

    def __init__(self, wizard: ImportWizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self._worker: Worker | None = None
        self.setTitle(_("What is there?"))
        is_about("import-sent", self)
        self.said = theme.plain_label()
        self.view = ChainView(self)
        self.complete_button = QPushButton(_("Fetch &missing issuers (http)"))
        self.complete_button.clicked.connect(self._complete)
        column = QVBoxLayout(self)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)
        column.addWidget(self.complete_button)

    def initializePage(self) -> None:
        self._say(_("Looking…"), "muted")
        self.view.show_links(())
        self.complete_button.hide()
        self._wizard.draft = self._wizard.draft._replace(sent=(), more=(), chosen=0, fingerprint="", unchecked=False)
        self._start(self._wizard.cancellable(self._looked))

    def isComplete(self) -> bool:
        return bool(self._wizard.draft.sent) and self._worker is None

    def cleanupPage(self) -> None:
        if self._worker is not None:
            self._worker.dismiss()
            self._worker = None

    def _start(self, work: Callable[[], Iterable[object]]) -> None:
        self._worker = Worker(work, self)
        self._worker.told.connect(self._take)
        self._worker.crashed.connect(self._crashed)
        self._worker.ended.connect(self._ended)
        self._worker.start()

    def _looked(self, cancel: Cancel) -> Iterator[object]:
        """Events of the fetch, then Fetched; or the Draft with what a file or text held, or a sentence."""
        draft = importing.with_anchors(self._wizard.draft)
        yield draft
        if draft.source is Source.FETCH:
            yield from fetch(draft.server, DEFAULT_TIMEOUT, cancel)
            return
        try:
            yield importing.read_source(draft)
        except StoreError as error:
            yield unusable(draft.path or _("The pasted text"), error)

    def _completed(self, cancel: Cancel) -> Iterator[object]:
        more, said = complete(self._wizard.draft.sent, DEFAULT_TIMEOUT, cancel)
        yield self._wizard.draft._replace(more=more)
        if said or not more:
            yield " ".join(said) or _("No issuer was to be had.")

    def _complete(self) -> None:
        self.complete_button.setEnabled(False)
        self._say(_("Fetching the missing issuers…"), "muted")
        self._start(self._wizard.cancellable(self._completed))

    def _take(self, item: object) -> None:
        match item:
            case StepChanged():
                self._say(f"{step_name(item.step)}…", "muted")
            case Fetched():
                self._fetched(item)
            case Draft():
                self._wizard.draft = item
                self._show()
            case str():
                self._say(item, "fail" if not self._wizard.draft.sent else "warn")

    def _fetched(self, fetched: Fetched) -> None:
        self._wizard.draft = self._wizard.draft._replace(sent=fetched.chain)
        if not fetched.chain:
            self._say("\n".join([f"{fetched.card.title}. {fetched.card.why}", *fetched.card.fixes]), "fail")
            return
        self._show()
        if fetched.other:
            self._say(words.DIFFER, "warn")

    def _show(self) -> None:
        draft = self._wizard.draft
        if not draft.sent:
            return
        links = draft.links
        by_server, count = draft.source is Source.FETCH, len(draft.sent)
        self.view.show_links(links, by_server)
        order = _("Root on top.")
        if by_server:
            sent = counted("The server sent {count} certificate.", "The server sent {count} certificates.", count)
            names = words.name_line(draft.chain, draft.server.hostname)
            self._say(f"{sent} {order}{names}", "text")
        else:
            there = counted("There is {count} certificate.", "There are {count} certificates.", count)
            self._say(f"{there} {order}", "text")
        missing = any(link.certificate is None for link in links)
        self.complete_button.setVisible(missing and by_server)

    def _crashed(self, kind: str) -> None:
        self._say(_("mailsetup itself failed ({kind}). Please report it.").format(kind=kind), "fail")

    def _ended(self) -> None:
        self._worker = None
        self.complete_button.setEnabled(True)
        self.completeChanged.emit()

    def _say(self, sentence: str, mood: str) -> None:
        self.said.setText(shown(sentence) if "\n" not in sentence else "\n".join(map(shown, sentence.split("\n"))))
        theme.paint_mood(self.said, mood)
        announce(self, self.said.text())

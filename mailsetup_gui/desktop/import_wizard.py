"""The certificate import: six questions about one Draft, and a truststore at the end of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget, QWizard

from mailsetup_gui.desktop.import_build import BuildPage
from mailsetup_gui.desktop.import_choice import ChoicePage
from mailsetup_gui.desktop.import_proof import DonePage, ProofPage
from mailsetup_gui.desktop.import_sent import SentPage
from mailsetup_gui.desktop.import_source import SourcePage
from mailsetup_gui.desktop.subjects import is_about, subject_of
from mailsetup_gui.importing import Draft, Tried
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust.bundle import Written
from mailsetup_gui.wording.language import _


class ImportWizard(QWizard):
    """`draft` is what the pages know; each page replaces it. `written` comes when the truststore is on the disk."""

    written = Signal(str)
    """The absolute path of the new truststore."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.tried: Tried | None = None
        self.result_of_writing: Written | None = None
        self._cancels: list[Cancel] = []
        self.setWindowTitle(_("Import a certificate"))
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        self.setOption(QWizard.WizardOption.NoBackButtonOnLastPage)
        self.setOption(QWizard.WizardOption.NoCancelButtonOnLastPage)
        self.setOption(QWizard.WizardOption.HaveHelpButton)
        self.setButtonText(QWizard.WizardButton.CommitButton, _("&Write truststore"))
        self.setButtonText(QWizard.WizardButton.FinishButton, _("&Close"))
        self.source, self.sent, self.choice = SourcePage(self), SentPage(self), ChoicePage(self)
        self.build, self.proof, self.done_page = BuildPage(self), ProofPage(self), DonePage(self)
        for page in (self.source, self.sent, self.choice, self.build, self.proof, self.done_page):
            self.addPage(page)
        self.currentIdChanged.connect(self._page_changed)
        self.finished.connect(self._leave)
        self.resize(820, 600)

    def _page_changed(self, _page: int) -> None:
        """On the page of the decision Enter decides nothing. The help is on the page."""
        page: QWidget | None = self.currentPage()
        if page is not None:
            is_about(subject_of(page), self)
        self.setOption(QWizard.WizardOption.NoDefaultButton, self.currentPage() is self.choice)

    def cancellable(self, work: Callable[[Cancel], Iterable[object]]) -> Callable[[], Iterator[object]]:
        """For a Worker: work that ends when the wizard is left."""
        cancel = Cancel()
        self._cancels.append(cancel)

        def run() -> Iterator[object]:
            try:
                yield from work(cancel)
            finally:
                self._cancels.remove(cancel)
                cancel.close()

        return run

    def _leave(self, _result: int) -> None:
        for cancel in tuple(self._cancels):
            cancel.request()

"""The last pages of an import: the proof in a JVM, the writing, and what is left to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWizardPage

from mailsetup_gui import importing
from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.aloud import announce
from mailsetup_gui.desktop.import_role import RoleWriter
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.desktop.worker import Worker
from mailsetup_gui.importing import Draft, Tried
from mailsetup_gui.trust.bundle import Written
from mailsetup_gui.trust.writers import BundleError
from mailsetup_gui.wording import importing as words
from mailsetup_gui.wording import java
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.truststores import refused

if TYPE_CHECKING:
    from mailsetup_gui.desktop.import_wizard import ImportWizard


class ProofPage(QWizardPage):
    """Runs the JVM on a temporary truststore; going on from here writes the real one."""

    def __init__(self, wizard: ImportWizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self._worker: Worker | None = None
        self._written: Written | None = None
        self.setTitle(_("Does Bitbucket's Java accept it?"))
        is_about("import-proof", self)
        self.setCommitPage(True)
        self._plan = theme.plain_label()
        self._lines = QVBoxLayout()
        self._said = theme.plain_label()
        column = QVBoxLayout(self)
        column.addWidget(self._plan)
        column.addLayout(self._lines)
        column.addStretch(1)
        column.addWidget(self._said)

    def initializePage(self) -> None:
        draft = self._wizard.draft
        self._written, self._wizard.tried = None, None
        self._plan.setText(
            _("To be written to {out}: {draft}").format(
                out=shown(draft.out), draft=words.plan_words(importing.expected_plan(draft))
            )
        )
        self._show(())
        self._tell("", "muted")
        if draft.runtime is None:
            self._tell(
                _("No JVM was found here, so nothing is proved; the truststore can be written all the same."), "warn"
            )
            return
        self._tell(
            _("Running {runtime} with the new truststore in a temporary file…").format(
                runtime=java.name(draft.runtime)
            ),
            "muted",
        )
        self._start(self._wizard.cancellable(lambda cancel: importing.prove(draft, cancel.bell)))

    def isComplete(self) -> bool:
        return self._worker is None

    def validatePage(self) -> bool:
        """Writes in a thread; when that is done this page is left."""
        if self._written is not None:
            return True
        draft = self._wizard.draft
        if (leads_to := importing.link_target(draft)) and not draft.follow:
            question = _("{out} is a link to {leads_to}. Write to where it leads?").format(
                out=shown(draft.out), leads_to=shown(leads_to)
            )
            if not theme.asked(self, _("Write there"), question):
                return False
            draft = self._wizard.draft = draft._replace(follow=True)
        self._tell(_("Writing {out}…").format(out=shown(draft.out)), "muted")
        self._start(lambda: _written(draft))
        return False

    def _start(self, work: Callable[[], Iterable[object]]) -> None:
        self._worker = Worker(work, self)
        self._worker.told.connect(self._take)
        self._worker.crashed.connect(self._crashed)
        self._worker.ended.connect(self._ended)
        self._worker.start()
        self.completeChanged.emit()

    def _take(self, item: object) -> None:
        match item:
            case Tried():
                self._wizard.tried = item
                self._show(words.proof_lines(item))
                self._tell("", "muted")
            case Written():
                self._written = self._wizard.result_of_writing = item
            case str():
                self._tell(item, "fail")

    def _crashed(self, kind: str) -> None:
        self._tell(_("mailsetup itself failed ({kind}). Please report it.").format(kind=kind), "fail")

    def _ended(self) -> None:
        self._worker = None
        self.completeChanged.emit()
        if self._written is not None:
            self._wizard.written.emit(self._written.path)
            self._wizard.next()

    def _show(self, lines: tuple[tuple[str, str], ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for mood, sentence in lines:
            label = theme.plain_label(sentence)
            theme.paint_mood(label, mood)
            self._lines.addWidget(label)
            announce(self, sentence)

    def _tell(self, sentence: str, mood: str) -> None:
        self._said.setText(sentence)
        theme.paint_mood(self._said, mood)
        announce(self, sentence)


def _written(draft: Draft) -> Iterator[object]:
    try:
        yield importing.write(draft)
    except BundleError as error:
        yield refused(error)


class DonePage(QWizardPage):
    """What is left to do, to be copied."""

    def __init__(self, wizard: ImportWizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.setTitle(_("Now tell Bitbucket"))
        is_about("certificates", self)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(theme.fixed_font())
        self.text.setAccessibleName(_("What is left to do"))
        copy = QPushButton(_("&Copy record"))
        copy.clicked.connect(self._copy)
        self.role = RoleWriter(self)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addWidget(self.role.button)
        column = QVBoxLayout(self)
        column.addWidget(self.text, 1)
        column.addWidget(self.role.said)
        column.addLayout(buttons)

    def initializePage(self) -> None:
        if self._wizard.result_of_writing is not None:
            self.text.setPlainText(words.next_steps(self._wizard.draft, self._wizard.result_of_writing))
            self.role.show(self._wizard.draft, self._wizard.result_of_writing)

    def _copy(self) -> None:
        wizard, now = self._wizard, datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        if wizard.result_of_writing is not None:
            plan = importing.expected_plan(wizard.draft)
            record = words.record(wizard.draft, plan, wizard.tried, wizard.result_of_writing, now)
            QGuiApplication.clipboard().setText(record)

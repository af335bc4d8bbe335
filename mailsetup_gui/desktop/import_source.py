"""The first page of an import: where the certificate comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWizardPage,
)

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.importing import Draft, Source
from mailsetup_gui.settings import pasted
from mailsetup_gui.settings.server import Encryption, Problem, check, read_port
from mailsetup_gui.wording import problems
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.desktop.import_wizard import ImportWizard

_PROTOCOLS = ((Encryption.STARTTLS_REQUIRED, _("SMTP with STARTTLS")), (Encryption.IMPLICIT_TLS, "SMTPS"))


class SourcePage(QWizardPage):
    """Fetch, file or paste."""

    def __init__(self, wizard: ImportWizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.setTitle(_("Where is the certificate?"))
        is_about("import-source", self)
        self._fetch = QRadioButton(_("&Fetch it from the mail server, without trusting it and without a password"))
        self._file = QRadioButton(_("From a f&ile (PEM, DER, P7B, P12, JKS)"))
        self._paste = QRadioButton(_("Pa&ste it as text"))
        self._group = QButtonGroup(self)
        self.hostname, self.port = QLineEdit(), QLineEdit()
        self.port.setPlaceholderText("25")
        self.port.setMaximumWidth(90)
        self._protocol = QComboBox()
        self._protocol.addItems([title for _, title in _PROTOCOLS])
        self.path, self.text = QLineEdit(), QPlainTextEdit()
        self.text.setPlaceholderText("-----BEGIN CERTIFICATE-----")
        self.text.setAccessibleName(_("Certificate as text"))
        self._problem = theme.plain_label()
        self._lay_out()
        self._show(wizard.draft)
        for button in (self._fetch, self._file, self._paste):
            self._group.addButton(button)
            button.toggled.connect(self._chosen)
        self._chosen()

    def validatePage(self) -> bool:
        """Into the draft, unless something is wrong with it."""
        draft = self._read()
        found = check(draft.server, sends=False) if draft.source is Source.FETCH else ()
        wrong = [problems.line(problem) for problem in (*self._wrong_port(), *found)]
        if draft.source is Source.FILE and not draft.path:
            wrong.append(_("Choose the file that holds the certificate."))
        if draft.source is Source.PASTE and not draft.pasted.strip():
            wrong.append(_("Paste the certificate, from -----BEGIN to END CERTIFICATE-----."))
        self._problem.setText("\n".join(wrong))
        theme.paint_mood(self._problem, "fail")
        if not wrong:
            self._wizard.draft = draft
        return not wrong

    def _wrong_port(self) -> tuple[Problem, ...]:
        port = read_port(self.port.text())
        return (port,) if isinstance(port, Problem) and self._fetch.isChecked() else ()

    def _read(self) -> Draft:
        parts = pasted.split(self.hostname.text().strip())
        port = read_port(self.port.text())
        chosen = parts.encryption if parts.encryption is Encryption.IMPLICIT_TLS else self._encryption()
        number = parts.port if parts.port is not None else None if isinstance(port, Problem) else port
        server = self._wizard.draft.server._replace(
            hostname=parts.hostname, port=number, encryption=chosen, username="", sender=""
        )
        source = Source.FILE if self._file.isChecked() else Source.PASTE if self._paste.isChecked() else Source.FETCH
        return self._wizard.draft._replace(
            server=server,
            source=source,
            path=self.path.text().strip(),
            pasted=self.text.toPlainText(),
            sent=(),
            more=(),
        )

    def _encryption(self) -> Encryption:
        return _PROTOCOLS[self._protocol.currentIndex()][0]

    def _show(self, draft: Draft) -> None:
        {Source.FETCH: self._fetch, Source.FILE: self._file, Source.PASTE: self._paste}[draft.source].setChecked(True)
        self.hostname.setText(draft.server.hostname)
        self.port.setText("" if draft.server.port is None else str(draft.server.port))
        self._protocol.setCurrentIndex(1 if draft.server.encryption is Encryption.IMPLICIT_TLS else 0)
        self.path.setText(draft.path)
        self.text.setPlainText(draft.pasted)

    def _chosen(self) -> None:
        for widget in (self.hostname, self.port, self._protocol):
            widget.setEnabled(self._fetch.isChecked())
        self.path.setEnabled(self._file.isChecked())
        self._browse.setEnabled(self._file.isChecked())
        self.text.setEnabled(self._paste.isChecked())

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Certificate file"))
        if path:
            self.path.setText(path)

    def _lay_out(self) -> None:
        self._browse = QPushButton(_("&Browse…"))
        self._browse.clicked.connect(self._ask_file)
        grid = QGridLayout()
        for row, (title, widget) in enumerate(
            ((_("H&ostname:"), self.hostname), (_("&Port:"), self.port), (_("P&rotocol:"), self._protocol))
        ):
            grid.addWidget(theme.label_for(title, widget), row, 0)
            grid.addWidget(widget, row, 1)
        grid.setColumnStretch(1, 1)
        grid.setContentsMargins(24, 0, 0, 6)
        file = QHBoxLayout()
        file.setContentsMargins(24, 0, 0, 6)
        file.addWidget(theme.label_for(_("Fi&le:"), self.path))
        file.addWidget(self.path, 1)
        file.addWidget(self._browse)
        column = QVBoxLayout(self)
        column.addWidget(self._fetch)
        column.addLayout(grid)
        column.addWidget(self._file)
        column.addLayout(file)
        column.addWidget(self._paste)
        column.addWidget(self.text, 1)
        column.addWidget(self._problem)

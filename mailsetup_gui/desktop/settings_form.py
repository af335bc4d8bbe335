"""The form for one mail server, in Bitbucket's words; every problem stands at its field."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.encryption_choice import EncryptionChoice
from mailsetup_gui.desktop.lines import Line, PathLine, SecretLine
from mailsetup_gui.desktop.provider_choice import ProviderChoice
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.desktop.workspace import Draft
from mailsetup_gui.settings.server import DEFAULT_PORT, SMTPS_PORT, Encryption, Field, MailServer, Problem, read_port
from mailsetup_gui.wording.language import _

_ANONYMOUS = _("empty: anonymous, no sign-in")
_UNASKED = _("Kept in this computer's password store; where there is none, in memory only.")


class SettingsForm(QWidget):
    """`show_draft(draft)`, `read() -> Draft`; `changed` after every edit by hand."""

    changed = Signal()
    password_entered = Signal()
    """The hand is at the password: where it would be kept is of interest now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._port_by_hand = False
        self._messages: dict[Field, QLabel] = {}
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(3)
        self._rows.setHorizontalSpacing(14)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._provider = ProviderChoice(self._rows, self)
        self._hostname = self._line(_("Host&name:"), "mail.example.com", Field.HOSTNAME)
        self._port = self._port_row()
        self._encryption = EncryptionChoice(self._rows, self)
        self._username = self._line(_("&Username:"), _ANONYMOUS, Field.USERNAME)
        self._password = self._password_row()
        self._sender = self._line(_("&Email from:"), "bitbucket@example.com", Field.SENDER)
        self._truststore = self._truststore_row()
        self._ehlo_name = self._line(_("EHLO n&ame:"), _("empty: this computer's own name"), Field.EHLO_NAME)
        self._lines = {
            Field.HOSTNAME: self._hostname,
            Field.PORT: self._port,
            Field.USERNAME: self._username,
            Field.PASSWORD: self._password,
            Field.SENDER: self._sender,
            Field.EHLO_NAME: self._ehlo_name,
            Field.TRUSTSTORE: self._truststore,
        }
        self._connect()
        self._hostname.setFocus()

    def show_draft(self, draft: Draft) -> None:
        """Fills the fields; problems of the former draft go away."""
        self._draft = None  # edits by program are no edits by hand
        server = draft.profile.server
        self._show_place(server)
        self._username.setText(server.username)
        self._password.setText(draft.password)
        self._sender.setText(server.sender)
        self._ehlo_name.setText(server.ehlo_name)
        self._truststore.setText(draft.profile.truststore)
        self._draft = draft
        self._clear_messages()
        self._recognize(settled=True)

    def read(self) -> Draft:
        """What the fields say, trimmed; while somebody types, too."""
        if self._draft is None:
            raise RuntimeError("show_draft() comes first")
        port = read_port(self._port.text())
        server = MailServer(
            hostname=self._hostname.text().strip(),
            port=None if isinstance(port, Problem) else port,
            encryption=self._encryption.chosen(),
            username=self._username.text().strip(),
            sender=self._sender.text().strip(),
            ehlo_name=self._ehlo_name.text().strip(),
        )
        profile = self._draft.profile._replace(server=server, truststore=self._truststore.text().strip())
        return Draft(profile, self._password.text())

    def _show_place(self, server: MailServer) -> None:
        """Where it listens: what a provider fills in."""
        self._hostname.setText(server.hostname)
        self._port.setText("" if server.port is None else str(server.port))
        self._port_by_hand = server.port is not None
        self._encryption.choose(server.encryption)

    def problems(self) -> tuple[Problem, ...]:
        """What no MailServer can hold: a port that is no number."""
        port = read_port(self._port.text())
        return (port,) if isinstance(port, Problem) else ()

    def show_problems(self, found: tuple[Problem, ...]) -> None:
        """Each at its field; the first one gets the focus."""
        from mailsetup_gui.wording import problems

        self._clear_messages()
        for problem in reversed(found):
            if message := self._messages.get(problem.field):
                theme.say_below(message, f"{problems.sentence(problem)} {message.text()}".strip())
            if line := self._lines.get(problem.field):
                line.setFocus()

    def show_password(self, password: str) -> None:
        """What the keyring answered, while nothing was typed."""
        if self._draft is not None and not self._password.text():
            self._draft, draft = None, self._draft
            self._password.setText(password)
            self._draft = draft

    def show_store(self, sentence: str) -> None:
        """Where the password is, or will be, kept."""
        self._store.setText(sentence)

    def focus(self, field: Field) -> None:
        """Nothing for a field that is not on this form."""
        if line := self._lines.get(field):
            line.setFocus()
            line.selectAll()

    def _line(self, words: str, hint: str, field: Field) -> QLineEdit:
        line = Line()
        line.setPlaceholderText(hint)
        self._row(words, line, line)
        self._message(field)
        is_about(field.value, line)
        return line

    def _port_row(self) -> QLineEdit:
        port = Line()
        port.setPlaceholderText(_("{port} (default)").format(port=DEFAULT_PORT))
        port.setFixedWidth(130)
        self._row(_("Po&rt:"), port, theme.beside(port, stretch=True))
        self._message(Field.PORT)
        is_about(Field.PORT.value, port)
        return port

    def _password_row(self) -> QLineEdit:
        password = SecretLine()
        password.entered.connect(self.password_entered)
        self._row(_("Pass&word:"), password, theme.beside(password, password.eye))
        self._store = theme.plain_label(_UNASKED, muted=True)
        self._rows.addRow("", self._store)
        self._message(Field.PASSWORD)
        is_about(Field.PASSWORD.value, password, password.eye)
        return password

    def show_truststore(self, path: str) -> None:
        self._truststore.setText(path)

    def _truststore_row(self) -> QLineEdit:
        truststore = PathLine(_("Choose a truststore"))
        truststore.setPlaceholderText(_("empty: the one that Java has by itself (or a JKS, P12 or PEM file)"))
        self._row(_("Truststore (&Java):"), truststore, theme.beside(truststore, truststore.browse))
        self._rows.addRow("", theme.plain_label(" "))
        is_about(Field.TRUSTSTORE.value, truststore, truststore.browse)
        return truststore

    def _row(self, words: str, buddy: QWidget, field: QWidget) -> None:
        self._rows.addRow(theme.label_for(words, buddy), field)

    def _message(self, field: Field) -> None:
        """A line of reserved height for what is wrong: nothing jumps when it comes."""
        self._messages[field] = theme.plain_label(" ")
        self._rows.addRow("", self._messages[field])

    def _connect(self) -> None:
        for line in self._lines.values():
            line.textChanged.connect(self._port_edited if line is self._port else self._edited)
        self._hostname.editingFinished.connect(self.split_hostname)
        self._encryption.protocol_changed.connect(self._protocol_chosen)
        self._encryption.changed.connect(self._edited)
        self._provider.chosen.connect(self._provider_chosen)
        self.changed.connect(self._recognize)
        for line in (self._hostname, self._port, self._username):
            line.editingFinished.connect(self._left)

    def _left(self) -> None:
        self._recognize(settled=True)

    def _recognize(self, settled: bool = False) -> None:
        if self._draft is not None:
            self._provider.recognize(self.read().profile.server, settled)
            self._username.setPlaceholderText(self._provider.username_hint or _ANONYMOUS)

    def _provider_chosen(self) -> None:
        """Host, port and encryption are filled in; who signs in and who sends stay as they were typed."""
        draft, self._draft = self.read(), None
        self._show_place(self._provider.filled(draft.profile.server))
        self._draft = draft
        self._provider.mark_placeholder(self._hostname)
        self.changed.emit()

    def _edited(self) -> None:
        if self._draft is not None:
            self.changed.emit()

    def _port_edited(self) -> None:
        if self._draft is not None:
            self._port_by_hand = True
            self.changed.emit()

    def _protocol_chosen(self) -> None:
        """465 is offered with SMTPS, and taken back with SMTP, as long as nobody chose a port."""
        if not self._port_by_hand:
            implicit = self._encryption.chosen() is Encryption.IMPLICIT_TLS
            self._port.setText(str(SMTPS_PORT) if implicit else "")
            self._port_by_hand = False
        self._edited()

    def split_hostname(self) -> None:
        """A pasted host:587 or smtps://user@host into the fields it means: when the field is left, and before use."""
        typed = self._hostname.text()
        if self._draft is None or not set(":/@") & set(typed):
            return
        from mailsetup_gui.settings import pasted

        parts = pasted.split(typed)
        if parts.hostname == typed:
            return
        self._hostname.setText(parts.hostname)
        if parts.encryption is not None:
            self._encryption.choose(parts.encryption)
            self._protocol_chosen()
        if parts.port is not None and 1 <= parts.port <= 65535:
            self._port.setText(str(parts.port))
        if parts.username:
            self._username.setText(parts.username)
        if parts.password_dropped:
            theme.say_below(
                self._messages[Field.HOSTNAME], _("The address held a password. It was not taken over: type it below.")
            )

    def _clear_messages(self) -> None:
        for message in self._messages.values():
            if message.text() != " ":
                theme.say_below(message, " ")

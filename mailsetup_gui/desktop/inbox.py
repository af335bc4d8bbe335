"""The inbox of the built-in mail server: what arrived, as it arrived."""

from __future__ import annotations

from time import localtime, strftime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QPlainTextEdit, QSplitter, QTabWidget, QVBoxLayout, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.wording import arrived
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.smtp.sandbox import Received, Sandbox


class Inbox(QDialog):
    """`refresh()` shows what came since; nothing in a message is rendered or fetched."""

    def __init__(self, sandbox: Sandbox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sandbox = sandbox
        self._count = 0
        self.setObjectName("inbox")
        self.setWindowTitle(_("Inbox of the built-in mail server"))
        self.resize(760, 560)
        self._note = theme.plain_label("", muted=True)
        self._list = QListWidget()
        self._list.setAccessibleName(_("Messages"))
        self._text, self._source = _reader(_("The message's text")), _reader(_("The message as it arrived"))
        tabs = QTabWidget()
        tabs.addTab(self._text, _("&Message"))
        tabs.addTab(self._source, _("&Source"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._list)
        split.addWidget(tabs)
        split.setSizes([160, 380])
        layout = QVBoxLayout(self)
        layout.addWidget(self._note)
        layout.addWidget(split, 1)
        layout.addWidget(theme.closing(self))
        self._list.currentRowChanged.connect(self._show)
        self.refresh()

    def refresh(self) -> None:
        inbox = self._sandbox.inbox
        for received in inbox[self._count :]:
            self._list.insertItem(0, _headline(received))
        self._count = len(inbox)
        self._note.setText(
            _("Nothing has arrived yet. Send a test to the built-in server.")
            if not inbox
            else _("{count} arrived on {ports}. Nothing leaves this computer.").format(
                count=len(inbox), ports=self._ports()
            )
        )
        if inbox:
            self._list.setCurrentRow(0)
            self._show(0)

    def _ports(self) -> str:
        return _("port {starttls_port} (STARTTLS) and {smtps_port} (SMTPS)").format(
            starttls_port=self._sandbox.starttls_port, smtps_port=self._sandbox.smtps_port
        )

    def _show(self, row: int) -> None:
        if not 0 <= row < self._count:
            return
        received = self._sandbox.inbox[self._count - 1 - row]
        self._text.setPlainText(_readable(received))
        self._source.setPlainText(
            "\n".join(shown(line) for line in received.octets.decode("utf-8", "replace").splitlines())
        )


def _headline(received: Received) -> str:
    secured = "TLS" if received.encrypted else _("clear text")
    signed = (
        _("signed in as {username}").format(username=shown(received.username))
        if received.username
        else _("not signed in")
    )
    clock = strftime("%H:%M:%S", localtime(received.at))
    return f"{clock}   {arrived.subject(received.octets)}   ({secured}, {signed})"


def _readable(received: Received) -> str:
    octets = received.octets
    return "\n".join([*arrived.headers(octets), "", *arrived.body(octets), *arrived.attachments(octets)])


def _reader(name: str) -> QPlainTextEdit:
    reader = QPlainTextEdit()
    reader.setReadOnly(True)
    reader.setFont(theme.fixed_font())
    reader.setAccessibleName(name)
    return reader

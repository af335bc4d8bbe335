"""Where Bitbucket is and who signs in there: the fields, and what is wrong with them. Nothing is asked from here."""

from __future__ import annotations

import os
from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from mailsetup_gui.bitbucket import address, exchange
from mailsetup_gui.bitbucket.address import Address, AddressError, SignIn, Wrong
from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.apply_session import Access, shown_proxy
from mailsetup_gui.desktop.passwords import Passwords
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.desktop.worker import Worker
from mailsetup_gui.settings.profiles import Home
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording import rest
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_HTTPS = 443


class SignInForm(QWidget):
    """`show_home(home)`, `access() -> Access`; `edited` when what was read is no more what these fields name."""

    edited = Signal()
    read_wanted = Signal()
    import_wanted = Signal(object)
    """The MailServer whose certificate is to be imported: Bitbucket's https."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address, self._user, self._secret = QLineEdit(), QLineEdit(), QLineEdit()
        self._address.setPlaceholderText("https://bitbucket.example.com")
        self._user.setPlaceholderText(_("a user with SYS_ADMIN (System admin)"))
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._token = QCheckBox(_("O&Auth 2.0 token instead"))
        self._keep = QCheckBox(_("&Keep this password in the password store"))
        self._use_proxy, self._clear = QCheckBox(), QCheckBox(_("Send passwords in c&lear text this once"))
        self._trust = QPushButton(_("&Trust a CA…"))
        self._distrust = QPushButton(_("Only as this computer trusts"))
        self._import = QPushButton(_("&Import its certificate…"))
        self.read_button = QPushButton(_("&Read"))
        self._ca, self._store = theme.plain_label(wrap=False), theme.plain_label(muted=True)
        self._problem = theme.plain_label(" ")
        self._ca_file = self._proxy = self._recalled = ""
        self._passwords = Passwords(self)
        self._looking: Worker | None = None
        self._lay_out()
        self._connect()
        self.trust("")

    def show_home(self, home: Home) -> None:
        """What a profile knows; where it knows nothing, what was typed stays, but for the consent."""
        self._clear.setChecked(False)
        if home != Home():
            self._address.setText(home.url)
            self._user.setText(home.user)
            self._token.setChecked(bool(home.url) and not home.user)
            self.trust(home.ca_file)
        self._look()

    def access(self) -> Access | None:
        """What is to be asked; None, and said below the fields, where something is wrong with it."""
        try:
            where = address.address(self._address.text())
        except AddressError as error:
            self._refuse(rest.wrong(error.wrong, error.value), self._address)
            return None
        user = "" if self._token.isChecked() else self._user.text().strip()
        sign_in = SignIn(user, self._secret.text().strip() if self._token.isChecked() else self._secret.text())
        self._clear.setVisible(where.is_clear)
        wrong = address.check(where, sign_in, self._clear.isChecked())
        if not user and not self._token.isChecked():  # a password is never sent as a token
            wrong = (Wrong.NO_USER, *(one for one in wrong if one is not Wrong.TOKEN_CHARACTER))
        if wrong:
            first = {Wrong.NO_USER: self._user, Wrong.USER_COLON: self._user, Wrong.CLEAR: self._clear}
            self._refuse(" ".join(map(rest.wrong, wrong)), first.get(wrong[0], self._secret))
            return None
        self._clear.setChecked(False)
        theme.say_below(self._problem, " ")
        return Access(where, sign_in, self._ca_file, self._proxy if self._use_proxy.isChecked() else "")

    def signed_in(self, access: Access) -> None:
        """It was right: now it is kept, or what was kept is not any more, as the box says."""
        key = _key(access.where, access.sign_in.user)
        if self._keep.isChecked():
            self._passwords.keep(key, access.sign_in.secret)
            self._recalled = access.sign_in.secret
        elif self._recalled:
            self._passwords.forget(key)
            self._recalled = ""

    def trust(self, path: str) -> None:
        """The file with the CA of its https; '' for what this computer trusts."""
        changed, self._ca_file = path != self._ca_file, path
        name = shown(os.path.basename(path))
        self._ca.setText(_("also by {name}").format(name=name) if path else _("as this computer trusts"))
        self._ca.setToolTip(theme.tooltip(shown(path)) if path else "")
        self._distrust.setVisible(bool(path))
        self.offer_import(False)
        if changed:
            self.edited.emit()

    def offer_import(self, offered: bool) -> None:
        """Where its certificate is not trusted."""
        self._import.setVisible(offered)

    def show_running(self, running: bool, changing: bool) -> None:
        self.read_button.setText(_("&Stop") if running and not changing else _("&Read"))
        self.read_button.setEnabled(not changing)
        fields = (self._address, self._secret, self._token, self._keep, self._use_proxy, self._clear, self._trust)
        for widget in (*fields, self._distrust, self._import):
            widget.setEnabled(not running)
        self._user.setEnabled(not running and not self._token.isChecked())

    @property
    def is_typed_in(self) -> bool:
        return any(line.hasFocus() for line in (self._address, self._user, self._secret))

    def _refuse(self, sentence: str, field: QWidget) -> None:
        theme.say_below(self._problem, sentence)
        field.setFocus()

    def _where(self) -> Address | None:
        try:
            return address.address(self._address.text())
        except AddressError:
            return None

    def _look(self) -> None:
        """What the environment and the password store know of this address: asked in workers."""
        where = self._where()
        if where is None:
            return
        user = "" if self._token.isChecked() else self._user.text().strip()
        if not self._secret.text() and (user or self._token.isChecked()):
            self._passwords.recall(_key(where, user))
        if self._looking is not None:
            self._looking.dismiss()
        self._looking = Worker(lambda: _proxies(where), self)
        self._looking.told.connect(self._offer_proxy)
        self._looking.start()

    def _offer_proxy(self, proxy: str) -> None:
        if proxy != self._proxy:
            self._use_proxy.setChecked(False)
        self._proxy = proxy
        self._use_proxy.setText(_("Use the prox&y {proxy}").format(proxy=shown(shown_proxy(proxy)).replace("&", "&&")))
        self._use_proxy.setVisible(bool(proxy))

    def _take_recalled(self, key: str, secret: str) -> None:
        where = self._where()
        user = "" if self._token.isChecked() else self._user.text().strip()
        if secret and where is not None and key == _key(where, user) and not self._secret.text():
            self._secret.setText(secret)
            self._recalled = secret
            self._keep.setChecked(True)

    def _changed(self) -> None:
        """Another address or user: what was recalled for the former one is not for this one."""
        if self._recalled and self._secret.text() == self._recalled:
            self._secret.clear()
            self._keep.setChecked(False)
        self._recalled = ""
        where = self._where()
        self._clear.setVisible(where is not None and where.is_clear)
        self._clear.setChecked(False)
        self.offer_import(False)
        self.edited.emit()

    def _token_chosen(self, chosen: bool) -> None:
        self._user.setEnabled(not chosen)
        self._secret_label.setText(_("&Token:") if chosen else _("&Password:"))
        self._changed()

    def _tell_store(self, keeps: bool) -> None:
        """Where it would be kept, or why it is not."""
        self._store.setVisible(keeps)
        if keeps:
            self._passwords.find_store()

    def _choose_ca(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("A file with the CA of Bitbucket's https"), self._ca_file)
        if chosen:
            self.trust(chosen)

    def _want_import(self) -> None:
        where = self._where()
        if where is not None:
            self.import_wanted.emit(MailServer(where.host, where.port or _HTTPS, Encryption.IMPLICIT_TLS))

    def _connect(self) -> None:
        for line in (self._address, self._user):
            line.textChanged.connect(self._changed)
            line.editingFinished.connect(self._look)
        self._secret.textChanged.connect(self.edited)
        self._use_proxy.toggled.connect(self.edited)
        self._token.toggled.connect(self._token_chosen)
        self._keep.toggled.connect(self._tell_store)
        self._passwords.recalled.connect(self._take_recalled)
        self._passwords.stored.connect(self._store.setText)
        self._trust.clicked.connect(self._choose_ca)
        self._distrust.clicked.connect(self._only_this_computer)
        self._import.clicked.connect(self._want_import)
        self.read_button.clicked.connect(self.read_wanted)

    def _only_this_computer(self) -> None:
        self.trust("")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        self._secret_label = QLabel(_("&Password:"))
        labels = (QLabel(_("&Bitbucket:")), QLabel(_("&User:")), self._secret_label)
        for label, line in zip(labels, (self._address, self._user, self._secret), strict=True):
            label.setBuddy(line)
        grid.addWidget(labels[0], 0, 0)
        grid.addWidget(self._address, 0, 1, 1, 3)
        grid.addWidget(self.read_button, 0, 4)
        grid.addWidget(labels[1], 1, 0)
        grid.addWidget(self._user, 1, 1)
        grid.addWidget(labels[2], 1, 2)
        grid.addWidget(self._secret, 1, 3)
        grid.addWidget(self._token, 1, 4)
        grid.addWidget(theme.beside(self._keep, self._use_proxy, self._clear, stretch=True), 2, 1, 1, 4)
        grid.addWidget(self._store, 3, 1, 1, 4)
        grid.addWidget(QLabel(_("Its certificate:")), 4, 0)
        grid.addWidget(theme.beside(self._ca, self._trust, self._distrust, self._import, stretch=True), 4, 1, 1, 4)
        grid.addWidget(self._problem, 5, 1, 1, 4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        is_about("bitbucket-address", self._address, self._clear, self._use_proxy)
        is_about("bitbucket-sign-in", self._user, self._secret, self._token, self._keep)
        is_about("bitbucket-trust", self._trust, self._distrust, self._import)
        for hidden in (self._store, self._use_proxy, self._clear, self._distrust, self._import):
            hidden.hide()


def _key(where: Address, user: str) -> str:
    """As the terminal keeps it."""
    return f"bitbucket {where.base} {user}"


def _proxies(where: Address) -> Iterator[object]:
    """Only for https: through http:// a proxy would read both passwords."""
    yield exchange.environment_proxy(where) if where.scheme == "https" else ""

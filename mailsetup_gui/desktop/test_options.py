"""What to send and to whom: the top of the test dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.desktop.workspace import Draft
from mailsetup_gui.java import runtimes
from mailsetup_gui.settings.server import Encryption, Field, Problem
from mailsetup_gui.smtp.events import Step
from mailsetup_gui.smtp.samples import DEFAULT_BASE_URL, Kind
from mailsetup_gui.trial import Request
from mailsetup_gui.wording import java, problems
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_KINDS = (
    (Kind.PLAIN, _("Plain test mail")),
    (Kind.NOTIFICATION, _("Sample: pull-request notification")),
    (Kind.INVITATION, _("Sample: invitation to set a password")),
    (Kind.PASSWORD_RESET, _("Sample: password reset")),
)
_IMAGES = _(
    "The sample shows one linked and one inline image. Gmail fetches linked images through its own servers, "
    "so an image on an internal address stays blank there."
)


class TestOptions(QWidget):
    __test__ = False  # no test case of pytest's
    send_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._to = QLineEdit()
        self._to.setPlaceholderText("you@example.com")
        self._kind = QComboBox()
        self._kind.addItems([words for _, words in _KINDS])
        self._base_url = QLineEdit()
        self._base_url.setPlaceholderText(DEFAULT_BASE_URL)
        self._stop_before = QCheckBox(_("Stop &before sending"))
        self._check_name = QCheckBox(_("Check the host &name, as newer mail libraries do"))
        self._java = QComboBox()
        self._runtimes = [runtime for runtime in runtimes.find() if runtime.trouble is None]
        self._java.addItems(
            [
                _("Prove it in {java}, {home}").format(java=java.name(one), home=shown(one.home))
                for one in self._runtimes
            ]
        )
        self._java.addItem(_("Predict only, by Java's rules"))
        self._clear = QCheckBox(_("Allow the &password in clear text, for this test"))
        self._send = QPushButton(_("&Send test"))
        self._send.setDefault(True)
        self._stop = QPushButton(_("&Cancel"))
        self._stop.setEnabled(False)
        self._problem = theme.plain_label()
        self._lay_out()
        self._connect()
        self._kind_chosen()

    def show_draft(self, draft: Draft, keep_recipient: bool) -> None:
        if not keep_recipient:
            self._to.setText(draft.profile.recipient)
            self._send.setText(_("&Send test"))
        server = draft.profile.server
        may_be_clear = server.encryption in (Encryption.STARTTLS_IF_OFFERED, Encryption.NONE)
        self._clear.setVisible(may_be_clear and not server.anonymous)
        self._clear.setChecked(False)

    def allow_cleartext(self) -> None:
        """For the next test, as the check box does."""
        self._clear.setChecked(True)

    def focus_recipient(self) -> None:
        self._to.setFocus()
        self._to.selectAll()

    def request(self, draft: Draft) -> Request:
        """What is asked for; consent to clear text is for one test and is taken back at once."""
        allowed = self._clear.isChecked() and not self._clear.isHidden()
        self._clear.setChecked(False)
        return Request(
            server=draft.profile.server,
            recipient=self.recipient,
            kind=self._chosen_kind(),
            base_url=self._base_url.text().strip(),
            truststore=draft.profile.truststore,
            check_name=self._check_name.isChecked(),
            cleartext_credentials=allowed,
            java=self._chosen_java(),
            until=Step.RCPT if self._stop_before.isChecked() else None,
        )

    @property
    def recipient(self) -> str:
        return self._to.text().strip()

    def show_problems(self, found: tuple[Problem, ...]) -> None:
        mine = [problems.sentence(problem) for problem in found if problem.field is Field.RECIPIENT]
        self._problem.setText(" ".join(mine))
        self._problem.setVisible(bool(mine))
        theme.paint_mood(self._problem, "fail")
        if mine:
            self._to.setFocus()

    def show_running(self, running: bool) -> None:
        self._send.setEnabled(not running)
        self._stop.setEnabled(running)
        for widget in (
            self._to,
            self._kind,
            self._base_url,
            self._stop_before,
            self._java,
            self._check_name,
            self._clear,
        ):
            widget.setEnabled(not running)
        if running:
            self._send.setText(_("&Send again"))
            self._stop.setFocus()
        else:
            self._send.setFocus()

    def _chosen_kind(self) -> Kind:
        return _KINDS[self._kind.currentIndex()][0]

    def _chosen_java(self) -> str:
        at = self._java.currentIndex()
        return self._runtimes[at].home if at < len(self._runtimes) else ""

    def _kind_chosen(self) -> None:
        sample = self._chosen_kind() is not Kind.PLAIN
        for widget in (self._url_label, self._base_url, self._images):
            widget.setVisible(sample)

    def _lay_out(self) -> None:
        is_about("to", self._to)
        is_about("message", self._kind, self._base_url)
        is_about("java", self._java)
        is_about("until", self._stop_before)
        is_about("check-name", self._check_name)
        is_about("clear-text", self._clear)
        self._url_label = theme.label_for(_("Bitbucket &address:"), self._base_url)
        self._images = theme.plain_label(_IMAGES, muted=True)
        is_about("images", self._images)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.addWidget(theme.label_for(_("Send &to:"), self._to), 0, 0)
        grid.addWidget(self._to, 0, 1)
        grid.addWidget(self._send, 0, 2)
        grid.addWidget(self._stop, 0, 3)
        grid.addWidget(self._problem, 1, 1, 1, 3)
        grid.addWidget(theme.label_for(_("&Message:"), self._kind), 2, 0)
        grid.addWidget(self._kind, 2, 1)
        grid.addWidget(self._url_label, 3, 0)
        grid.addWidget(self._base_url, 3, 1)
        grid.addWidget(self._images, 4, 1, 1, 3)
        checks = QHBoxLayout()
        checks.setSpacing(18)
        for box in (self._stop_before, self._check_name):
            checks.addWidget(box)
        checks.addStretch(1)
        grid.addWidget(theme.label_for(_("&Java:"), self._java), 5, 0)
        grid.addWidget(self._java, 5, 1)
        grid.addLayout(checks, 6, 1, 1, 3)
        grid.addWidget(self._clear, 7, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        self._problem.hide()

    def _connect(self) -> None:
        self._send.clicked.connect(self.send_wanted)
        self._stop.clicked.connect(self.stop_wanted)
        self._kind.currentIndexChanged.connect(self._kind_chosen)

"""What Bitbucket has, what it shall have, the steps and what became of it: everything below the sign-in."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mailsetup_gui.bitbucket.address import Address
from mailsetup_gui.bitbucket.change import Row
from mailsetup_gui.bitbucket.reading import Found
from mailsetup_gui.bitbucket.writing import Step
from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.aloud import announce
from mailsetup_gui.desktop.change_table import ChangeModel, change_view, fit
from mailsetup_gui.desktop.outcome_card import OutcomeCard
from mailsetup_gui.wording import bitbucket as telling
from mailsetup_gui.wording.bitbucket import Told
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.verdict import Card


class ApplyPane(QWidget):
    password_edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where: Address | None = None
        self._found = theme.plain_label()
        self._model = ChangeModel(self)
        self._table = change_view(self._model)
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password_label = QLabel()
        self._password_label.setBuddy(self._password)
        self._why_not = theme.plain_label(muted=True)
        self._card = OutcomeCard(self)
        self._steps = QStringListModel(self)
        self._log = QListView()
        self._by_hand = theme.plain_label(muted=True)
        self._page = QPushButton(_("&Open Bitbucket's page"))
        self._password.textChanged.connect(self.password_edited)
        self._page.clicked.connect(self._open_page)
        self._card.copy_wanted.connect(self._copy)
        self._lay_out()
        self.begin(None)

    @property
    def password(self) -> str:
        """The mail server's."""
        return self._password.text()

    def show_password(self, username: str, password: str) -> None:
        """Nothing to type where nobody signs in."""
        self._password.setText(password if username else "")
        shown = telling.value(username).replace("&", "&&")
        self._password_label.setText(_("Pass&word of {user} at the mail server:").format(user=shown))
        for widget in (self._password, self._password_label):
            widget.setVisible(bool(username))

    def begin(self, where: Address | None) -> None:
        """What is known of another time goes away."""
        self._where = where
        self._steps.setStringList([])
        self._found.clear()
        self._by_hand.hide()
        self._page.hide()
        self.show_rows(())
        self.show_card(Told("", ""))

    def take(self, step: Step) -> None:
        """One more line of the log."""
        if self._where is not None:
            at = self._steps.rowCount()
            self._steps.insertRow(at)
            self._steps.setData(self._steps.index(at), telling.step(step, self._where))
            self._log.scrollToBottom()
            announce(self, telling.step(step, self._where))

    def show_found(self, found: Found) -> None:
        self._found.setText(telling.found(found))
        if self._where is not None:
            self._by_hand.setText(telling.NO_TEST_MAIL.format(page=self._where.admin_page))
            self._by_hand.show()
            self._page.show()

    def show_rows(self, rows: tuple[Row, ...], *, only_now: bool = False) -> None:
        self._model.show_rows(rows)
        fit(self._table, only_now=only_now)

    def show_card(self, told: Told) -> None:
        """`mood` '': news of what is under way."""
        self._card.setVisible(bool(told.title))
        if told.mood:
            self._card.show_card(Card(told.mood, told.title, "\n".join(told.lines)))
        else:
            self._card.show_idle(told.title)

    def show_saved(self) -> None:
        """The card has the sentence about the test mail then."""
        self._by_hand.hide()

    def say_why_not(self, words: str) -> None:
        """Why nothing can be saved now."""
        self._why_not.setText(words)
        self._why_not.setVisible(bool(words))

    def lock(self, locked: bool) -> None:
        self._password.setEnabled(not locked)

    @property
    def words(self) -> str:
        """What the card says."""
        return self._card.words

    @property
    def steps(self) -> list[str]:
        return self._steps.stringList()

    def _open_page(self) -> None:
        if self._where is not None and self._where.scheme in ("http", "https"):
            QDesktopServices.openUrl(QUrl(self._where.admin_page))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._card.words)

    def _lay_out(self) -> None:
        self._log.setModel(self._steps)
        self._log.setWordWrap(True)
        self._log.setResizeMode(QListView.ResizeMode.Adjust)
        self._log.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._log.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._log.setStyleSheet(
            "QListView::item { padding: 2px 0px; }"
        )  # more of it, and a line would not wrap in time
        self._log.setMinimumHeight(110)
        self._log.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        label = QLabel(_("Re&quests:"))
        label.setBuddy(self._log)
        password = QHBoxLayout()
        password.addWidget(self._password_label)
        password.addWidget(self._password, 1)
        by_hand = QHBoxLayout()
        by_hand.addWidget(self._by_hand, 1)
        by_hand.addWidget(self._page)
        by_hand.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._found, self._table):
            column.addWidget(widget)
        column.addLayout(password)
        column.addWidget(self._why_not)
        column.addWidget(self._card)
        column.addLayout(by_hand)
        column.addWidget(label)
        column.addWidget(self._log, 1)

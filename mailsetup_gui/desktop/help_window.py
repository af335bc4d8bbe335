"""Help: F1 leads to the topic of the field that has the focus; Shift+F1, then a click, shows it where it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWhatsThis,
    QWidget,
)

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.subjects import subject_of, subjects
from mailsetup_gui.wording.help import TOPICS, Topic
from mailsetup_gui.wording.language import _


class HelpWindow(QDialog):
    """All topics on the left, one on the right; it stays beside the window that it explains."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setObjectName("help")
        self._topics = QListWidget()
        self._topics.setAccessibleName(_("Topics"))
        self._topics.setWordWrap(True)
        self._topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._topics.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for name, topic in TOPICS.items():
            item = QListWidgetItem(topic.title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self._topics.addItem(item)
        self._text = QTextBrowser()
        self._text.document().setDocumentMargin(14)
        self._lay_out()
        self._topics.selectionModel().currentChanged.connect(self._chosen)
        self.show_topic("mail")

    def show_topic(self, name: str) -> None:
        """The first topic where there is none of that name."""
        self._topics.setCurrentRow(list(TOPICS).index(name) if name in TOPICS else 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._topics.doItemsLayout()  # it was measured without its padding: the style sheet comes with the window

    @property
    def words(self) -> str:
        """What a person reads here now."""
        return self._text.toPlainText()

    def _chosen(self, _now: QModelIndex, _former: QModelIndex) -> None:
        topic = TOPICS[self._topics.currentItem().data(Qt.ItemDataRole.UserRole)]
        self._text.setHtml(_rich(topic))
        self._text.setAccessibleName(topic.title)

    def _lay_out(self) -> None:
        split = QSplitter()
        split.addWidget(self._topics)
        split.addWidget(self._text)
        split.setSizes([300, 460])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        keys = theme.plain_label(
            _("F1: help on the field that has the focus. Shift+F1, then a click: help on what is clicked."), muted=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.addWidget(split, 1)
        column.addWidget(keys)
        column.addWidget(theme.closing(self))
        self.resize(760, 520)


def _rich(topic: Topic) -> str:
    paragraphs = "".join(f"<p>{theme.escaped(one)}</p>" for one in topic.paragraphs)
    return f"<h3>{theme.escaped(topic.title)}</h3>{paragraphs}"


def topic_at(widget: QWidget | None) -> str:
    """Of a field, of what it stands in, or of its window."""
    while widget is not None:
        if name := subject_of(widget):
            return name
        widget = widget.parentWidget()
    return ""


def ask_what_is_this() -> None:
    """The next click, or Esc, ends it. The texts are laid out now: no start waits for them."""
    for top in QApplication.topLevelWidgets():
        for widget in subjects(top):
            widget.setWhatsThis(_rich(TOPICS[subject_of(widget)]))
    QWhatsThis.enterWhatsThisMode()

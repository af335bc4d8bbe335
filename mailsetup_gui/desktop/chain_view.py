"""The chain of a server as a tree, root on top, with the details of the chosen certificate beside it. Plain text."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QSplitter, QTreeWidget, QTreeWidgetItem, QWidget

from mailsetup_gui.desktop import theme
from mailsetup_gui.diagnosis.chains import Link
from mailsetup_gui.wording import certificates
from mailsetup_gui.wording.certificates import Facts
from mailsetup_gui.wording.language import _

_GLYPHS = {"ok": "✓", "warn": "!", "fail": "✕"}


class ChainView(QSplitter):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._facts: list[Facts] = []
        self._tree = QTreeWidget()
        self._tree.setHeaderLabels([_("Certificate"), _("State")])
        self._tree.setAccessibleName(_("Chain of certificates, root on top"))
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.setRootIsDecorated(False)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setFont(theme.fixed_font())
        self._details.setAccessibleName(_("Details of the chosen certificate"))
        self._tree.currentItemChanged.connect(self._show_details)
        self.addWidget(self._tree)
        self.addWidget(self._details)
        self.setChildrenCollapsible(False)
        self.setSizes([150, 170])

    def show_links(self, links: tuple[Link, ...], by_server: bool = True) -> None:
        """Each certificate hangs below its issuer; the server's own is chosen."""
        now = time.time()
        self._facts = [certificates.facts(link, now, by_server) for link in links]
        self._tree.clear()
        above: QTreeWidgetItem | None = None
        for number, (link, facts) in enumerate(zip(links, self._facts, strict=True)):
            item = QTreeWidgetItem([f"{_GLYPHS[facts.mood]} {facts.title}", facts.state])
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            item.setForeground(1, theme.mood_colour(facts.mood if facts.mood != "ok" else "text"))
            item.setToolTip(0, theme.tooltip(facts.title))
            item.setToolTip(1, theme.tooltip(facts.state))
            stranger = link.certificate is not None and above is not None and not _hangs_below(link, links, number)
            if above is None or stranger:
                self._tree.addTopLevelItem(item)
            else:
                above.addChild(item)
            above = item if not stranger else above
        self._tree.expandAll()
        self._choose_last(above)

    @property
    def titles(self) -> list[str]:
        """What the tree shows, from the top."""
        return [facts.title for facts in self._facts]

    @property
    def details(self) -> str:
        return self._details.toPlainText()

    def _choose_last(self, leaf: QTreeWidgetItem | None) -> None:
        if leaf is not None:
            self._tree.setCurrentItem(leaf)
        else:
            self._details.clear()

    def _show_details(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        facts = self._facts[int(item.data(0, Qt.ItemDataRole.UserRole))]
        lines = [f"{label:10} {value}" for label, value in facts.lines]
        self._details.setPlainText("\n".join(lines) or facts.state)


def _hangs_below(link: Link, links: tuple[Link, ...], number: int) -> bool:
    """A stranger was sent and issued nothing that is linked: its row stands beside the chain."""
    above = links[number - 1]
    return link.certificate is not None and link.certificate.issuer.canonical == above.name.canonical

"""The fourth page of an import: what the truststore is built from, in which format, and where it goes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWizardPage,
)

from mailsetup_gui import importing
from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.subjects import is_about
from mailsetup_gui.importing import Base, Draft
from mailsetup_gui.java import runtimes
from mailsetup_gui.java.runtimes import Runtime
from mailsetup_gui.trust.bundle import Format
from mailsetup_gui.trust.contents import StoreError
from mailsetup_gui.trust.writers import BundleError
from mailsetup_gui.wording import importing as words
from mailsetup_gui.wording import java
from mailsetup_gui.wording.files import unusable
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.truststores import refused

if TYPE_CHECKING:
    from mailsetup_gui.desktop.import_wizard import ImportWizard

_FORMATS = (
    (Format.JKS, _("JKS: every Java reads it")),
    (Format.PKCS12, _("PKCS#12 without a password: Java 8u301 and later")),
)
_BASES = (
    (Base.JAVA, _("the certificates of that Java")),
    (Base.FILE, _("a truststore file…")),
    (Base.CERTIFI, _("Mozilla's list of public CAs (certifi)")),
    (Base.NONE, _("nothing: only what is imported here")),
)
_NONE_WARNS = _(
    "Without public CAs everything else that Bitbucket connects to by TLS fails (Marketplace, links, LDAPS)."
)


class BuildPage(QWizardPage):
    """Which Java, which base, which format, which place."""

    def __init__(self, wizard: ImportWizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self._runtimes: list[Runtime] = []
        self.setTitle(_("What is the truststore built from?"))
        is_about("import-build", self)
        self._java, self._base, self._format = QComboBox(), QComboBox(), QComboBox()
        self._base.addItems([title for _, title in _BASES])
        self._format.addItems([title for _, title in _FORMATS])
        self.base_path, self.out = QLineEdit(), QLineEdit()
        self._said = theme.plain_label()
        self._lay_out()
        self._base.currentIndexChanged.connect(self._base_chosen)

    def initializePage(self) -> None:
        draft = self._wizard.draft
        self._runtimes = list(runtimes.find())
        if draft.runtime is not None and all(one.home != draft.runtime.home for one in self._runtimes):
            self._runtimes.insert(0, draft.runtime)
        self._java.clear()
        self._java.addItems(
            [_("{java} in {home}").format(java=java.name(one), home=shown(one.home)) for one in self._runtimes]
            or [_("none was found")]
        )
        homes = [one.home for one in self._runtimes]
        if draft.runtime is not None:
            self._java.setCurrentIndex(homes.index(draft.runtime.home))
        self._base.setCurrentIndex(next(i for i, (base, _) in enumerate(_BASES) if base is self._usable_base(draft)))
        self._format.setCurrentIndex(next(i for i, (form, _) in enumerate(_FORMATS) if form is draft.form))
        self.base_path.setText(draft.base_path)
        self.out.setText(draft.out or os.path.join(os.path.expanduser("~"), "mail-cacerts"))
        self._base_chosen()

    def validatePage(self) -> bool:
        draft = self._read()
        try:
            draft = importing.read_base(draft)
            plan = importing.expected_plan(draft)
        except StoreError as error:
            return self._refuse(unusable(importing.base_file(draft) or _("The base"), error))
        except BundleError as error:
            return self._refuse(refused(error))
        if not plan.added and plan.present:
            return self._refuse(_("Nothing to add: {plan}").format(plan=words.plan_words(plan)))
        if not draft.out:
            return self._refuse(_("Say where the truststore is to be written."))
        self._wizard.draft = draft
        return True

    def _usable_base(self, draft: Draft) -> Base:
        return Base.CERTIFI if draft.base is Base.JAVA and not self._runtimes else draft.base

    def _refuse(self, sentence: str) -> bool:
        self._said.setText(sentence)
        theme.paint_mood(self._said, "fail")
        return False

    def _read(self) -> Draft:
        at = self._java.currentIndex()
        runtime = self._runtimes[at] if 0 <= at < len(self._runtimes) else None
        return self._wizard.draft._replace(
            runtime=runtime,
            base=_BASES[self._base.currentIndex()][0],
            base_path=self.base_path.text().strip(),
            form=_FORMATS[self._format.currentIndex()][0],
            out=os.path.expanduser(self.out.text().strip()),
        )

    def _base_chosen(self) -> None:
        base = _BASES[self._base.currentIndex()][0]
        self.base_path.setEnabled(base is Base.FILE)
        self._browse_base.setEnabled(base is Base.FILE)
        self._said.setText(_NONE_WARNS if base is Base.NONE else "")
        theme.paint_mood(self._said, "warn")

    def _ask_base(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Truststore to start from"))
        if path:
            self.base_path.setText(path)

    def _ask_out(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Where to write the truststore"), self.out.text())
        if path:
            self.out.setText(path)

    def _ask_java(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("Folder of the JVM that runs Bitbucket"))
        if not path:
            return
        found = runtimes.at(path)
        if found.trouble is not None:
            self._refuse(java.trouble(found))
            return
        self._wizard.draft = self._wizard.draft._replace(runtime=found)
        self.initializePage()

    def _lay_out(self) -> None:
        self._browse_base, browse_out, other = (
            QPushButton(_("&Browse…")),
            QPushButton(_("B&rowse…")),
            QPushButton(_("&Other…")),
        )
        self._browse_base.clicked.connect(self._ask_base)
        browse_out.clicked.connect(self._ask_out)
        other.clicked.connect(self._ask_java)
        self._java.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        grid = QGridLayout()
        rows: tuple[tuple[str, QWidget, QPushButton | None], ...] = (
            (_("Bitbucket's &Java:"), self._java, other),
            (_("&Start from:"), self._base, None),
            (_("&File:"), self.base_path, self._browse_base),
            (_("For&mat:"), self._format, None),
            (_("Write &to:"), self.out, browse_out),
        )
        for row, (title, field, button) in enumerate(rows):
            grid.addWidget(theme.label_for(title, field), row, 0)
            grid.addWidget(field, row, 1)
            if button is not None:
                grid.addWidget(button, row, 2)
        grid.setColumnStretch(1, 1)
        hint = theme.plain_label(
            _("Outside Bitbucket's installation folder, which an upgrade replaces; at the same path on every node."),
            muted=True,
        )
        column = QVBoxLayout(self)
        column.addLayout(grid)
        column.addWidget(hint)
        column.addWidget(self._said)
        column.addStretch(1)

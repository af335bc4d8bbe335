"""The import, page by page, driven like a hand; a real server, a real JVM, a real file at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPlainTextEdit, QPushButton, QRadioButton, QWizard
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.import_wizard import ImportWizard
from mailsetup_gui.desktop.test_dialog import TestDialog
from mailsetup_gui.desktop.workspace import Draft as Profiled
from mailsetup_gui.importing import Draft
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.trust import truststore
from mailsetup_gui.wording.verdict import fingerprint
from tests.java.jvms import needed
from tests.smtp.polite import Mode, polite
from tests.smtp.scripted import Scripted
from tests.trust import forged
from tests.trust.certificates import intermediate, leaf, root
from tests.trust.forged import Wanted


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Scripted]:
    with Scripted(polite(Mode.STARTTLS), leaf().server_context(tmp_path, intermediate(), root())) as running:
        yield running


def opened(qtbot: QtBot, port: int, out: Path) -> ImportWizard:
    wizard = ImportWizard(Draft(MailServer("127.0.0.1", port, Encryption.STARTTLS_REQUIRED), out=str(out)))
    qtbot.addWidget(wizard)
    wizard.show()
    return wizard


def press(qtbot: QtBot, wizard: ImportWizard, button: QWizard.WizardButton) -> None:
    qtbot.mouseClick(wizard.button(button), Qt.MouseButton.LeftButton)


def go_on(qtbot: QtBot, wizard: ImportWizard) -> None:
    page = wizard.currentPage()
    qtbot.waitUntil(page.isComplete, timeout=15000)
    press(qtbot, wizard, QWizard.WizardButton.NextButton)


def words(wizard: ImportWizard) -> str:
    """All that a person reads on this page."""
    labels = [label.text() for label in wizard.currentPage().findChildren(QLabel) if label.isVisibleTo(wizard)]
    buttons = [b.text() for kind in (QRadioButton, QCheckBox) for b in wizard.currentPage().findChildren(kind)]
    return "\n".join([*labels, *buttons])


def test_an_import_from_the_server_to_the_truststore(qtbot: QtBot, server: Scripted, tmp_path: Path) -> None:
    needed(17)
    out = tmp_path / "mail-cacerts"
    wizard = opened(qtbot, server.port, out)
    go_on(qtbot, wizard)
    qtbot.waitUntil(wizard.sent.isComplete, timeout=15000)
    assert wizard.sent.view.titles == ["Test Root", "Test Intermediate", "mail.example.test"]
    assert "The certificate names 127.0.0.1." in wizard.sent.said.text()
    go_on(qtbot, wizard)

    assert "The root, “Test Root” (recommended)" in words(wizard)
    assert not wizard.choice.isComplete()
    qtbot.keyClicks(wizard.choice.fingerprint, fingerprint(root().der))
    assert wizard.choice.compared.text() == "✓ equal"
    go_on(qtbot, wizard)
    go_on(qtbot, wizard)

    qtbot.waitUntil(lambda: "proved in Java" in words(wizard) and wizard.proof.isComplete(), timeout=30000)
    assert "earlier CAs are still trusted" in words(wizard)
    assert not out.exists()
    with qtbot.waitSignal(wizard.written, timeout=15000):
        press(qtbot, wizard, QWizard.WizardButton.CommitButton)
    qtbot.waitUntil(lambda: wizard.currentPage() is wizard.done_page, timeout=5000)
    assert f"-Djavax.net.ssl.trustStore={out}" in wizard.done_page.text.toPlainText()
    assert root().der in {entry.der for entry in truststore.read(str(out)).trusted}
    qtbot.mouseClick(wizard.done_page.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert "compared with one that was given" in QGuiApplication.clipboard().text()


def at_the_choice(qtbot: QtBot, server: Scripted, tmp_path: Path) -> ImportWizard:
    wizard = opened(qtbot, server.port, tmp_path / "x")
    go_on(qtbot, wizard)
    qtbot.waitUntil(wizard.sent.isComplete, timeout=15000)
    go_on(qtbot, wizard)
    return wizard


def test_a_different_fingerprint_goes_no_further(qtbot: QtBot, server: Scripted, tmp_path: Path) -> None:
    wizard = at_the_choice(qtbot, server, tmp_path)

    qtbot.keyClicks(wizard.choice.fingerprint, fingerprint(leaf().der))

    assert "DIFFERENT" in wizard.choice.compared.text()
    assert not wizard.button(QWizard.WizardButton.NextButton).isEnabled()


def test_without_a_fingerprint_that_must_be_said(qtbot: QtBot, server: Scripted, tmp_path: Path) -> None:
    wizard = at_the_choice(qtbot, server, tmp_path)

    wizard.choice.unchecked.click()

    assert wizard.choice.isComplete()
    assert wizard.draft.is_unchecked


def test_enter_decides_nothing_on_the_page_of_the_decision(qtbot: QtBot, server: Scripted, tmp_path: Path) -> None:
    wizard = at_the_choice(qtbot, server, tmp_path)
    wizard.choice.unchecked.click()

    qtbot.keyClick(wizard.choice.fingerprint, Qt.Key.Key_Return)

    assert wizard.currentPage() is wizard.choice
    assert not any(b.isDefault() for b in wizard.findChildren(QPushButton) if b.isVisibleTo(wizard))


def test_another_choice_shows_its_own_fingerprint(qtbot: QtBot, server: Scripted, tmp_path: Path) -> None:
    wizard = at_the_choice(qtbot, server, tmp_path)

    [only] = [b for b in wizard.choice.findChildren(QRadioButton) if b.text().startswith("Only this certificate")]
    only.click()

    assert fingerprint(leaf().der) in words(wizard)


def test_a_server_that_is_not_there_is_a_sentence_and_no_way_on(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = opened(qtbot, 1, tmp_path / "x")
    go_on(qtbot, wizard)

    qtbot.waitUntil(lambda: "refused" in wizard.sent.said.text().lower(), timeout=15000)

    assert not wizard.sent.isComplete()


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [("", "", "Hostname"), ("a b", "", "Hostname"), ("x", "many", "Port"), ("x", "70000", "Port")],
)
def test_a_wrong_field_stays_on_its_page(qtbot: QtBot, host: str, port: str, said: str, tmp_path: Path) -> None:
    wizard = opened(qtbot, 25, tmp_path / "x")
    wizard.source.hostname.setText(host)
    wizard.source.port.setText(port)

    press(qtbot, wizard, QWizard.WizardButton.NextButton)

    assert wizard.currentPage() is wizard.source
    assert said in words(wizard)


def test_a_file_is_imported_as_well(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(b"words\n" + root().pem)
    wizard = opened(qtbot, 25, tmp_path / "x")
    wizard.source.findChildren(QRadioButton)[1].click()
    wizard.source.path.setText(str(tmp_path / "ca.pem"))
    go_on(qtbot, wizard)

    qtbot.waitUntil(wizard.sent.isComplete, timeout=15000)

    assert wizard.sent.view.titles == ["Test Root"]
    assert "CN=Test Root" in wizard.sent.view.details


@pytest.mark.parametrize("text", ["hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "\x00" * 50])
def test_pasted_nonsense_is_a_sentence(qtbot: QtBot, text: str, tmp_path: Path) -> None:
    wizard = opened(qtbot, 25, tmp_path / "x")
    wizard.source.findChildren(QRadioButton)[2].click()
    wizard.source.findChildren(QPlainTextEdit)[0].setPlainText(text)
    go_on(qtbot, wizard)

    qtbot.waitUntil(lambda: wizard.sent.said.text() not in ("", "Looking…"), timeout=15000)

    assert not wizard.sent.isComplete()
    assert "The pasted text" in wizard.sent.said.text()


def test_names_of_certificates_are_plain_text(qtbot: QtBot, tmp_path: Path) -> None:
    evil = forged.name("<img src='file:///etc/passwd'>\u202e\x1b[31m & <b>bold</b>")
    (tmp_path / "x.der").write_bytes(forged.certificate(Wanted(evil, evil, "p256-a", "p256-a", (forged.basic(),))))
    wizard = opened(qtbot, 25, tmp_path / "x")
    wizard.source.findChildren(QRadioButton)[1].click()
    wizard.source.path.setText(str(tmp_path / "x.der"))
    go_on(qtbot, wizard)
    qtbot.waitUntil(wizard.sent.isComplete, timeout=15000)
    go_on(qtbot, wizard)

    assert "\x1b" not in words(wizard)
    assert "\u202e" not in words(wizard)
    labels = wizard.currentPage().findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels if "<b>" in label.text())


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_written(
    qtbot: QtBot, server: Scripted, tmp_path: Path
) -> None:
    wizard = at_the_choice(qtbot, server, tmp_path)
    wizard.choice.unchecked.click()
    go_on(qtbot, wizard)
    wizard.build.out.setText(str(tmp_path / "no such folder" / "cacerts"))
    go_on(qtbot, wizard)
    qtbot.waitUntil(wizard.proof.isComplete, timeout=30000)

    press(qtbot, wizard, QWizard.WizardButton.CommitButton)

    qtbot.waitUntil(lambda: "no such folder" in words(wizard) and wizard.proof.isComplete(), timeout=15000)
    assert wizard.currentPage() is wizard.proof
    assert wizard.result_of_writing is None


def test_nothing_as_a_base_is_warned_of(qtbot: QtBot, server: Scripted, tmp_path: Path) -> None:
    wizard = at_the_choice(qtbot, server, tmp_path)
    wizard.choice.unchecked.click()
    go_on(qtbot, wizard)

    [bases] = [box for box in wizard.build.findChildren(QComboBox) if box.count() == 4]
    bases.setCurrentIndex(3)

    assert "Without public CAs" in words(wizard)


def test_the_card_of_a_refused_certificate_opens_the_import(qtbot: QtBot, server: Scripted) -> None:
    dialog = TestDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    settings = MailServer("127.0.0.1", server.port, Encryption.STARTTLS_REQUIRED, "", "a@example.test")
    dialog.show_draft(Profiled(Profile("p", "P", settings, recipient="you@example.test")))
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.running, timeout=20000)
    [button] = [b for b in dialog.card.findChildren(QPushButton) if "certificate" in b.text()]

    with qtbot.waitSignal(dialog.import_wanted) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert told.args[0].port == server.port


def test_the_jvms_word_stands_in_the_steps(qtbot: QtBot, server: Scripted) -> None:
    needed(17)
    dialog = TestDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    settings = MailServer("127.0.0.1", server.port, Encryption.STARTTLS_REQUIRED, "", "a@example.test")
    dialog.show_draft(Profiled(Profile("p", "P", settings, recipient="you@example.test")))
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.running, timeout=20000)

    steps = dialog.results.steps
    names = [str(steps.index(row, 1).data()) for row in range(steps.rowCount())]
    at = names.index("TLS in Bitbucket's Java")

    assert names[at - 1] == "TLS handshake"
    assert "unable to find valid certification path" in str(steps.index(at, 2).data())

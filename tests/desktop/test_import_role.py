"""The Ansible project from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.import_wizard import ImportWizard
from mailsetup_gui.importing import Draft
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.trust import writers
from mailsetup_gui.trust.bundle import Written
from mailsetup_gui.trust.contents import Entry
from tests.trust.certificates import root

SERVER = MailServer("mail.example.com", 465, Encryption.IMPLICIT_TLS)


def written_out(qtbot: QtBot, tmp_path: Path, chosen: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The sentence below the button, pressed on the last page of an import."""
    store = tmp_path / "mail-cacerts.jks"
    store.write_bytes(writers.jks((Entry("mail", root().der),), 0))
    wizard = ImportWizard(Draft(SERVER))
    qtbot.addWidget(wizard)
    wizard.result_of_writing = Written(str(store))
    wizard.done_page.initializePage()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(chosen))
    page = wizard.done_page.role

    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: page.said.text() != "" and page.button.isEnabled(), timeout=15000)
    return page.said.text()


def test_an_empty_folder_becomes_the_project(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = tmp_path / "chosen"
    chosen.mkdir()

    said = written_out(qtbot, tmp_path, chosen, monkeypatch)

    assert f"The Ansible project is in {chosen}" in said
    inventory = (chosen / "inventory.yml").read_text()
    assert 'mailsetup_mail_hostname: "mail.example.com"' in inventory
    assert "mailsetup_mail_starttls: false" in inventory
    assert 'mailsetup_truststore_path: "/var/atlassian/mail-cacerts.jks"' in inventory  # not the temporary one


def test_a_folder_that_holds_something_gets_one_more_and_never_a_second_project(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written_out(qtbot, tmp_path, tmp_path, monkeypatch)
    second = written_out(qtbot, tmp_path, tmp_path, monkeypatch)

    assert (tmp_path / "mailsetup-ansible" / "site.yml").is_file()
    assert "The Ansible project is in" in first
    assert "is there already" in second

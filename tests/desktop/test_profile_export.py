"""The dialog that shows a profile as other programs want it, as a hand uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.profile_export import ProfileExport
from mailsetup_gui.exports import formats
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "ann", "noreply@example.com")
PROFILE = Profile("p", "Production", SERVER)


@pytest.fixture
def dialog(qtbot: QtBot) -> ProfileExport:
    dialog = ProfileExport()
    qtbot.addWidget(dialog)
    dialog.show_profile(PROFILE)
    dialog.show()
    return dialog


def button(dialog: ProfileExport, words: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if words in one.text().replace("&", ""))


@pytest.mark.parametrize("name", formats.NAMES)
def test_each_format_is_shown_as_it_is_written(dialog: ProfileExport, name: str) -> None:
    dialog.choose(name)
    found = formats.export(PROFILE, name)
    assert (dialog.text, dialog.words) == (found.text, "\n\n".join(found.notes))


def test_copy_takes_what_is_shown(dialog: ProfileExport, qtbot: QtBot) -> None:
    dialog.choose("terraform")
    qtbot.mouseClick(button(dialog, "Copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.text


def test_save_writes_what_is_shown(
    dialog: ProfileExport, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "x"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    dialog.choose("curl")
    qtbot.mouseClick(button(dialog, "Save"), Qt.MouseButton.LeftButton)
    assert (tmp_path / "x").read_bytes() == dialog.text.encode()
    assert asked == ["mailsetup.sh"]


def test_a_place_that_cannot_be_written_is_said(
    dialog: ProfileExport, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "x"), ""))
    qtbot.mouseClick(button(dialog, "Save"), Qt.MouseButton.LeftButton)
    said = dialog.findChildren(QMessageBox)[0].text()
    assert said == f"{tmp_path}/none/x cannot be written: No such file or directory. Choose another place."


def test_what_has_to_be_mended_first_is_said_and_nothing_can_be_copied(dialog: ProfileExport) -> None:
    dialog.show_profile(PROFILE._replace(server=MailServer("no such host")))
    dialog.choose("jira")
    assert dialog.text == ""
    assert "cannot be in a host name" in dialog.words
    assert not button(dialog, "Copy").isEnabled()
    assert not button(dialog, "Save").isEnabled()
    dialog.choose("toml")
    assert 'hostname = "no such host"' in dialog.text
    assert button(dialog, "Copy").isEnabled()


def test_the_menu_exports_what_is_on_the_form_saved_or_not(window: MainWindow) -> None:
    window.commands.take(PROFILE)
    window.view.actions_by_name["export settings"].trigger()
    dialog = window.view.window().findChildren(ProfileExport)[0]
    assert dialog.isVisible()
    assert 'hostname = "mail.example.com"' in dialog.text
    assert dialog.findChildren(QComboBox)[0].count() == len(formats.NAMES)

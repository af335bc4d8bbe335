"""The dialog that takes what another program has, as a hand uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.profile_import import ProfileImport
from mailsetup_gui.exports import formats
from mailsetup_gui.settings import profiles
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording.recognizing import NOTHING_YET
from tests.smtp.planted import leaks
from tests.smtp.polite import PASSWORD

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "ann", "noreply@example.com")
SWAKS = f"swaks --server mail.example.com:587 --tls --auth-user ann --auth-password {PASSWORD} --from n@example.com"


@pytest.fixture
def dialog(qtbot: QtBot) -> ProfileImport:
    dialog = ProfileImport()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def make(dialog: ProfileImport) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if "profile" in one.text())


def test_what_is_pasted_is_told_before_anything_is_made_of_it(dialog: ProfileImport, qtbot: QtBot) -> None:
    assert dialog.words == NOTHING_YET
    assert not make(dialog).isEnabled()
    QGuiApplication.clipboard().setText("smtps://ann@mail.example.com:4465")
    dialog.text.paste()
    qtbot.waitUntil(make(dialog).isEnabled)
    assert dialog.words.startswith("The address of a mail server.")
    assert "port 4465" in dialog.words
    assert "(Email from) is not in it: fill it in." in dialog.words


def test_pressing_gives_the_profile_once_and_takes_the_text_away(dialog: ProfileImport, qtbot: QtBot) -> None:
    dialog.text.setPlainText(SWAKS)
    qtbot.waitUntil(make(dialog).isEnabled)
    with qtbot.waitSignal(dialog.wanted) as wanted:
        qtbot.mouseClick(make(dialog), Qt.MouseButton.LeftButton)
    assert wanted.args is not None
    assert wanted.args[0].server == SERVER._replace(sender="n@example.com")
    assert (dialog.text.toPlainText(), dialog.words, dialog.isVisible()) == ("", NOTHING_YET, False)
    assert not make(dialog).isEnabled()


def test_a_password_in_it_is_said_and_in_nothing_that_is_made_of_it(dialog: ProfileImport, qtbot: QtBot) -> None:
    dialog.text.setPlainText(SWAKS)
    qtbot.waitUntil(make(dialog).isEnabled)
    assert "A password was in it. It is not kept" in dialog.words
    with qtbot.waitSignal(dialog.wanted) as wanted:
        make(dialog).click()
    assert not leaks(f"{wanted.args} {dialog.words} {[label.text() for label in dialog.findChildren(QLabel)]}")


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, None], ids=["Esc", "Close"])
def test_closing_it_takes_the_text_away(dialog: ProfileImport, qtbot: QtBot, key: Qt.Key | None) -> None:
    dialog.text.setPlainText(SWAKS)
    qtbot.waitUntil(make(dialog).isEnabled)
    if key is None:
        dialog.close()
    else:
        qtbot.keyClick(dialog, key)
    assert not dialog.isVisible()
    assert (dialog.text.toPlainText(), dialog.words, make(dialog).isEnabled()) == ("", NOTHING_YET, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("something else", "none of what can be imported"),
        ('swaks --server "mail', "quotation mark that is not closed"),
        ("curl https://example.com", "does not name a mail server"),
        ('{"hostname": ', "begins as JSON and is not"),
        ("x" * 100_001, "longer than 100000"),
        (SWAKS.replace("mail.example.com", "no_such.example.com"), "Hostname: "),
        ('{"hostname": "", "port": 25, "protocol": "SMTP"}', "Hostname: Type the name of the mail server"),
    ],
    ids=lambda value: value[:20],
)
def test_what_cannot_be_imported_says_why(dialog: ProfileImport, qtbot: QtBot, text: str, said: str) -> None:
    dialog.text.setPlainText(text)
    qtbot.waitUntil(lambda: said in dialog.words)
    assert not make(dialog).isEnabled()


def test_typing_on_takes_the_offer_back_at_once(dialog: ProfileImport, qtbot: QtBot) -> None:
    dialog.text.setPlainText("smtp://mail.example.com:587")
    qtbot.waitUntil(make(dialog).isEnabled)
    dialog.text.insertPlainText("x")
    assert not make(dialog).isEnabled()


def test_a_file_is_read_and_its_text_not_shown(dialog: ProfileImport, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "send.sh").write_text(SWAKS)
    dialog.text.setPlainText("something else")
    dialog.open_file(str(tmp_path / "send.sh"))
    qtbot.waitUntil(make(dialog).isEnabled)
    qtbot.wait(300)
    assert dialog.words.startswith("A command line of swaks.")
    assert dialog.text.toPlainText() == ""
    assert make(dialog).isEnabled()


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (None, "The file cannot be read: No such file or directory."),
        (b"\xff\xfe\x00", "it is not UTF-8 text"),
        (b"", "There is no text."),
        (b"\x00\x01", "control character"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    dialog: ProfileImport, qtbot: QtBot, tmp_path: Path, octets: bytes | None, said: str
) -> None:
    if octets is not None:
        (tmp_path / "file").write_bytes(octets)
    dialog.open_file(str(tmp_path / "file"))
    qtbot.waitUntil(lambda: said in dialog.words)
    assert not make(dialog).isEnabled()


@pytest.mark.parametrize("name", ["toml", "json"])
def test_what_was_exported_comes_back_whole(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = formats.export(Profile("p", "Production", SERVER, truststore="/srv/cacerts"), name).text
    window.view.actions_by_name["import settings"].trigger()
    dialog = window.bench.import_settings()
    dialog.text.setPlainText(exported)
    qtbot.waitUntil(make(dialog).isEnabled)
    make(dialog).click()
    profile = window.desk.read().profile
    assert (profile.name, profile.server, profile.truststore) == ("Production", SERVER, "/srv/cacerts")
    assert window.view.news == "Imported. Save to keep it."
    assert window.view.window().isWindowModified()
    assert profiles.load(tmp_path) == ((), ())


def test_a_second_of_the_same_name_gets_one_of_its_own_and_one_without_that_of_its_host(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.commands.take(Profile("", "", SERVER))
    window.commands.take(Profile("", "", SERVER))
    assert [draft.profile.name for draft in window.desk.workspace.drafts if draft.profile.server == SERVER] == [
        "mail.example.com",
        "mail.example.com 2",
    ]

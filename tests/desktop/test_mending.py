"""The buttons of a card: each does what it says, and nothing is sent that nobody asked for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.test_dialog import TestDialog
from mailsetup_gui.settings.server import Encryption, Field, MailServer
from mailsetup_gui.smtp import ports as usual
from mailsetup_gui.smtp.waiting import Cancel
from tests.desktop.test_main_window import opened
from tests.smtp.polite import Mode, polite
from tests.smtp.scripted import Scripted, Talk


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return opened(qtbot, tmp_path / "profiles")


@pytest.fixture
def plain() -> Iterator[Scripted]:
    with Scripted(polite(Mode.CLEAR)) as server:
        yield server


def failed(qtbot: QtBot, window: MainWindow, server: MailServer, password: str = "") -> TestDialog:
    draft = window.view.form.read()
    window.view.form.show_draft(draft._replace(profile=draft.profile._replace(server=server), password=password))
    dialog = window.send_test()
    assert dialog is not None
    dialog.options.findChildren(QLineEdit)[0].setText("you@example.test")
    dialog.start()
    qtbot.waitUntil(lambda: dialog.finished_with is not None and not dialog.running, timeout=20000)
    return dialog


def press(qtbot: QtBot, dialog: TestDialog, words: str) -> None:
    [button] = [one for one in dialog.card.findChildren(QPushButton) if one.text() == words and one.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def local(port: int, encryption: Encryption, username: str = "") -> MailServer:
    return MailServer("127.0.0.1", port, encryption, username, "bitbucket@example.test")


def test_switch_to_smtp_changes_the_form_and_sends_nothing(qtbot: QtBot, window: MainWindow, plain: Scripted) -> None:
    dialog = failed(qtbot, window, local(plain.port, Encryption.IMPLICIT_TLS))

    press(qtbot, dialog, "Switch to SMTP")

    assert window.view.form.read().profile.server.encryption is Encryption.STARTTLS_REQUIRED
    assert "Changed in the form" in dialog.card.words
    assert not dialog.running


def test_the_usual_ports_are_asked_and_the_one_that_answers_is_a_button(
    qtbot: QtBot, window: MainWindow, plain: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailsetup_gui.ports.USUAL", (plain.port,))
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = closed.getsockname()[1]
    dialog = failed(qtbot, window, local(nobody, Encryption.IMPLICIT_TLS))

    press(qtbot, dialog, "Try the usual ports")
    qtbot.waitUntil(lambda: not dialog.running and "answers with SMTP" in dialog.card.words, timeout=10000)
    press(qtbot, dialog, f"Use port {plain.port} with SMTP")

    assert window.view.form.read().profile.server == local(plain.port, Encryption.STARTTLS_REQUIRED)


def test_allow_for_this_test_tests_again_and_is_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    with Scripted(polite(Mode.SIGNED_CLEAR)) as server:
        dialog = failed(qtbot, window, local(server.port, Encryption.NONE, "bitbucket"), "Kirsch+Torte/47?öß&<x>")
        first = dialog.finished_with
        press(qtbot, dialog, "Allow for this test")
        qtbot.waitUntil(lambda: dialog.finished_with not in (None, first) and not dialog.running, timeout=10000)

    assert dialog.finished_with is not None
    assert dialog.finished_with.outcome.result.value == "accepted"
    assert not any(box.isChecked() for box in dialog.options.findChildren(QCheckBox))


def test_go_to_a_field_puts_the_hand_on_it(qtbot: QtBot, window: MainWindow) -> None:
    dialog = failed(qtbot, window, MailServer("nowhere.invalid", None, sender="bitbucket@example.test"))
    asked: list[Field] = []
    dialog.field_wanted.connect(asked.append)

    press(qtbot, dialog, "Go to “Hostname”")

    assert asked == [Field.HOSTNAME]


def test_only_ports_that_greet_as_smtp_count(plain: Scripted) -> None:
    def ssh(talk: Talk) -> None:
        talk.say(b"SSH-2.0-OpenSSH_9.2\r\n")

    with Scripted(polite(Mode.SMTPS)) as smtps, Scripted(ssh) as other, closing(Cancel()) as cancel:
        found = usual.answering("127.0.0.1", cancel, (other.port, smtps.port, plain.port))

    assert [(one.port, one.smtps) for one in found] == [(smtps.port, True), (plain.port, False)]

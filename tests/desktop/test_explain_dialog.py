"""The dialog that explains a pasted error, as a hand uses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.explain_dialog import ExplainDialog
from mailsetup_gui.wording.explaining import NOTHING_YET


@pytest.fixture
def dialog(qtbot: QtBot) -> ExplainDialog:
    dialog = ExplainDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def text_of(dialog: ExplainDialog) -> QPlainTextEdit:
    return dialog.findChildren(QPlainTextEdit)[0]


def test_a_pasted_error_shows_its_card(dialog: ExplainDialog, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("535 5.7.8 Error: authentication failed")
    text_of(dialog).paste()

    qtbot.waitUntil(lambda: "refused the sign-in" in dialog.words)
    assert "1. Check both" in dialog.words
    assert "> 535 5.7.8 Error: authentication failed" in dialog.words


def test_typing_on_changes_the_card(dialog: ExplainDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(text_of(dialog), "550 5.1.1 User unknown")
    qtbot.waitUntil(lambda: "recipient does not exist" in dialog.words)

    text_of(dialog).setPlainText("something else")
    qtbot.waitUntil(lambda: "does not know this error" in dialog.words)

    text_of(dialog).clear()
    qtbot.waitUntil(lambda: dialog.words == NOTHING_YET)


def test_copy_takes_what_the_card_says(dialog: ExplainDialog, qtbot: QtBot) -> None:
    text_of(dialog).setPlainText("552 5.3.4 Message size exceeds fixed limit")
    qtbot.waitUntil(lambda: "too large" in dialog.words)

    copy = next(button for button in dialog.findChildren(QPushButton) if button.text() == "&Copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text() == dialog.words


def test_markup_in_a_pasted_text_is_shown_as_text(dialog: ExplainDialog, qtbot: QtBot) -> None:
    text_of(dialog).setPlainText("550 5.1.1 <b>User unknown</b>")
    qtbot.waitUntil(lambda: "<b>User unknown</b>" in dialog.words)

    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel) if "<b>" in label.text()
    )


def test_the_text_has_a_label_and_a_name(dialog: ExplainDialog) -> None:
    assert text_of(dialog) in [label.buddy() for label in dialog.findChildren(QLabel)]
    assert text_of(dialog).accessibleName()
    assert not dialog.isModal()


def test_closing_it_amid_a_long_text_drops_what_still_comes(dialog: ExplainDialog, qtbot: QtBot) -> None:
    text_of(dialog).setPlainText("x\n" * 30_000)
    qtbot.wait(0)
    dialog.close()

    assert dialog.words == NOTHING_YET

"""Help: one text for each field, by F1, by "What is this?", and in the terminal."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWhatsThis,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mailsetup_gui import cli
from mailsetup_gui.desktop import help_window
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.subjects import subject_of, subjects
from mailsetup_gui.settings.server import Encryption, Field, MailServer
from mailsetup_gui.wording.help import TOPICS

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "ann", "noreply@example.com")
ASKED = (QLineEdit, QComboBox, QRadioButton, QCheckBox, QPlainTextEdit)


def every_window(window: MainWindow) -> list[QWidget]:
    draft = window.desk.read()
    filled = draft._replace(profile=draft.profile._replace(server=SERVER))
    wizard = window.bench.import_certificate(SERVER)
    return [
        window.view.window(),
        window.bench.open(filled),
        window.bench.apply(filled),
        window.bench.explain(),
        window.bench.import_settings(),
        window.bench.export_settings(filled.profile),
        *(wizard.page(number) for number in wizard.pageIds()),
    ]


def test_every_field_of_every_window_has_help(window: MainWindow) -> None:
    without = [
        f"{type(widget).__name__} {widget.objectName()} in {top.windowTitle()}"
        for top in every_window(window)
        for kind in ASKED
        for widget in top.findChildren(kind)
        if not help_window.topic_at(widget) and not widget.objectName().startswith("qt_")
    ]
    assert without == []


def test_every_subject_is_a_topic_and_every_field_of_the_form_one_of_its_own(window: MainWindow) -> None:
    used = {subject_of(widget) for top in every_window(window) for widget in subjects(top)}
    assert used - set(TOPICS) == set()
    assert {field.value for field in Field} - set(TOPICS) == set()


def test_f1_leads_to_the_topic_of_the_field_that_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    window.view.window().activateWindow()
    window.view.form.focus(Field.SENDER)
    window.view.actions_by_name["help"].trigger()
    assert "sends back what cannot be delivered" in window.bench.show_help(window.view.window()).words


def test_what_is_this_tells_of_what_is_clicked(window: MainWindow) -> None:
    window.view.actions_by_name["what"].trigger()
    assert QWhatsThis.inWhatsThisMode()
    QWhatsThis.leaveWhatsThisMode()
    port = next(w for w in subjects(window.view.window()) if subject_of(w) == "port")
    assert "587 is for handing in mail" in port.whatsThis()


def test_foreign_signs_in_a_text_are_no_markup(window: MainWindow) -> None:
    for top in [*window.view.window().findChildren(QWidget)]:
        assert top.whatsThis() == ""
    shown = window.bench.show_help(window.view.window())
    shown.show_topic("hostname")
    assert "smtps://ann@mail.example.com:465" in shown.words


def test_the_wizard_has_a_help_button_that_leads_to_its_page(qtbot: QtBot, window: MainWindow) -> None:
    wizard = window.bench.import_certificate(SERVER)
    wizard.activateWindow()
    wizard.source.hostname.setFocus()
    help_button = next(b for b in wizard.findChildren(QAbstractButton) if "Help" in b.text())
    qtbot.mouseClick(help_button, Qt.MouseButton.LeftButton)
    assert "PEM, DER, P7B, P12 and JKS are read" in window.bench.show_help(wizard).words


@pytest.mark.parametrize("name", TOPICS)
def test_the_terminal_shows_the_same_text(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help", name]) == 0
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 96
    assert " ".join(told.split()) == " ".join(f"{TOPICS[name].title} {TOPICS[name].text}".split())


def test_the_terminal_lists_the_topics_and_names_a_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help"]) == 0
    listed = re.findall(r"(?m)^  (\S+)", capsys.readouterr().out)
    assert listed == list(TOPICS)
    assert cli.main(["help", "hostnam"]) == 2
    assert "Is hostname meant?" in capsys.readouterr().err
    assert cli.main(["help", "zzz\x1b[2J"]) == 2
    assert "\x1b" not in capsys.readouterr().err
    assert cli.main(["help", "--all"]) == 0
    told = capsys.readouterr().out
    assert [topic.title for topic in TOPICS.values() if topic.title not in told] == []


def test_the_help_has_what_bitbuckets_own_page_tells() -> None:
    """Of what mail is for, what is lost, anonymous use and autofill, Gmail's images, certificates."""
    text = " ".join(topic.text for topic in TOPICS.values())
    for fact in (
        "the link with which a new user sets a password",
        "notifications are dropped",
        "autofill",
        "(anonymous)",
        "Google's own servers fetch them",
        "-Djavax.net.ssl.trustStore",
    ):
        assert fact in text

"""The form, driven like a hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.settings_form import SettingsForm
from mailsetup_gui.desktop.workspace import Draft
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, Field, MailServer, Problem, Wrong

EMPTY = Draft(Profile("p", "P"))


@pytest.fixture
def form(qtbot: QtBot) -> SettingsForm:
    form = SettingsForm()
    qtbot.addWidget(form)
    form.resize(700, 600)
    form.show_draft(EMPTY)
    form.show()
    return form


def field(form: SettingsForm, label: str) -> QWidget:
    """The field that a label names, as a person finds it."""
    named = next(x for x in form.findChildren(QLabel) if x.text().replace("&", "").startswith(label))
    buddy = named.buddy()
    assert buddy is not None
    return buddy


def radio(form: SettingsForm, words: str) -> QRadioButton:
    return next(x for x in form.findChildren(QRadioButton) if x.text().replace("&", "") == words)


def fill(qtbot: QtBot, form: SettingsForm, label: str, text: str) -> None:
    widget = field(form, label)
    qtbot.keyClicks(widget, text)
    qtbot.keyClick(widget, Qt.Key.Key_Tab)


def visible_words(form: SettingsForm) -> str:
    return "\n".join(x.text() for x in form.findChildren(QLabel) if x.isVisible())


def test_what_is_typed_is_what_is_read(qtbot: QtBot, form: SettingsForm) -> None:
    for label, text in (
        ("Hostname", "mail.example.com"),
        ("Username", "u"),
        ("Password", "p w"),
        ("Email from", "a@b.co"),
    ):
        fill(qtbot, form, label, text)
    draft = form.read()
    server = draft.profile.server
    assert (server.hostname, server.username, server.sender, draft.password) == (
        "mail.example.com",
        "u",
        "a@b.co",
        "p w",
    )


@pytest.mark.parametrize("encryption", list(Encryption), ids=lambda e: e.value)
def test_a_shown_draft_reads_back_equal(form: SettingsForm, encryption: Encryption) -> None:
    server = MailServer("mail.example.com", 2525, encryption, "u", "a@b.co", "me.example.com")
    draft = Draft(Profile("p", "P", server, truststore="/tmp/x.jks"), "secret")
    form.show_draft(draft)
    assert form.read() == draft


def test_a_blank_port_is_shown_as_25_default(form: SettingsForm) -> None:
    port = field(form, "Port")
    assert isinstance(port, QLineEdit)
    assert (port.text(), port.placeholderText()) == ("", "25 (default)")
    assert form.read().profile.server.port is None


def test_smtps_offers_465_and_smtp_takes_it_back(form: SettingsForm) -> None:
    radio(form, "SMTPS").click()
    assert form.read().profile.server.port == 465
    radio(form, "SMTP").click()
    assert form.read().profile.server.port is None


def test_a_port_that_is_no_number_is_a_problem(qtbot: QtBot, form: SettingsForm) -> None:
    fill(qtbot, form, "Port", "smtp")
    assert form.problems() == (Problem(Field.PORT, Wrong.PORT_NUMBER, "smtp"),)


def test_a_port_chosen_by_hand_stays_with_smtps(qtbot: QtBot, form: SettingsForm) -> None:
    fill(qtbot, form, "Port", "2465")
    radio(form, "SMTPS").click()
    assert form.read().profile.server.port == 2465


def test_with_smtps_the_tls_radios_stay_visible_disabled_and_explained(form: SettingsForm) -> None:
    radio(form, "SMTPS").click()
    always = radio(form, "Always use SSL/TLS")
    assert always.isVisible()
    assert not always.isEnabled()
    assert "SMTPS is always TLS" in visible_words(form)


def test_never_encrypt_is_warned_of(form: SettingsForm) -> None:
    radio(form, "Never encrypt (not recommended)").click()
    assert form.read().profile.server.encryption is Encryption.NONE
    assert "clear text" in visible_words(form)


@pytest.mark.parametrize(
    ("typed", "host", "port", "encryption", "user"),
    [
        ("smtp.example.com:587", "smtp.example.com", 587, Encryption.STARTTLS_IF_OFFERED, ""),
        ("smtps://ann@smtp.example.com", "smtp.example.com", 465, Encryption.IMPLICIT_TLS, "ann"),
        ("smtps://smtp.example.com:2465", "smtp.example.com", 2465, Encryption.IMPLICIT_TLS, ""),
    ],
    ids=["host:port", "smtps url", "smtps url with port"],
)
def test_a_pasted_address_splits_itself(
    qtbot: QtBot, form: SettingsForm, typed: str, host: str, port: int, encryption: Encryption, user: str
) -> None:
    fill(qtbot, form, "Hostname", typed)
    server = form.read().profile.server
    assert (server.hostname, server.port, server.encryption, server.username) == (host, port, encryption, user)


def test_a_password_in_a_pasted_address_is_dropped_and_said(qtbot: QtBot, form: SettingsForm) -> None:
    fill(qtbot, form, "Hostname", "smtps://ann:hunter2@mail.example.com")
    assert form.read().profile.server.username == "ann"
    assert form.read().password == ""
    assert "held a password" in visible_words(form)
    assert "hunter2" not in visible_words(form)


def test_every_problem_stands_at_its_field_and_moves_nothing(qtbot: QtBot, form: SettingsForm) -> None:
    before = form.height(), field(form, "Email from").mapTo(form, field(form, "Email from").rect().topLeft())
    form.show_problems((Problem(Field.HOSTNAME, Wrong.MISSING), Problem(Field.SENDER, Wrong.MISSING)))
    qtbot.waitUntil(lambda: "Type the name of the mail server" in visible_words(form))
    assert "Type the address that Bitbucket's mail comes from" in visible_words(form)
    after = form.height(), field(form, "Email from").mapTo(form, field(form, "Email from").rect().topLeft())
    assert before == after


def test_foreign_text_stays_plain_in_a_problem(form: SettingsForm) -> None:
    form.show_problems((Problem(Field.SENDER, Wrong.ADDRESS, "<img src='file:///etc/passwd'>", "no"),))
    assert all(x.textFormat() is Qt.TextFormat.PlainText for x in form.findChildren(QLabel) if "<img" in x.text())
    assert "<img" in visible_words(form)


def test_the_password_is_hidden_until_asked_for(qtbot: QtBot, form: SettingsForm) -> None:
    password = field(form, "Password")
    assert isinstance(password, QLineEdit)
    assert password.echoMode() is QLineEdit.EchoMode.Password


def test_filling_by_program_is_no_edit_by_hand(qtbot: QtBot, form: SettingsForm) -> None:
    with qtbot.assertNotEmitted(form.changed):
        form.show_draft(Draft(Profile("p", "P", MailServer("mail.example.com")), "secret"))
        form.show_password("kept")


def test_every_field_has_a_label_with_a_key_of_its_own(form: SettingsForm) -> None:
    labels = [x for x in form.findChildren(QLabel) if "&" in x.text() and x.buddy() is not None]
    keys = [x.text()[x.text().index("&") + 1].lower() for x in labels]
    keys += [x.text()[x.text().index("&") + 1].lower() for x in form.findChildren(QRadioButton)]
    assert len(labels) == 8
    assert len(set(keys)) == len(keys)

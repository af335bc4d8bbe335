"""The provider at the top of the form: it fills in, it is recognized, it moves nothing while somebody types."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.provider_choice import ProviderChoice
from mailsetup_gui.desktop.settings_form import SettingsForm
from mailsetup_gui.desktop.workspace import Draft
from mailsetup_gui.settings import presets
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer

TYPED = MailServer("mail.example.com", None, Encryption.NONE, "bitbucket", "a@example.com", "me.example.com")


@pytest.fixture
def form(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SettingsForm:
    monkeypatch.setenv("MAILSETUP_CLOCK", "2026-12-30")
    form = SettingsForm()
    qtbot.addWidget(form)
    form.resize(700, 700)
    form.show_draft(Draft(Profile("p", "P", TYPED), "secret"))
    form.show()
    return form


def box(form: SettingsForm) -> QComboBox:
    return form.findChildren(QComboBox)[0]


def line(form: SettingsForm, label: str) -> QLineEdit:
    named = next(x for x in form.findChildren(QLabel) if x.text().replace("&", "").startswith(label))
    buddy = named.buddy()
    assert isinstance(buddy, QLineEdit)
    return buddy


def page(form: SettingsForm) -> QPushButton:
    return next(x for x in form.findChildren(QPushButton) if x.text() == "Open its page")


def choose(form: SettingsForm, preset_id: str) -> None:
    """As a hand does: the list opens, one is picked."""
    preset = presets.named(preset_id)
    assert preset is not None
    box(form).setFocus()
    QApplication.processEvents()
    index = box(form).findText(preset.name)
    assert index > 0
    box(form).setCurrentIndex(index)
    box(form).activated.emit(index)


def visible_words(form: SettingsForm) -> str:
    return "\n".join(x.text() for x in form.findChildren(QLabel) if x.isVisible())


def retype(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_custom_stands_first_and_the_providers_behind_it(qtbot: QtBot, form: SettingsForm) -> None:
    assert (box(form).currentText(), box(form).count()) == ("Custom", 1)
    box(form).setFocus()
    qtbot.waitUntil(lambda: box(form).count() == 1 + len(presets.every()))


def test_choosing_one_fills_in_the_place_and_nothing_of_the_person(qtbot: QtBot, form: SettingsForm) -> None:
    with qtbot.waitSignal(form.changed):
        choose(form, "fastmail")
    draft = form.read()
    assert draft.profile.server == TYPED._replace(
        hostname="smtp.fastmail.com", port=465, encryption=Encryption.IMPLICIT_TLS
    )
    assert draft.password == "secret"


def test_its_habit_its_day_and_its_page_are_shown(form: SettingsForm, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    choose(form, "sendgrid")
    assert "the word apikey, literally" in visible_words(form)
    assert "Checked on 2026-11-25." in visible_words(form)
    assert line(form, "Username").placeholderText() == "the word apikey, literally"
    page(form).click()
    sendgrid = presets.named("sendgrid")
    assert sendgrid is not None
    assert opened == [QUrl(sendgrid.source)]


def test_what_is_not_confirmed_says_so_and_has_no_page(form: SettingsForm) -> None:
    choose(form, "gmx")
    assert "not confirmed" in visible_words(form)
    assert not page(form).isEnabled()


def test_microsoft_365_tells_how_long_passwords_work(form: SettingsForm) -> None:
    choose(form, "microsoft365")
    assert "(1 day from today)" in visible_words(form)


def test_the_word_for_a_region_is_ready_to_be_typed_over(qtbot: QtBot, form: SettingsForm) -> None:
    choose(form, "ses")
    hostname = line(form, "Hostname")
    assert hostname.selectedText() == "REGION"
    qtbot.keyClicks(hostname, "eu-west-1")
    assert hostname.text() == "email-smtp.eu-west-1.amazonaws.com"
    assert box(form).currentText() == "Amazon SES"


def test_a_host_that_is_typed_selects_its_provider(qtbot: QtBot, form: SettingsForm) -> None:
    retype(qtbot, line(form, "Hostname"), "SMTP.Gmail.com.")
    assert box(form).currentText() == "Gmail (personal account)"
    retype(qtbot, line(form, "Hostname"), "mail.example.com")
    assert box(form).currentText() == "Custom"
    assert form.read().profile.server == TYPED


def test_nothing_moves_while_somebody_types(qtbot: QtBot, form: SettingsForm) -> None:
    hostname, port = line(form, "Hostname"), line(form, "Port")
    before = port.mapTo(form, port.rect().topLeft())
    retype(qtbot, hostname, "smtp.office365.com")
    assert box(form).currentText().startswith("Microsoft 365")
    QApplication.processEvents()
    assert port.mapTo(form, port.rect().topLeft()) == before
    assert "SMTP AUTH" not in visible_words(form)
    qtbot.keyClick(hostname, Qt.Key.Key_Tab)
    assert "SMTP AUTH" in visible_words(form)


def test_the_room_for_a_long_habit_is_given_back(qtbot: QtBot, form: SettingsForm) -> None:
    hostname = line(form, "Hostname")
    choose(form, "ses")
    QApplication.processEvents()
    before = hostname.mapTo(form, hostname.rect().topLeft())
    choose(form, "microsoft365")
    choose(form, "ses")
    qtbot.waitUntil(lambda: hostname.mapTo(form, hostname.rect().topLeft()) == before)


def test_one_of_two_at_the_same_host_stays_as_it_was_chosen(qtbot: QtBot, form: SettingsForm) -> None:
    choose(form, "google-workspace")
    retype(qtbot, line(form, "Username"), "me@gmail.com")
    assert box(form).currentText().startswith("Google Workspace")


def test_a_host_of_the_provider_stays_when_it_is_chosen(qtbot: QtBot, form: SettingsForm) -> None:
    retype(qtbot, line(form, "Hostname"), "smtp.zoho.eu")
    choose(form, "zoho")
    assert (form.read().profile.server.hostname, form.read().profile.server.port) == ("smtp.zoho.eu", 465)


def test_custom_chosen_for_a_providers_host_changes_nothing_and_stays(qtbot: QtBot, form: SettingsForm) -> None:
    choose(form, "gmail")
    server = form.read().profile.server
    box(form).setCurrentIndex(0)
    box(form).activated.emit(0)
    retype(qtbot, line(form, "Username"), "other")
    assert box(form).currentText() == "Custom"
    assert form.read().profile.server == server._replace(username="other")


def test_a_relay_of_ones_own_keeps_its_host(form: SettingsForm) -> None:
    choose(form, "on-premises")
    assert form.read().profile.server.hostname == TYPED.hostname
    assert box(form).currentText() == "Exchange or Postfix of your own"


def test_a_shown_draft_selects_its_provider(form: SettingsForm) -> None:
    form.show_draft(Draft(Profile("q", "Q", MailServer("smtp.mailgun.org", 587))))
    assert box(form).currentText() == "Mailgun (US region)"
    assert "smtp.eu.mailgun.org" in visible_words(form)


def test_the_words_of_a_provider_are_never_rich_text(form: SettingsForm) -> None:
    choice = form.findChildren(ProviderChoice)[0]
    assert choice is not None
    assert all(x.textFormat() is Qt.TextFormat.PlainText for x in form.findChildren(QLabel) if "apikey" in x.text())

"""Apply to Bitbucket and Read from Bitbucket, as a hand uses them, against a small Bitbucket on loopback."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListView, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.apply_dialog import ApplyDialog
from mailsetup_gui.desktop.workspace import Draft
from mailsetup_gui.settings.profiles import Home, Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from tests.bitbucket.stub import ADMIN, DENIED, SECRET, Stub, fail, hang_up, running, silent
from tests.desktop.test_main_window import opened, words
from tests.settings.stores import StoreInAFile

SMTP_SECRET = "Smtp-s3cret&pass"
SERVER = MailServer("mail.example.test", 587, Encryption.STARTTLS_REQUIRED, "bitbucket", "noreply@example.test")


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILSETUP_STATE_DIR", str(tmp_path / "state"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profiles"


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running(Stub()) as stub:
        yield stub


@pytest.fixture
def dialog(qtbot: QtBot, stub: Stub) -> ApplyDialog:
    """Open on a profile that knows where Bitbucket is; the passwords are typed."""
    return shown(qtbot, Draft(Profile("p", "Production", SERVER, bitbucket=Home(stub.url, ADMIN)), SMTP_SECRET))


def shown(qtbot: QtBot, draft: Draft | None) -> ApplyDialog:
    dialog = ApplyDialog()
    qtbot.addWidget(dialog)
    dialog.show_draft(draft)
    dialog.show()
    line(dialog, "&Password:").setText(SECRET)
    return dialog


def line(dialog: QWidget, label: str) -> QLineEdit:
    found = next(x for x in dialog.findChildren(QLabel) if x.text().startswith(label)).buddy()
    assert isinstance(found, QLineEdit)
    return found


def button(dialog: QWidget, text: str) -> QPushButton:
    return next(x for x in dialog.findChildren(QPushButton) if x.text().replace("&", "").startswith(text))


def box(dialog: QWidget, text: str) -> QCheckBox:
    return next(x for x in dialog.findChildren(QCheckBox) if text in x.text().replace("&", ""))


def press(qtbot: QtBot, dialog: QWidget, text: str) -> None:
    qtbot.mouseClick(button(dialog, text), Qt.MouseButton.LeftButton)


def read(qtbot: QtBot, dialog: ApplyDialog) -> None:
    press(qtbot, dialog, "Read")
    qtbot.waitUntil(lambda: dialog.is_idle)


def save(qtbot: QtBot, dialog: ApplyDialog) -> None:
    press(qtbot, dialog, "Save")
    settled(qtbot, dialog)


def settled(qtbot: QtBot, dialog: ApplyDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_changing, timeout=30_000)


def said(dialog: ApplyDialog) -> str:
    return dialog.pane.words


def labels(dialog: QWidget) -> str:
    return "\n".join(x.text() for x in dialog.findChildren(QLabel) if x.isVisible())


def cells(dialog: ApplyDialog) -> list[list[str]]:
    table = dialog.findChildren(QTableView)[0]
    model = table.model()
    columns = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]


def puts(stub: Stub) -> int:
    return sum(not name.startswith("GET") for name, _, _ in stub.seen)


def answered(monkeypatch: pytest.MonkeyPatch, *answers: bool) -> list[str]:
    """The questions, as they are asked; each gets the next answer."""
    questions: list[str] = []
    left = list(answers)

    def asked(_parent: QWidget, _verb: str, question: str) -> bool:
        questions.append(question)
        return left.pop(0)

    monkeypatch.setattr(theme, "asked", asked)
    return questions


def test_the_focus_is_on_cancel_and_enter_changes_nothing(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    assert button(dialog, "Cancel").isDefault()
    assert dialog.focusWidget() is button(dialog, "Cancel")
    assert not dialog.isModal()
    read(qtbot, dialog)
    button(dialog, "Save").setFocus()
    qtbot.keyClick(button(dialog, "Save"), Qt.Key.Key_Return)
    qtbot.keyClick(line(dialog, "Pass&word of"), Qt.Key.Key_Return)
    assert dialog.isVisible()
    button(dialog, "Cancel").setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert puts(stub) == 0


def test_enter_in_a_field_of_the_sign_in_reads(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    line(dialog, "&Password:").setFocus()
    qtbot.keyClick(line(dialog, "&Password:"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(cells(dialog)))
    assert dialog.isVisible()


def test_reading_shows_what_is_there_and_what_will_become_of_it(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    with qtbot.waitSignal(dialog.home_known) as known:
        press(qtbot, dialog, "Read")
    assert known.args == ["p", Home(stub.url, ADMIN)]
    assert "Bitbucket 9.4.2, 3 nodes" in labels(dialog)
    assert cells(dialog)[0] == ["Hostname", "oldrelay.example.test", "mail.example.test", "changed"]
    assert ["Password", "Bitbucket never shows it", "•••• will be set", ""] in cells(dialog)
    index = dialog.findChildren(QTableView)[0].model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Port, 25, 587, changed"
    assert "There is no REST call for a test mail" in labels(dialog)


def test_save_stores_the_settings_and_says_that_they_were_read_back(
    qtbot: QtBot, stub: Stub, dialog: ApplyDialog
) -> None:
    assert not button(dialog, "Save").isEnabled()
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Save").isEnabled)
    save(qtbot, dialog)
    assert "Saved and read back: 5 of 5" in said(dialog)
    assert stub.stored is not None
    assert (stub.stored["hostname"], stub.stored["password"]) == ("mail.example.test", SMTP_SECRET)
    assert {row[3] for row in cells(dialog)} == {"same", ""}
    assert button(dialog, "Close").isVisible()
    assert not button(dialog, "Save").isEnabled()
    record = next(text for text in said(dialog).split() if text.endswith(".json"))
    assert SMTP_SECRET not in Path(record).read_text()


def test_save_waits_for_the_password_of_the_mail_server(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    line(dialog, "Pass&word of").clear()
    read(qtbot, dialog)
    qtbot.waitUntil(lambda: "is missing: Bitbucket never returns" in labels(dialog))
    assert not button(dialog, "Save").isEnabled()
    qtbot.keyClicks(line(dialog, "Pass&word of"), "x")
    assert button(dialog, "Save").isEnabled()
    assert "is missing" not in labels(dialog)


def test_nothing_can_be_saved_where_nothing_differs(qtbot: QtBot, stub: Stub) -> None:
    server = MailServer("oldrelay.example.test", None, Encryption.STARTTLS_IF_OFFERED, "", "old@example.test")
    dialog = shown(qtbot, Draft(Profile("p", "P", server, bitbucket=Home(stub.url, ADMIN))))
    assert not line(dialog, "Pass&word of").isVisible()
    read(qtbot, dialog)
    qtbot.waitUntil(lambda: "Nothing to change" in labels(dialog))
    assert not button(dialog, "Save").isEnabled()


def test_an_edit_after_reading_asks_for_another_read(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Save").isEnabled)
    qtbot.keyClicks(line(dialog, "&User:"), "2")
    assert not button(dialog, "Save").isEnabled()
    assert "Read again before anything is saved" in labels(dialog)


@pytest.mark.parametrize(("answers", "stored"), [((False,), False), ((True,), True)], ids=["no", "yes"])
def test_replacing_oauth_is_asked_once_more(
    qtbot: QtBot,
    stub: Stub,
    dialog: ApplyDialog,
    monkeypatch: pytest.MonkeyPatch,
    answers: tuple[bool, ...],
    stored: bool,
) -> None:
    assert stub.stored is not None
    stub.stored["auth"] = "OAUTH2"
    questions = answered(monkeypatch, *answers)
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Save").isEnabled)
    assert "by OAuth 2.0" in labels(dialog)
    save(qtbot, dialog)
    assert len(questions) == 1
    assert "Authorize" in questions[0]
    assert (puts(stub) > 0) is stored


def test_a_wrong_password_is_said_and_tried_once(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    line(dialog, "&Password:").setText("wrong")
    press(qtbot, dialog, "Read")
    qtbot.waitUntil(lambda: "does not accept this user name and password" in said(dialog))
    assert stub.asked("GET admin/mail-server") == 1
    assert not button(dialog, "Save").isEnabled()


def test_without_sys_admin_only_email_from_is_saved(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    stub.misdeeds["GET admin/mail-server"] = [fail(401, DENIED)]
    read(qtbot, dialog)
    qtbot.waitUntil(lambda: "may not see the mail server" in said(dialog))
    assert cells(dialog) == [["Email from", "old@example.test", "noreply@example.test", "changed"]]
    press(qtbot, dialog, "Save only Email from")
    qtbot.waitUntil(lambda: "Email from is as wanted" in said(dialog))
    assert stub.stored is not None
    assert (stub.stored["sender"], stub.stored["hostname"]) == ("noreply@example.test", "oldrelay.example.test")
    assert stub.asked("PUT admin/mail-server") == 0


def test_undo_tells_what_comes_back_and_puts_it_back(
    qtbot: QtBot, stub: Stub, dialog: ApplyDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stub.settings()
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Save").isEnabled)
    assert not button(dialog, "Undo").isEnabled()
    save(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Undo").isEnabled)
    questions = answered(monkeypatch, False, True)
    press(qtbot, dialog, "Undo")
    assert "Hostname: mail.example.test → oldrelay.example.test" in questions[0]
    assert stub.settings() != before
    press(qtbot, dialog, "Undo")
    settled(qtbot, dialog)
    assert "Saved and read back" in said(dialog)
    assert {k: v for k, v in (stub.settings() or {}).items() if v} == {k: v for k, v in (before or {}).items() if v}
    assert not button(dialog, "Undo").isEnabled()


def test_undo_says_that_the_former_password_is_kept_nowhere(
    qtbot: QtBot, stub: Stub, dialog: ApplyDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stub.stored is not None
    stub.stored["username"] = "olduser"
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Save").isEnabled)
    save(qtbot, dialog)
    questions = answered(monkeypatch, True)
    qtbot.waitUntil(button(dialog, "Undo").isEnabled)
    press(qtbot, dialog, "Undo")
    settled(qtbot, dialog)
    assert "The password of “olduser” at that time is kept nowhere" in questions[0]
    assert SMTP_SECRET.encode() not in [body for name, _, body in stub.seen if name.startswith("PUT")][-1]


def test_what_is_wrong_with_the_fields_is_said_before_anything_is_sent(
    qtbot: QtBot, stub: Stub, dialog: ApplyDialog
) -> None:
    for label, typed, sentence in (
        ("&User:", "", "a user with SYS_ADMIN"),
        ("&Bitbucket:", "http://bitbucket.example.com", "cross the network in clear text"),
        ("&Bitbucket:", "https://admin:pw@bitbucket.example.com", "user name or password in front of"),
    ):
        line(dialog, label).setText(typed)
        press(qtbot, dialog, "Read")
        assert sentence in labels(dialog)
    assert stub.seen == []


def test_clear_text_can_be_allowed_where_it_is_needed_only(qtbot: QtBot, dialog: ApplyDialog) -> None:
    assert not box(dialog, "clear text").isVisible()
    line(dialog, "&Bitbucket:").setText("http://bitbucket.example.com")
    assert box(dialog, "clear text").isVisible()
    assert not box(dialog, "clear text").isChecked()


def test_a_token_needs_no_user(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    stub.authorization = "Bearer a-token"
    box(dialog, "OAuth 2.0 token").setChecked(True)
    assert not line(dialog, "&User:").isEnabled()
    line(dialog, "&Token:").setText("a-token")
    read(qtbot, dialog)
    qtbot.waitUntil(lambda: len(cells(dialog)) > 1)


def test_an_unusable_ca_file_is_said_and_nothing_is_sent(
    qtbot: QtBot, stub: Stub, dialog: ApplyDialog, tmp_path: Path
) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    dialog.sign_in.trust(str(tmp_path / "ca.pem"))
    assert "also by ca.pem" in labels(dialog)
    press(qtbot, dialog, "Read")
    qtbot.waitUntil(lambda: str(tmp_path / "ca.pem") in said(dialog))
    assert stub.seen == []


def test_a_proxy_of_the_environment_is_offered_without_its_password(
    qtbot: QtBot, dialog: ApplyDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://ann:prox-secret@proxy.example.com:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    line(dialog, "&Bitbucket:").setText("https://bitbucket.example.com")
    line(dialog, "&Bitbucket:").editingFinished.emit()
    qtbot.waitUntil(lambda: any("proxy.example" in x.text() and x.isVisible() for x in dialog.findChildren(QCheckBox)))
    assert box(dialog, "Use the proxy").text().replace("&", "") == "Use the proxy proxy.example.com:3128"
    assert not box(dialog, "Use the proxy").isChecked()


def test_a_certificate_that_is_not_trusted_offers_its_import_and_the_ca_is_kept(
    qtbot: QtBot, stub: Stub, dialog: ApplyDialog, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    stub.socket = context.wrap_socket(stub.socket, server_side=True)
    line(dialog, "&Bitbucket:").setText(stub.url.replace("http:", "https:"))
    line(dialog, "&Password:").setText(SECRET)
    assert not button(dialog, "Import its").isVisible()
    read(qtbot, dialog)
    assert "no password was sent" in said(dialog)
    assert stub.seen == []
    with qtbot.waitSignal(dialog.import_wanted) as wanted:
        press(qtbot, dialog, "Import its")
    assert wanted.args == [MailServer("127.0.0.1", stub.server_port, Encryption.IMPLICIT_TLS)]
    dialog.sign_in.trust(str(tmp_path / "ca.pem"))
    assert not button(dialog, "Import its").isVisible()
    with qtbot.waitSignal(dialog.home_known) as known:
        press(qtbot, dialog, "Read")
    assert known.args is not None
    assert known.args[1].ca_file == str(tmp_path / "ca.pem")


def test_the_password_is_kept_when_that_is_wanted_and_is_there_the_next_time(
    qtbot: QtBot, stub: Stub, store_in_a_file: StoreInAFile
) -> None:
    draft = Draft(Profile("p", "P", SERVER, bitbucket=Home(stub.url, ADMIN)))
    dialog = shown(qtbot, draft)
    read(qtbot, dialog)
    assert store_in_a_file.kept() == {}
    box(dialog, "Keep this password").setChecked(True)
    read(qtbot, dialog)
    qtbot.waitUntil(lambda: store_in_a_file.kept() == {f"bitbucket {stub.url} {ADMIN}": SECRET})
    again = ApplyDialog()
    qtbot.addWidget(again)
    again.show_draft(draft)
    qtbot.waitUntil(lambda: line(again, "&Password:").text() == SECRET)
    line(again, "&User:").setText("somebody")
    assert line(again, "&Password:").text() == ""


def test_no_secret_is_on_the_screen(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Save").isEnabled)
    save(qtbot, dialog)
    everything = [dialog.windowTitle(), labels(dialog), *dialog.pane.steps]
    everything += [x.toolTip() + x.accessibleName() for x in dialog.findChildren(QWidget)]
    basic = b64encode(f"{ADMIN}:{SECRET}".encode()).decode()
    assert len(dialog.pane.steps) > 4
    assert not [x for x in everything for secret in (SECRET, SMTP_SECRET, basic) if secret in x]
    assert line(dialog, "&Password:").echoMode() is QLineEdit.EchoMode.Password
    assert line(dialog, "Pass&word of").echoMode() is QLineEdit.EchoMode.Password


def test_closing_while_it_reads_cancels(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    stub.misdeeds["GET application-properties"] = [silent]
    press(qtbot, dialog, "Read")
    assert button(dialog, "Stop").isVisible()
    qtbot.waitUntil(lambda: bool(stub.seen))
    dialog.close()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: "Stopped" in said(dialog))
    assert stub.asked("GET admin/mail-server") == 0


def test_closing_while_it_saves_is_refused(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Save").isEnabled)
    press(qtbot, dialog, "Save")
    assert dialog.is_changing
    dialog.close()
    assert dialog.isVisible()
    assert "can be closed when that is over" in said(dialog)
    settled(qtbot, dialog)
    assert "Saved and read back" in said(dialog)


def test_a_save_that_is_not_answered_is_read_back(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Save").isEnabled)
    stub.misdeeds["PUT admin/mail-server"] = [hang_up]
    save(qtbot, dialog)
    assert "Not saved" in said(dialog)
    assert any(step.startswith("✕ PUT") for step in dialog.pane.steps)


def test_the_page_of_bitbucket_opens_in_a_browser(
    qtbot: QtBot, stub: Stub, dialog: ApplyDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_urls: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened_urls.append(url.toString()))
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Open Bitbucket").isVisible)
    press(qtbot, dialog, "Open Bitbucket")
    assert opened_urls == [f"{stub.url}/admin/mail-server"]


def test_markup_from_bitbucket_is_shown_as_text(qtbot: QtBot, stub: Stub, dialog: ApplyDialog) -> None:
    stub.nodes = ("<b>node</b>", "node2", "node3")
    read(qtbot, dialog)
    qtbot.waitUntil(lambda: "<b>node</b>" in labels(dialog))
    foreign = [x for x in dialog.findChildren(QLabel) if "<b>" in x.text()]
    assert all(x.textFormat() is Qt.TextFormat.PlainText for x in foreign)


def test_every_field_has_a_label(dialog: ApplyDialog) -> None:
    buddies = [label.buddy() for label in dialog.findChildren(QLabel)]
    assert [x for x in dialog.findChildren(QLineEdit) if x not in buddies] == []
    assert dialog.findChildren(QTableView)[0].accessibleName()
    assert dialog.findChildren(QListView)[0] in buddies


def test_what_is_read_becomes_a_profile_without_a_password(qtbot: QtBot, stub: Stub, folder: Path) -> None:
    window = opened(qtbot, folder)
    assert button(window.view, "Read from Bitbucket").isVisible()
    dialog = window.read_from_bitbucket()
    line(dialog, "&Bitbucket:").setText(stub.url)
    line(dialog, "&User:").setText(ADMIN)
    line(dialog, "&Password:").setText(SECRET)
    assert not button(dialog, "Make a profile").isEnabled()
    read(qtbot, dialog)
    qtbot.waitUntil(button(dialog, "Make a profile").isEnabled)
    assert cells(dialog)[0] == ["Hostname", "oldrelay.example.test"]
    assert not button(dialog, "Save").isVisible()
    press(qtbot, dialog, "Make a profile")
    draft = window.view.form.read()
    assert draft.profile.server.hostname == "oldrelay.example.test"
    assert draft.profile.bitbucket == Home(stub.url, ADMIN)
    assert draft.password == ""
    assert "It has no password" in words(window)
    assert window.view.window().isWindowModified()
    assert not dialog.isVisible()
    assert puts(stub) == 0


def test_where_bitbucket_is_is_saved_with_the_profile(qtbot: QtBot, stub: Stub, folder: Path) -> None:
    window = opened(qtbot, folder)
    draft = window.view.form.read()
    window.view.form.show_draft(Draft(draft.profile._replace(server=SERVER), SMTP_SECRET))
    window.view.form.changed.emit()
    dialog = window.apply_to_bitbucket()
    assert dialog is not None
    line(dialog, "&Bitbucket:").setText(stub.url)
    line(dialog, "&User:").setText(ADMIN)
    line(dialog, "&Password:").setText(SECRET)
    with qtbot.waitSignal(dialog.home_known):
        press(qtbot, dialog, "Read")
    assert window.commands.save()
    assert f'url = "{stub.url}"' in next(folder.iterdir()).read_text()
    assert SECRET not in next(folder.iterdir()).read_text()


def test_settings_that_are_wrong_open_no_dialog(qtbot: QtBot, folder: Path) -> None:
    window = opened(qtbot, folder)
    assert window.apply_to_bitbucket() is None
    assert "Bitbucket was not asked" in words(window)

"""The main window, driven like a hand; profiles in a folder of the test's own."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop import app, theme
from mailsetup_gui.desktop.frame import Frame
from mailsetup_gui.desktop.inbox import Inbox
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.workspace import Workspace
from mailsetup_gui.settings import profiles
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.sandbox import Received, Sandbox

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "", "noreply@example.com")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profiles"


def opened(qtbot: QtBot, folder: Path, sandbox: bool = False) -> MainWindow:
    """A window as the program opens it, filled after its first paint."""
    frame = Frame(lambda frame: MainWindow(frame, Workspace(folder)))
    qtbot.addWidget(frame, before_close_func=at_once)
    frame.show()
    qtbot.waitUntil(lambda: frame.content is not None)
    window = frame.content
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: bool(words(window)))
    if sandbox:
        window.try_sandbox()
    return window


def at_once(frame: QWidget) -> None:
    """The end of a test asks nobody."""
    assert isinstance(frame, Frame)
    if isinstance(frame.content, MainWindow):
        frame.content.bench.close()
    frame.content = None


def words(window: MainWindow) -> str:
    return "\n".join(x.text() for x in frame_of(window).findChildren(QLabel) if x.isVisible())


def frame_of(window: MainWindow) -> QWidget:
    return window.view.window()


def hostname(window: MainWindow) -> QLineEdit:
    label = next(x for x in frame_of(window).findChildren(QLabel) if x.text() == "Host&name:")
    found = label.buddy()
    assert isinstance(found, QLineEdit)
    return found


def fill(window: MainWindow, server: MailServer = SERVER) -> None:
    draft = window.view.form.read()
    window.view.form.show_draft(draft._replace(profile=draft.profile._replace(server=server)))
    window.view.form.changed.emit()


def names(window: MainWindow) -> list[str]:
    model = window.view.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_a_first_start_shows_an_empty_form_and_no_dialog(qtbot: QtBot, folder: Path) -> None:
    window = opened(qtbot, folder)
    assert "try the program with its built-in one" in words(window)
    assert not frame_of(window).isWindowModified()


def test_saved_profiles_are_there_at_the_next_start(qtbot: QtBot, folder: Path) -> None:
    profiles.save(folder, Profile("production", "Production", SERVER))
    window = opened(qtbot, folder)
    assert names(window) == ["Production\n– never tested"]
    assert hostname(window).text() == "mail.example.com"
    assert "refuse to send unless TLS starts" in words(window)


def test_a_damaged_profile_is_kept_aside_and_said(qtbot: QtBot, folder: Path) -> None:
    folder.mkdir()
    (folder / "old.toml").write_text("this is not TOML")
    window = opened(qtbot, folder)
    assert "is damaged" in words(window)
    assert [p.read_text() for p in folder.iterdir()] == ["this is not TOML"]


def test_an_edit_is_marked_and_revert_takes_it_back(qtbot: QtBot, folder: Path) -> None:
    profiles.save(folder, Profile("production", "Production", SERVER))
    window = opened(qtbot, folder)
    hostname(window).setText("other.example.com")
    assert frame_of(window).isWindowModified()
    assert "Unsaved changes" in words(window)
    window.view.actions_by_name["revert"].trigger()
    assert hostname(window).text() == "mail.example.com"
    assert not frame_of(window).isWindowModified()


def test_an_address_typed_letter_by_letter_is_taken_apart_when_the_field_is_left(qtbot: QtBot, folder: Path) -> None:
    window = opened(qtbot, folder)
    qtbot.waitUntil(hostname(window).hasFocus)
    qtbot.keyClicks(hostname(window), "smtps://ann@mail.example.com")
    qtbot.keyClick(hostname(window), Qt.Key.Key_Tab)
    server = window.view.form.read().profile.server
    assert server == MailServer("mail.example.com", 465, Encryption.IMPLICIT_TLS, "ann")


def test_save_writes_the_profile(qtbot: QtBot, folder: Path) -> None:
    window = opened(qtbot, folder)
    fill(window)
    window.view.actions_by_name["save"].trigger()
    assert "Saved." in words(window)
    found, _ = profiles.load(folder)
    assert [p.server for p in found] == [SERVER]


def test_what_is_wrong_is_said_at_once_and_neither_saved_nor_sent(qtbot: QtBot, folder: Path) -> None:
    window = opened(qtbot, folder)
    fill(window, SERVER._replace(hostname="bad_host", sender="nobody"))
    assert not window.commands.save()
    assert window.send_test() is None
    assert "“_” cannot be in a host name" in words(window)
    assert "“nobody” is not an email address" in words(window)
    assert not folder.exists()


def test_profiles_are_added_duplicated_and_removed(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profiles.save(folder, Profile("production", "Production", SERVER))
    window = opened(qtbot, folder)
    window.view.actions_by_name["duplicate"].trigger()
    window.view.actions_by_name["save"].trigger()
    window.view.actions_by_name["new"].trigger()
    assert [n.split("\n")[0] for n in names(window)] == ["New mail server", "Production", "Production copy"]
    window.view.profiles.setCurrentIndex(window.view.model.index(1))
    monkeypatch.setattr(theme, "asked", lambda *_: True)
    window.view.actions_by_name["remove"].trigger()
    assert [p.name for p in profiles.load(folder)[0]] == ["Production copy"]


def test_switching_profiles_keeps_unsaved_edits(qtbot: QtBot, folder: Path) -> None:
    profiles.save(folder, Profile("a", "A", SERVER))
    profiles.save(folder, Profile("b", "B", SERVER._replace(hostname="b.example.com")))
    window = opened(qtbot, folder)
    hostname(window).setText("edited.example.com")
    window.view.profiles.setCurrentIndex(window.view.model.index(1))
    assert hostname(window).text() == "b.example.com"
    window.view.profiles.setCurrentIndex(window.view.model.index(0))
    assert hostname(window).text() == "edited.example.com"
    assert names(window)[0].startswith("A *")


def test_closing_asks_when_something_would_be_lost(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = opened(qtbot, folder)
    fill(window)
    questions: list[str] = []

    def no(_parent: QWidget, _verb: str, question: str) -> bool:
        questions.append(question)
        return False

    monkeypatch.setattr(theme, "asked", no)
    assert not frame_of(window).close()
    assert "will be lost" in questions[0]
    monkeypatch.setattr(theme, "asked", lambda *_: True)
    assert frame_of(window).close()


def test_the_built_in_server_fills_in_the_form_and_takes_a_mail(qtbot: QtBot, folder: Path) -> None:
    window = opened(qtbot, folder, sandbox=True)
    qtbot.waitUntil(lambda: "is running on this computer" in words(window), timeout=15_000)
    assert hostname(window).text() == "127.0.0.1"
    dialog = window.send_test()
    assert dialog is not None
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.running, timeout=15_000)
    qtbot.waitUntil(lambda: "✓ accepted" in names(window)[0])
    hostname(window).setText("127.0.0.2")
    assert "✓ accepted" in names(window)[0]
    window.show_inbox()
    assert "1 arrived" in "\n".join(x.text() for x in frame_of(window).findChildren(QLabel))


def test_the_inbox_shows_a_message_that_is_none(qtbot: QtBot) -> None:
    sandbox = Sandbox()
    nasty = b"Content-Type: text/plain; charset=no-such\r\nSubject: <b>x</b>\x1b\r\n\r\nbody\xff\r\n"
    sandbox.inbox.append(Received("a@b.co", ("c@d.co",), nasty, False, "", 0.0))
    inbox = Inbox(sandbox)
    qtbot.addWidget(inbox)
    texts = [x.toPlainText() for x in inbox.findChildren(QPlainTextEdit)]
    assert "body" in texts[0]
    assert "\x1b" not in "".join(texts)


def test_without_a_screen_the_window_says_so_and_names_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert app.main([]) == 2
    assert "mailsetup test" in capsys.readouterr().err


def loaded(folder: Path, *hook: str) -> set[str]:
    """The modules that the program has when `look()` is called, which `hook` sees to."""
    program = "\n".join(
        (
            "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'offscreen'",
            "from PySide6.QtCore import QTimer",
            "from mailsetup_gui.desktop import app, frame",
            "fill = frame.Frame.fill",
            "def look(*_):",
            "    print(' '.join(sorted(sys.modules))); sys.stdout.flush(); os._exit(0)",
            *hook,
            f"app.main(['--config-dir', {str(folder)!r}])",
        )
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.split())


HEAVY = {"ssl", "keyring", "cryptography", "aiosmtpd", "httpx", "email_validator", "idna", "dns", "asyncio", "trustme"}


def test_the_first_paint_waits_for_no_heavy_module(tmp_path: Path) -> None:
    found = loaded(tmp_path, "frame.Frame.paintEvent = look")
    assert "mailsetup_gui.desktop.frame" in found
    assert (HEAVY | {"tomllib"}) & found == set()


def test_at_rest_nothing_heavy_is_loaded_that_nobody_has_used(tmp_path: Path) -> None:
    """A window that is looked at costs neither OpenSSL nor a keyring, HTTP, DNS or mail server library."""
    later = ("def filled(self):", "    fill(self); QTimer.singleShot(1000, look)", "frame.Frame.fill = filled")
    found = loaded(tmp_path, *later)
    assert "mailsetup_gui.desktop.settings_form" in found
    assert HEAVY & found == set()


def test_the_menu_opens_the_dialog_for_pasted_errors(qtbot: QtBot, folder: Path) -> None:
    window = opened(qtbot, folder)

    window.view.actions_by_name["explain"].trigger()

    assert window.bench.explain().isVisible()
    assert not window.bench.explain().isModal()

"""How the program starts: once per person, for a dialog, on a file; and what it remembers of the window."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
import trustme
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop import app, instance, wish
from mailsetup_gui.desktop.errands import Errands
from mailsetup_gui.desktop.frame import Frame
from mailsetup_gui.desktop.import_wizard import ImportWizard
from mailsetup_gui.desktop.instance import Instance
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.test_dialog import TestDialog
from mailsetup_gui.desktop.wish import IMPORT, SEND_TEST, Wish
from mailsetup_gui.desktop.workspace import Workspace
from mailsetup_gui.settings import keeper, profiles
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "", "noreply@example.com")
ACTION, BUTTON, KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another lock and state than those of the person who tests."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("MAILSETUP_STATE_DIR", str(tmp_path / "state"))


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "Example CA.pem"
    trustme.CA(organization_name="Example Corp").cert_pem.write_to_path(path)
    return path


Opened = tuple[Frame, MainWindow, Errands]
Opener = Callable[[], Opened]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Opened]]:
    """Makes a window that nobody has seen yet, as a start for a dialog has it; profiles are those of `tmp_path`.

    Its end comes here: a window that Python's collector finds in a worker's thread would take Qt with it.
    """
    frames: list[Frame] = []

    def opened() -> Opened:
        frame = Frame(lambda frame: MainWindow(frame, Workspace(tmp_path), first=frame.last_profile))
        frames.append(frame)
        frame.fill()
        window = frame.content
        assert isinstance(window, MainWindow)
        return frame, window, Errands(frame, window)

    yield opened
    for frame in frames:
        if isinstance(frame.content, MainWindow):
            frame.content.bench.close()
        shiboken6.delete(frame)


def wizard_of(frame: Frame) -> ImportWizard:
    return next(wizard for wizard in frame.findChildren(ImportWizard) if wizard.isVisible())


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Wish()),
        ([SEND_TEST], Wish(SEND_TEST)),
        ([IMPORT, "--dark"], Wish(IMPORT, appearance="--dark")),
        (["a b.pem"], Wish(path="/home/ann/a b.pem")),
        (["file:///srv/a%20b.pem"], Wish(path="/srv/a b.pem")),
        ([IMPORT, "/srv/ca.pem"], Wish(IMPORT, "/srv/ca.pem")),
        (["--config-dir", "here", "--sandbox"], Wish(sandbox=True, config_dir="/home/ann/here")),
    ],
)
def test_the_words_of_a_start_are_read(words: list[str], wanted: Wish) -> None:
    assert wish.read(words, "/home/ann") == wanted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--frobnicate"], "--frobnicate is no option"),
        (["-x\x1b[2J"], "-x[2J is no option"),
        (["a.pem", "b.pem"], "One file at a time"),
        ([SEND_TEST, IMPORT], "cannot be combined"),
        ([SEND_TEST, "a.pem"], "takes no file"),
        (["--config-dir"], "needs a folder"),
    ],
)
def test_wrong_words_are_said_and_nothing_starts(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(words) == 2
    told = capsys.readouterr().err
    assert said in told.replace("�", "")
    assert "\x1b" not in told


def test_a_second_start_hands_its_words_to_the_first_and_ends(qtbot: QtBot, tmp_path: Path) -> None:
    first = Instance(str(tmp_path))
    first.listen()
    with qtbot.waitSignal(first.started, timeout=15_000) as started:
        second = subprocess.Popen(
            [sys.executable, "-m", "mailsetup_gui", "--config-dir", str(tmp_path), "--dark", "ca.pem"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )
    assert second.wait(15) == 0
    words, folder = started.args or ([], "")
    assert wish.read(words, folder) == Wish("", f"{tmp_path}/ca.pem", False, str(tmp_path), "--dark")
    first.close()


def test_two_profile_folders_are_two_programs(tmp_path: Path) -> None:
    one, other = Instance(str(tmp_path / "a")), Instance(str(tmp_path / "b"))
    assert one.is_first
    assert other.is_first


def test_after_a_killed_program_the_next_start_is_the_first(tmp_path: Path) -> None:
    """Its lock and its socket are left; neither holds anybody up."""
    script = (
        "import os\nfrom PySide6.QtCore import QCoreApplication\nfrom mailsetup_gui.desktop.instance import Instance\n"
        f"application = QCoreApplication([])\nfirst = Instance({str(tmp_path)!r})\nfirst.listen()\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": os.getcwd()}, timeout=60, check=False
    )
    assert len(list((tmp_path / "run").iterdir())) == 2
    began = time.monotonic()
    successor = Instance(str(tmp_path))
    successor.listen()
    assert successor.is_first
    assert time.monotonic() - began < 2
    successor.close()


def test_a_first_program_that_hangs_does_not_keep_the_second_from_serving(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "_PATIENCE", 0.1)
    hung = Instance(str(tmp_path))
    second = Instance(str(tmp_path))
    assert not second.is_first
    assert not second.handed_over([], "/")
    hung.close()


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"[]\n",
        b'{"words": 1, "folder": "", "token": ""}\n',
        b"[" * 60_000 + b"\n",
        b"{}\n",
        b'{"words": [1], "folder": "", "token": ""}\n',
        b"\xff\n",
        b"x" * 100_000,
    ],
)
def test_what_is_no_start_is_hung_up_on(qtbot: QtBot, tmp_path: Path, line: bytes) -> None:
    first = Instance(str(tmp_path))
    first.listen()
    heard: list[object] = []
    first.started.connect(lambda *words: heard.append(words))
    socket = QLocalSocket()
    socket.connectToServer(str(next(path for path in (tmp_path / "run").iterdir() if path.suffix != ".lock")))
    assert socket.waitForConnected(5000)
    with qtbot.waitSignal(socket.disconnected, timeout=5000):
        socket.write(line)
    assert heard == []
    first.close()


def test_nobody_else_may_talk_to_the_program(qtbot: QtBot, tmp_path: Path) -> None:
    first = Instance(str(tmp_path))
    first.listen()
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "run").iterdir() if path.suffix != ".lock"} == {0}
    first.close()


def test_without_a_place_for_the_lock_the_program_starts_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setenv("MAILSETUP_STATE_DIR", str(tmp_path / "file" / "state"))
    assert Instance("").is_first


def test_place_size_and_profile_of_the_window_are_those_of_the_last_time(
    qtbot: QtBot, opened: Opener, tmp_path: Path
) -> None:
    for name in "ab":
        profiles.save(tmp_path, Profile(name, name.upper(), SERVER))
    frame, window, _ = opened()
    frame.show()
    frame.setGeometry(0, 40, 600, 640)  # the screen of the tests is small
    window.desk.show("b")
    assert frame.close()
    again, restored, _ = opened()
    again.show()
    assert (again.geometry().y(), again.size()) == (40, frame.size())
    assert restored.current == "b"


def test_a_damaged_memory_of_the_window_is_passed_over(qtbot: QtBot, opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "window.ini").write_bytes(b"[window]\ngeometry=@ByteArray(\\x0\\xff)\nprofile=\x00\xff\n")
    frame, _, _ = opened()
    assert (frame.width(), frame.height()) == (940, 800)


def test_a_file_opens_the_wizard_on_it_and_nothing_else(
    qtbot: QtBot, opened: Opener, tmp_path: Path, certificate: Path
) -> None:
    frame, _, errands = opened()
    errands.run(Wish(path=str(certificate)))
    wizard = wizard_of(frame)
    qtbot.waitUntil(lambda: bool(wizard.draft.sent))
    assert wizard.currentPage() is wizard.sent
    assert "1 certificate" in wizard.sent.said.text()
    assert not frame.isVisible()


def test_a_file_that_is_no_certificate_is_said_in_the_wizard(qtbot: QtBot, opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "cat.pem").write_bytes(b"\x89PNG")
    frame, _, errands = opened()
    errands.run(Wish(path=str(tmp_path / "cat.pem")))
    qtbot.waitUntil(lambda: "cat.pem" in wizard_of(frame).sent.said.text())
    assert not wizard_of(frame).sent.isComplete()


def test_a_start_for_the_test_opens_that_dialog_on_the_last_profile(
    qtbot: QtBot, opened: Opener, tmp_path: Path
) -> None:
    profiles.save(tmp_path, Profile("a", "A", SERVER))
    frame, window, errands = opened()
    errands.run(Wish(SEND_TEST))
    assert window.bench.open(window.desk.read()).isVisible()
    assert not frame.isVisible()


def test_a_start_for_the_test_waits_for_the_kept_password(
    qtbot: QtBot, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answer = threading.Event(), threading.Event()

    def recall(_profile_id: str) -> str:
        asked.set()
        answer.wait(10)
        return "secret"

    monkeypatch.setattr(keeper, "recall", recall)
    profiles.save(tmp_path, Profile("a", "A", SERVER._replace(username="ann")))
    frame, window, errands = opened()
    errands.run(Wish(SEND_TEST))
    assert asked.wait(10)
    assert not frame.findChildren(TestDialog)
    answer.set()
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in frame.findChildren(TestDialog)))
    assert not frame.isVisible()
    assert window.desk.read().password == "secret"


def test_a_start_for_the_test_opens_its_dialog_also_where_no_password_is_to_be_had(
    qtbot: QtBot, opened: Opener, tmp_path: Path
) -> None:
    profiles.save(tmp_path, Profile("a", "A", SERVER._replace(username="ann")))
    frame, _, errands = opened()
    errands.run(Wish(SEND_TEST))
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in frame.findChildren(TestDialog)))


def test_a_start_for_the_test_without_settings_opens_the_form(qtbot: QtBot, opened: Opener, tmp_path: Path) -> None:
    frame, window, errands = opened()
    errands.run(Wish(SEND_TEST))
    assert frame.isVisible()
    assert "Nothing was sent" in window.view.news


def test_the_program_ends_with_the_dialog_that_it_was_started_for(
    qtbot: QtBot, opened: Opener, tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(True))
    frame, _, errands = opened()
    errands.run(Wish(path=str(certificate)))
    wizard_of(frame).reject()
    qtbot.waitUntil(lambda: ended == [True])
    assert not frame.isVisible()


def test_what_the_dialog_left_unsaved_is_shown_before_the_program_ends(
    qtbot: QtBot, opened: Opener, tmp_path: Path, certificate: Path
) -> None:
    frame, _, errands = opened()
    errands.run(Wish(path=str(certificate)))
    wizard = wizard_of(frame)
    wizard.written.emit("/srv/mail-cacerts.jks")
    wizard.reject()
    qtbot.waitUntil(frame.isVisible)
    assert frame.isWindowModified()


def test_another_start_raises_the_window_or_opens_its_dialog(
    qtbot: QtBot, opened: Opener, tmp_path: Path, certificate: Path
) -> None:
    frame, _, errands = opened()
    frame.showMinimized()
    errands.take([], "/")
    assert not frame.isMinimized()
    errands.take([certificate.name], str(certificate.parent))
    assert wizard_of(frame).draft.path == str(certificate)


def test_a_certificate_file_or_text_that_is_dropped_opens_the_wizard(
    qtbot: QtBot, opened: Opener, tmp_path: Path, certificate: Path
) -> None:
    frame, _, _ = opened()
    frame.show()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(certificate))])
    dropped(frame, mime)
    assert wizard_of(frame).draft.path == str(certificate)
    wizard_of(frame).reject()
    text = QMimeData()
    text.setText(certificate.read_text())
    dropped(frame, text)
    assert wizard_of(frame).draft.pasted == certificate.read_text()


def test_what_is_no_certificate_is_not_taken_when_it_is_dragged_over(
    qtbot: QtBot, opened: Opener, tmp_path: Path
) -> None:
    frame, _, _ = opened()
    mime = QMimeData()
    mime.setText("hello")
    event = QDragEnterEvent(QPoint(5, 5), ACTION, mime, BUTTON, KEYS)
    QApplication.sendEvent(frame, event)
    assert not event.isAccepted()


def test_a_file_dropped_on_a_field_is_for_the_window_and_on_the_truststore_its_path(
    qtbot: QtBot, opened: Opener, tmp_path: Path, certificate: Path
) -> None:
    frame, window, _ = opened()
    frame.show()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(certificate))])
    lines = {str(line.property("subject")): line for line in frame.findChildren(QLineEdit)}
    over = QDragEnterEvent(QPoint(5, 5), ACTION, mime, BUTTON, KEYS)
    QApplication.sendEvent(lines["hostname"], over)
    assert lines["hostname"].text() == ""
    dropped(lines["truststore"], mime)
    assert window.desk.read().profile.truststore == str(certificate)


def dropped(on: QWidget, mime: QMimeData) -> None:
    """As a hand does it: over the widget, then let go."""
    over = QDragEnterEvent(QPoint(5, 5), ACTION, mime, BUTTON, KEYS)
    QApplication.sendEvent(on, over)
    assert over.isAccepted()
    QApplication.sendEvent(on, QDropEvent(QPointF(5, 5), ACTION, mime, BUTTON, KEYS))

"""A test send in the window, against the built-in server and against servers that misbehave."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from mailsetup_gui import trial
from mailsetup_gui.desktop.test_dialog import TestDialog
from mailsetup_gui.desktop.workspace import SANDBOX_ID, Draft
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Result
from mailsetup_gui.smtp.sandbox import PASSWORD, Sandbox
from tests.java.jvms import needed
from tests.smtp.polite import Misdeed, Mode, Stage, polite, says
from tests.smtp.scripted import Scripted
from tests.smtp.trying import request

PLANTED = "hunter2-PLANTED-geheim"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def dialog(qtbot: QtBot) -> TestDialog:
    dialog = TestDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def silent_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def speaking() -> Iterator[Callable[[bytes], int]]:
    """A server that says these octets to the first client, reads what comes, and says nothing more."""
    servers: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def speak(octets: bytes) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def run() -> None:
            client, _ = server.accept()
            with client:
                client.sendall(octets)
                while client.recv(4096):
                    pass

        threads.append(threading.Thread(target=run, daemon=True))
        threads[-1].start()
        return int(server.getsockname()[1])

    yield speak
    for thread in threads:
        thread.join(5)
    for server in servers:
        server.close()


def sandbox_draft(sandbox: Sandbox, password: str = PASSWORD) -> Draft:
    return Draft(Profile(SANDBOX_ID, "Built-in", trial.sandbox_server(sandbox), recipient="you@example.test"), password)


def draft(port: int, encryption: Encryption = Encryption.NONE, username: str = "") -> Draft:
    server = MailServer("127.0.0.1", port, encryption, username, "noreply@example.test")
    return Draft(Profile("p", "Production", server, recipient="ops@example.test"), PLANTED if username else "")


def run(qtbot: QtBot, dialog: TestDialog) -> None:
    qtbot.mouseClick(button(dialog, "Send"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.running, timeout=15_000)


def button(dialog: TestDialog, words: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "").startswith(words))


def table(dialog: TestDialog, name: str) -> QTableView:
    return next(t for t in dialog.findChildren(QTableView) if t.accessibleName() == name)


def column(view: QTableView, number: int) -> list[str]:
    model = view.model()
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def words(dialog: TestDialog) -> str:
    return "\n".join(x.text() for x in dialog.findChildren(QLabel) if x.isVisible())


def test_a_test_on_the_built_in_server_ends_with_a_true_verdict(
    qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox
) -> None:
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    run(qtbot, dialog)
    assert "accepted the message as" in words(dialog)
    assert "is equal to what was sent" in words(dialog)
    assert set(column(table(dialog, "Steps of the test"), 0)) == {"✓"}
    assert any("read back" in line for line in column(table(dialog, "Transcript"), 3))


def test_the_chosen_jvm_is_asked_beside_the_prediction(qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox) -> None:
    java = needed(17)
    chosen = next(box for box in dialog.findChildren(QComboBox) if box.itemText(0).startswith("Prove it in Java"))
    chosen.setCurrentIndex(next(at for at in range(chosen.count()) if java.version in chosen.itemText(at)))
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    run(qtbot, dialog)
    steps = table(dialog, "Steps of the test")
    results = dict(zip(column(steps, 1), column(steps, 2), strict=True))
    assert results["TLS handshake"].endswith("predicted: Java trusts it")
    assert results["TLS in Bitbucket's Java"].startswith(f"proved in Java {java.version}: trusted")


def test_no_jvm_is_started_when_only_a_prediction_is_wanted(qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox) -> None:
    chosen = next(box for box in dialog.findChildren(QComboBox) if "Predict only" in box.itemText(box.count() - 1))
    chosen.setCurrentIndex(chosen.count() - 1)
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    run(qtbot, dialog)
    assert "TLS in Bitbucket's Java" not in column(table(dialog, "Steps of the test"), 1)


def test_a_refused_sign_in_names_the_cause_and_the_steps_not_tried(
    qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox
) -> None:
    dialog.show_draft(sandbox_draft(sandbox, PLANTED), sandbox)
    run(qtbot, dialog)
    assert "refused the sign-in" in words(dialog)
    steps = table(dialog, "Steps of the test")
    assert ("✕", "Sign in") in zip(column(steps, 0), column(steps, 1), strict=True)
    assert "not tried" in column(steps, 2)


def test_the_password_is_nowhere_to_be_seen_or_saved(
    qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox, tmp_path: Path
) -> None:
    dialog.show_draft(sandbox_draft(sandbox, PLANTED), sandbox)
    run(qtbot, dialog)
    qtbot.mouseClick(button(dialog, "Copy"), Qt.MouseButton.LeftButton)
    reports = [tmp_path / "report.md", tmp_path / "report.jsonl"]
    for path in reports:
        dialog.save_report(str(path))
    seen = [words(dialog), QGuiApplication.clipboard().text(), *(path.read_text("utf-8") for path in reports)]
    seen += column(table(dialog, "Transcript"), 3)
    assert not any("hunter2" in text for text in seen)
    assert '"cause": "auth.refused"' in reports[1].read_text("utf-8")
    assert "**** (password)" in reports[0].read_text("utf-8")


def test_a_ticket_hides_names_when_that_is_wanted(qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox) -> None:
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    save, copy = button(dialog, "Save report"), button(dialog, "Copy for ticket")
    assert not save.isEnabled()
    run(qtbot, dialog)
    assert save.isEnabled()
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "127.0.0.1" in QGuiApplication.clipboard().text()
    hides = next(box for box in dialog.findChildren(QCheckBox) if "Hide host names" in box.text().replace("&", ""))
    hides.setChecked(True)
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "# address-1 accepted" in text
    assert "127.0.0.1" not in text


def test_the_card_of_a_saved_profile_begins_with_what_changed(qtbot: QtBot, dialog: TestDialog) -> None:
    refuses: dict[Stage, Misdeed] = {Stage.EHLO: says(b"250 mail.example.test\r\n")}
    today: dict[Stage, Misdeed] = {}
    with Scripted(polite(Mode.STARTTLS, today)) as server:
        asked = request(server.port, Mode.STARTTLS)
        saved = Profile("saved-in-window", "Production", asked.server, asked.truststore, "ops@example.test")
        for outcome in ("accepted the message", "does not offer STARTTLS"):
            qtbot.waitUntil(button(dialog, "Send").isEnabled)
            dialog.show_draft(Draft(saved, PLANTED), saved=saved)
            run(qtbot, dialog)
            assert outcome in dialog.card.words
            today.update(refuses)
    first, second, title, *_ = dialog.card.words.split("\n")
    assert first.startswith("It last worked on ")
    assert second == "≠ STARTTLS is no longer offered."
    assert "does not offer STARTTLS" in title


def test_cancel_answers_at_once_and_says_where(qtbot: QtBot, dialog: TestDialog, silent_port: int) -> None:
    dialog.show_draft(draft(silent_port))
    dialog.start()
    qtbot.waitUntil(lambda: "Server greeting" in words(dialog))
    cancel = button(dialog, "Cancel")
    assert cancel.isEnabled()
    with qtbot.waitSignal(dialog.tested, timeout=500):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert "Cancelled" in words(dialog)
    assert "Server greeting" in words(dialog)
    qtbot.waitUntil(lambda: not dialog.running)


def test_closing_the_dialog_cancels_the_test(qtbot: QtBot, dialog: TestDialog, silent_port: int) -> None:
    dialog.show_draft(draft(silent_port))
    dialog.start()
    qtbot.waitUntil(lambda: "Server greeting" in words(dialog))
    dialog.close()
    qtbot.waitUntil(lambda: not dialog.running)
    finished = dialog.finished_with
    assert finished is not None
    assert finished.outcome.result is Result.CANCELLED


def test_escape_cancels_the_test_too(qtbot: QtBot, dialog: TestDialog, silent_port: int) -> None:
    dialog.show_draft(draft(silent_port))
    dialog.start()
    qtbot.waitUntil(lambda: "Server greeting" in words(dialog))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.running)
    finished = dialog.finished_with
    assert finished is not None
    assert finished.outcome.result is Result.CANCELLED


def test_a_wrong_recipient_is_said_and_nothing_is_sent(qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox) -> None:
    arrived = len(sandbox.inbox)
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    dialog.findChildren(QLineEdit)[0].setText("not an address")
    run(qtbot, dialog)
    assert "Nothing was sent" in words(dialog)
    assert "not an email address" in words(dialog)
    assert len(sandbox.inbox) == arrived


def test_stop_before_sending_sends_nothing(qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox) -> None:
    arrived = len(sandbox.inbox)
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    box = next(b for b in dialog.findChildren(QCheckBox) if "before sending" in b.text().replace("&", ""))
    box.setChecked(True)
    run(qtbot, dialog)
    assert "Everything up to the recipient works" in words(dialog)
    assert len(sandbox.inbox) == arrived


def test_consent_to_clear_text_is_for_one_test_only(
    qtbot: QtBot, dialog: TestDialog, speaking: Callable[[bytes], int]
) -> None:
    dialog.show_draft(draft(speaking(b"421 busy\r\n"), username="bitbucket"))
    box = next(b for b in dialog.findChildren(QCheckBox) if "clear text" in b.text())
    assert box.isVisible()
    box.setChecked(True)
    run(qtbot, dialog)
    assert not box.isChecked()


def test_selecting_a_step_selects_its_lines(qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox) -> None:
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    run(qtbot, dialog)
    steps = column(table(dialog, "Steps of the test"), 1)
    dialog.results.select_step(next(row for row, step in enumerate(steps) if "Sign in" in step))
    lines = column(table(dialog, "Transcript"), 3)
    assert [lines[row] for row in dialog.results.selected_lines()][:1] == ["AUTH LOGIN"]
    assert len(dialog.results.selected_lines()) == 6


def test_foreign_text_is_plain_text_in_every_widget(
    qtbot: QtBot, dialog: TestDialog, speaking: Callable[[bytes], int]
) -> None:
    nasty = "554 <img src='file:///etc/passwd'><b>x</b> \x1b[31m\u202e\u200b\r\n"
    dialog.show_draft(draft(speaking(nasty.encode())))
    run(qtbot, dialog)
    labels = [x for x in dialog.findChildren(QLabel) if "<img" in x.text()]
    assert labels
    assert all(x.textFormat() is Qt.TextFormat.PlainText for x in labels)
    shown = words(dialog) + "\n".join(column(table(dialog, "Transcript"), 3))
    assert not set("\x1b\u202e\u200b") & set(shown)
    model = table(dialog, "Transcript").model()
    assert "&lt;img" in str(model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole))


def test_the_result_is_kept_until_the_next_run(qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox) -> None:
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    run(qtbot, dialog)
    dialog.close()
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    dialog.show()
    assert "accepted the message as" in words(dialog)


def test_status_is_said_in_words_for_a_screen_reader(qtbot: QtBot, dialog: TestDialog, sandbox: Sandbox) -> None:
    dialog.show_draft(sandbox_draft(sandbox), sandbox)
    run(qtbot, dialog)
    model = table(dialog, "Steps of the test").model()
    spoken = [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]
    assert any("TLS handshake, done, TLSv1.3" in text for text in spoken)

"""A password store that takes its time: nothing is tested without the kept password, and nothing is lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.test_dialog import TestDialog
from mailsetup_gui.settings import keeper, profiles
from mailsetup_gui.settings.credentials import KeyringTrouble, Obstacle
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "ann", "noreply@example.com")


class Store:
    """Keeps "secret" for profile a; answers when `answer` is set, with `trouble` where there is one."""

    def __init__(self) -> None:
        self.answer = threading.Event()
        self.kept = {"a": "secret"}
        self.trouble: KeyringTrouble | None = None

    def recall(self, profile_id: str) -> str | None:
        self.answer.wait(10)
        if self.trouble:
            raise self.trouble
        return self.kept.get(profile_id)

    def keep(self, profile_id: str, password: str) -> str:
        self.kept[profile_id] = password
        return "a store of the test's own"

    def forget(self, profile_id: str) -> None:
        self.kept.pop(profile_id, None)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Behind the window of these tests, which has two profiles, one with a user name."""
    profiles.save(tmp_path, Profile("a", "A", SERVER))
    profiles.save(tmp_path, Profile("b", "B", SERVER._replace(username="")))
    store = Store()
    for name in ("recall", "keep", "forget"):
        monkeypatch.setattr(keeper, name, getattr(store, name))
    monkeypatch.setattr(keeper, "store_name", lambda: "a store of the test's own")
    yield store
    store.answer.set()


@pytest.fixture
def slow(store: Store, window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window on profile a, whose password is not known yet."""
    qtbot.waitUntil(lambda: window.current == "a")
    return window


def dialog_of(window: MainWindow) -> TestDialog | None:
    return next((d for d in window.view.window().findChildren(TestDialog) if d.isVisible()), None)


def test_a_test_that_is_asked_for_early_waits_for_the_kept_password(
    qtbot: QtBot, slow: MainWindow, store: Store
) -> None:
    slow.view.actions_by_name["test"].trigger()
    slow.view.actions_by_name["test"].trigger()
    assert dialog_of(slow) is None
    assert slow.view.news == "Asking the password store…"
    store.answer.set()
    qtbot.waitUntil(lambda: dialog_of(slow) is not None)
    assert slow.desk.read().password == "secret"
    assert slow.view.news == ""


def test_a_store_that_does_not_answer_is_said_and_the_test_opens(qtbot: QtBot, slow: MainWindow, store: Store) -> None:
    store.trouble = KeyringTrouble(Obstacle.LOCKED)
    slow.view.actions_by_name["test"].trigger()
    store.answer.set()
    qtbot.waitUntil(lambda: dialog_of(slow) is not None)


def test_a_store_that_was_locked_is_asked_again_by_the_next_test(qtbot: QtBot, slow: MainWindow, store: Store) -> None:
    store.trouble = KeyringTrouble(Obstacle.LOCKED)
    with qtbot.waitSignal(slow.desk.passwords.unknown):
        store.answer.set()
    assert any("Unlock it, then try again." in label.text() for label in slow.view.form.findChildren(QLabel))
    store.trouble = None
    slow.view.actions_by_name["test"].trigger()
    qtbot.waitUntil(lambda: dialog_of(slow) is not None)
    assert slow.desk.read().password == "secret"


def test_what_was_typed_after_a_locked_store_is_not_asked_for(qtbot: QtBot, slow: MainWindow, store: Store) -> None:
    store.trouble = KeyringTrouble(Obstacle.LOCKED)
    with qtbot.waitSignal(slow.desk.passwords.unknown):
        store.answer.set()
    slow.view.form.show_password("typed")
    slow.view.actions_by_name["test"].trigger()
    assert dialog_of(slow) is not None
    assert slow.desk.read().password == "typed"


def test_another_profile_is_not_tested_in_its_place(qtbot: QtBot, slow: MainWindow, store: Store) -> None:
    slow.view.actions_by_name["test"].trigger()
    slow.desk.show("b")
    with qtbot.waitSignal(slow.desk.passwords.recalled):
        store.answer.set()
    assert dialog_of(slow) is None
    slow.desk.show("a")
    assert slow.desk.read().password == "secret"


@pytest.mark.parametrize("trouble", [None, KeyringTrouble(Obstacle.LOCKED)], ids=["slow", "locked"])
def test_saving_before_the_store_answers_keeps_what_it_keeps(
    qtbot: QtBot,
    slow: MainWindow,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    trouble: KeyringTrouble | None,
    tmp_path: Path,
) -> None:
    forgotten: list[str] = []
    monkeypatch.setattr(slow.desk.passwords, "forget", forgotten.append)
    store.trouble = trouble
    if trouble:
        with qtbot.waitSignal(slow.desk.passwords.unknown):
            store.answer.set()
    draft = slow.view.form.read()
    slow.view.form.show_draft(draft._replace(profile=draft.profile._replace(server=SERVER._replace(port=25))))
    assert slow.commands.save()
    assert profiles.load(tmp_path)[0][0].server.port == 25
    assert forgotten == []


def test_a_password_that_is_cleared_by_hand_is_forgotten(qtbot: QtBot, slow: MainWindow, store: Store) -> None:
    with qtbot.waitSignal(slow.desk.passwords.recalled):
        store.answer.set()
    slow.view.form.show_draft(slow.view.form.read()._replace(password=""))
    assert slow.commands.save()
    qtbot.waitUntil(lambda: store.kept == {})

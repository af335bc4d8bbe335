"""The password store in a process of its own: asked for real, slow, broken, and gone."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from mailsetup_gui import aside
from mailsetup_gui.settings import keeper
from mailsetup_gui.settings.credentials import KeyringTrouble, Obstacle
from tests.settings.stores import StoreInAFile
from tests.smtp.planted import leaks
from tests.smtp.polite import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


def trouble() -> KeyringTrouble:
    with pytest.raises(KeyringTrouble) as caught:
        keeper.recall("prod")
    return caught.value


def test_a_password_is_kept_recalled_and_forgotten(store_in_a_file: StoreInAFile) -> None:
    assert keeper.store_name() == "Secret Service"
    assert keeper.recall("prod") is None
    assert keeper.keep("prod", "ü☃\udcff \n") == "Secret Service"
    assert store_in_a_file.kept() == {"prod": "ü☃\udcff \n"}
    assert keeper.recall("prod") == "ü☃\udcff \n"
    keeper.forget("prod")
    assert keeper.recall("prod") is None


def test_nothing_of_a_store_is_loaded_by_who_asks(store_in_a_file: StoreInAFile) -> None:
    code = (
        "import sys; from mailsetup_gui.settings import keeper; keeper.keep('prod', 'x');"
        "print(keeper.recall('prod'), [name for name in ('keyring', 'cryptography') if name in sys.modules])"
    )
    path = os.pathsep.join([str(ROOT), *sys.path])
    told = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert told.stdout == "x []\n"


def test_without_a_store_that_is_said() -> None:
    assert trouble().obstacle is Obstacle.NO_STORE


def test_a_locked_store_is_said(store_in_a_file: StoreInAFile) -> None:
    store_in_a_file.misbehave("raise KeyringLocked('locked')")
    assert trouble().obstacle is Obstacle.LOCKED


@pytest.mark.parametrize(
    ("misdeed", "said"),
    [
        (f"raise RuntimeError({PASSWORD!r})", "RuntimeError"),
        ("os.kill(os.getpid(), 9)", "its process ended with code -9"),
        ("os._exit(0)", "its process ended with code 0"),
        ("os.write(1, b'words\\n')", "its process ended with code 0"),
        ("os.write(1, b'5'); os._exit(0)", "its process ended with code 0"),
        ("os.write(1, b'[5, 6]'); os._exit(0)", "its process ended with code 0"),
    ],
    ids=["raises", "is killed", "goes without a word", "says something else", "says a number", "says two"],
)
def test_a_store_that_breaks_says_how_and_no_secret(misdeed: str, said: str, store_in_a_file: StoreInAFile) -> None:
    keeper.keep("prod", PASSWORD)
    store_in_a_file.misbehave(misdeed)
    found = trouble()
    assert (found.obstacle, found.reason) == (Obstacle.FAILED, said)
    assert not leaks(f"{found!r} {found}")


def test_a_store_that_waits_for_nobody_is_ended(store_in_a_file: StoreInAFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "PATIENCE", 3.0)
    store_in_a_file.misbehave("threading.Event().wait()")
    assert trouble().obstacle is Obstacle.SILENT
    with pytest.raises(ProcessLookupError):
        os.kill(store_in_a_file.process, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="os.pidfd_open is Linux's")
def test_a_store_that_waits_ends_with_the_program_that_asked(store_in_a_file: StoreInAFile) -> None:
    os.mkfifo(store_in_a_file.folder / "asked")
    asked = os.open(store_in_a_file.folder / "asked", os.O_RDONLY | os.O_NONBLOCK)
    store_in_a_file.misbehave("(FOLDER / 'asked').write_text('yes'); threading.Event().wait()")
    code = "from mailsetup_gui.settings import keeper; keeper.recall('prod')"
    path = os.pathsep.join([str(ROOT), *sys.path])
    with subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}) as program:
        told = select.select([asked], [], [], 20)[0]
        waits = os.pidfd_open(store_in_a_file.process) if told else asked
        program.kill()
    try:
        assert told
        assert select.select([waits], [], [], 20)[0]
    finally:
        for one in {asked, waits}:
            os.close(one)


def test_a_process_that_cannot_be_started_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_command", lambda _: ["/nonexistent/python"])
    assert (trouble().obstacle, trouble().reason) == (Obstacle.FAILED, "No such file or directory")


def test_the_password_is_in_no_argument() -> None:
    assert not leaks(" ".join(aside._command(keeper.MODULE)))

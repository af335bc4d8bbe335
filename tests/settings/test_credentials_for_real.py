"""GNOME's own password store in a session of its own, and a session without one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.smtp.polite import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


REAL = """
import sys
from mailsetup_gui.settings.credentials import forget, keep, recall, store_name
password = sys.stdin.read()
print(store_name(), keep("prod", password), recall("prod") == password, recall("other"))
forget("prod")
print(recall("prod"))
"""


@pytest.mark.skipif(
    not all(map(shutil.which, ("gnome-keyring-daemon", "dbus-run-session"))),
    reason="no gnome-keyring or dbus-run-session",
)
def test_gnome_keyring_keeps_a_password_and_forgets_it(tmp_path: Path) -> None:
    unlock = "eval \"$(printf '\\n' | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)\""
    script = tmp_path / "session.sh"
    script.write_text(f'{unlock}\nexec "$0" -c "$1" <"$2"\n')
    (tmp_path / "password").write_text(PASSWORD)
    (tmp_path / "runtime").mkdir(mode=0o700)
    home = {"HOME": tmp_path, "XDG_DATA_HOME": tmp_path / "data", "XDG_RUNTIME_DIR": tmp_path / "runtime"}

    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", script.read_text(), sys.executable, REAL, str(tmp_path / "password")],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **{name: str(path) for name, path in home.items()}},
    )

    assert done.stdout.splitlines() == ["Secret Service Secret Service True None", "None"], done.stderr


def test_without_a_message_bus_there_is_no_store(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from mailsetup_gui.settings.credentials import store_name; store_name()"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(tmp_path),
        },
    )

    assert "KeyringTrouble: no store" in done.stderr

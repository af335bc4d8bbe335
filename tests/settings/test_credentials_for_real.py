"""GNOME's own password store in a session of its own, and a session without one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


SECRET = "kept-\u00fc\u2603-4711"
PYTHON = """
import sys
from mailsetup_gui.settings import credentials, keeper
from mailsetup_gui.wording import storing
for words in sys.argv[1:]:
    name, _, secret = words.partition("=")
    arguments = () if name == "store_name" else ("prod", secret) if secret else ("prod",)
    try:
        print(getattr(ASKED, name)(*arguments))
    except credentials.KeyringTrouble as trouble:
        print(storing.obstacle(trouble))
"""
UNLOCK = """printf 'login password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"""
LOOKUP = """echo "secret-tool: $(secret-tool lookup service mailsetup username prod)" """
LOCK = (
    "dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets"
    " org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null"
)
CLOSED_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen><standard_session_servicedirs/>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
<deny send_destination="org.freedesktop.secrets"/></policy></busconfig>
"""
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("gnome-keyring-daemon", "dbus-run-session", "secret-tool", "dbus-send"))),
    reason="no gnome-keyring, secret-tool or dbus-run-session",
)


@pytest.fixture(autouse=True, params=["credentials", "keeper"])
def program(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Asked in the program itself, as the terminal does, or in a process of its own, as the window does."""
    (tmp_path / "program.py").write_text(PYTHON.replace("ASKED", request.param))


def session(folder: Path, *lines: str, bus: str = "") -> list[str]:
    """What the lines of a shell print in a session of its own; `mailsetup` in them is PYTHON with its words."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    own = ["dbus-run-session", *(["--config-file", bus] if bus else []), "--"]
    program = f'mailsetup() {{ {sys.executable} {folder}/program.py "$@"; }}'
    done = subprocess.run(
        [*own, "bash", "-c", "\n".join([program, *lines])],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "LC_ALL": "C.UTF-8",
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_RUNTIME_DIR": str(runtime),
        },
    )
    end_daemons_of(folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def end_daemons_of(folder: Path) -> None:
    """A keyring daemon whose bus would not have it stays behind its session."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"HOME={folder}\0".encode() in (process / "environ").read_bytes():
                os.kill(int(process.name), signal.SIGTERM)


def test_a_password_is_kept_found_by_other_programs_and_forgotten(tmp_path: Path) -> None:
    told = session(
        tmp_path,
        UNLOCK,
        f"mailsetup store_name keep={SECRET} recall",
        LOOKUP,
        "mailsetup forget recall",
        LOOKUP,
    )
    assert told == [
        *("Secret Service", "Secret Service", SECRET),
        f"secret-tool: {SECRET}",
        *("None", "None"),
        "secret-tool: ",
    ]


def test_a_password_is_read_after_the_session_and_its_store_were_started_again(tmp_path: Path) -> None:
    assert session(tmp_path, UNLOCK, f"mailsetup keep={SECRET}") == ["Secret Service"]
    assert session(tmp_path, UNLOCK, "mailsetup recall forget recall") == [SECRET, "None", "None"]


def test_the_stores_own_file_does_not_hold_the_password_readably(tmp_path: Path) -> None:
    session(tmp_path, UNLOCK, f"mailsetup keep={SECRET}")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []


def test_a_locked_store_is_said(tmp_path: Path) -> None:
    told = session(tmp_path, UNLOCK, f"mailsetup keep={SECRET}", LOCK, f"mailsetup recall keep={SECRET}")
    assert told == ["Secret Service", *["The password store is locked. Unlock it, then try again."] * 2]


def test_a_store_that_a_policy_closes_is_said(tmp_path: Path) -> None:
    (tmp_path / "bus.conf").write_text(CLOSED_BUS.format(folder=tmp_path))
    told = session(tmp_path, UNLOCK, f"mailsetup keep={SECRET} recall", bus=str(tmp_path / "bus.conf"))
    assert len(told) == 2
    assert all("closed to this program" in sentence for sentence in told)


def test_without_a_message_bus_there_is_no_store_and_that_is_said(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(tmp_path / "program.py"), "store_name", f"keep={SECRET}", "recall"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **home},
    )
    assert done.stdout.splitlines() == ["There is no password store to trust."] * 3

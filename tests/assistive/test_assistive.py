"""The windows as a screen reader has them: everything has a name, and all of the main work is done through AT-SPI."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mailsetup_gui.trust import truststore

CLIENT = Path(__file__).with_name("client.py")
SYSTEM = "/usr/bin/python3"
SESSION = """
openbox >/dev/null 2>&1 &
exec "$@"
"""


def has_reader() -> bool:
    """gi of the system's Python with AT-SPI's typelib, a message bus, and a screen to show windows on."""
    if not all(map(shutil.which, ("Xvfb", "xvfb-run", "dbus-run-session", "openbox", "xdotool"))) or not os.path.exists(
        SYSTEM
    ):
        return False
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    return subprocess.run([SYSTEM, "-c", probe], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not has_reader(), reason="no AT-SPI for the system's python3, no Xvfb, openbox or xdotool"
)


def heard(scenario: str, folder: Path, *words: str) -> Any:
    """What the client tells of one scenario, in a session of its own."""
    runtime, out = folder / "runtime", folder / "out"
    runtime.mkdir(mode=0o700)
    out.mkdir()
    program = [sys.executable, "-m", "mailsetup_gui", *words]
    session = ["dbus-run-session", "--", "bash", "-c", SESSION, "session"]
    client = [SYSTEM, "-W", "ignore::DeprecationWarning", str(CLIENT), scenario, str(out), *program]
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", *session, *client],
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "MAILSETUP_CONFIG_DIR": str(folder / "config"),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": os.getcwd(),
        },
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_control_of_every_window_has_a_role_and_a_name(tmp_path: Path) -> None:
    windows = heard("everything", tmp_path)
    assert [len(windows), sum(window["controls"] > 3 for window in windows)] == [16, 16]
    assert [nameless for window in windows for nameless in window["nameless"]] == []


def test_a_whole_test_is_sent_and_heard_without_a_mouse_or_a_look(tmp_path: Path) -> None:
    told = heard("send", tmp_path)
    assert "accepted the message" in told["verdict"]
    assert any(step.startswith("TLS handshake, done, TLSv1.3") for step in told["steps"])
    assert any(one.startswith("Step ") for one in told["announced"])
    assert told["announced"][-1] == told["verdict"].removeprefix("✓").strip()


def test_a_whole_import_ends_in_a_truststore_on_the_disk(tmp_path: Path) -> None:
    told = heard("import", tmp_path)
    written = tmp_path / "out" / "mail-cacerts.jks"
    assert str(written) in told["said"]
    assert len(truststore.trusted(str(written))) > 100


def test_a_second_start_brings_the_first_window_to_the_front(tmp_path: Path) -> None:
    told = heard("again", tmp_path)
    assert told["codes"] == [0, 0]
    assert told["fronts"] == ["New mail server — mailsetup", "Import a certificate"]

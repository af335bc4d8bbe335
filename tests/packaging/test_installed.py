"""The Debian package installed in a bare Debian, and used there as a person does: terminal, menu, file manager."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from tests.packaging import places
from tests.packaging.bare import PERSON, Root
from tests.packaging.places import ID
from tests.packaging.screen import Screen, running

MENU = f"/usr/share/applications/{ID}.desktop"
FIRST_ICON = (207, 96)
"""Of a folder in pcmanfm, from the corner of its window; there is one icon only."""


def test_a_test_mail_is_sent_in_a_terminal(debian: Root) -> None:
    done = debian.run("mailsetup", "test", "--sandbox", "--to", "you@example.test")
    assert (done.returncode, done.stderr) == (0, "")
    assert "accepted the message" in done.stdout


def test_certificates_are_read_and_an_encrypted_truststore_is_written(debian: Root) -> None:
    home = f"/home/{PERSON}"
    (debian.path / home[1:] / "secret").write_text("correct horse\n", encoding="utf-8")
    authorities = "/usr/lib/mailsetup/certifi/cacert.pem"
    shown = debian.run("mailsetup", "certificate", "show", authorities)
    assert (shown.returncode, shown.stderr) == (0, "")
    words = ["--base", "none", "--add", f"{authorities}#1", "--format", "pkcs12", "--encrypt"]
    words += ["--password-file", f"{home}/secret", "--out", f"{home}/store.p12"]
    written = debian.run("mailsetup", "truststore", "build", *words)
    assert written.returncode == 0, written.stderr
    seen = debian.run("mailsetup", "truststore", "show", f"{home}/store.p12", "--password-file", f"{home}/secret")
    assert "1 certificate" in seen.stdout


def test_all_code_is_compiled_for_the_system_s_python(debian: Root) -> None:
    folder = debian.path / "usr/lib/mailsetup"
    sources = {path.with_suffix("") for path in folder.rglob("*.py")}
    compiled = {path.parent.parent / path.name.split(".")[0] for path in folder.rglob("*.pyc")}
    assert {str(path) for path in sources - compiled} == set()


def test_the_menu_entry_opens_the_window(debian: Root, display: Screen) -> None:
    debian.install("libglib2.0-bin")
    with running(debian.command(["sh", "-c", f"gio launch {MENU}; exec sleep 60"], DISPLAY=display.name)):
        window = display.window(ID)
        assert display.title(window).endswith("— mailsetup")


@pytest.mark.parametrize(
    ("action", "title"),
    [("send-test", "Send a test email — production"), ("import-certificate", "Import a certificate")],
)
def test_each_action_of_the_menu_entry_opens_just_its_dialog(
    debian: Root, display: Screen, action: str, title: str
) -> None:
    settings = ["--hostname", "127.0.0.1", "--port", "2525", "--from", "bitbucket@example.test"]
    assert debian.run("mailsetup", "profile", "set", "production", *settings).returncode == 0
    words = shlex.split(places.entry()[f"Desktop Action {action}"]["Exec"])
    with running(debian.command(words, DISPLAY=display.name)):
        assert display.title(display.window(ID)) == title


def test_a_double_click_in_a_file_manager_opens_the_window(debian: Root, display: Screen) -> None:
    debian.install("pcmanfm")
    home = debian.path / "home" / PERSON
    _write(home / ".config/libfm/libfm.conf", "[config]\nquick_exec=1\n")  # start it, do not ask
    folder = home / "Programs"
    folder.mkdir(exist_ok=True)
    (folder / "entry.desktop").symlink_to(MENU)
    with running(debian.command(["pcmanfm", f"/home/{PERSON}/Programs"], DISPLAY=display.name)):
        manager = display.window("pcmanfm")
        assert manager
        window, tries = "", 0
        while not window and tries < 10:  # the manager's window is there before the icon is
            display.double_click(manager, *FIRST_ICON)
            window, tries = display.window(ID, within=3), tries + 1
        assert display.title(window).endswith("— mailsetup")


def test_removing_it_leaves_only_the_person_s_own_files(debian: Root) -> None:
    mine = debian.path / "home" / PERSON / ".local/state/mailsetup"
    assert mine.is_dir()  # from the test mail
    done = debian.run("apt-get", "purge", "--yes", "-qq", "mailsetup", user="root", DEBIAN_FRONTEND="noninteractive")
    assert done.returncode == 0, done.stderr
    left = [str(path) for top in ("usr", "etc", "var/lib") for path in _below(debian.path / top)]
    assert [path for path in left if "mailsetup" in Path(path).name.lower()] == []
    assert not (debian.path / "usr/lib/mailsetup").exists()
    assert mine.is_dir()


def _below(top: Path) -> list[Path]:
    return [Path(folder, name) for folder, folders, files in os.walk(top) for name in (*folders, *files)]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

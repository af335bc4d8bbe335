"""The portable folder: both programs run without the checkout, without its Python, and from anywhere."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from mailsetup_gui import aside
from mailsetup_gui.settings import keeper
from tests.packaging.places import ID
from tests.packaging.screen import Screen, running


def _run(folder: Path, words: Sequence[str], home: Path) -> subprocess.CompletedProcess[str]:
    """As on a computer that has nothing of ours; from another folder than the program's."""
    command = [str(folder / words[0]), *words[1:]]
    return subprocess.run(command, env=_bare(home), cwd=home, capture_output=True, text=True, timeout=60)


def _bare(home: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}


def test_a_test_mail_is_sent(portable: Path, tmp_path: Path) -> None:
    done = _run(portable, ["mailsetup", "test", "--sandbox", "--to", "you@example.test"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "accepted the message" in done.stdout


def test_the_reader_of_foreign_files_starts_and_reads(portable: Path, tmp_path: Path) -> None:
    authorities = portable / "_internal/certifi/cacert.pem"
    shown = _run(portable, ["mailsetup", "certificate", "show", str(authorities)], tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "PEM, " in shown.stdout


@pytest.mark.parametrize("program", ["mailsetup", "mailsetup-gui"])
def test_each_program_asks_the_password_store_aside(portable: Path, tmp_path: Path, program: str) -> None:
    words = [str(portable / program), aside.FROZEN_WORD, keeper.MODULE]
    environment = {**_bare(tmp_path), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    told = subprocess.run(words, env=environment, input=b'["store_name"]', capture_output=True, timeout=60, check=True)
    assert told.stdout == b'["no store", ""]'


def test_an_encrypted_truststore_is_written_and_read_back(portable: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("correct horse\n", encoding="utf-8")
    authorities = portable / "_internal/certifi/cacert.pem"
    words = ["--base", "certifi", "--add", f"{authorities}#1", "--format", "pkcs12", "--encrypt"]
    words += ["--password-file", "secret", "--out", "store.p12"]
    written = _run(portable, ["mailsetup", "truststore", "build", *words], tmp_path)
    assert written.returncode == 0, written.stderr
    seen = _run(portable, ["mailsetup", "truststore", "show", "store.p12", "--password-file", "secret"], tmp_path)
    assert "PKCS#12, " in seen.stdout


@pytest.mark.parametrize("command", ["bitbucket", "explain", "java", "profile", "providers", "report", "sandbox"])
def test_each_command_that_loads_when_it_is_asked_for_is_there(portable: Path, tmp_path: Path, command: str) -> None:
    done = _run(portable, ["mailsetup", command, "--help"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_window_opens(portable: Path, tmp_path: Path, display: Screen) -> None:
    environment = {**_bare(tmp_path), "DISPLAY": display.name}
    with running([str(portable / "mailsetup-gui"), "--sandbox"], environment):
        window = display.window(ID)
        assert display.title(window).endswith("— mailsetup")


def test_a_program_that_it_starts_gets_none_of_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    import door

    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/before")
    monkeypatch.setattr("sys.argv", ["mailsetup", "java", "list"])
    door.open_aside()
    assert os.environ["LD_LIBRARY_PATH"] == "/before"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_nothing_of_a_desktop_s_own_is_brought(portable: Path) -> None:
    names = [path.name for path in portable.rglob("*.so*")]
    foreign = ("libgtk", "libGL", "libstdc++", "libX11.so", "libQt6Qml", "libQt6Quick", "libQt6Pdf")
    assert [name for name in names if name.startswith(foreign)] == []
    assert [path for path in portable.rglob("*") if path.is_symlink() and not path.exists()] == []


def test_licences_of_all_that_is_brought_lie_beside_it(portable: Path) -> None:
    there = {path.name for path in (portable / "licenses").iterdir()}
    assert {"python", "qt", "cryptography", "keyring", "httpx", "cffi"} <= there
    assert (portable / "licenses/qt/LGPL-3.txt").stat().st_size > 7000

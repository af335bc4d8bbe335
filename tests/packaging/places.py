"""Where the packaging is, and how its parts are reached: scripts that lie beside each other, not a package."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
ID = "io.github.mailsetup.MailSetup"
ENTRY = LINUX / f"{ID}.desktop"

for folder in (PACKAGING, PACKAGING / "frozen"):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))  # last: nothing there may hide a library


def built(kind: str, folder: Path) -> Path:
    """What packaging/build.py makes, in `folder`; its own words when it fails."""
    command = [sys.executable, str(PACKAGING / "build.py"), kind, "--into", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr
    (made,) = folder.iterdir()
    return made


def tools(*names: str) -> None:
    """Skips the test where one is missing; CI has them all."""
    places = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    if missing := [name for name in names if shutil.which(name, path=places) is None]:
        pytest.skip(f"not installed: {', '.join(missing)}")


def entry() -> configparser.ConfigParser:
    """The menu entry as sections of keys."""
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    read.read(ENTRY, encoding="utf-8")
    return read

"""The terminal program as a process of its own, and what it said. Not a test."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def outcome(self) -> dict[str, Any]:
        return self.lines[-1]


def environment(**more: str) -> dict[str, str]:
    """No keyring, no terminal colours, nothing of the person who runs the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    fixed = {"PYTHONPATH": str(ROOT), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "LANG": "C"}
    if "MAILSETUP_CONFIG_DIR" not in more:
        fixed["MAILSETUP_STATE_DIR"] = os.environ["MAILSETUP_STATE_DIR"]
    return {**kept, **fixed, **more}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "mailsetup_gui.cli", *words]


def terminal() -> tuple[int, int]:
    """Both ends of a pseudo-terminal; a bare root without /dev/pts has none."""
    try:
        return pty.openpty()
    except OSError as error:
        pytest.skip(f"no pseudo-terminal: {error.strerror}")


def mailsetup(*words: str, stdin: str = "", **more: str) -> Ran:
    done = subprocess.run(
        command(*words),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env=environment(**more),
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)

"""A password store for the process of settings.keeper: its own module, written for a test, and a file that it keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

_MODULE = """
import json, os, pathlib, threading
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

FOLDER = pathlib.Path({folder!r})

class Keyring(KeyringBackend):
    priority = 9

    def _kept(self):
        return json.loads((FOLDER / "kept.json").read_text())

    def get_password(self, service, username):
        (FOLDER / "pid").write_text(str(os.getpid()))
        {misdeed}
        return self._kept().get(username)

    def set_password(self, service, username, password):
        (FOLDER / "kept.json").write_text(json.dumps({{**self._kept(), username: password}}))

    def delete_password(self, service, username):
        (FOLDER / "kept.json").write_text(json.dumps({{k: v for k, v in self._kept().items() if k != username}}))

Keyring.__module__ = "keyring.backends.SecretService"  # a real one, as far as its name tells
"""


class StoreInAFile:
    """`misdeed`: a line of Python that a reading begins with."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        (folder / "kept.json").write_text("{}")
        self.misbehave("pass")
        monkeypatch.syspath_prepend(folder)
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "store_in_a_file.Keyring")

    def misbehave(self, misdeed: str) -> None:
        (self.folder / "store_in_a_file.py").write_text(_MODULE.format(folder=str(self.folder), misdeed=misdeed))

    def kept(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.folder / "kept.json").read_text())
        return found

    @property
    def process(self) -> int:
        """Of the last reading."""
        return int((self.folder / "pid").read_text())


@pytest.fixture
def store_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StoreInAFile:
    (tmp_path / "store").mkdir()
    return StoreInAFile(tmp_path / "store", monkeypatch)

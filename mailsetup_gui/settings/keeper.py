"""The password store asked in a process of its own: what it loads goes with it, and so does a prompt that nobody sees.

For a program that stays: the libraries of a store take 20 MB (measured with the Secret Service), and a call that
never returns would hold its thread.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time

from mailsetup_gui import aside
from mailsetup_gui.settings import credentials
from mailsetup_gui.settings.credentials import PATIENCE, KeyringTrouble, Obstacle

MODULE = __name__
_ANSWER = "answer"
_LOOKS = 0.5
"""Seconds between two looks whether the program that asks is still there."""


def store_name() -> str:
    """What this computer's password store is called. Raises KeyringTrouble when there is none to trust."""
    return str(_asked("store_name"))


def keep(profile_id: str, password: str) -> str:
    """Written and read back; answers the store's name. Raises KeyringTrouble."""
    return str(_asked("keep", profile_id, password))


def recall(profile_id: str) -> str | None:
    """None when nothing is kept. Raises KeyringTrouble."""
    return _asked("recall", profile_id)


def forget(profile_id: str) -> None:
    """Nothing is kept afterwards. Raises KeyringTrouble."""
    _asked("forget", profile_id)


def _asked(action: str, *words: str) -> str | None:
    try:
        ended = aside.asked(MODULE, json.dumps([action, *words]).encode(), PATIENCE, os.environ)
    except OSError as error:
        raise KeyringTrouble(Obstacle.FAILED, error.strerror or type(error).__name__) from None
    if ended.late:
        raise KeyringTrouble(Obstacle.SILENT, f"no answer within {PATIENCE:.0f} s")
    try:
        kind, value = json.loads(ended.answer)
        obstacle = None if kind == _ANSWER else Obstacle(kind)
    except (TypeError, ValueError):  # it ended first, or a library of the store has written there too
        raise KeyringTrouble(Obstacle.FAILED, f"its process ended with code {ended.code}") from None
    if obstacle is not None:
        raise KeyringTrouble(obstacle, value)
    return value if value is None else str(value)


def main() -> int:
    """One question of `_asked` on standard input, its answer on standard output."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    action, *words = json.load(sys.stdin.buffer)
    try:
        told = (_ANSWER, getattr(credentials, action)(*words))
    except KeyringTrouble as trouble:
        told = (trouble.obstacle.value, trouble.reason)
    sys.stdout.buffer.write(json.dumps(told).encode())
    sys.stdout.buffer.flush()
    return 0


def _end_with(parent: int) -> None:
    """A prompt for a program that is gone is nobody's. Windows keeps the number of a parent that is gone."""
    while os.getppid() == parent:
        time.sleep(_LOOKS)
    os._exit(1)

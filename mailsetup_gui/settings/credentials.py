"""The password in the operating system's keyring, or nowhere: only real stores, written and read back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "mailsetup"
PATIENCE = 60.0
"""Seconds: a store may be asking a person to unlock it, and without one it may never answer."""
_REAL = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.Windows": "Windows Credential Manager",
    "keyring.backends.macOS": "macOS Keychain",
}
_T = TypeVar("_T")


class Obstacle(Enum):
    NO_STORE = "no store"
    LOCKED = "locked"
    SILENT = "silent"
    DENIED = "denied"
    NOT_KEPT = "not kept"
    FAILED = "failed"


class KeyringTrouble(Exception):
    """The password was not kept or cannot be read; `reason` is the store's own word and holds no secret."""

    def __init__(self, obstacle: Obstacle, reason: str = "") -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle
        self.reason = reason


def store_name(patience: float = PATIENCE) -> str:
    """What this computer's password store is called. Raises KeyringTrouble when there is none to trust."""
    return _in_time(lambda: _REAL[type(_store()).__module__], patience)


def keep(profile_id: str, password: str, patience: float = PATIENCE) -> str:
    """Written and read back; answers the store's name. Raises KeyringTrouble."""

    def write() -> str:
        store = _store()
        store.set_password(SERVICE, profile_id, password)
        if store.get_password(SERVICE, profile_id) != password:
            raise KeyringTrouble(Obstacle.NOT_KEPT)
        return _REAL[type(store).__module__]

    return _in_time(write, patience)


def recall(profile_id: str, patience: float = PATIENCE) -> str | None:
    """None when nothing is kept. Raises KeyringTrouble."""
    return _in_time(lambda: _store().get_password(SERVICE, profile_id), patience)


def forget(profile_id: str, patience: float = PATIENCE) -> None:
    """Nothing is kept afterwards. Raises KeyringTrouble."""

    def delete() -> None:
        store = _store()
        if store.get_password(SERVICE, profile_id) is not None:
            store.delete_password(SERVICE, profile_id)

    _in_time(delete, patience)


def _store() -> KeyringBackend:
    """The first real store; null, plaintext, fail and unknown ones are passed over (facts: threats, row 3)."""
    import keyring

    chosen = keyring.get_keyring()
    for candidate in getattr(chosen, "backends", None) or [chosen]:
        if type(candidate).__module__ in _REAL:
            found: KeyringBackend = candidate
            return found
    raise KeyringTrouble(Obstacle.NO_STORE)


def _in_time(work: Callable[[], _T], patience: float) -> _T:
    """`work` in a thread that may be left behind: a store waits for ever for a prompt that nobody sees."""
    results: list[_T] = []
    troubles: list[KeyringTrouble] = []

    def run() -> None:
        try:
            results.append(work())
        except KeyringTrouble as trouble:
            troubles.append(trouble)
        except Exception as error:  # noqa: BLE001  backends raise what they like: D-Bus, Win32 and keyring errors
            troubles.append(KeyringTrouble(_obstacle(error), type(error).__name__))

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(patience)
    if troubles:
        raise troubles[0]
    if not results:
        raise KeyringTrouble(Obstacle.SILENT, f"no answer within {patience:.0f} s")
    return results[0]


def _obstacle(error: Exception) -> Obstacle:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    if isinstance(error, NoKeyringError):
        return Obstacle.NO_STORE
    if isinstance(error, KeyringLocked | InitError):
        return Obstacle.LOCKED
    denied = str(getattr(error, "name", "")).endswith(".AccessDenied")  # D-Bus: a policy, or a sandbox around us
    return Obstacle.DENIED if denied else Obstacle.FAILED

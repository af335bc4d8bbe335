"""What tests leave behind: the last result, and how it was when a profile last worked. EDGE: disk. Never a secret."""

from __future__ import annotations

import os
import sys
from typing import Any, NamedTuple

from mailsetup_gui.settings import replacing

VERSION = 1
_LARGEST = 2_000_000


class Trouble(NamedTuple):
    """A file that cannot be used; `kept_as` is where it lies now."""

    path: str
    kept_as: str
    reason: str


class Found(NamedTuple):
    """`table` None: there is none, or `trouble` says why it is not used."""

    table: dict[str, Any] | None = None
    trouble: Trouble | None = None


def folder() -> str:
    """MAILSETUP_STATE_DIR, else below MAILSETUP_CONFIG_DIR, else the platform's own place."""
    if chosen := os.environ.get("MAILSETUP_STATE_DIR"):
        return chosen
    if chosen := os.environ.get("MAILSETUP_CONFIG_DIR"):
        return os.path.join(chosen, "state")
    if sys.platform == "linux":  # as platformdirs says, whose import costs more than the rest of this
        home = os.environ.get("XDG_STATE_HOME", "").strip() or os.path.expanduser("~/.local/state")
        return os.path.join(home, "mailsetup")
    import platformdirs

    return str(platformdirs.user_state_dir("mailsetup", appauthor=False))


def baseline(profile_id: str) -> Found:
    """How it was when this profile last worked; a damaged file is set aside, a newer one left as it is."""
    import json

    path = _baseline(profile_id)
    try:
        table = json.loads(read(path))
    except FileNotFoundError:
        return Found()
    except OSError as error:
        return Found(None, Trouble(path, path, error.strerror or str(error)))
    except (ValueError, RecursionError) as error:
        return Found(None, set_aside(path, str(error)))
    version = table.get("version") if isinstance(table, dict) else None
    if type(version) is int and version > VERSION:
        return Found(None, Trouble(path, path, f"written by a newer mailsetup (version {version} of the format)"))
    if version != VERSION:
        return Found(None, set_aside(path, f"version is {version!r}, expected {VERSION}"))
    return Found(table)


def discard_baseline(profile_id: str, reason: str) -> Trouble:
    """For a file that reads well and says nothing sensible."""
    return set_aside(_baseline(profile_id), reason)


def keep_baseline(profile_id: str, table: dict[str, Any]) -> None:
    """Raises OSError; the former one stays then."""
    import json

    write(_baseline(profile_id), json.dumps({"version": VERSION, **table}, ensure_ascii=False, indent=1))


def keep_last(profile_id: str, lines: str) -> None:
    """The last result of all, and of this profile, where there is one. Raises OSError."""
    write(os.path.join(folder(), "last.jsonl"), lines)
    if profile_id:
        write(_last(profile_id), lines)


def last(profile_id: str) -> str:
    """The last result of this profile, of all where it is ''. Raises OSError, ValueError."""
    return read(_last(profile_id) if profile_id else os.path.join(folder(), "last.jsonl"))


def forget(profile_id: str) -> None:
    """A profile is gone: another one may get its id. Raises OSError."""
    for path in (_baseline(profile_id), _last(profile_id)):
        if os.path.lexists(path):
            os.unlink(path)


def set_aside(path: str, reason: str) -> Trouble:
    kept_as = path + ".damaged"
    try:
        os.replace(path, kept_as)
    except OSError:
        kept_as = path
    return Trouble(path, kept_as, reason)


def _baseline(profile_id: str) -> str:
    return os.path.join(folder(), "baseline", f"{_stem(profile_id)}.json")


def _last(profile_id: str) -> str:
    return os.path.join(folder(), "history", _stem(profile_id), "last.jsonl")


def _stem(profile_id: str) -> str:
    """An id is a file's stem, and somebody may have named that file: nothing leads out of the folder."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"%{ord(c):x}" for c in profile_id)[:200]


def read(path: str) -> str:
    """One of these files. Raises OSError, ValueError."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise ValueError("this is no file")  # reading a pipe would wait for ever
    with open(path, "rb") as file:
        octets = file.read(_LARGEST + 1)
    if len(octets) > _LARGEST:
        raise ValueError(f"larger than {_LARGEST} octets")
    return octets.decode()


def write(path: str, text: str) -> None:
    """Whole or not at all, its folder made. Raises OSError."""
    make(os.path.dirname(path))
    replacing.replace(path, text.encode("utf-8", "replace"))


def make(place: str) -> None:
    """Each folder that is not there yet, for its owner only: os.makedirs gives the mode to the last one. OSError."""
    if os.path.isdir(place):
        return
    above = os.path.dirname(place)
    if above != place:
        make(above)
    try:
        os.mkdir(place, 0o700)
    except FileExistsError:
        if not os.path.isdir(place):
            raise

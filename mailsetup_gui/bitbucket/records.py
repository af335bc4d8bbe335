"""What was applied when, and the way back: a dated file for each change. EDGE: disk. Never a password."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from typing import Any, NamedTuple

from mailsetup_gui.bitbucket import change
from mailsetup_gui.bitbucket.address import Address
from mailsetup_gui.bitbucket.applying import Applied, Result
from mailsetup_gui.bitbucket.rest import Mail
from mailsetup_gui.settings import state
from mailsetup_gui.settings.server import MailServer

VERSION = 1
_NOTHING_CHANGED = frozenset((Result.NOT_SAVED.value, Result.SAME.value, Result.PUT_BACK.value))


class Record(NamedTuple):
    """One change; `result` is '' while it is under way, or was when the program ended. `undone`: when, or ''."""

    path: str
    made: str
    kind: str
    former: Mail
    result: str
    undone: str
    after: Mail | None


class Kept:
    """A Keeper: writes the record before anything is changed, and how it ended after. `path` once it is begun."""

    def __init__(self, where: Address, user: str, kind: str = "apply", profile: str = "", undoes: str = "") -> None:
        self.path = ""
        self.trouble: OSError | None = None
        self._where = where
        self._undoes = undoes
        self._table: dict[str, Any] = {"version": VERSION, "kind": kind, "bitbucket": where.base, "user": user}
        self._table["profile"] = profile

    def begin(self, former: Mail, wanted: MailServer | None) -> None:
        """Raises OSError: then nothing was changed."""
        made = datetime.now(UTC)
        self._table |= {"made": made.isoformat(timespec="seconds"), "former": _table(former)}
        self._table["wanted"] = wanted and {**wanted._asdict(), "encryption": wanted.encryption.value}
        self.path = os.path.join(_folder(self._where), f"{made:%Y%m%dT%H%M%S}-{made.microsecond:06d}.json")
        self._write(self.path, self._table)

    def end(self, applied: Applied) -> None:
        """What cannot be kept now is in `trouble`; the way back is kept already."""
        self._table["result"] = applied.result.value
        self._table["spelling"] = applied.spelling.value if applied.spelling else None
        self._table["after"] = None if applied.mail is None else _table(applied.mail)
        try:
            self._write(self.path, self._table)
            if self._undoes and applied.result is Result.SAVED:
                self._write(self._undoes, {**_read(self._undoes), "undone": self._table["made"]})
        except (OSError, ValueError) as error:
            self.trouble = error if isinstance(error, OSError) else OSError(0, str(error), self._undoes)

    def _write(self, path: str, table: dict[str, Any]) -> None:
        state.write(path, json.dumps(table, ensure_ascii=False, indent=1))


def latest(where: Address) -> Record | None:
    """The last change that is still there to be undone; None when there is none. Raises OSError.

    A change that ended nowhere counts: its former settings are what there was.
    """
    folder = _folder(where)
    names = os.listdir(folder) if os.path.isdir(folder) else []
    for name in sorted((n for n in names if re.fullmatch(r"\d{8}T\d{6}-\d{6}\.json", n)), reverse=True):
        try:
            record = _record(os.path.join(folder, name))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue  # damaged or newer: an older one may still lead back
        if record.kind == "apply" and not record.undone and record.result not in _NOTHING_CHANGED:
            return record
    return None


def target_server(record: Record) -> MailServer | None:
    """The settings that were there before."""
    return change.server(record.former)


def _record(path: str) -> Record:
    table = _read(path)
    if table["version"] != VERSION:
        raise ValueError
    after = table.get("after")
    return Record(
        path,
        str(table["made"]),
        str(table["kind"]),
        _mail(table["former"]),
        str(table.get("result") or ""),
        str(table.get("undone") or ""),
        None if after is None else _mail(after),
    )


def _read(path: str) -> dict[str, Any]:
    table = json.loads(state.read(path))
    if not isinstance(table, dict):
        raise ValueError("no table")
    return table


def _table(mail: Mail) -> dict[str, Any]:
    return {"mail-server": mail.document, "sender-address": mail.sender}


def _mail(table: dict[str, Any]) -> Mail:
    document, sender = table["mail-server"], table["sender-address"]
    if not (document is None or isinstance(document, dict)) or not (sender is None or isinstance(sender, str)):
        raise ValueError("no settings")
    return Mail(document, sender)


def _folder(where: Address) -> str:
    return os.path.join(state.folder(), "bitbucket", re.sub(r"[^a-z0-9.-]+", "_", where.base.lower())[:150])

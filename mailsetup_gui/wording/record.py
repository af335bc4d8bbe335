"""What is kept of one test as JSON Lines: its events, its circumstances, its outcome. A report is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from mailsetup_gui.smtp.events import Event
from mailsetup_gui.wording.jsonlines import event_table
from mailsetup_gui.wording.language import _

Table = dict[str, Any]
Record = tuple[Table, ...]
"""The context is the last but one, the outcome the last."""
LARGEST = 1_000_000
"""Octets of all lines together."""
_LEFT_OUT = _("({count} lines are left out here: the whole was larger than {limit} octets)")


def tables(events: Iterable[Event], context: Table, outcome: Table) -> Record:
    return (*map(event_table, events), context, outcome)


def lines(record: Record) -> str:
    return "".join(json.dumps(table, ensure_ascii=False) + "\n" for table in record)


def bounded(record: Record, limit: int = LARGEST) -> str:
    """Its lines; of too many the first and the last, and how many are missing between."""
    every = [json.dumps(table, ensure_ascii=False) for table in record]
    if sum(map(_size, every)) > limit:
        every = _cut(every, limit)
    return "".join(line + "\n" for line in every)


def parsed(text: str) -> Record:
    """Raises ValueError for what is no record."""
    try:
        found = tuple(json.loads(line) for line in text.splitlines() if line)
    except RecursionError:
        raise ValueError(_("nested too deep")) from None
    if len(found) < 2 or not all(isinstance(table, dict) for table in found):
        raise ValueError(_("it does not hold a result"))
    if [table.get("event") for table in found[-2:]] != ["context", "outcome"]:
        raise ValueError(_("it does not end with an outcome"))
    return found


def _cut(every: list[str], limit: int) -> list[str]:
    events, ends = every[:-2], every[-2:]
    room = (limit - sum(map(_size, ends)) - 400) // 2
    head = _taken(events, room)
    tail = _taken(events[len(head) :][::-1], room)[::-1]
    text = _LEFT_OUT.format(count=len(events) - len(head) - len(tail), limit=limit)
    note = {"event": "line", "direction": "info", "encrypted": False, "text": text, "ms": 0.0}
    return [*head, json.dumps(note), *tail, *ends]


def _taken(events: list[str], room: int) -> list[str]:
    taken: list[str] = []
    for line in events:
        room -= _size(line)
        if room < 0:
            break
        taken.append(line)
    return taken


def _size(line: str) -> int:
    return len(line.encode("utf-8", "replace")) + 1

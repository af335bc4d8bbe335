"""mailsetup bitbucket apply and undo: the difference, the question, the change, and what became of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from mailsetup_gui.bitbucket import applying, change, records
from mailsetup_gui.bitbucket.applying import Applied, Result
from mailsetup_gui.bitbucket.reading import Found
from mailsetup_gui.bitbucket.records import Kept, Record
from mailsetup_gui.bitbucket.rest import Mail
from mailsetup_gui.bitbucket.writing import Step, Target
from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.access import Session
from mailsetup_gui.cli.profile import kept_password
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.wording import bitbucket as telling
from mailsetup_gui.wording import storing
from mailsetup_gui.wording.dates import minute
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _

_MARKS = {"ok": "✓", "warn": "!", "fail": "✕"}
_GOOD = frozenset((Result.SAVED, Result.SAME))


def apply(run: Session, found: Found) -> int:
    """`mailsetup bitbucket apply`, once it is known what is there."""
    if run.options.only_sender:
        return _apply_sender(run, found)
    mail = found.mail or Mail(None)
    if not run.options.json:
        tell_difference(found, mail, run.wanted)
    if change.signs_in_by_oauth(mail) and not _agreed(run, telling.OAUTH_QUESTION, "replace_oauth"):
        return 1 if run.options.yes else 2
    if not _agreed(run, _("Save this in Bitbucket?"), "yes"):
        return 2
    keeper = Kept(run.access.where, run.access.sign_in.user, profile=run.profile.name if run.profile else "")
    target = Target(run.wanted, run.password)
    return _carried_out(run, applying.apply(run.bitbucket, mail, target, keeper, replace_oauth=True), keeper)


def _apply_sender(run: Session, found: Found) -> int:
    former = change.server(found.mail) if found.mail else None
    now = former.sender if former else found.sender
    if not run.options.json:
        print(_("Email from: {now} → {wanted}").format(now=telling.value(now), wanted=shown(run.wanted.sender)))
    if not _agreed(run, _("Save this in Bitbucket?"), "yes"):
        return 2
    keeper = Kept(run.access.where, run.access.sign_in.user, "sender")
    return _carried_out(run, applying.apply_sender(run.bitbucket, now, run.wanted.sender), keeper, count=1)


def undo(run: Session, found: Found) -> int:
    """`mailsetup bitbucket undo`."""
    try:
        record = records.latest(run.access.where)
    except OSError as error:
        raise words.LocalError(
            _("The records cannot be read: {reason}.").format(reason=reason(error.strerror))
        ) from None
    if record is None or found.mail is None:
        print(_("There is no change of this Bitbucket to undo: no record of one is on this computer."), file=sys.stderr)
        return 1
    target = _former(run, record)
    if not run.options.json:
        _tell_undo(record, found, target)
    if change.signs_in_by_oauth(found.mail) and not _agreed(run, telling.OAUTH_QUESTION, "replace_oauth"):
        return 1 if run.options.yes else 2
    if not _agreed(run, _("Put this back?"), "yes"):
        return 2
    keeper = Kept(run.access.where, run.access.sign_in.user, "undo", undoes=record.path)
    return _carried_out(run, applying.apply(run.bitbucket, found.mail, target, keeper, replace_oauth=True), keeper)


def _former(run: Session, record: Record) -> Target:
    """With a password only where one is given for it, or kept for the same user at the same host."""
    server = records.target_server(record)
    if server is None or not server.username:
        return Target(server, "", record.former)
    password = words.given_password(run.options, "smtp_") or ""
    known = run.profile.server if run.profile is not None else MailServer()
    if (
        not password
        and run.profile is not None
        and (known.hostname, known.username) == (server.hostname, server.username)
    ):
        password = kept_password(run.profile) or ""
    return Target(server, password, record.former)


def _tell_undo(record: Record, found: Found, target: Target) -> None:
    print(telling.found(found))
    print(_("Back to what was there before {made}:").format(made=f"{minute(record.made)} UTC"))
    if target.server is None:
        print(_("  no mail server at all (it is removed from Bitbucket)"))
        return
    print_rows([telling.HEADINGS, *cells(found.mail or Mail(None), target.server)])
    if target.server.username and not target.password:
        print(telling.UNDO_PASSWORD)


def _agreed(run: Session, question: str, switch: str) -> bool:
    """--yes or --replace-oauth, or a “y” on a terminal; without one nothing is done, and that is said."""
    if getattr(run.options, switch):
        return True
    if not (sys.stdin and sys.stdin.isatty()):
        option = "--" + switch.replace("_", "-")
        print(
            _("{question} Nothing was changed: there is no terminal to ask on. {option} agrees.").format(
                question=question, option=option
            ),
            file=sys.stderr,
        )
        return False
    print(question, _("[y/N]"), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", _("y"), _("yes"))


def _carried_out(run: Session, events: Iterator[applying.Event], keeper: Kept, count: int = 5) -> int:
    """Steps as they happen, then what is there now."""
    applied: Applied | None = None
    try:
        for event in events:
            if isinstance(event, Applied):
                applied = event
            else:
                _tell_step(run, event)
    except OSError as error:
        raise words.LocalError(storing.no_way_back(error)) from None
    except KeyboardInterrupt:
        print(telling.INTERRUPTED.format(page=run.access.where.admin_page), file=sys.stderr)
        raise
    if applied is None:
        return 1
    _tell_applied(run, applied, keeper, count)
    return 0 if applied.result in _GOOD else 3 if applied.result is Result.UNKNOWN else 1


def _tell_step(run: Session, step: Step) -> None:
    if run.options.json:
        trouble = None if step.error is None else step.error.trouble.value
        table = {"event": "step", "request": step.request, "trouble": trouble}
        print(json.dumps(table | ({"spelling": step.spelling.value} if step.spelling else {})), flush=True)
    else:
        print(f"  {telling.step(step, run.access.where)}", flush=True)


def _tell_applied(run: Session, applied: Applied, keeper: Kept, count: int) -> None:
    told = telling.applied(applied, run.access.where, count, keeper.path)
    if keeper.trouble is not None:
        print(storing.not_kept(keeper.trouble), file=sys.stderr)
    if run.options.json:
        table = {
            "event": "outcome",
            "result": applied.result.value,
            "trouble": None if applied.error is None else applied.error.trouble.value,
            "spelling": applied.spelling and applied.spelling.value,
            "unequal": sorted(one.value for one in applied.unequal),
            "password_lost": applied.password_lost,
            "now": None if applied.mail is None else telling.table(applied.mail),
            "title": told.title,
            "lines": list(told.lines),
            "record": keeper.path or None,
        }
        print(json.dumps(table, ensure_ascii=False), flush=True)
        return
    print(f"\n{_MARKS[told.mood]} {told.title}")
    for line in told.lines:
        print(f"  {line}")


def tell_difference(found: Found, mail: Mail, wanted: MailServer) -> None:
    print(telling.found(found))
    print_rows([telling.HEADINGS, *cells(mail, wanted)])


def cells(mail: Mail, wanted: MailServer) -> list[tuple[str, str, str, str]]:
    return [telling.cells(row) for row in change.rows(mail, wanted)]


def row_table(mail: Mail, wanted: MailServer) -> list[dict[str, str]]:
    names = ("now", "wanted", "state")
    rows = change.rows(mail, wanted)
    return [
        {
            "setting": row.setting.value,
            **dict(zip(names, telling.cells(row)[1:], strict=True)),
            "state": row.state.value,
        }
        for row in rows
    ]


def print_rows(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

"""Settings brought into Bitbucket and proved by reading them back; whatever else would be stored is put back."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from enum import Enum
from typing import NamedTuple, Protocol

from mailsetup_gui.bitbucket import change
from mailsetup_gui.bitbucket.change import Setting, Spelling
from mailsetup_gui.bitbucket.rest import Bitbucket, Mail
from mailsetup_gui.bitbucket.troubles import RestError
from mailsetup_gui.bitbucket.writing import Reached, Step, Target, is_echoed, reach, unequal_to
from mailsetup_gui.settings.server import MailServer


class Result(Enum):
    """What is in Bitbucket now, and only that."""

    SAVED = "saved"
    SAME = "same"
    NOT_SAVED = "not-saved"
    PUT_BACK = "put-back"
    OTHERWISE = "otherwise"
    UNKNOWN = "unknown"
    CHANGED_MEANWHILE = "changed-meanwhile"
    OAUTH_HELD = "oauth-held"


class Applied(NamedTuple):
    """The last event. `mail`: what was read last, `unequal` what of it is not as wanted, `error` what stood in the way.

    `password_lost`: the former user's password was not Bitbucket's to show, so it could not be put back.
    `by_resource`: the sender took its own resource. `late`: a write was not answered and may still be carried out.
    """

    result: Result
    mail: Mail | None = None
    unequal: frozenset[Setting] = frozenset()
    spelling: Spelling | None = None
    respelled: bool = False
    by_resource: bool = False
    error: RestError | None = None
    password_lost: bool = False
    late: bool = False


class Keeper(Protocol):
    """Keeps the way back: `begin` before anything is written (OSError: then nothing is), `end` when it is known."""

    def begin(self, former: Mail, wanted: MailServer | None) -> None: ...
    def end(self, applied: Applied) -> None: ...


Event = Step | Applied


def apply(
    bitbucket: Bitbucket, seen: Mail, target: Target, keeper: Keeper, *, replace_oauth: bool = False
) -> Iterator[Event]:
    """From what was `seen`, and agreed to, to the target. Steps as they are answered, then Applied, last."""
    try:
        now = bitbucket.mail()
    except RestError as error:
        yield Step(error.request, error)
        yield Applied(Result.NOT_SAVED, seen, error=error)
        return
    yield Step("GET admin/mail-server")
    unequal = unequal_to(now, target)
    if now != seen:
        yield Applied(Result.CHANGED_MEANWHILE, now, unequal)
    elif change.signs_in_by_oauth(now) and not replace_oauth:
        yield Applied(Result.OAUTH_HELD, now, unequal)
    elif not unequal and not target.password:
        yield Applied(Result.SAME, now)
    else:
        keeper.begin(now, target.server)
        applied = yield from _changed(bitbucket, now, target)
        keeper.end(applied)
        yield applied


def _changed(bitbucket: Bitbucket, former: Mail, target: Target) -> Generator[Event, None, Applied]:
    reached = yield from reach(bitbucket, former, target)
    told = Applied(
        Result.SAVED, reached.mail, frozenset(), reached.spelling, reached.respelled, reached.by_resource, reached.error
    )
    if reached.there:
        return told
    told = told._replace(unequal=reached.unequal, late=reached.late)
    if reached.mail == former:
        return told._replace(result=Result.UNKNOWN if reached.late else Result.NOT_SAVED)
    if reached.mail is None and not _is_stored_otherwise(reached, former, target):
        return told._replace(result=Result.UNKNOWN)
    return (yield from _put_back(bitbucket, former, target, told))


def _put_back(bitbucket: Bitbucket, former: Mail, target: Target, told: Applied) -> Generator[Event, None, Applied]:
    """What was there before; of its password only what was given for the same user: Bitbucket never shows it."""
    before, wanted = change.server(former), target.server
    of_the_same = before and wanted and (before.hostname, before.username) == (wanted.hostname, wanted.username)
    back = Target(before, target.password if of_the_same else "", former)
    reached = yield from reach(bitbucket, told.mail or former, back)
    lost = bool(before and before.username and not back.password)
    if reached.there or (reached.mail is None and reached.error is None and is_echoed(reached, back)):
        return told._replace(result=Result.PUT_BACK, mail=reached.mail or former, password_lost=lost)
    result = Result.UNKNOWN if reached.mail is None else Result.OTHERWISE
    left = frozenset() if reached.mail is None or target.server is None else unequal_to(reached.mail, target)
    return told._replace(result=result, mail=reached.mail, unequal=left, password_lost=lost, error=reached.error)


def _is_stored_otherwise(reached: Reached, former: Mail, target: Target) -> bool:
    """Bitbucket took the write and could not be read: what it said that it stored is neither wanted nor former."""
    if reached.echo is None:
        return False
    said = Mail(reached.echo, former.sender)
    return bool(unequal_to(said, target)) and said != former


def apply_sender(bitbucket: Bitbucket, former: str | None, wanted: str) -> Iterator[Event]:
    """For an administrator without SYS_ADMIN: Email from and nothing else."""
    error: RestError | None = None
    try:
        bitbucket.store_sender(wanted)
    except RestError as failed:
        error = failed
    yield Step("PUT admin/mail-server/sender-address", error)
    now, unread = yield from _read_sender(bitbucket)
    if unread is not None:
        yield Applied(Result.UNKNOWN, error=error or unread)
    elif now == wanted:
        yield Applied(Result.SAVED, Mail(None, now), error=error)
    elif now == former:
        yield Applied(Result.NOT_SAVED, Mail(None, now), frozenset((Setting.SENDER,)), error=error)
    else:
        yield Applied(Result.OTHERWISE, Mail(None, now), frozenset((Setting.SENDER,)), error=error)


def _read_sender(bitbucket: Bitbucket) -> Generator[Event, None, tuple[str | None, RestError | None]]:
    try:
        now = bitbucket.sender()
    except RestError as failed:
        yield Step(failed.request, failed)
        return None, failed
    yield Step("GET admin/mail-server/sender-address")
    return now, None

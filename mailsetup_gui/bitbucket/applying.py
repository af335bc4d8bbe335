"""Settings brought into Bitbucket and proved by reading them back; whatever else would be stored is put back."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from enum import Enum
from typing import NamedTuple, Protocol

from mailsetup_gui.bitbucket import change
from mailsetup_gui.bitbucket.change import Setting, Spelling
from mailsetup_gui.bitbucket.exchange import Failure
from mailsetup_gui.bitbucket.rest import Bitbucket, Document, Mail, RestError, Trouble
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Stopped
from mailsetup_gui.smtp.waiting import Clock, Late, wait

_PAUSES = (0.015, 0.06, 0.175, 0.4)
"""Of the time that a request may take, before reading again where Bitbucket could not be read: 13 s of the usual 20.

A write is never repeated as it was.
"""


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


class Step(NamedTuple):
    """One request that was answered; `error` None: as it should be."""

    request: str
    error: RestError | None = None
    spelling: Spelling | None = None


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


class Target(NamedTuple):
    """What Bitbucket shall have; `server` None: nothing, as before it was set up. `former`: to be restored as it is."""

    server: MailServer | None
    password: str = ""
    former: Mail | None = None

    def __repr__(self) -> str:
        return f"Target({self.server!r})"


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
    unequal = _unequal(now, target)
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


class _Reached(NamedTuple):
    """How far writing came; `mail` None: Bitbucket could not be read then. `echo`: what it said that it stored."""

    mail: Mail | None
    unequal: frozenset[Setting]
    spelling: Spelling
    respelled: bool = False
    by_resource: bool = False
    error: RestError | None = None
    echo: Document | None = None

    @property
    def there(self) -> bool:
        return self.mail is not None and not self.unequal

    @property
    def late(self) -> bool:
        """A write that nobody answered may be carried out yet."""
        return self.error is not None and self.error.failure in (Failure.SILENT, Failure.CANCELLED)


def _changed(bitbucket: Bitbucket, former: Mail, target: Target) -> Generator[Event, None, Applied]:
    reached = yield from _reach(bitbucket, former, target)
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
    reached = yield from _reach(bitbucket, told.mail or former, back)
    lost = bool(before and before.username and not back.password)
    if reached.there or (reached.mail is None and reached.error is None and _is_echoed(reached, back)):
        return told._replace(result=Result.PUT_BACK, mail=reached.mail or former, password_lost=lost)
    result = Result.UNKNOWN if reached.mail is None else Result.OTHERWISE
    left = frozenset() if reached.mail is None or target.server is None else _unequal(reached.mail, target)
    return told._replace(result=result, mail=reached.mail, unequal=left, password_lost=lost, error=reached.error)


def _reach(bitbucket: Bitbucket, now: Mail, target: Target) -> Generator[Event, None, _Reached]:
    """Written in the spelling that GET showed; what was lost once more in the other; a sender by its own resource."""
    spelled = change.keys(target.former.document if target.former and target.former.document else now.document)
    reached = yield from _write(bitbucket, now, target, spelled)
    lost = _lost(reached, target)
    if lost and target.server is not None:
        spelled = change.other(spelled, lost, reached.mail and reached.mail.document)
        again = yield from _write(bitbucket, now, target, spelled)
        reached = again._replace(respelled=again.there or again.unequal != reached.unequal)
    if reached.unequal == {Setting.SENDER} and reached.mail is not None:
        reached = yield from _sender(bitbucket, reached, target)
    return reached


def _write(bitbucket: Bitbucket, now: Mail, target: Target, spelled: change.Keys) -> Generator[Event, None, _Reached]:
    """One PUT (or DELETE, for nothing at all), then what is there, whatever was answered."""
    error, echo = None, None
    request = "DELETE admin/mail-server" if target.server is None else "PUT admin/mail-server"
    try:
        if target.server is None:
            bitbucket.remove()
        else:
            echo = bitbucket.store(_document(target, now, spelled))
    except RestError as failed:
        error = failed
    spelling = change.spelling(spelled)
    yield Step(request, error, spelling if target.server is not None else None)
    if error is not None and error.trouble in _NEVER_AGAIN:
        return _Reached(None, frozenset(), spelling, error=error)
    mail, unread = yield from _read(bitbucket)
    if error is None and mail == now and _unequal(now, target):
        _pause(bitbucket, _PAUSES[-1] * bitbucket.patience / 4)  # it said yes: another node may not know yet
        mail, unread = yield from _read(bitbucket)
    unequal = frozenset() if mail is None else _unequal(mail, target)
    return _Reached(mail, unequal, spelling, error=error or unread, echo=echo)


_NEVER_AGAIN = (Trouble.CAPTCHA, Trouble.WRONG_PASSWORD)
"""A further sign-in would be one more failed attempt."""


def _document(target: Target, now: Mail, spelled: change.Keys) -> Document:
    if target.former is not None and target.former.document is not None:
        return change.restored(target.former.document, target.password, spelled)
    return change.document(target.server or MailServer(), target.password, now.document, spelled)


def _lost(reached: _Reached, target: Target) -> frozenset[Setting]:
    """What only another spelling can bring; also where Bitbucket refuses a key by its name."""
    if reached.error is not None and reached.error.trouble is Trouble.INVALID:
        words = " ".join(f"{one.context} {one.message}" for one in reached.error.said)
        keys = ("start-tls", "StartTls", "sender-address", "senderAddress", "auth-type", "authType")
        named = any(key in words for key in keys) or re.search(
            r"(?i)unrecogni[sz]ed|unknown (field|propert|key)", words
        )
        return frozenset(change.SPELLED_SETTINGS) if named else frozenset()
    unequal = reached.unequal
    if reached.mail is None and reached.echo is not None:
        unequal = _unequal(Mail(reached.echo, target.server.sender if target.server else None), target)
    return unequal if reached.error is None and change.is_spelling(unequal) else frozenset()


def _sender(bitbucket: Bitbucket, reached: _Reached, target: Target) -> Generator[Event, None, _Reached]:
    """The sender has a resource of its own, which every version has."""
    wanted = target.server.sender if target.server else (target.former.sender if target.former else "") or ""
    error = None
    try:
        bitbucket.store_sender(wanted)
    except RestError as failed:
        error = failed
    yield Step("PUT admin/mail-server/sender-address", error)
    mail, unread = yield from _read(bitbucket)
    if mail is None:
        return reached._replace(error=error or unread)
    return reached._replace(mail=mail, unequal=_unequal(mail, target), by_resource=True, error=error or reached.error)


def _read(bitbucket: Bitbucket) -> Generator[Event, None, tuple[Mail | None, RestError | None]]:
    """What is there now; asked again where that may help and cannot hurt."""
    for pause in (*_PAUSES, 0.0):
        try:
            mail = bitbucket.mail()
        except RestError as error:
            yield Step(error.request, error)
            if not error.is_passing or not pause:
                return None, error
            _pause(bitbucket, pause * bitbucket.patience)
            continue
        yield Step("GET admin/mail-server")
        return mail, None
    return None, None


def _pause(bitbucket: Bitbucket, seconds: float) -> None:
    try:
        wait(Clock(seconds), bitbucket.cancel)
    except (Late, Stopped):
        pass


def _unequal(mail: Mail, target: Target) -> frozenset[Setting]:
    """Where what Bitbucket shows is not the target; `former` counts as a whole, OAuth's settings too."""
    if target.server is None:
        wanted = (target.former.sender if target.former else None) or ""
        gone = mail.document is None
        sender = frozenset((Setting.SENDER,)) if (mail.sender or "") != wanted else frozenset()
        return sender if gone else frozenset((Setting.HOSTNAME,))
    found = set(change.differing(mail, target.server)) - {Setting.SIGN_IN}
    by_oauth = target.former is not None and change.signs_in_by_oauth(target.former)
    if change.signs_in_by_oauth(mail) != by_oauth:
        found.add(Setting.SIGN_IN)
    return frozenset(found)


def _is_stored_otherwise(reached: _Reached, former: Mail, target: Target) -> bool:
    """Bitbucket took the write and could not be read: what it said that it stored is neither wanted nor former."""
    if reached.echo is None:
        return False
    said = Mail(reached.echo, former.sender)
    return bool(_unequal(said, target)) and said != former


def _is_echoed(reached: _Reached, target: Target) -> bool:
    return reached.echo is not None and not _unequal(Mail(reached.echo, target.server and target.server.sender), target)


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

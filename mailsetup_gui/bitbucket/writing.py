"""One state of Bitbucket's mail settings written, in whichever spelling it takes, and read back."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import NamedTuple

from mailsetup_gui.bitbucket import change
from mailsetup_gui.bitbucket.change import Setting, Spelling
from mailsetup_gui.bitbucket.exchange import Failure
from mailsetup_gui.bitbucket.rest import Bitbucket, Document, Mail
from mailsetup_gui.bitbucket.troubles import RestError, Trouble
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Stopped
from mailsetup_gui.smtp.waiting import Clock, Late, wait

_PAUSES = (0.015, 0.06, 0.175, 0.4)
"""Of the time that a request may take, before reading again where Bitbucket could not be read: 13 s of the usual 20.

A write is never repeated as it was.
"""


_NEVER_AGAIN = (Trouble.CAPTCHA, Trouble.WRONG_PASSWORD)
"""A further sign-in would be one more failed attempt."""


class Step(NamedTuple):
    """One request that was answered; `error` None: as it should be."""

    request: str
    error: RestError | None = None
    spelling: Spelling | None = None


class Target(NamedTuple):
    """What Bitbucket shall have; `server` None: nothing, as before it was set up. `former`: to be restored as it is."""

    server: MailServer | None
    password: str = ""
    former: Mail | None = None

    def __repr__(self) -> str:
        return f"Target({self.server!r})"


class Reached(NamedTuple):
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


def reach(bitbucket: Bitbucket, now: Mail, target: Target) -> Generator[Step, None, Reached]:
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


def _write(bitbucket: Bitbucket, now: Mail, target: Target, spelled: change.Keys) -> Generator[Step, None, Reached]:
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
        return Reached(None, frozenset(), spelling, error=error)
    mail, unread = yield from _read(bitbucket)
    if error is None and mail == now and unequal_to(now, target):
        _pause(bitbucket, _PAUSES[-1] * bitbucket.patience / 4)  # it said yes: another node may not know yet
        mail, unread = yield from _read(bitbucket)
    unequal = frozenset() if mail is None else unequal_to(mail, target)
    return Reached(mail, unequal, spelling, error=error or unread, echo=echo)


def _document(target: Target, now: Mail, spelled: change.Keys) -> Document:
    if target.former is not None and target.former.document is not None:
        return change.restored(target.former.document, target.password, spelled)
    return change.document(target.server or MailServer(), target.password, now.document, spelled)


def _lost(reached: Reached, target: Target) -> frozenset[Setting]:
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
        unequal = unequal_to(Mail(reached.echo, target.server.sender if target.server else None), target)
    return unequal if reached.error is None and change.is_spelling(unequal) else frozenset()


def _sender(bitbucket: Bitbucket, reached: Reached, target: Target) -> Generator[Step, None, Reached]:
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
    return reached._replace(mail=mail, unequal=unequal_to(mail, target), by_resource=True, error=error or reached.error)


def _read(bitbucket: Bitbucket) -> Generator[Step, None, tuple[Mail | None, RestError | None]]:
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


def unequal_to(mail: Mail, target: Target) -> frozenset[Setting]:
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


def is_echoed(reached: Reached, target: Target) -> bool:
    return reached.echo is not None and not unequal_to(
        Mail(reached.echo, target.server and target.server.sender), target
    )

"""Bitbucket read, changed and put back in a worker: access and settings in, steps and what became of it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import NamedTuple
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from mailsetup_gui.bitbucket import applying, reading, records
from mailsetup_gui.bitbucket.address import Address, SignIn
from mailsetup_gui.bitbucket.applying import Applied
from mailsetup_gui.bitbucket.exchange import Route
from mailsetup_gui.bitbucket.reading import Found
from mailsetup_gui.bitbucket.records import Kept, Record
from mailsetup_gui.bitbucket.rest import Bitbucket, Mail
from mailsetup_gui.bitbucket.writing import Target
from mailsetup_gui.desktop.worker import Worker
from mailsetup_gui.settings.profiles import Home
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.contents import StoreError
from mailsetup_gui.wording import files, storing

Work = Callable[[Cancel], Iterator[object]]


class Access(NamedTuple):
    """Where, who, and by which way. Its repr tells no secret; a proxy's address may have one."""

    where: Address
    sign_in: SignIn
    ca_file: str = ""
    proxy: str = ""

    def __repr__(self) -> str:
        return f"Access({self.where!r}, {self.sign_in!r})"

    @property
    def home(self) -> Home:
        return Home(self.where.base, self.sign_in.user, self.ca_file)


class Way(NamedTuple):
    """The change that could be undone, if there is one."""

    record: Record | None


class Refusal(NamedTuple):
    """Why nothing was asked, or changed."""

    sentence: str


class Done(NamedTuple):
    """How a change of so many `settings` ended. `record`: its file; `trouble`: why that does not tell the end."""

    applied: Applied
    record: str = ""
    trouble: str = ""
    settings: int = 5


class Session(QObject):
    """One piece of work at a time. `told` comes with Step, Found, Way, Refusal and Done, `ended` last."""

    told = Signal(object)
    crashed = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._cancel: Cancel | None = None
        self._changes = False

    @property
    def is_reading(self) -> bool:
        return self._worker is not None and not self._changes

    @property
    def is_changing(self) -> bool:
        """Between a write and the proof of it nothing is cut off: 20 s bound each request."""
        return self._worker is not None and self._changes

    def read(self, access: Access) -> None:
        self._start(lambda cancel: _read(access, cancel), changes=False)

    def change(self, access: Access, seen: Mail, target: Target, kept: Kept, *, replace_oauth: bool) -> None:
        def work(cancel: Cancel) -> Iterator[object]:
            bitbucket = _bitbucket(access, cancel, target.password)
            events = applying.apply(bitbucket, seen, target, kept, replace_oauth=replace_oauth)
            return _told(events, kept, access.where, settings=5)

        self._start(work, changes=True)

    def change_sender(self, access: Access, former: str | None, wanted: str) -> None:
        def work(cancel: Cancel) -> Iterator[object]:
            kept = Kept(access.where, access.sign_in.user, "sender")
            events = applying.apply_sender(_bitbucket(access, cancel), former, wanted)
            return _told(events, kept, access.where, settings=1)

        self._start(work, changes=True)

    def cancel_reading(self) -> None:
        if self.is_reading and self._cancel is not None:
            self._cancel.request()

    def _start(self, work: Work, changes: bool) -> None:
        cancel = Cancel()

        def run() -> Iterator[object]:
            with closing(cancel):
                try:
                    yield from work(cancel)
                except _Unusable as unusable:
                    yield Refusal(str(unusable))

        self._cancel, self._changes = cancel, changes
        self._worker = Worker(run, self)
        self._worker.told.connect(self.told)
        self._worker.crashed.connect(self.crashed)
        self._worker.ended.connect(self._end)
        self._worker.start()

    def _end(self) -> None:
        self._worker = self._cancel = None
        self.ended.emit()


class _Unusable(Exception):
    """The file with the CA."""


def shown_proxy(proxy: str) -> str:
    """Without user and password."""
    return urlsplit(proxy if "://" in proxy else f"//{proxy}").netloc.rpartition("@")[2]


def _bitbucket(access: Access, cancel: Cancel, mail_secret: str = "") -> Bitbucket:
    try:
        entries = truststore.trusted(access.ca_file) if access.ca_file else ()
    except StoreError as error:
        raise _Unusable(files.unusable(access.ca_file, error)) from None
    route = Route(tuple(entry.der for entry in entries), access.proxy)
    return Bitbucket(access.where, access.sign_in, route, cancel, mail_secret)


def _read(access: Access, cancel: Cancel) -> Iterator[object]:
    for item in reading.read(_bitbucket(access, cancel)):
        yield item
        if isinstance(item, Found):
            yield _way(access.where)


def _told(events: Iterator[applying.Event], kept: Kept, where: Address, settings: int) -> Iterator[object]:
    try:
        for event in events:
            if isinstance(event, Applied):
                trouble = "" if kept.trouble is None else storing.not_kept(kept.trouble)
                yield Done(event, kept.path, trouble, settings)
            else:
                yield event
    except OSError as error:  # of Kept.begin: what a network does comes as a Step
        yield Refusal(storing.no_way_back(error))
    yield _way(where)


def _way(where: Address) -> Way:
    """A record that cannot be read leads nowhere."""
    try:
        return Way(records.latest(where))
    except OSError:
        return Way(None)

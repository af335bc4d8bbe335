"""Asks the keyring in a worker: the UI thread never does. Without a store, passwords live in memory only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from mailsetup_gui.desktop.worker import Worker
from mailsetup_gui.wording.language import _


class Passwords(QObject):
    """Signals answer; every sentence they carry is ready to be shown."""

    recalled = Signal(str, str)
    """(profile id, password)"""
    unknown = Signal(str)
    """(profile id): the store did not answer for it; `stored` has said why."""
    stored = Signal(str)
    """Where passwords are kept now, or why they are not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers: set[Worker] = set()

    def find_store(self) -> None:
        from mailsetup_gui.settings import keeper

        self._ask(lambda: _Store(keeper.store_name()))

    def recall(self, profile_id: str) -> None:
        from mailsetup_gui.settings import keeper

        self._ask(lambda: _Recalled(profile_id, keeper.recall(profile_id) or ""), profile_id)

    def keep(self, profile_id: str, password: str) -> None:
        from mailsetup_gui.settings import keeper

        self._ask(lambda: _Store(keeper.keep(profile_id, password)))

    def forget(self, profile_id: str) -> None:
        from mailsetup_gui.settings import keeper

        def forget() -> _Store:
            keeper.forget(profile_id)
            return _Store(keeper.store_name())

        self._ask(forget)

    def _ask(self, question: Callable[[], object], recalls: str = "") -> None:
        def work() -> Iterator[object]:
            from mailsetup_gui.settings.credentials import KeyringTrouble
            from mailsetup_gui.wording import storing

            try:
                yield question()
            except KeyringTrouble as trouble:
                yield _Trouble(f"{storing.MEMORY_ONLY} {storing.obstacle(trouble)}", recalls)

        worker = Worker(work, self)
        self._workers.add(worker)
        worker.told.connect(self._answer)
        worker.ended.connect(self._done)
        worker.start()

    def _answer(self, answer: object) -> None:
        match answer:
            case _Store(name):
                self.stored.emit(_("Kept in: {name}").format(name=name))
            case _Recalled(profile_id, password):
                self.recalled.emit(profile_id, password)
            case _Trouble(sentence, recalls):
                self.stored.emit(sentence)
                if recalls:
                    self.unknown.emit(recalls)

    def _done(self) -> None:
        worker = self.sender()
        if isinstance(worker, Worker):
            self._workers.discard(worker)


class _Store(NamedTuple):
    name: str


class _Recalled(NamedTuple):
    profile_id: str
    password: str

    def __repr__(self) -> str:
        return f"_Recalled({self.profile_id!r}, ****)"


class _Trouble(NamedTuple):
    sentence: str
    recalls: str

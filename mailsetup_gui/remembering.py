"""A test that is remembered: held against how it was when it last worked, and left for a report. Used by both doors."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui import trial
from mailsetup_gui.smtp.events import Event, Result
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Request, Secrets
from mailsetup_gui.wording.java import anchors

if TYPE_CHECKING:
    from mailsetup_gui.circumstances import File
    from mailsetup_gui.diagnosis.baseline import Baseline
    from mailsetup_gui.settings.profiles import Profile
    from mailsetup_gui.smtp.sandbox import Sandbox
    from mailsetup_gui.wording.record import Record

_FAILURES = (Result.FAILED, Result.REJECTED, Result.UNKNOWN)
_MOST_CERTIFICATES = 20
_LARGEST = 20_000
"""Octets of a certificate that is kept; real ones have less than 10,000."""


class Recorded(NamedTuple):
    """What a report is made of; `troubles`: what could not be read or kept, as sentences."""

    record: "Record"
    troubles: tuple[str, ...] = ()


def run(
    request: Request,
    secrets: Secrets,
    cancel: Cancel,
    sandbox: "Sandbox | None" = None,
    profile: "Profile | None" = None,
    further: Callable[[Finished], Finished] = lambda finished: finished,
) -> Iterator[Event | Finished | Recorded]:
    """As trial.run, and one Recorded behind Finished; `profile`: the saved one that is tested, changed or not;
    `further`: what is found out once a test is over.

    Nothing is written before Finished is told, and what cannot be written changes nothing of it.
    """
    former, troubles = _former(profile) if profile is not None else (None, ())
    events: list[Event] = []
    for item in trial.run(request, secrets, cancel, sandbox, former=former.chain if former else ()):
        if isinstance(item, Finished):
            memory = _Memory(request, secrets, tuple(events), item)
            finished = further(memory.compared(former))
            yield finished
            yield _kept(memory, finished, sandbox is not None, profile, troubles)
            return
        events.append(item)
        yield item


def amended(record: "Record", finished: Finished) -> "Record":
    """The same test, of whose end more is known."""
    return (*record[:-1], _outcome(finished))


def _former(profile: "Profile") -> tuple["Baseline | None", tuple[str, ...]]:
    from mailsetup_gui.diagnosis import baseline
    from mailsetup_gui.settings import state

    found = state.baseline(profile.id)
    if found.table is not None:
        try:
            return baseline.parsed(found.table), ()
        except ValueError as error:
            found = state.Found(None, state.discard_baseline(profile.id, str(error)))
    if found.trouble is None:
        return None, ()
    from mailsetup_gui.wording.storing import not_used

    return None, (not_used(found.trouble),)


def _kept(
    memory: "_Memory", finished: Finished, in_sandbox: bool, profile: "Profile | None", troubles: tuple[str, ...]
) -> Recorded:
    from mailsetup_gui.settings import state
    from mailsetup_gui.wording import record

    tables = record.tables(memory.events, memory.context(finished, profile), _outcome(finished))
    try:
        state.keep_last(profile.id if profile else "", record.bounded(tables))
        if profile and not in_sandbox and not troubles and _worked(memory.request, profile, finished):
            from mailsetup_gui.diagnosis import baseline

            state.keep_baseline(profile.id, baseline.table(memory.seen()))
    except OSError as error:
        from mailsetup_gui.wording.storing import not_kept

        return Recorded(tables, (*troubles, not_kept(error)))
    return Recorded(tables, troubles)


def _worked(request: Request, profile: "Profile", finished: Finished) -> bool:
    """Whether what was accepted is what is saved."""
    same = request.server == profile.server and request.truststore == os.path.expanduser(profile.truststore)
    return same and finished.outcome.result is Result.ACCEPTED and finished.outcome.until is None


def _outcome(finished: Finished) -> dict[str, object]:
    from mailsetup_gui.wording.jsonlines import outcome_table

    told = (finished.outcome, finished.diagnosis, finished.card, finished.mail, finished.java, finished.provider)
    return outcome_table(*told)


class _Memory:
    """One test that is over, without anything that its server made of the password."""

    def __init__(self, request: Request, secrets: Secrets, events: Sequence[Event], finished: Finished) -> None:
        from mailsetup_gui.smtp.redaction import Redactor

        self.request = request
        self.events = events
        self._finished = finished
        self._strike = Redactor(secrets.password, request.server.username).strike
        self._file: File | None = None
        self._safe: tuple[bytes, ...] | None = None

    def compared(self, former: "Baseline | None") -> Finished:
        """Its Finished, with what is not as it was."""
        finished = self._finished
        if former is None or finished.outcome.result not in _FAILURES:
            return finished
        from mailsetup_gui.diagnosis.differing import differences
        from mailsetup_gui.wording.changes import sentences

        found = differences(former, self.seen())
        changes = tuple(map(self._strike, sentences(former.when, found, self.request.server.hostname)))
        return finished._replace(card=finished.card._replace(changes=changes, last_worked=former.when))

    def seen(self) -> "Baseline":
        from mailsetup_gui import circumstances
        from mailsetup_gui.diagnosis import baseline

        ground = self._finished.grounds
        store = baseline.Store(self._store().path, self._store().sha256, ground.version if ground else "")
        found = baseline.of(self.request.server, self.events, self._finished.outcome, store, circumstances.now())
        return found if self._chain() == found.chain else found._replace(chain=())

    def context(self, finished: Finished, profile: "Profile | None") -> dict[str, object]:
        """What a report tells besides the events and the outcome. Nothing of it is a secret."""
        from binascii import b2a_base64

        from mailsetup_gui import circumstances

        ground, server, card = finished.grounds, self.request.server, finished.card
        sent = finished.tls.chain if finished.tls else ()
        return {
            "event": "context",
            "when": circumstances.now(),
            "zone": circumstances.zone(),
            "profile": profile.name if profile else None,
            "settings": {
                **server._asdict(),
                "encryption": server.encryption.value,
                "to": self.request.recipient,
                "message_kind": self.request.kind.value,
                "check_name": self.request.check_name,
                "timeout": self.request.timeout,
            },
            "java": {"version": finished.java.version or (ground.version if ground else ""), "home": _home(finished)},
            "truststore": {
                **self._store()._asdict(),
                "entries": len(ground.anchors) if ground else 0,
                "source": anchors(ground) if ground else "",
            },
            "versions": circumstances.versions(),
            "chain": [b2a_base64(der, newline=False).decode("ascii") for der in self._chain()],
            "chain_left_out": len(sent) - len(self._chain()),
            "told": {"mood": card.mood, "warnings": list(card.warnings)},
        }

    def _store(self) -> "File":
        if self._file is None:
            from mailsetup_gui import circumstances

            ground = self._finished.grounds
            self._file = circumstances.file(ground.path if ground else self.request.truststore)
        return self._file

    def _chain(self) -> tuple[bytes, ...]:
        """What the server sent, if it did not write the password of this test into it."""
        if self._safe is None:
            sent = self._finished.tls.chain[:_MOST_CERTIFICATES] if self._finished.tls else ()
            self._safe = tuple(der for der in sent if len(der) <= _LARGEST and not self._holds_secret(der))
        return self._safe

    def _holds_secret(self, der: bytes) -> bool:
        from binascii import b2a_base64

        spellings = (
            der.decode("utf-8", "replace"),
            der.decode("latin-1"),
            der.replace(b"\0", b"").decode("latin-1"),  # BMPString, two octets a letter
            b2a_base64(der, newline=False).decode("ascii"),
        )
        return any(self._strike(text) != text for text in spellings)


def _home(finished: Finished) -> str:
    return finished.grounds.home if finished.grounds else ""

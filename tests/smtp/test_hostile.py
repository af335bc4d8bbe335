"""Every misdeed of a server at every stage and in every mode: what must hold, whatever it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp.events import Breach, Result
from mailsetup_gui.wording.jsonlines import event_line, outcome_line
from tests.smtp.expected import expected
from tests.smtp.misdeeds import EARLY, GOING, HARMLESS, PROMPT, WAITING
from tests.smtp.planted import leaks, octet_leaks
from tests.smtp.polite import STAGES, Misdeed, Mode, Stage, polite, then
from tests.smtp.scripted import Scripted, Talk
from tests.smtp.tls_misdeeds import INSIDE, SHAKING, SHAKING_SLOWLY
from tests.smtp.trying import Tried, attempt, request

PATIENCE, LONG = 0.8, 5.0
"""Seconds: the deadline of a test that has to wait for it, and of one that has not."""
LATER = 0.5
AT_ONCE = 16
"""Most cases only wait, so this many run side by side."""

ONLY = {
    Mode.SIGNED_CLEAR: (Stage.AUTH, Stage.USERNAME, Stage.PASSWORD, Stage.DOT),
    Mode.SMTPS: (Stage.HANDSHAKE, Stage.GREETING, Stage.EHLO, Stage.DOT),
}
"""Where these modes differ from clear text without a sign-in, and from STARTTLS."""


class Case(NamedTuple):
    mode: Mode
    stage: Stage
    name: str
    misdeed: Misdeed

    def __str__(self) -> str:
        return f"{self.mode.value}-{self.stage.value}-{self.name}"


class Met(NamedTuple):
    """A test that met one misdeed, and all that the server was sent."""

    tried: Tried
    wire: bytes
    said: bytes
    reached: bool
    deadline: float

    @property
    def in_time(self) -> bool:
        return self.tried.took <= self.deadline + LATER


def cases() -> Iterator[Case]:
    for mode in Mode:
        for stage in STAGES[mode]:
            if stage not in ONLY.get(mode, STAGES[mode]):
                continue
            for name, misdeed in misdeeds(mode, stage).items():
                yield Case(mode, stage, name, misdeed)


def misdeeds(mode: Mode, stage: Stage) -> dict[str, Misdeed]:
    if stage is Stage.HANDSHAKE:
        return SHAKING | SHAKING_SLOWLY
    found = WAITING | PROMPT | HARMLESS | (EARLY if stage is Stage.DATA else {})
    going = GOING if stage not in (Stage.DOT, Stage.QUIT) else {}
    return found | going | (INSIDE if Stage.HANDSHAKE in before(mode, stage) else {})


def before(mode: Mode, stage: Stage) -> tuple[Stage, ...]:
    return STAGES[mode][: STAGES[mode].index(stage)]


CASES = list(cases())
HOSTILE = [case for case in CASES if case.name not in HARMLESS]
each = pytest.mark.parametrize("case", CASES, ids=str)


@pytest.fixture(scope="module")
def meet(request: pytest.FixtureRequest) -> Iterator[Callable[[Case], Met]]:
    """Runs every selected case once, many side by side."""
    asked = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    selected = {str(params["case"]): params["case"] for params in asked if isinstance(params.get("case"), Case)}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        meetings = {key: pool.submit(met, case) for key, case in selected.items()}

        def result(case: Case) -> Met:
            found = (meetings.get(str(case)) or pool.submit(met, case)).result()
            if found.in_time and found.reached and found.tried.cause != Cause.DEADLINE.value:
                return found
            return met(case)  # the computer was busy with something else: once more, alone

        yield cache(result)


def met(case: Case) -> Met:
    reached: list[bool] = []
    deadline = PATIENCE if case.name in WAITING | SHAKING_SLOWLY else LONG

    def mark(_talk: Talk, _right: bytes) -> None:
        reached.append(True)

    with Scripted(polite(case.mode, {case.stage: then(mark, case.misdeed)})) as server:
        tried = attempt(request(server.port, case.mode, deadline))
    return Met(tried, server.wire, server.said, bool(reached), deadline)


@each
def test_a_test_ends_with_one_outcome_half_a_second_after_the_deadline_at_the_latest(
    case: Case, meet: Callable[[Case], Met]
) -> None:
    met = meet(case)
    tried = met.tried

    assert met.in_time
    assert tried.finished.card.title
    assert (tried.cause is None) == (tried.result is Result.ACCEPTED)


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_accepted_is_said_only_when_the_server_took_the_message_as_it_was_asked(
    case: Case, meet: Callable[[Case], Met]
) -> None:
    outcome = meet(case).tried.finished.outcome

    if case.stage is Stage.QUIT:
        assert outcome.result is Result.ACCEPTED or outcome.breach is Breach.OUT_OF_STEP
    elif case.stage is Stage.DOT or case.name in EARLY:
        assert outcome.result is Result.UNKNOWN
    else:
        assert outcome.result in (Result.FAILED, Result.REJECTED, Result.UNKNOWN)
    assert outcome.result is not Result.UNKNOWN or case.stage in (Stage.DATA, Stage.DOT, Stage.QUIT)


@pytest.mark.parametrize("case", [case for case in CASES if case.name in HARMLESS], ids=str)
def test_an_odd_reply_that_says_yes_does_not_stop_the_mail(case: Case, meet: Callable[[Case], Met]) -> None:
    met = meet(case)

    assert met.tried.result is Result.ACCEPTED
    assert met.said.endswith(b"\r\n.\r\nQUIT\r\n")


@pytest.mark.parametrize("case", [case for case in CASES if case.mode is not Mode.CLEAR], ids=str)
def test_the_password_is_neither_shown_nor_sent_where_it_could_be_read(case: Case, meet: Callable[[Case], Met]) -> None:
    tried, wire, *_ = meet(case)
    told = [event_line(event) for event in tried.events]
    told.append(outcome_line(*tried.finished[:3], None, tried.finished.java))

    assert not leaks("\n".join((*told, *map(repr, tried.events), repr(tried.finished))))
    assert case.mode is Mode.SIGNED_CLEAR or not octet_leaks(wire)


@each
def test_every_misdeed_has_the_one_cause_that_it_is(case: Case, meet: Callable[[Case], Met]) -> None:
    assert meet(case).tried.cause in expected(case.mode, case.stage, case.name)

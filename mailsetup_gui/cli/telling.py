"""Events -> lines on standard output: JSON Lines for scripts, or words for people."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Protocol, assert_never

from mailsetup_gui.diagnosis.mending import Action
from mailsetup_gui.smtp.events import Event, Line, Outcome, State, StepChanged, TlsStarted
from mailsetup_gui.wording import evidence, mending, text
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.verdict import Card, ruled_out_words

if TYPE_CHECKING:
    from mailsetup_gui.trial import Finished


class Teller(Protocol):
    def event(self, event: Event) -> None: ...
    def finished(self, finished: Finished) -> None: ...


class JsonTeller:
    """One object a line, flushed as it happens; nothing else is on standard output (cli.md)."""

    def event(self, event: Event) -> None:
        from mailsetup_gui.wording import jsonlines

        print(jsonlines.event_line(event), flush=True)

    def finished(self, finished: Finished) -> None:
        from mailsetup_gui.wording import jsonlines

        told = (finished.outcome, finished.diagnosis, finished.card, finished.mail, finished.java, finished.provider)
        print(jsonlines.outcome_line(*told), flush=True)


class HumanTeller:
    """Steps and transcript as they happen, then the card. Colour only on a terminal without NO_COLOR."""

    def __init__(self) -> None:
        self._colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def event(self, event: Event) -> None:
        match event:
            case Line():
                said = f"{event.at / 1000:8.3f} {text.protection(event.encrypted):5} {text.arrow(event.direction)} "
                self._say(self._paint("2", said) + shown(event.text))
            case StepChanged():
                self._step(event)
            case TlsStarted():
                self._say(f"{event.at / 1000:8.3f} {'TLS':5} == {text.handshake(event)}")
            case Outcome():
                pass  # the card says it
            case _:
                assert_never(event)

    def finished(self, finished: Finished) -> None:
        self._say("")
        self.card(finished.card, finished.diagnosis.actions)
        if not_it := ruled_out_words(finished.diagnosis.ruled_out):
            self._say(_("  Not the cause (checked): {not_it}").format(not_it=not_it))

    def card(self, card: Card, actions: tuple[Action, ...] = ()) -> None:
        """What is to be told at the end; a pasted text has nothing else."""
        self._changes(card.changes)
        glyph, colour = {"ok": ("✓", "32;1"), "warn": ("!", "33;1"), "fail": ("✕", "31;1")}[card.mood]
        self._say(self._paint(colour, f"{glyph} {card.title}"))
        for line in card.why.split("\n"):
            self._say(f"  {line}")
        for number, fix in enumerate(card.fixes, 1):
            self._say(f"  {number}. {fix}")
        for action in actions:
            if options := mending.options(action):
                self._say(f"     {mending.label(action)}: {options}")
        for warning in card.warnings:
            self._say(self._paint("33", f"  ! {warning}"))
        for line in evidence.unsaid(card):
            self._say(self._paint("2", f"  > {line}"))

    def _changes(self, changes: tuple[str, ...]) -> None:
        """When it last worked, and what is not as it was then."""
        for change in changes[:1]:
            self._say(self._paint("1", f"  {change}"))
        for change in changes[1:]:
            self._say(f"  ≠ {change}")
        if changes:
            self._say("")

    def _step(self, change: StepChanged) -> None:
        if change.state is State.STARTED:
            return
        colour = {State.DONE: "32", State.FAILED: "31", State.SKIPPED: "2"}.get(change.state, "0")
        took = text.milliseconds(change.took) if change.state is not State.SKIPPED else _("not needed")
        self._say(self._paint(colour, f"       {text.state_glyph(change.state)} {text.step_name(change.step)}, {took}"))

    def _paint(self, colour: str, words: str) -> str:
        return f"\033[{colour}m{words}\033[0m" if self._colour else words

    def _say(self, words: str) -> None:
        print(words, flush=True)


def prepare_stdout() -> None:
    """UTF-8 whatever the locale, and no crash on what a terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")

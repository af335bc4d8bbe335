"""Envelope, message, final dot and QUIT: where "accepted" is decided (RFC 5321 3.3, 4.1.1.4, 6.1)."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from mailsetup_gui.smtp.dialogue import Dialogue, Ended
from mailsetup_gui.smtp.events import Breach, Event, Fault, Note, Outcome, Result, Step, Stopped
from mailsetup_gui.smtp.message import transparent

GOODBYE_LIMIT = 2.0
"""Seconds that QUIT may take behind a message: its reply can still show that the one before answered something else."""
SHORT_GOODBYE = 0.1
"""Seconds for it, and two round trips, where nothing was handed over: nobody waits for a cause that is known."""
HUSH = 0.02
"""Seconds of silence before the dot: a server that accepts what it has not got yet gives itself away."""
_BLOCK = 32768


def envelope(to: Dialogue, sender: str, recipient: str, limit: float) -> Iterator[Event]:
    """MAIL and RCPT; the reverse-path is "Email from", as in JavaMail without mail.smtp.from."""
    if not to.encrypted:
        to.note(Note.CLEAR_TEXT)
    yield from _address(to, Step.MAIL, f"MAIL FROM:<{sender}>", (250,), limit)
    yield from _address(to, Step.RCPT, f"RCPT TO:<{recipient}>", (250, 251), limit)


def _address(to: Dialogue, step: Step, words: str, good: tuple[int, ...], limit: float) -> Iterator[Event]:
    yield to.begin(step, limit)
    reply = yield from to.ask(words)
    if reply.code not in good:
        raise to.refused(reply)
    yield to.done(f"{reply.code} {reply.text}")


def message(to: Dialogue, octets: bytes, limit: float) -> Iterator[Event]:
    """DATA, the message, the dot; always ends with Ended or Stopped.

    Only what was not yet said before the dot can be the reply to it, and that reply may take all the time there is.
    """
    yield to.begin(Step.DATA, limit)
    reply = yield from to.ask("DATA")
    if reply.code != 354:
        raise to.refused(reply)
    stuffed = transparent(octets)
    for begin in range(0, len(stuffed), _BLOCK):
        yield from to.send(stuffed[begin : begin + _BLOCK])
    to.nothing_early(HUSH)
    to.handed_over = True
    to.transport.begin_step(float("inf"))
    reply = yield from to.ask(".")
    if reply.code != 250:
        raise to.refused(reply)
    yield to.done(f"{reply.code} {reply.text}")
    raise Ended(to.outcome(Result.ACCEPTED, reply=reply))


def goodbye(to: Dialogue, outcome: Outcome) -> Generator[Event, None, Outcome]:
    """QUIT. It changes nothing any more, unless it shows that what was taken for the reply to the dot was not one."""
    yield to.begin(Step.QUIT, GOODBYE_LIMIT if to.handed_over else SHORT_GOODBYE + 2 * to.transport.round_trip)
    try:
        reply = yield from to.ask("QUIT")
    except Stopped as stop:
        yield from to.failed()
        out_of_step = to.handed_over and stop.breach is Breach.UNASKED
        return _out_of_step(outcome, stop.evidence) if out_of_step else outcome
    yield to.done(f"{reply.code} {reply.text}")
    if to.handed_over and reply.code not in (221, 421):
        return _out_of_step(outcome, f"{reply.code} {reply.text}")
    return outcome


def _out_of_step(outcome: Outcome, evidence: str) -> Outcome:
    return outcome._replace(
        result=Result.UNKNOWN, fault=Fault.PROTOCOL, breach=Breach.OUT_OF_STEP, evidence=evidence, reply=None
    )

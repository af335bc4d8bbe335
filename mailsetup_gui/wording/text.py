"""The small words of both doors: steps, states, directions, times."""

from __future__ import annotations

import time

from mailsetup_gui.smtp.events import Direction, Result, State, Step, TlsStarted

_STEPS = {
    Step.RESOLVE: "Look up the host name",
    Step.CONNECT: "Connect",
    Step.TLS: "TLS handshake",
    Step.JAVA: "TLS in Bitbucket's Java",
    Step.GREETING: "Server greeting",
    Step.EHLO: "EHLO",
    Step.STARTTLS: "STARTTLS",
    Step.AUTH: "Sign in",
    Step.MAIL: "Sender (MAIL FROM)",
    Step.RCPT: "Recipient (RCPT TO)",
    Step.DATA: "Hand over the message",
    Step.QUIT: "Goodbye (QUIT)",
}
_STATES = {State.STARTED: "running", State.DONE: "done", State.FAILED: "failed", State.SKIPPED: "not needed"}
_GLYPHS = {State.STARTED: "…", State.DONE: "✓", State.FAILED: "✕", State.SKIPPED: "–"}
_ARROWS = {Direction.IN: "<-", Direction.OUT: "->", Direction.INFO: "**"}
_RESULTS = {
    Result.ACCEPTED: "accepted",
    Result.REJECTED: "refused",
    Result.FAILED: "failed",
    Result.UNKNOWN: "unknown",
    Result.CANCELLED: "cancelled",
}


def step_name(step: Step) -> str:
    return _STEPS[step]


def state_word(state: State) -> str:
    return _STATES[state]


def state_glyph(state: State) -> str:
    return _GLYPHS[state]


def arrow(direction: Direction) -> str:
    return _ARROWS[direction]


def result_word(result: Result) -> str:
    return _RESULTS[result]


def protection(encrypted: bool) -> str:
    return "TLS" if encrypted else "clear"


def handshake(tls: TlsStarted) -> str:
    judged = {None: "not judged", True: "trusted by Java's rules", False: "NOT trusted by Java's rules"}
    return f"{tls.version} {tls.cipher}, certificate {judged[tls.trusted]}"


def milliseconds(value: float) -> str:
    return f"{value:.1f} ms" if value < 10 else f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.1f} s"


def moment(seconds: int) -> str:
    """In ISO form, UTC; a year beyond 9999 cannot be."""
    try:
        return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        return f"{seconds} seconds after 1970"

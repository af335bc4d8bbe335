"""Foreign text made harmless, and the small words of both doors."""

from __future__ import annotations

from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Direction, Result, State, Step

LONGEST = 1000
"""Characters of one foreign line that are shown."""


def shown(foreign: str) -> str:
    """Control, bidi, zero-width and other unprintable characters become U+FFFD; none is dropped, so nothing closes up."""
    cut = foreign if len(foreign) <= LONGEST else foreign[:LONGEST] + "…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in cut)


_STEPS = {
    Step.RESOLVE: "Look up the host name",
    Step.CONNECT: "Connect",
    Step.TLS: "TLS handshake",
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


def milliseconds(value: float) -> str:
    return f"{value:.1f} ms" if value < 10 else f"{value:.0f} ms" if value < 10_000 else f"{value / 1000:.1f} s"


_TLS_WORDS = {
    Encryption.STARTTLS_IF_OFFERED: "use TLS if the server offers it, and otherwise send in clear text",
    Encryption.STARTTLS_REQUIRED: "refuse to send unless TLS starts",
    Encryption.IMPLICIT_TLS: "speak TLS from the first byte (SMTPS)",
    Encryption.NONE: "send everything in clear text, the password too",
}


def in_words(server: MailServer) -> str:
    """What Bitbucket will do with these settings; '' while there is no host name."""
    if not server.hostname:
        return ""
    signs_in = f"sign in as “{shown(server.username)}”" if server.username else "not sign in (anonymous)"
    where = f"{shown(server.hostname)} on port {server.effective_port}"
    sender = f" Mail will come from {shown(server.sender)}." if server.sender else ""
    return f"Bitbucket will connect to {where}, {_TLS_WORDS[server.encryption]}, and {signs_in}.{sender}"

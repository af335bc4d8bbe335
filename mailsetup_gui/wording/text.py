"""The small words of both doors: steps, states, directions, times."""

from __future__ import annotations

from mailsetup_gui.smtp.events import Direction, Result, State, Step, TlsStarted
from mailsetup_gui.wording.dates import number
from mailsetup_gui.wording.language import _

_STEPS = {
    Step.RESOLVE: _("Look up the host name"),
    Step.CONNECT: _("Connect"),
    Step.TLS: _("TLS handshake"),
    Step.JAVA: _("TLS in Bitbucket's Java"),
    Step.GREETING: _("Server greeting"),
    Step.EHLO: "EHLO",
    Step.STARTTLS: "STARTTLS",
    Step.AUTH: _("Sign in"),
    Step.MAIL: _("Sender (MAIL FROM)"),
    Step.RCPT: _("Recipient (RCPT TO)"),
    Step.DATA: _("Hand over the message"),
    Step.QUIT: _("Goodbye (QUIT)"),
}
_STATES = {
    State.STARTED: _("running"),
    State.DONE: _("done"),
    State.FAILED: _("failed"),
    State.SKIPPED: _("not needed"),
}
_GLYPHS = {State.STARTED: "…", State.DONE: "✓", State.FAILED: "✕", State.SKIPPED: "–"}
_ARROWS = {Direction.IN: "<-", Direction.OUT: "->", Direction.INFO: "**"}
_RESULTS = {
    Result.ACCEPTED: _("accepted"),
    Result.REJECTED: _("refused"),
    Result.FAILED: _("failed"),
    Result.UNKNOWN: _("unknown"),
    Result.CANCELLED: _("cancelled"),
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
    return "TLS" if encrypted else _("clear")


def handshake(tls: TlsStarted) -> str:
    judged = {None: _("not judged"), True: _("trusted by Java's rules"), False: _("NOT trusted by Java's rules")}
    return _("{version} {cipher}, certificate {judged}").format(
        version=tls.version, cipher=tls.cipher, judged=judged[tls.trusted]
    )


def read_back(equal: bool, octets: int) -> str:
    """What the built-in server kept, held against what was sent."""
    if equal:
        return _("read back from the built-in server: equal to what was sent, {octets} octets").format(octets=octets)
    return _("read back from the built-in server: NOT equal to what was sent, {octets} octets").format(octets=octets)


def milliseconds(value: float) -> str:
    return (
        _("{value} ms").format(value=number(value, 1))
        if value < 10
        else _("{value} ms").format(value=number(value, 0))
        if value < 1000
        else _("{value} s").format(value=number(value / 1000, 1))
    )

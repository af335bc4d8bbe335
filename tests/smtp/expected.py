"""Which cause each misdeed is, told as rules: by its name, and where the stage decides by the stage. Not a test."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from tests.smtp.misdeeds import EARLY, HARMLESS
from tests.smtp.polite import Mode, Stage

FOREIGN = (
    *("HTTP", "IMAP", "POP3", "SSH", "no code"),
    *("code 999", "code 199", "a code of four digits", "a code of two digits", "a code of other digits"),
)
"""As a greeting these are another protocol, later on they are a breach of this one."""
TLS_RECORDS = ("TLS", "a TLS alert")
BY_NAME = {
    **dict.fromkeys(("silence", "deafness"), Cause.SILENT),
    **dict.fromkeys(("half a reply, then silence", "a drip of octets", "a drip of lines"), Cause.SLOW),
    **dict.fromkeys(("reset", "half a reply, then reset", "the right reply, then reset"), Cause.TCP_RESET),
    **dict.fromkeys(
        ("FIN", "half a reply, then FIN", "the right reply, then FIN", "close_notify, then a reply"), Cause.CLOSED
    ),
}
"""Everything else is a breach of the protocol."""
REFUSED = {
    Stage.GREETING: Cause.GREETING_REFUSED,
    Stage.STARTTLS: Cause.STARTTLS_REFUSED,
    **dict.fromkeys((Stage.AUTH, Stage.USERNAME, Stage.PASSWORD), Cause.AUTH_REFUSED),
    Stage.MAIL: Cause.FROM_REFUSED,
    Stage.RCPT: Cause.RCPT_REFUSED,
    Stage.DATA: Cause.POLICY,
}
"""550 5.7.1 with a success behind it. At EHLO the success answers HELO before that is asked."""
SHAKEN = {
    **dict.fromkeys(("silence", "ClientHello, then silence", "half a flight, then silence"), Cause.TLS_SILENT),
    **dict.fromkeys(("reset", "FIN", "ClientHello, then FIN", "ClientHello, then reset"), Cause.TLS_CLOSED),
    **dict.fromkeys(("half a flight, then FIN", "half a flight, then reset"), Cause.TLS_CLOSED),
    "a drip of its flight": Cause.SLOW,
    "a fatal alert": Cause.TLS_CIPHER,
    "garbage in a record": Cause.TLS_BROKEN,
}
SHAKEN_BY_SMTPS = {
    "a whole flight, then FIN": Cause.CLOSED,  # to the client TLS stands: it hung up behind it
    **dict.fromkeys(
        ("a greeting in clear", "an EHLO reply in clear", "half a greeting in clear"), Cause.TLS_ON_PLAIN_PORT
    ),
    **dict.fromkeys(("HTTP", "random octets", "an endless line in clear"), Cause.NOT_SMTP),
    **dict.fromkeys(("a drip of octets", "a drip of empty records"), Cause.TLS_BROKEN),
    **dict.fromkeys(("endless records", "endless empty records"), Cause.TLS_BROKEN),
    "endless warnings": Cause.TLS_CLOSED,  # of close_notify
}


UNASKED = (
    "a drip of octets",
    "a drip of empty records",
    "endless records",
    "endless empty records",
    "endless warnings",
)
"""TLS records that do not wait for the ClientHello: behind STARTTLS they come before it, or just behind it."""


def expected(mode: Mode, stage: Stage, name: str) -> tuple[str | None, ...]:
    """One cause; two where the network decides what is seen first."""
    cause = _expected(mode, stage, name)
    found = [cause]
    if stage is Stage.HANDSHAKE and name in UNASKED:
        found.append(SHAKEN_BY_SMTPS[name])
    if stage is Stage.HANDSHAKE and mode is Mode.SMTPS and name == "reset":
        found.append(Cause.TCP_RESET)  # before the connection is seen to stand
    if stage is Stage.HANDSHAKE and mode is Mode.SMTPS and name == "a drip of octets":
        found.append(Cause.NOT_SMTP)  # once five octets are there: they are no record of TLS
    if stage is Stage.HANDSHAKE and mode is Mode.SMTPS and name == "a drip of empty records":
        found.append(Cause.SLOW)  # where the limit comes before the record that is too much
    return tuple(one and one.value for one in found)


def _expected(mode: Mode, stage: Stage, name: str) -> Cause | None:
    if name in HARMLESS:
        return None
    if name in EARLY:
        return Cause.PROTOCOL
    if stage is Stage.QUIT:
        tells = name.startswith(("code 299", "code 399", "an endless 334", "refusal"))
        return Cause.PROTOCOL if tells else None
    if stage is Stage.HANDSHAKE:
        return _shaken(mode, name)
    if stage is Stage.GREETING and name in FOREIGN:
        return Cause.NOT_SMTP
    if stage is Stage.GREETING and name in TLS_RECORDS:
        return Cause.NOT_SMTP if mode is Mode.SMTPS else Cause.PLAIN_ON_TLS_PORT
    if name == "refusal and success" and stage in REFUSED:
        return REFUSED[stage]
    if name.startswith("the right reply, then") and stage is Stage.STARTTLS:
        return Cause.TLS_CLOSED
    return BY_NAME.get(name, Cause.PROTOCOL)


def _shaken(mode: Mode, name: str) -> Cause:
    """Behind the 220 of STARTTLS what is no answer to a ClientHello is a breach; by SMTPS it is another mode."""
    if name in SHAKEN:
        return SHAKEN[name]
    if mode is Mode.SMTPS:
        return SHAKEN_BY_SMTPS[name]
    return Cause.CLOSED if name == "a whole flight, then FIN" else Cause.PROTOCOL

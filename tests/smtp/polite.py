"""The script of a well-behaved mail server, with a place for one misdeed at any of its stages. Not a test."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from tests.smtp.scripted import Script, Talk

USERNAME = "bitbucket"
PASSWORD = "Kirsch+Torte/47?öß&<x>"
QUEUED = b"250 2.0.0 Ok: queued as 4XyZ12\r\n"

Misdeed = Callable[[Talk, bytes], None]
"""Gets the reply that would be right. Comes back when the conversation may go on, else raises GoneError."""


class Mode(Enum):
    CLEAR = "clear"
    SIGNED_CLEAR = "clear with sign-in"
    STARTTLS = "starttls"
    SMTPS = "smtps"


class Stage(Enum):
    """Where the server speaks, in the order of a session with STARTTLS."""

    GREETING = "greeting"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    HANDSHAKE = "handshake"
    EHLO_INSIDE = "ehlo inside tls"
    AUTH = "auth"
    USERNAME = "user name"
    PASSWORD = "password"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"
    QUIT = "quit"


_SIGN_IN = (Stage.AUTH, Stage.USERNAME, Stage.PASSWORD)
_TRANSACTION = (Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT, Stage.QUIT)
STAGES = {
    Mode.CLEAR: (Stage.GREETING, Stage.EHLO, *_TRANSACTION),
    Mode.SIGNED_CLEAR: (Stage.GREETING, Stage.EHLO, *_SIGN_IN, *_TRANSACTION),
    Mode.STARTTLS: (
        Stage.GREETING,
        Stage.EHLO,
        Stage.STARTTLS,
        Stage.HANDSHAKE,
        Stage.EHLO_INSIDE,
        *_SIGN_IN,
        *_TRANSACTION,
    ),
    Mode.SMTPS: (Stage.HANDSHAKE, Stage.GREETING, Stage.EHLO, *_SIGN_IN, *_TRANSACTION),
}
REPLIES = {
    Stage.GREETING: b"220 mail.example.test ESMTP\r\n",
    Stage.EHLO: b"250-mail.example.test\r\n250 SIZE 10000000\r\n",
    Stage.STARTTLS: b"220 2.0.0 Ready to start TLS\r\n",
    Stage.EHLO_INSIDE: b"250-mail.example.test\r\n250 AUTH PLAIN LOGIN\r\n",
    Stage.AUTH: b"334 VXNlcm5hbWU6\r\n",
    Stage.USERNAME: b"334 UGFzc3dvcmQ6\r\n",
    Stage.PASSWORD: b"235 2.7.0 Authentication successful\r\n",
    Stage.MAIL: b"250 2.1.0 Ok\r\n",
    Stage.RCPT: b"250 2.1.5 Ok\r\n",
    Stage.DATA: b"354 End data with <CR><LF>.<CR><LF>\r\n",
    Stage.DOT: QUEUED,
    Stage.QUIT: b"221 2.0.0 Bye\r\n",
}
_FIRST_EHLO = {
    Mode.SIGNED_CLEAR: REPLIES[Stage.EHLO_INSIDE],
    Mode.STARTTLS: b"250-mail.example.test\r\n250 STARTTLS\r\n",
    Mode.SMTPS: REPLIES[Stage.EHLO_INSIDE],
}


def polite(mode: Mode, misdeeds: dict[Stage, Misdeed] | None = None, without: tuple[Stage, ...] = ()) -> Script:
    """A session that accepts one message; at each stage in `misdeeds` that happens in place of the right reply, and
    the stages in `without` do not happen at all."""

    def play(talk: Talk) -> None:
        for stage in (stage for stage in STAGES[mode] if stage not in without):
            if stage is Stage.DOT:
                talk.hear_message()
            elif stage not in (Stage.GREETING, Stage.HANDSHAKE):
                talk.hear()
            _answer(talk, stage, mode, (misdeeds or {}).get(stage))
        talk.hang_up()

    return play


def reply(mode: Mode, stage: Stage) -> bytes:
    return _FIRST_EHLO.get(mode, REPLIES[stage]) if stage is Stage.EHLO else REPLIES.get(stage, b"")


def says(octets: bytes) -> Misdeed:
    """These octets instead of the right reply; the conversation goes on."""

    def misdeed(talk: Talk, _right: bytes) -> None:
        talk.say(octets)

    return misdeed


def hears(talk: Talk, _right: bytes) -> None:
    """One more command."""
    talk.hear()


def then(*misdeeds: Misdeed) -> Misdeed:
    def one_after_the_other(talk: Talk, right: bytes) -> None:
        for misdeed in misdeeds:
            misdeed(talk, right)

    return one_after_the_other


def _answer(talk: Talk, stage: Stage, mode: Mode, misdeed: Misdeed | None) -> None:
    if misdeed is not None:
        misdeed(talk, reply(mode, stage))
    elif stage is Stage.HANDSHAKE:
        talk.secure()
    else:
        talk.say(reply(mode, stage))

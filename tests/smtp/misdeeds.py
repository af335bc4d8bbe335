"""What hostile, broken or merely unlucky servers do in place of the right reply. Not a test."""

from __future__ import annotations

from tests.smtp.polite import QUEUED, REPLIES, Misdeed, Stage, says, then
from tests.smtp.scripted import Talk

PAUSE = 0.02
FORGED = b"250 2.0.0 Ok: queued as FORGED\r\n"


def silence(talk: Talk, _right: bytes) -> None:
    talk.stay_silent()


def deafness(talk: Talk, _right: bytes) -> None:
    talk.stay_deaf()


def reset(talk: Talk, _right: bytes) -> None:
    talk.reset()


def hang_up(talk: Talk, _right: bytes) -> None:
    talk.hang_up()


def right(talk: Talk, octets: bytes) -> None:
    talk.say(octets)


def half(talk: Talk, octets: bytes) -> None:
    talk.say(octets[: len(octets) // 2])


def drips(octets: bytes) -> Misdeed:
    def misdeed(talk: Talk, _right: bytes) -> None:
        while True:
            talk.say(octets)
            talk.pause(PAUSE)

    return misdeed


def drip_lines(talk: Talk, octets: bytes) -> None:
    drips(octets[:3] + b"-so it goes on\r\n")(talk, octets)


def floods(octets: bytes) -> Misdeed:
    """For as long as anybody takes it."""

    def misdeed(talk: Talk, _right: bytes) -> None:
        while True:
            talk.say(octets)

    return misdeed


def flood_lines(talk: Talk, octets: bytes) -> None:
    floods((octets[:3] + b"-so it goes on\r\n") * 2000)(talk, octets)


def endless_challenges(talk: Talk, _right: bytes) -> None:
    while True:
        talk.say(b"334 VXNlcm5hbWU6\r\n")
        talk.hear()


def recoded(line: bytes) -> Misdeed:
    """The right code, and `line` in place of the right words."""

    def misdeed(talk: Talk, octets: bytes) -> None:
        talk.say(octets[:3] + line)

    return misdeed


def whole_session(talk: Talk, octets: bytes) -> None:
    """This reply and every later one at once, as an attacker in the middle would forge them."""
    talk.say(octets + b"".join(REPLIES[stage] for stage in _LATER) + REPLIES[Stage.QUIT])


_LATER = (Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT)


def followed_by(octets: bytes) -> Misdeed:
    """In one segment: a moment later it would be taken for the answer to what comes next, by anybody."""

    def misdeed(talk: Talk, right: bytes) -> None:
        talk.say(right + octets)

    return misdeed


def octet_by_octet(talk: Talk, octets: bytes) -> None:
    for octet in octets:
        talk.say(bytes((octet,)))


def accepts_the_first_line(talk: Talk, _right: bytes) -> None:
    talk.hear()
    talk.say(QUEUED)


def prefaced(line: bytes) -> Misdeed:
    """The right reply, and `line` as its first line."""

    def misdeed(talk: Talk, octets: bytes) -> None:
        talk.say(octets[:3] + b"-" + line + b"\r\n" + octets)

    return misdeed


def lf_alone(talk: Talk, octets: bytes) -> None:
    talk.say(octets.replace(b"\r\n", b"\n"))


WAITING: dict[str, Misdeed] = {
    "silence": silence,
    "deafness": deafness,
    "a drip of octets": drips(b"2"),
    "a drip of lines": drip_lines,
    "half a reply, then silence": then(half, silence),
}
"""The client has to wait for these, up to its deadline."""

PROMPT: dict[str, Misdeed] = {
    "reset": reset,
    "FIN": hang_up,
    "half a reply, then FIN": then(half, hang_up),
    "half a reply, then reset": then(half, reset),
    "an endless line": floods(b"2" * 65536),
    "endless lines": flood_lines,
    "100,000 keywords": says(b"250-X1234567\r\n" * 100_000 + b"250 STARTTLS\r\n"),
    "a line of 8,192 octets": recoded(b" " + b"A" * 8192 + b"\r\n"),
    "no code": says(b"what do you want\r\n"),
    "an empty line": says(b"\r\n"),
    "differing codes": recoded(b"-one thing\r\n299 and another\r\n"),
    "a bare CR": recoded(b" one\r250 two\r\n"),
    "code 999": says(b"999 what\r\n"),
    "code 199": says(b"199 what\r\n"),
    "a code of four digits": says(b"2500 what\r\n"),
    "a code of two digits": says(b"25 what\r\n"),
    "a code of other digits": says("٢٥٠ what\r\n".encode()),
    "code 299": says(b"299 what\r\n"),
    "code 399": says(b"399 what\r\n"),
    "an endless 334": endless_challenges,
    "a huge 334": says(b"334 " + b"QUJD" * 300_000 + b"\r\n"),
    "HTTP": says(b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n<html></html>"),
    "IMAP": says(b"* OK [CAPABILITY IMAP4rev1] ready\r\n"),
    "POP3": says(b"+OK POP3 ready\r\n"),
    "SSH": says(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "TLS": says(b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03" + b"\x5a" * 120 + b"\n"),
    "a TLS alert": says(b"\x15\x03\x03\x00\x02\x02\x28\n"),
    "a whole forged session": whole_session,
    "a forged reply behind its own": followed_by(FORGED),
    "a refusal behind its own": followed_by(b"554 5.7.1 No\r\n"),
    "refusal and success": says(b"550 5.7.1 No\r\n" + FORGED),
}

GOING: dict[str, Misdeed] = {
    "the right reply, then FIN": then(right, hang_up),
    "the right reply, then reset": then(right, reset),
}
"""What comes next is answered by nobody."""

HARMLESS: dict[str, Misdeed] = {
    "text that is not UTF-8": prefaced(b"\xff\xfe caf\xe9 \xc3"),
    "NULs": prefaced(b"a\0b\0"),
    "control characters": prefaced(b"\x1b[2J\x07\x9b31m"),
    "a line without text": prefaced(b""),
    "LF alone": lf_alone,
    "octet by octet": octet_by_octet,
}
"""Odd, and no reason to stop."""


EARLY: dict[str, Misdeed] = {
    "354 and 250 in one segment": says(REPLIES[Stage.DATA] + QUEUED),
    "250 at the first line of the message": then(right, accepts_the_first_line),
}
"""At DATA: the message is accepted before it is there."""

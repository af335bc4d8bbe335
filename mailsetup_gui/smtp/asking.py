"""A port that says nothing is asked what it waits for, on connections of their own: found out, not waited out."""

from typing import NamedTuple

from mailsetup_gui.smtp.events import Fault, Stopped
from mailsetup_gui.smtp.reply import decoded
from mailsetup_gui.smtp.transport import Transport

PATIENCE = 2.0
"""Seconds of silence before anybody is asked: who talks before the greeting is punished (postscreen's pregreet)."""
_TURN = 0.25
"""Seconds for an answer on loopback; a far server gets what the connection took on top."""
_SHAKEN = (
    Fault.TLS_VERSION,
    Fault.TLS_CIPHER,
    Fault.TLS_CLIENT_CERTIFICATE,
    Fault.TLS_BROKEN,
    Fault.WEAK_KEY,
    Fault.WEAK_SIGNATURE,
)
"""Only who speaks TLS can refuse a handshake in these ways."""


class Answer(NamedTuple):
    """`tls`: how TLS was answered, '' where it was not; `said`: the first line, inside TLS where there was some."""

    tls: str = ""
    said: str = ""

    @property
    def words(self) -> str:
        return ", then ".join(filter(None, (self.tls, self.said))) or "nothing"


def ask(silent: Transport, host: str) -> Answer:
    """What a port that was silent in clear text says to a TLS hello, or, silent again, to a lone HELP."""
    answer = _hello(silent, host)
    return answer if answer.said else answer._replace(said=_prodded(silent, host if answer.tls else None))


def ask_inside(silent: Transport, host: str) -> str:
    """What a port that shook hands and says nothing then says to a lone HELP inside TLS; '' for nothing."""
    return _prodded(silent, host)


def says_hello(silent: Transport, host: str) -> bool:
    """Whether the silent connection itself answers a TLS hello: the last question, as it ends the conversation."""
    silent.begin_step(_TURN)
    try:
        silent.start_tls(host)
    except Stopped as stop:
        return stop.fault in _SHAKEN
    return True


def _hello(silent: Transport, host: str) -> Answer:
    try:
        other = silent.again(2 * _TURN + silent.round_trip)
    except Stopped:
        return Answer()
    try:
        shaken = other.start_tls(host)
    except Stopped as stop:
        if stop.fault in _SHAKEN:
            return Answer(tls=stop.evidence)
        clear = stop.fault in (Fault.TLS_ON_PLAIN_PORT, Fault.NOT_SMTP)
        return Answer(said=stop.evidence if clear else "")
    else:
        return Answer(shaken.version, _line(other, _TURN))
    finally:
        other.close()


def _prodded(silent: Transport, host: str | None) -> str:
    """With `host` inside TLS."""
    try:
        other = silent.again(2 * _TURN + silent.round_trip)
    except Stopped:
        return ""
    try:
        if host is not None:
            other.start_tls(host)
        other.write(b"HELP\r\n\r\n")
        return _line(other, _TURN + silent.round_trip)
    except Stopped:
        return ""
    finally:
        other.close()


def _line(other: Transport, limit: float) -> str:
    other.begin_step(limit)
    try:
        return decoded(other.read_line().rstrip(b"\r\n"))
    except Stopped as stop:
        return stop.evidence

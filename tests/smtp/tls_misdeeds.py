"""What hostile, broken or merely unlucky servers do with TLS, in its handshake and behind it. Not a test."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterable

from tests.smtp.misdeeds import PAUSE, drips, floods, hang_up, reset, silence
from tests.smtp.polite import Misdeed, says, then
from tests.smtp.scripted import Talk


def _flight(talk: Talk, _right: bytes, upto: slice = slice(None)) -> None:
    talk.say_in_clear(talk.first_flight()[upto])


def half_flight(talk: Talk, octets: bytes) -> None:
    _flight(talk, octets, slice(300))


def in_clear(octets: bytes) -> Misdeed:
    def misdeed(talk: Talk, _right: bytes) -> None:
        talk.wire_octets()
        talk.say_in_clear(octets)

    return misdeed


def around_tls(octets: bytes) -> Misdeed:
    """These octets in the middle of a TLS session, in clear."""

    def misdeed(talk: Talk, _right: bytes) -> None:
        talk.say_in_clear(octets)
        talk.stay_silent()

    return misdeed


def closes_tls(talk: Talk, octets: bytes) -> None:
    """close_notify, and an answer behind it, in clear."""
    assert talk._tls is not None
    with contextlib.suppress(ssl.SSLError):
        talk._tls.unwrap()
    talk.say_in_clear(talk._outgoing.read() + octets)
    talk.stay_silent()


def drips_its_flight(talk: Talk, _right: bytes) -> None:
    for octet in talk.first_flight():
        talk.say_in_clear(bytes((octet,)))
        talk.pause(PAUSE)
    talk.stay_silent()


def _records(kind: int, contents: Iterable[bytes]) -> bytes:
    return b"".join(bytes((kind, 3, 3)) + len(c).to_bytes(2, "big") + c for c in contents)


SHAKING: dict[str, Misdeed] = {
    "reset": reset,
    "FIN": hang_up,
    "ClientHello, then FIN": then(in_clear(b""), hang_up),
    "ClientHello, then reset": then(in_clear(b""), reset),
    "half a flight, then FIN": then(half_flight, hang_up),
    "half a flight, then reset": then(half_flight, reset),
    "a whole flight, then FIN": then(_flight, hang_up),
    "a fatal alert": then(in_clear(b"\x15\x03\x03\x00\x02\x02\x28"), hang_up),
    "garbage in a record": then(in_clear(_records(22, [b"\x5a" * 500])), hang_up),
    "random octets": then(in_clear(bytes(range(256)) * 4), hang_up),
    "endless records": floods(_records(22, [b"\x02\x00\x00\xff" + b"\x5a" * 16000])),
    "endless warnings": floods(_records(21, [b"\x01\x00"] * 1000)),
    "endless empty records": floods(_records(22, [b""] * 1000)),
    "a greeting in clear": then(says(b"220 mail.example.test ESMTP\r\n"), hang_up),
    "an EHLO reply in clear": then(in_clear(b"250-x\r\n250 AUTH LOGIN\r\n"), hang_up),
    "HTTP": then(in_clear(b"HTTP/1.1 400 Bad Request\r\n\r\n"), hang_up),
    "an endless line in clear": floods(b"2" * 65536),
}
SHAKING_SLOWLY: dict[str, Misdeed] = {
    "silence": silence,
    "ClientHello, then silence": then(in_clear(b""), silence),
    "half a flight, then silence": then(half_flight, silence),
    "a drip of octets": drips(b"\x16"),
    "a drip of its flight": drips_its_flight,
    "a drip of empty records": drips(_records(22, [b""])),
    "half a greeting in clear": then(says(b"220 mail"), silence),
}
INSIDE: dict[str, Misdeed] = {
    "clear text around TLS": around_tls(b"250 2.0.0 Ok\r\n" * 10),
    "garbage around TLS": around_tls(_records(23, [b"\x5a" * 48])),
    "an alert around TLS": around_tls(b"\x15\x03\x03\x00\x02\x02\x50"),
    "close_notify, then a reply": closes_tls,
}
"""In the middle of a TLS session."""

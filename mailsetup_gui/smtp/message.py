"""The test messages as octets (RFC 5322, 2045-2047, 2387), and dot-stuffing (RFC 5321 4.5.2)."""

import os
import time
from binascii import b2a_base64, b2a_qp
from typing import NamedTuple

from mailsetup_gui.settings.server import wire_address
from mailsetup_gui.smtp.samples import Kind, Part, Words, words

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MARK_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class Mail(NamedTuple):
    """`octets`: header and body with CRLF line ends, as it is handed over before dot-stuffing."""

    recipient: str
    subject: str
    message_id: str
    octets: bytes


def compose(kind: Kind, sender: str, recipient: str, base_url: str = "") -> Mail:
    """A new message, marked as a test by a token in its subject; addresses have passed check_address."""
    token = "".join(_MARK_LETTERS[octet % 32] for octet in os.urandom(4))
    said = words(kind, token, recipient, base_url)
    message_id = f"<{os.urandom(12).hex()}@{wire_address(sender).rpartition('@')[2]}>"
    header = [
        f"From: {wire_address(sender)}",
        f"To: {wire_address(recipient)}",
        f"Subject: {encoded_words(said.subject)}",
        f"Date: {date(time.time())}",
        f"Message-ID: {message_id}",
        "MIME-Version: 1.0",
        "Auto-Submitted: auto-generated",
        f"X-Mailsetup-Sample: {kind.value}",
    ]
    return Mail(recipient, said.subject, message_id, "\r\n".join(header).encode("ascii") + b"\r\n" + _body(said))


def transparent(octets: bytes) -> bytes:
    """Ready for DATA: every line end CRLF, a dot before each dot that begins a line, CRLF at the end."""
    lines = octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    return b"".join((b"." if line[:1] == b"." else b"") + line + b"\r\n" for line in lines)


def date(seconds: float) -> str:
    """RFC 5322 3.3 in local time, in English whatever the locale."""
    t = time.localtime(seconds)
    minutes = t.tm_gmtoff // 60
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
    clock = f"{t.tm_hour:02d}:{t.tm_min:02d}:{t.tm_sec:02d}"
    return f"{_DAYS[t.tm_wday]}, {t.tm_mday} {_MONTHS[t.tm_mon - 1]} {t.tm_year} {clock} {zone}"


def encoded_words(text: str) -> str:
    """A header value: as it is when ASCII, else base64 encoded-words (RFC 2047), folded: no line exceeds 76 characters
    behind a header name of at most 12."""
    if text.isascii():
        return text
    pieces, piece = [], ""
    for character in text:
        if len((piece + character).encode()) > 39:
            pieces.append(piece)
            piece = ""
        piece += character
    found = [f"=?utf-8?B?{b2a_base64(p.encode(), newline=False).decode()}?=" for p in (*pieces, piece)]
    return "\r\n ".join(found)


def _body(said: Words) -> bytes:
    text = _entity("text/plain; charset=utf-8", _quoted(said.text))
    if not said.html:
        return text
    html = _entity("text/html; charset=utf-8", _quoted(said.html))
    related = _multipart('related; type="text/html"', [html, *map(_inline, said.parts)])
    return _multipart("alternative", [text, related])


def _multipart(kind: str, entities: list[bytes]) -> bytes:
    boundary = os.urandom(12).hex()
    header = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    opened = b"".join(f"--{boundary}\r\n".encode() + entity + b"\r\n" for entity in entities)
    return header + opened + f"--{boundary}--\r\n".encode()


def _entity(content_type: str, encoded: tuple[str, bytes]) -> bytes:
    encoding, octets = encoded
    return f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + octets


def _inline(part: Part) -> bytes:
    lines = [b2a_base64(part.octets[i : i + 57], newline=False) for i in range(0, len(part.octets), 57)]
    header = f'Content-ID: <{part.content_id}>\r\nContent-Disposition: inline; filename="{part.filename}"\r\n'
    return header.encode() + _entity("image/png", ("base64", b"\r\n".join(lines) + b"\r\n"))


def _quoted(text: str) -> tuple[str, bytes]:
    """Quoted-printable (RFC 2045 6.7): seven bits whatever the server offers, and readable in a transcript."""
    octets = b2a_qp(text.replace("\n", "\r\n").encode(), istext=True)
    return "quoted-printable", octets if octets.endswith(b"\r\n") else octets + b"\r\n"

"""Strikes one password out of the server's text, in every spelling that a server could repeat it in."""

from __future__ import annotations

import re
from binascii import b2a_base64, b2a_qp, hexlify
from collections.abc import Iterator

STRUCK = "****"
_SHORTEST = 4
_SHORTEST_PIECE = 6
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
_URL_SAFE = b"-._~"


class Redactor:
    """`strike` is for text from outside. What this program says of a password is hidden by position instead."""

    def __init__(self, password: str = "", username: str = "") -> None:
        spellings = {s for s in _spellings(password, username) if s} if password else set()
        self._spellings = tuple(sorted(spellings, key=len, reverse=True))
        self._lowered = tuple({spelling.lower() for spelling in spellings})

    def strike(self, text: str) -> str:
        lowered = text.lower()
        if not any(spelling in lowered for spelling in self._lowered):
            return text
        return re.sub("|".join(map(_pattern, self._spellings)), STRUCK, text, flags=re.IGNORECASE)


def _pattern(spelling: str) -> str:
    """What is too short to be told from chance counts only as a word of its own."""
    return re.escape(spelling) if len(spelling) >= _SHORTEST else rf"(?<!\w){re.escape(spelling)}(?!\w)"


def _spellings(password: str, username: str) -> Iterator[str]:
    raw = password.encode()
    yield from (password, password.upper(), password[::-1])
    yield from _pieces(password)
    yield from _escapes(password, raw)
    yield from _url_spellings(raw)
    yield from _base64_spellings(raw)
    yield from _base64_spellings(password.encode("utf-16-le"))
    for whole in (f"\0{username}\0{password}", f"{username}\0{username}\0{password}", f"{username}:{password}"):
        yield _base64(whole.encode()).rstrip("=")
    digits = hexlify(raw).decode()
    yield digits
    yield from (sign.join(digits[at : at + 2] for at in range(0, len(digits), 2)) for sign in (" ", ":", "-"))


def _pieces(password: str) -> Iterator[str]:
    """Every half: of a password that is broken over two lines or cut off, one half at least is whole."""
    size = max(_SHORTEST_PIECE, -(-len(password) // 2))
    yield from (password[at : at + size] for at in range(len(password) - size + 1))


def _escapes(password: str, raw: bytes) -> Iterator[str]:
    """HTML, quoted-printable, and the string literals of usual languages, with and without the printable as it is."""
    yield "".join(_HTML.get(c, c) for c in password)
    yield "".join(_HTML.get(c, c) if c not in "\"'" else c for c in password)
    yield from (_escaped(password, "&#{};"), _escaped(password, "&#x{:x};"), _escaped(password, "\\u{:04x}"))
    yield from (b2a_qp(raw, quotetabs=tabs, istext=True).decode() for tabs in (False, True))
    yield from (_octets(raw, "={:02x}"), _octets(raw, "\\x{:02x}"), _octets(raw, "\\{:02x}"))
    yield "".join(f"\\{c}" if c in ',+"\\<>;' else c for c in password)  # RFC 4514, as certificate names are shown
    plain = password.replace("\\", "\\\\")
    for literal in (plain, plain.replace('"', '\\"'), plain.replace("'", "\\'")):
        yield literal
        yield "".join(c if c.isascii() else _utf_16(c) for c in literal)
        yield literal.encode("ascii", "backslashreplace").decode()
        yield "".join(c if c.isascii() else _octets(c.encode(), "\\x{:02x}") for c in literal)


def _url_spellings(raw: bytes) -> Iterator[str]:
    """Percent-encoded: everything, or everything but what some library leaves as it is; a blank also as '+'."""
    yield _octets(raw, "%{:02x}")
    for unreserved in (_URL_SAFE, _URL_SAFE + b"/", _URL_SAFE + b"!*'()", b"-._", b"-._*"):
        quoted = "".join(chr(o) if (o < 128 and chr(o).isalnum()) or o in unreserved else f"%{o:02x}" for o in raw)
        yield from (quoted, quoted.replace("%20", "+"))


def _base64_spellings(raw: bytes) -> Iterator[str]:
    """The password alone, and the characters it leaves at each of the three alignments inside a longer text."""
    found = [_base64(raw).rstrip("=")]
    for before in range(3):
        first = -(-before * 8 // 6)
        last = (before + len(raw)) * 8 // 6
        core = _base64(b"\0" * before + raw + b"\0\0")[first:last]
        if len(core) >= _SHORTEST_PIECE:
            found.append(core)
    for spelling in found:
        yield spelling
        yield spelling.replace("+", "-").replace("/", "_")


def _base64(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).decode("ascii")


def _escaped(text: str, shape: str) -> str:
    return "".join(shape.format(ord(c)) for c in text)


def _octets(raw: bytes, shape: str) -> str:
    return "".join(shape.format(octet) for octet in raw)


def _utf_16(character: str) -> str:
    r"""As JSON writes it: \u and four digits for each half of a surrogate pair."""
    pairs = hexlify(character.encode("utf-16-be", "surrogatepass")).decode()
    return "".join(f"\\u{pairs[at : at + 4]}" for at in range(0, len(pairs), 4))

"""Finds a planted password in whatever the program said or wrote, in every spelling. Not a test."""

from __future__ import annotations

import html
import json
import quopri
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

from tests.smtp.polite import PASSWORD, USERNAME


def spellings(password: str = PASSWORD, username: str = USERNAME) -> dict[str, str]:
    """What a server, a log or a sloppy programmer could make of it; made with the standard library, not with ours."""
    raw = password.encode()
    named = {
        "raw": password,
        "upper case": password.upper(),
        "lower case": password.lower(),
        "reversed": password[::-1],
        "base64": b64encode(raw).decode(),
        "base64 without padding": b64encode(raw).decode().rstrip("="),
        "base64 for URLs": urlsafe_b64encode(raw).decode(),
        "base64 in lower case": b64encode(raw).decode().lower(),
        "AUTH PLAIN": b64encode(f"\0{username}\0{password}".encode()).decode(),
        "AUTH PLAIN with authzid": b64encode(f"{username}\0{username}\0{password}".encode()).decode(),
        "HTTP Basic": b64encode(f"{username}:{password}".encode()).decode(),
        "base64 of UTF-16": b64encode(password.encode("utf-16-le")).decode(),
        "URL": quote(password, safe=""),
        "URL path": quote(password),
        "URL in lower case": quote(password, safe="").lower(),
        "URL form": quote_plus(password),
        "every octet in a URL": "".join(f"%{octet:02X}" for octet in raw),
        "hex": raw.hex(),
        "HEX": raw.hex().upper(),
        "hex with blanks": raw.hex(" "),
        "hex with colons": raw.hex(":"),
        "HTML": html.escape(password),
        "HTML without quotes": html.escape(password, quote=False),
        "HTML in decimal": "".join(f"&#{ord(c)};" for c in password),
        "HTML in hex": "".join(f"&#x{ord(c):x};" for c in password),
        "quoted-printable": quopri.encodestring(raw, quotetabs=True).decode().strip(),
        "JSON": json.dumps(password)[1:-1],
        "repr": repr(password)[1:-1],
        "repr of octets": repr(raw)[2:-1],
        "RFC 4514": "".join(f"\\{c}" if c in ',+"\\<>;' else c for c in password),
        "LDAP": "".join(f"\\{octet:02x}" for octet in raw),
    }
    for offset in range(3):
        named[f"base64 inside a text, offset {offset}"] = _inside(raw, offset)
    return {name: spelling for name, spelling in named.items() if spelling}


def leaks(text: str, password: str = PASSWORD, username: str = USERNAME) -> list[str]:
    """The names of the spellings that stand in `text`; case does not protect."""
    lowered = text.lower()
    return [name for name, spelling in spellings(password, username).items() if spelling.lower() in lowered]


def octet_leaks(octets: bytes, password: str = PASSWORD, username: str = USERNAME) -> list[str]:
    text = octets.decode("utf-8", "surrogateescape")
    return leaks(text, password, username) + ([] if password.encode() not in octets else ["octets"])


def _inside(raw: bytes, offset: int) -> str:
    """The characters of base64 that depend on the password alone, when it begins at `offset` modulo 3."""
    padded = b64encode(b"\0" * offset + raw + b"\0" * 2).decode()
    first, last = -(-offset * 8 // 6), (offset + len(raw)) * 8 // 6
    return padded[first:last]

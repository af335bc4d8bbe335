"""DIGEST-MD5 (RFC 2831) as JavaMail speaks it: qop auth, the first realm that is offered, the server proved."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, hexlify
from typing import NamedTuple

from mailsetup_gui.smtp.auth import encoded

_DIRECTIVE = re.compile(r'\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)')


class Exchange(NamedTuple):
    """`response` goes to the server, in base64; `proof` is what its last challenge has to say."""

    response: str
    proof: str


def respond(challenge: str, host: str, username: str, password: str, cnonce: str = "") -> Exchange | None:
    """To the text of the first 334, base64; None for a challenge that is none. `cnonce` is random when not given."""
    try:
        said = directives(a2b_base64(challenge.encode(), strict_mode=False).decode("utf-8", "replace"))
    except (Error, ValueError):
        return None
    if "nonce" not in said:
        return None
    realm = said.get("realm", host).split(",")[0]
    cnonce = cnonce or _random()
    uri, nonce = f"smtp/{host}", said["nonce"]
    key = _md5(f"{username}:{realm}:{password}".encode()) + f":{nonce}:{cnonce}".encode()

    def digest(second: str) -> str:
        parts = (_hex(key), nonce, "00000001", cnonce, "auth", _hex(second.encode()))
        return _hex(":".join(parts).encode())

    words = (
        f'username="{_quoted(username)}"',
        f'realm="{_quoted(realm)}"',
        "qop=auth",
        "nc=00000001",
        f'nonce="{_quoted(nonce)}"',
        f'cnonce="{cnonce}"',
        f'digest-uri="{uri}"',
        f"response={digest(f'AUTHENTICATE:{uri}')}",
        *(["charset=utf-8"] if "charset" in said else []),
    )
    return Exchange(encoded(",".join(words)), digest(f":{uri}"))


def directives(challenge: str) -> dict[str, str]:
    """name=value and name="value", names in lower case, the first of each (RFC 2831 7.1)."""
    found: dict[str, str] = {}
    for name, quoted, bare in _DIRECTIVE.findall(challenge[:4096]):
        found.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or bare.strip())
    return found


def proves(challenge: str, exchange: Exchange) -> bool:
    """Whether the server's last challenge, base64, shows that it knows the password too (rspauth)."""
    try:
        said = directives(a2b_base64(challenge.encode(), strict_mode=False).decode("utf-8", "replace"))
    except (Error, ValueError):
        return False
    return said.get("rspauth", "") == exchange.proof


def _random() -> str:
    import os

    return hexlify(os.urandom(16)).decode()


def _md5(octets: bytes) -> bytes:
    import hashlib

    return hashlib.md5(octets, usedforsecurity=False).digest()


def _hex(octets: bytes) -> str:
    return hexlify(_md5(octets)).decode()


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')

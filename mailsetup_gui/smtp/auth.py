"""Which SASL mechanism JavaMail takes, and its responses (RFC 4954, 4616; LOGIN as servers know it)."""

from __future__ import annotations

from binascii import b2a_base64
from enum import Enum

from mailsetup_gui.smtp.reply import Extensions

JAVAMAIL_ORDER = ("LOGIN", "PLAIN", "DIGEST-MD5", "NTLM")
"""mail.smtp.auth.mechanisms by default; only the first one that the server offers too is tried (facts: 3.3)."""


class Mechanism(Enum):
    LOGIN = "LOGIN"
    PLAIN = "PLAIN"
    DIGEST_MD5 = "DIGEST-MD5"


def offered(extensions: Extensions) -> tuple[str, ...]:
    """Mechanism names in upper case. The old spelling `AUTH=LOGIN` adds LOGIN beside an AUTH line; alone it offers
    nothing, as measured with JavaMail 1.6.5."""
    words = extensions.parameters("AUTH").upper().split()
    if extensions.offers("AUTH") and extensions.offers("AUTH=LOGIN") and "LOGIN" not in words:
        words.append("LOGIN")
    return tuple(words)


def speaks_auth(extensions: Extensions) -> bool:
    """JavaMail signs in only when one of these two keywords was said; otherwise it goes on without, silently."""
    return extensions.offers("AUTH") or extensions.offers("AUTH=LOGIN")


def pick(mechanisms: tuple[str, ...]) -> str | None:
    """JavaMail's choice by name; it need not be a Mechanism of ours. None: nothing in common."""
    return next((name for name in JAVAMAIL_ORDER if name in mechanisms), None)


def plain(username: str, password: str) -> str:
    """The initial response of PLAIN (RFC 4616 2); JavaMail names the user as authorization identity too (measured)."""
    return encoded(f"{username}\0{username}\0{password}")


def encoded(text: str) -> str:
    return b2a_base64(text.encode(), newline=False).decode("ascii")

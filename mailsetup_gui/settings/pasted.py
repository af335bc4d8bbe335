"""A pasted `host:587` or `smtps://user@host`, taken apart into the fields it means."""

import re
from typing import NamedTuple

from mailsetup_gui.settings.server import Encryption

_SCHEMES = {"smtp": None, "smtps": Encryption.IMPLICIT_TLS, "submission": Encryption.STARTTLS_REQUIRED}
_SHAPE = (
    r"(?:(?P<scheme>[A-Za-z]+)://)?(?:(?P<user>\S*)@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^/:@\s\[\]]+)(?::(?P<port>[0-9]{1,9}))?/?"
)


class Pasted(NamedTuple):
    """None where the text said nothing of it. A password in a URL is dropped: it must not stay in a field."""

    hostname: str
    port: int | None = None
    encryption: Encryption | None = None
    username: str | None = None
    password_dropped: bool = False


def split(text: str) -> Pasted:
    """The parts of `text`; text of any other shape comes back whole as the host name, to be judged there."""
    stripped = text.strip()
    if not set(":/@[") & set(stripped):
        return Pasted(stripped)
    shape = re.fullmatch(_SHAPE, stripped)
    scheme = shape["scheme"].lower() if shape and shape["scheme"] else None
    if shape is None or (scheme and scheme not in _SCHEMES) or (shape["user"] is not None and scheme is None):
        return Pasted(stripped)
    user, colon, _ = (shape["user"] or "").partition(":")
    return Pasted(
        hostname=shape["host"],
        port=int(shape["port"]) if shape["port"] else None,
        encryption=_SCHEMES[scheme] if scheme else None,
        username=_unquoted(user) if shape["user"] else None,
        password_dropped=bool(colon),
    )


def _unquoted(user: str) -> str:
    if "%" not in user:
        return user
    from urllib.parse import unquote

    return unquote(user)

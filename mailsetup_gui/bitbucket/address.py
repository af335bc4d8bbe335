"""Where Bitbucket is and who signs in there: what was typed, taken apart, and everything that is wrong with it."""

from __future__ import annotations

from base64 import b64decode
from enum import Enum
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from mailsetup_gui.settings.server import check_hostname, wire_host

_PORTS = {"http": 80, "https": 443}
_PAGES = frozenset(("account", "admin", "dashboard", "getting-started", "login", "mvc", "plugins", "profile"))
_PAGES |= {"projects", "repos", "rest", "users"}
"""First segments of Bitbucket's own pages: an address copied out of a browser ends before them."""


class Wrong(Enum):
    """What is wrong with address or sign-in; wording.bitbucket has the sentences."""

    NO_ADDRESS = "no address"
    SHAPE = "shape"
    SCHEME = "scheme"
    SECRET_IN_ADDRESS = "secret in address"  # noqa: S105  the kind of a mistake
    HOST = "host"
    PORT = "port"
    CLEAR = "clear"
    NO_USER = "no user"
    USER_COLON = "colon in the user name"
    NO_SECRET = "no secret"  # noqa: S105  the kind of a mistake
    ACCESS_TOKEN = "access token"  # noqa: S105  the kind of a mistake
    TOKEN_CHARACTER = "token character"  # noqa: S105  the kind of a mistake


class AddressError(Exception):
    """`value`: the exact offending part; never a secret."""

    def __init__(self, wrong: Wrong, value: str = "") -> None:
        super().__init__(wrong.value, value)
        self.wrong = wrong
        self.value = value


class Address(NamedTuple):
    """`path` is the context path, without a slash at its end; `port` None: the scheme's own."""

    scheme: str
    host: str
    port: int | None = None
    path: str = ""

    @property
    def base(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if self.port is None else f':{self.port}'}{self.path}"

    @property
    def is_loopback(self) -> bool:
        return self.host in ("localhost", "::1") or (self.host.startswith("127.") and _is_numeric(self.host))

    @property
    def is_clear(self) -> bool:
        """Whether a password would cross a network unencrypted."""
        return self.scheme == "http" and not self.is_loopback

    @property
    def admin_page(self) -> str:
        """Where Bitbucket's own form with its Test button is."""
        return f"{self.base}/admin/mail-server"

    def resource(self, name: str) -> str:
        return f"{self.base}/rest/api/latest/{name}"


class SignIn(NamedTuple):
    """Basic with `user`, or an OAuth 2.0 bearer token where `user` is ''. Its repr does not tell the secret."""

    user: str = ""
    secret: str = ""

    def __repr__(self) -> str:
        return f"SignIn({self.user!r}, ****)"


def address(text: str) -> Address:
    """What was typed or copied out of a browser; https where no scheme is given. Raises AddressError."""
    stripped = text.strip()
    if not stripped:
        raise AddressError(Wrong.NO_ADDRESS)
    if not stripped.isprintable() or " " in stripped or "\\" in stripped:
        raise AddressError(Wrong.SHAPE, stripped.rpartition("@")[2])
    try:
        parts = urlsplit(stripped if "://" in stripped else f"https://{stripped}")
        port = parts.port
    except ValueError:
        raise AddressError(Wrong.PORT, stripped.rpartition("@")[2]) from None
    if "@" in parts.netloc:
        raise AddressError(Wrong.SECRET_IN_ADDRESS, parts.netloc.rpartition("@")[2])
    if parts.scheme not in _PORTS:
        raise AddressError(Wrong.SCHEME, parts.scheme)
    return Address(parts.scheme, _host(parts), None if port == _PORTS[parts.scheme] else port, _context(parts.path))


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if check_hostname(host) or "%" in host:
        raise AddressError(Wrong.HOST, host)
    return wire_host(host).lower()


def _context(path: str) -> str:
    """The context path before Bitbucket's own pages; `/` is none."""
    kept: list[str] = []
    for segment in filter(None, path.split("/")):
        if segment in _PAGES:
            break
        kept.append(quote(segment, safe="%-._~!$&'()*+,;=:@"))
    return "".join(f"/{segment}" for segment in kept)


def _is_numeric(host: str) -> bool:
    return set(host) <= set("0123456789.")


def check(where: Address, sign_in: SignIn, allow_clear: bool = False) -> tuple[Wrong, ...]:
    """Why nobody should try to sign in so; nothing is sent then."""
    found = [Wrong.CLEAR] if where.is_clear and not allow_clear else []
    if not sign_in.secret:
        found.append(Wrong.NO_SECRET)
    if ":" in sign_in.user:
        found.append(Wrong.USER_COLON)
    if is_access_token(sign_in.secret):
        found.append(Wrong.ACCESS_TOKEN)
    if not sign_in.user and not (sign_in.secret.isascii() and sign_in.secret.isprintable()):
        found.append(Wrong.TOKEN_CHARACTER)
    return tuple(found)


def is_access_token(secret: str) -> bool:
    """An HTTP access token by its shape: BBDC-…, or its older form, base64 of a number and random octets.

    It cannot have the permissions ADMIN and SYS_ADMIN (jira.atlassian.com/browse/BSERV-10482).
    """
    if secret.startswith("BBDC-"):
        return True
    if len(secret) != 44 or not secret.isascii():
        return False
    try:
        octets = b64decode(secret, validate=True)
    except ValueError:
        return False
    digits, colon, _ = octets.partition(b":")
    return bool(colon) and digits.isdigit() and len(digits) >= 6

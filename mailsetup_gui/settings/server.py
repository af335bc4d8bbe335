"""The mail server as Bitbucket's form describes it, and everything that can be wrong with the description."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

DEFAULT_PORT = 25
SMTPS_PORT = 465


class Encryption(Enum):
    """The four modes that Bitbucket can store (REST: protocol, use-start-tls, require-start-tls)."""

    STARTTLS_IF_OFFERED = "if-available"
    STARTTLS_REQUIRED = "always"
    IMPLICIT_TLS = "smtps"
    NONE = "never"


class MailServer(NamedTuple):
    """What Bitbucket is told. The password is never part of it: it travels as an argument."""

    hostname: str = ""
    port: int | None = None
    encryption: Encryption = Encryption.STARTTLS_IF_OFFERED
    username: str = ""
    sender: str = ""
    ehlo_name: str = ""

    @property
    def effective_port(self) -> int:
        """Blank is 25, as in Bitbucket, with SMTPS as well."""
        return DEFAULT_PORT if self.port is None else self.port

    @property
    def anonymous(self) -> bool:
        return not self.username


class Field(Enum):
    HOSTNAME = "hostname"
    PORT = "port"
    USERNAME = "username"
    PASSWORD = "password"  # noqa: S105  the name of the field
    SENDER = "from"
    EHLO_NAME = "ehlo-name"
    RECIPIENT = "to"


class Wrong(Enum):
    """What is wrong with one field; wording.problems has the sentences."""

    MISSING = "missing"
    CONTROL_CHARACTER = "control character"
    HOST_CHARACTER = "host character"
    HOST_LABEL = "host label"
    HOST_LENGTH = "host length"
    HOST_IDN = "idn"
    HOST_ADDRESS = "host address"
    PORT_NUMBER = "port number"
    PORT_RANGE = "port range"
    ADDRESS = "address"
    ADDRESS_NOT_ASCII = "address not ascii"
    TOO_LONG = "too long"
    WITHOUT_USERNAME = "without username"


class Problem(NamedTuple):
    """`value` is the exact offending part, `reason` a library's own words where it has better ones."""

    field: Field
    wrong: Wrong
    value: str = ""
    reason: str = ""


_ALPHANUMERIC_EDGES = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
_LDH = re.compile(r"[A-Za-z0-9-]*")
_NUMERIC = re.compile(r"[0-9.]+")
_PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9_+=-]{1,30}(?:\.[A-Za-z0-9_+=-]{1,30})?@((?:[A-Za-z0-9]{1,40}\.){1,4}[A-Za-z]{2,20})"
)
_LONGEST_CREDENTIAL = 500


def check(server: MailServer, password: str = "", recipient: str | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the form; empty when a test may start.

    `recipient` None means that nobody is written to (profiles, `--until`).
    """
    found = [
        *check_hostname(server.hostname),
        *_port(server.port),
        *_text(Field.USERNAME, server.username),
        *_text(Field.PASSWORD, password),
        *check_address(Field.SENDER, server.sender),
        *(_ehlo_name(server.ehlo_name) if server.ehlo_name else ()),
    ]
    if password and not server.username:
        found.append(Problem(Field.USERNAME, Wrong.WITHOUT_USERNAME))
    if recipient is not None:
        found.extend(check_address(Field.RECIPIENT, recipient))
    return tuple(found)


def check_hostname(name: str, field: Field = Field.HOSTNAME) -> tuple[Problem, ...]:
    """A host name (RFC 1123 2.1, IDNA 2008) or an IP literal; IPv6 with or without brackets."""
    if not name:
        return (Problem(field, Wrong.MISSING),)
    if control := _control(name):
        return (Problem(field, Wrong.CONTROL_CHARACTER, control),)
    if _looks_numeric(name):
        return () if _is_ip(name) else (Problem(field, Wrong.HOST_ADDRESS, name),)
    if not name.isascii() or "xn--" in name.lower():
        return _idn(name, field)
    return tuple(_labels(name, field))


def wire_host(name: str) -> str:
    """The name as DNS, TLS and Java take it: A-labels, no brackets. For names that passed `check_hostname`."""
    bare = name.removeprefix("[").removesuffix("]")
    return bare if bare.isascii() else _alabels(bare)


def wire_ehlo_name(name: str) -> str:
    """As JavaMail says it: what is ASCII stays as it is, an address literal too."""
    return name if name.isascii() else _alabels(name)


def check_address(field: Field, address: str) -> tuple[Problem, ...]:
    """One addr-spec (RFC 5321 4.1.2), without a display name, as JavaMail can put it on the wire."""
    if not address:
        return (Problem(field, Wrong.MISSING),)
    if control := _control(address):
        return (Problem(field, Wrong.CONTROL_CHARACTER, control),)
    if _PLAIN_ADDRESS.fullmatch(address):
        return ()  # the library agrees (tests), and its import costs more than the rest of a test
    return _address_by_library(field, address)


def wire_address(address: str) -> str:
    """The address as MAIL FROM and RCPT TO carry it: the domain in A-labels."""
    local, at, domain = address.rpartition("@")
    return address if domain.isascii() else local + at + _alabels(domain)


def read_port(text: str) -> int | Problem | None:
    """Blank is None (25); what is no number is a Problem."""
    stripped = text.strip()
    if not stripped:
        return None
    if re.fullmatch(r"[0-9]{1,9}", stripped):
        return int(stripped)
    return Problem(Field.PORT, Wrong.PORT_NUMBER, stripped)


def _port(port: int | None) -> tuple[Problem, ...]:
    if port is None or 1 <= port <= 65535:
        return ()
    return (Problem(Field.PORT, Wrong.PORT_RANGE, str(port)),)


def _ehlo_name(name: str) -> tuple[Problem, ...]:
    """A host name, or an address literal (RFC 5321 4.1.3)."""
    literal = name[1:-1].removeprefix("IPv6:") if name.startswith("[") and name.endswith("]") else ""
    bare = literal and (":" in literal) == name.startswith("[IPv6:") and _is_ip(literal)
    return () if bare else check_hostname(name, Field.EHLO_NAME)


def _text(field: Field, text: str) -> tuple[Problem, ...]:
    """A credential: any printable text; the control character itself is never repeated for a password."""
    if control := _control(text):
        return (Problem(field, Wrong.CONTROL_CHARACTER, control),)
    if len(text) > _LONGEST_CREDENTIAL:
        return (Problem(field, Wrong.TOO_LONG, str(_LONGEST_CREDENTIAL)),)
    return ()


def _control(text: str) -> str:
    """The first control character (RFC 5321 allows none in any argument), as its code point; '' when none."""
    return next(
        (f"U+{ord(c):04X}" for c in text if ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F or 0xD800 <= ord(c) < 0xE000), ""
    )


def _looks_numeric(name: str) -> bool:
    return ":" in name or name.startswith("[") or bool(_NUMERIC.fullmatch(name))


def _is_ip(name: str) -> bool:
    import ipaddress

    bracketed = name.startswith("[") and name.endswith("]")
    try:
        ip = ipaddress.ip_address(name[1:-1] if bracketed else name)
    except ValueError:
        return False
    return ip.version == 6 or not bracketed


def _labels(name: str, field: Field) -> list[Problem]:
    bare = name.removesuffix(".")
    if strange := next((c for c in bare if c != "." and not _LDH.fullmatch(c)), ""):
        return [Problem(field, Wrong.HOST_CHARACTER, strange)]
    if len(bare) > 253:
        return [Problem(field, Wrong.HOST_LENGTH, str(len(bare)))]
    labels = bare.split(".")
    if labels[-1].isdigit():
        return [Problem(field, Wrong.HOST_ADDRESS, name)]
    return [Problem(field, Wrong.HOST_LABEL, x) for x in labels if len(x) > 63 or not _ALPHANUMERIC_EDGES.fullmatch(x)]


def _idn(name: str, field: Field) -> tuple[Problem, ...]:
    import idna

    try:
        ascii_name = _alabels(name)
        idna.decode(ascii_name)
    except (idna.IDNAError, UnicodeError) as error:
        return (Problem(field, Wrong.HOST_IDN, name, str(error)),)
    return tuple(_labels(ascii_name, field))


def _alabels(name: str) -> str:
    import idna

    return idna.encode(name, uts46=True).decode("ascii")


def _address_by_library(field: Field, address: str) -> tuple[Problem, ...]:
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(
            address,
            check_deliverability=False,
            globally_deliverable=False,
            allow_quoted_local=True,
            allow_domain_literal=True,
        )
    except EmailNotValidError as error:
        return (Problem(field, Wrong.ADDRESS, address, str(error)),)
    if not found.local_part.isascii():
        return (Problem(field, Wrong.ADDRESS_NOT_ASCII, address),)
    return ()

"""The mail server as Bitbucket's form describes it, and everything that can be wrong with the description."""

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
    TRUSTSTORE = "truststore"


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


_DIGITS = frozenset("0123456789")
_LETTERS_DIGITS_HYPHEN = _DIGITS | frozenset("-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LONGEST_CREDENTIAL = 500


def check(
    server: MailServer, password: str = "", recipient: str | None = None, sends: bool = True
) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the form; `recipient` None: nobody is written to (as `--until`)."""
    found = [
        *check_hostname(server.hostname),
        *_port(server.port),
        *_text(Field.USERNAME, server.username),
        *_text(Field.PASSWORD, password),
        *(check_address(Field.SENDER, server.sender) if server.sender or sends else ()),
        *(_ehlo_name(server.ehlo_name) if server.ehlo_name else ()),
    ]
    if password and not server.username:
        found.append(Problem(Field.USERNAME, Wrong.WITHOUT_USERNAME))
    return (*found, *(check_address(Field.RECIPIENT, recipient) if recipient is not None else ()))


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
    if _is_plainly_an_address(address):
        return ()  # the library agrees (tests), and its import costs more than the rest of a test
    return _address_by_library(field, address)


def _is_plainly_an_address(address: str) -> bool:
    """Short, of letters, digits, hyphens and single dots: all of it is right whatever the finer rules say."""
    local, at, domain = address.partition("@")
    labels = domain.split(".")
    whole = [*local.split("."), *labels]
    known = all(part and len(part) <= 30 and set(part) <= _LETTERS_DIGITS_HYPHEN for part in whole) and len(local) <= 64
    return known and bool(at) and "-" not in domain and 2 <= len(labels) <= 5 and labels[-1].isalpha()


def wire_address(address: str) -> str:
    """The address as MAIL FROM and RCPT TO carry it: the domain in A-labels."""
    local, at, domain = address.rpartition("@")
    return address if domain.isascii() else local + at + _alabels(domain)


def read_port(text: str) -> int | Problem | None:
    """Blank is None (25); what is no number is a Problem."""
    stripped = text.strip()
    if not stripped:
        return None
    if len(stripped) < 10 and set(stripped) <= _DIGITS:
        return int(stripped)
    return Problem(Field.PORT, Wrong.PORT_NUMBER, stripped)


def _port(port: int | None) -> tuple[Problem, ...]:
    good = port is None or 1 <= port <= 65535
    return () if good else (Problem(Field.PORT, Wrong.PORT_RANGE, str(port)),)


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
    return ":" in name or name.startswith("[") or set(name) <= _DIGITS | {"."}


def _is_ip(name: str) -> bool:
    if _is_ipv4(name):
        return True
    import ipaddress

    bracketed = name.startswith("[") and name.endswith("]")
    zone = name.partition("%")[2].removesuffix("]")
    try:
        ip = ipaddress.ip_address(name[1:-1] if bracketed else name)
    except ValueError:
        return False
    return (ip.version == 6 or not bracketed) and set(zone) <= _LETTERS_DIGITS_HYPHEN | {".", "_"}


def _is_ipv4(name: str) -> bool:
    """The usual form, without an import."""
    parts = name.split(".")
    return len(parts) == 4 and all(set(p) <= _DIGITS and p and p == str(int(p[:4])) and int(p) < 256 for p in parts)


def _labels(name: str, field: Field) -> list[Problem]:
    bare = name.removesuffix(".")
    if strange := next((c for c in bare if c != "." and c not in _LETTERS_DIGITS_HYPHEN), ""):
        return [Problem(field, Wrong.HOST_CHARACTER, strange)]
    if len(bare) > 253:
        return [Problem(field, Wrong.HOST_LENGTH, str(len(bare)))]
    labels = bare.split(".")
    if labels[-1].isdigit():
        return [Problem(field, Wrong.HOST_ADDRESS, name)]
    wrong = [x for x in labels if not 1 <= len(x) <= 63 or "-" in (x[0], x[-1])]
    return [Problem(field, Wrong.HOST_LABEL, x) for x in wrong]


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
    import email_validator

    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()  # a company's own mail may well live in .local or .test
    try:
        found = email_validator.validate_email(
            address, check_deliverability=False, globally_deliverable=False, allow_domain_literal=True, strict=True
        )
    except email_validator.EmailNotValidError as error:
        return (Problem(field, Wrong.ADDRESS, address, str(error)),)
    return () if found.local_part.isascii() else (Problem(field, Wrong.ADDRESS_NOT_ASCII, address),)

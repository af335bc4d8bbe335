"""TOML and JSON that is pasted -> a profile: our own files, and Bitbucket's document in either spelling."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from mailsetup_gui.settings import profiles
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.recognized import ID, Kind, RecognitionError, Recognized, Wrong
from mailsetup_gui.settings.server import Encryption, MailServer, Problem, read_port

_USE = ("use-start-tls", "useStartTls")
_REQUIRE = ("require-start-tls", "requireStartTls")
_SENDER = ("sender-address", "senderAddress")
_BITBUCKET = frozenset(("protocol", *_USE, *_REQUIRE, *_SENDER))
_SECRETS = ("password", "secret", "token")
_MOST_DOTS = 1000
"""tomllib takes the square of a dotted key's length: half a minute for 80,000 characters."""
_SECRET_LINE = re.compile(rf"(?im)^[ \t]*[\w\"'-]*(?:{'|'.join(_SECRETS)})[\w\"'-]*[ \t]*=")

Table = Mapping[str, object]


def from_toml(text: str) -> Recognized:
    """Raises RecognitionError."""
    import tomllib

    if text.count(".") > _MOST_DOTS:
        raise RecognitionError(Wrong.TOO_DEEP)
    try:
        profile = profiles.parse(text, ID)
    except (tomllib.TOMLDecodeError, profiles.NewerError) as error:
        raise RecognitionError(Wrong.PROFILE, str(error)) from None
    except ValueError as error:  # its words repeat the value
        raise RecognitionError(Wrong.FIELD, _field(str(error))) from None
    except RecursionError:
        raise RecognitionError(Wrong.TOO_DEEP) from None
    dropped = bool(_SECRET_LINE.search(text))
    named = profile._replace(name="" if profile.name == ID else profile.name, last_test=None)
    return Recognized(Kind.TOML, _printable(named), dropped)


def _field(reason: str) -> str:
    """`port is 'x', expected ...` -> port; an Encryption's own words begin with the value."""
    found = re.match(r"[a-z_.]+(?= is )", reason)
    return found[0] if found else "tls"


def from_json(text: str) -> Recognized:
    """Raises RecognitionError."""
    try:
        table = json.loads(text)
    except RecursionError:
        raise RecognitionError(Wrong.TOO_DEEP) from None
    except json.JSONDecodeError as error:
        raise RecognitionError(Wrong.JSON, f"{error.msg} ({error.lineno}:{error.colno})") from None
    except ValueError:  # a number of thousands of digits
        raise RecognitionError(Wrong.JSON, "number") from None
    dropped = any(value and any(word in key.lower() for word in _SECRETS) for key, value in table.items())
    if "encryption" in table:
        return Recognized(Kind.JSON, _printable(_own(table)), dropped)
    if _BITBUCKET & set(table):
        return Recognized(Kind.BITBUCKET, _printable(Profile(ID, "", _bitbucket(table))), dropped)
    raise RecognitionError(Wrong.UNKNOWN)


def _own(table: Table) -> Profile:
    """The keys of `profile show --json`."""
    try:
        encryption = Encryption(_text(table, "encryption"))
    except ValueError:
        raise RecognitionError(Wrong.FIELD, "encryption") from None
    server = MailServer(
        hostname=_text(table, "hostname"),
        port=_port(table),
        encryption=encryption,
        username=_text(table, "username"),
        sender=_text(table, "from"),
        ehlo_name=_text(table, "ehlo_name"),
    )
    return Profile(ID, _text(table, "name"), server, _text(table, "truststore"), _text(table, "to"))


def _bitbucket(table: Table) -> MailServer:
    return MailServer(
        hostname=_text(table, "hostname"),
        port=_port(table),
        encryption=_encryption(table),
        username=_text(table, "username"),
        sender=_text(table, *_SENDER),
    )


def _encryption(table: Table) -> Encryption:
    """Of use and require, require is the stronger word; what is missing is false, as Bitbucket takes it."""
    protocol = _text(table, "protocol").upper() or "SMTP"
    if protocol not in ("SMTP", "SMTPS"):
        raise RecognitionError(Wrong.FIELD, "protocol")
    use, require = _truth(table, *_USE), _truth(table, *_REQUIRE)
    if protocol == "SMTPS":
        return Encryption.IMPLICIT_TLS
    if require:
        return Encryption.STARTTLS_REQUIRED
    return Encryption.STARTTLS_IF_OFFERED if use else Encryption.NONE


def _text(table: Table, *keys: str) -> str:
    """Of the first of `keys` that is there; null is ''."""
    key, value = _first(table, keys)
    if value is not None and not isinstance(value, str):
        raise RecognitionError(Wrong.FIELD, key)
    return value or ""


def _truth(table: Table, *keys: str) -> bool:
    key, value = _first(table, keys)
    if value is not None and not isinstance(value, bool):
        raise RecognitionError(Wrong.FIELD, key)
    return bool(value)


def _port(table: Table) -> int | None:
    value = table.get("port")
    port = read_port(value) if isinstance(value, str) else value
    if isinstance(port, Problem) or (port is not None and type(port) is not int):
        raise RecognitionError(Wrong.FIELD, "port")
    return port


def _first(table: Table, keys: tuple[str, ...]) -> tuple[str, object]:
    return next(((key, table[key]) for key in keys if table.get(key) is not None), (keys[0], None))


def _printable(profile: Profile) -> Profile:
    """What `server.check` does not judge: it stands in the list and goes to the disk. Raises RecognitionError."""
    for key, value in (("name", profile.name), ("truststore", profile.truststore), ("to", profile.recipient)):
        if not value.isprintable():
            raise RecognitionError(Wrong.FIELD, key)
    return profile

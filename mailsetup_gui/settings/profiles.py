"""Named profiles as TOML, one file each: atomic, versioned, readable by the owner only. Never a password."""

from __future__ import annotations

import os
import re
import time
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from mailsetup_gui.settings import replacing
from mailsetup_gui.settings.server import Encryption, MailServer

VERSION = 1
_LARGEST = 100_000
_SUFFIX = ".toml"


class LastTest(NamedTuple):
    """`result` is a Result value ('accepted', ...); `at` an ISO time with its zone."""

    result: str
    at: str
    title: str = ""


class Home(NamedTuple):
    """Where the Bitbucket is that gets these settings: its address, who signs in, a file with the CA of its https."""

    url: str = ""
    user: str = ""
    ca_file: str = ""


class Profile(NamedTuple):
    """`id` is the file's stem and the keyring's key; it never changes, the name may."""

    id: str
    name: str
    server: MailServer = MailServer()
    truststore: str = ""
    recipient: str = ""
    last_test: LastTest | None = None
    bitbucket: Home = Home()


class Unusable(NamedTuple):
    """A file that is no profile; `kept_as` is where it lies now."""

    path: Path
    kept_as: Path
    reason: str


class Failed(Enum):
    """What the disk refused; wording.storing has the sentences."""

    LIST = "list"
    WRITE = "write"
    REMOVE = "remove"


class ProfileError(Exception):
    """A profile cannot be read or written. `where`: the path; `profile_id` of the one that cannot be removed."""

    def __init__(self, failed: Failed, where: Path, reason: object, profile_id: str = "") -> None:
        super().__init__(f"{failed.value} {where}: {reason}")
        self.failed = failed
        self.where = where
        self.reason = str(reason)
        self.profile_id = profile_id


def folder() -> Path:
    """Where profiles live: MAILSETUP_CONFIG_DIR, or the platform's own place."""
    if chosen := os.environ.get("MAILSETUP_CONFIG_DIR"):
        return Path(chosen) / "profiles"
    import platformdirs

    return Path(platformdirs.user_config_dir("mailsetup", appauthor=False)) / "profiles"


def load(where: Path) -> tuple[tuple[Profile, ...], tuple[Unusable, ...]]:
    """Every profile by name, and every file that had to be set aside. Raises ProfileError for the folder itself."""
    found: list[Profile] = []
    unusable: list[Unusable] = []
    try:
        paths = sorted(where.glob("*" + _SUFFIX)) if where.is_dir() else []
    except OSError as error:
        raise ProfileError(Failed.LIST, where, error.strerror) from None
    for path in paths:
        try:
            found.append(parse(_read(path), path.stem))
        except (NewerError, OSError) as error:  # nothing is wrong with the file: another version, or just now
            unusable.append(Unusable(path, path, str(error)))
        except ValueError as error:
            unusable.append(_set_aside(path, str(error)))
    return tuple(sorted(found, key=lambda p: p.name.casefold())), tuple(unusable)


def save(where: Path, profile: Profile) -> None:
    """Temporary file in the same folder, fsync, read back, replace. Raises ProfileError; the old file stays then."""
    text = export(profile).encode()
    target = where / (profile.id + _SUFFIX)
    try:
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        replacing.replace(target, text)
    except OSError as error:
        raise ProfileError(Failed.WRITE, target, error.strerror or error) from None


def remove(where: Path, profile_id: str) -> None:
    try:
        (where / (profile_id + _SUFFIX)).unlink(missing_ok=True)
    except OSError as error:
        raise ProfileError(Failed.REMOVE, where, error.strerror, profile_id) from None


def new_id(where: Path, name: str) -> str:
    """A file stem for a new profile: the name in ASCII, with a number where it is taken."""
    import unicodedata

    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:40] or "profile"
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 10_000))
    return next(c for c in candidates if not (where / (c + _SUFFIX)).exists())


def export(profile: Profile) -> str:
    """The TOML text of one profile, also what `profile export` writes."""
    import tomli_w

    server = profile.server
    table: dict[str, Any] = {
        "version": VERSION,
        "name": profile.name,
        "server": {
            "hostname": server.hostname,
            **({} if server.port is None else {"port": server.port}),
            "protocol": "smtps" if server.encryption is Encryption.IMPLICIT_TLS else "smtp",
            **({} if server.encryption is Encryption.IMPLICIT_TLS else {"tls": server.encryption.value}),
            "username": server.username,
            "email_from": server.sender,
            "ehlo_name": server.ehlo_name,
        },
        "truststore": profile.truststore,
        "recipient": profile.recipient,
    }
    if profile.bitbucket != Home():
        table["bitbucket"] = profile.bitbucket._asdict()
    if profile.last_test is not None:
        table["last_test"] = profile.last_test._asdict()
    return tomli_w.dumps(table)


def parse(text: str, profile_id: str) -> Profile:
    """Raises ValueError with the reason when `text` is not a profile of this version."""
    import tomllib  # loads only where there is a profile: the window's first paint does not wait for it

    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    version = table.get("version")
    if type(version) is int and version > VERSION:
        raise NewerError(f"written by a newer mailsetup (version {version} of the format, this one knows {VERSION})")
    if type(version) is not int or version != VERSION:
        raise ValueError(f"version is {version!r}, expected {VERSION}")
    last = _table(table, "last_test")
    home = _table(table, "bitbucket")
    return Profile(
        id=profile_id,
        name=_text(table, "name") or profile_id,
        server=_server(_table(table, "server")),
        truststore=_text(table, "truststore"),
        recipient=_text(table, "recipient"),
        last_test=LastTest(_text(last, "result"), _text(last, "at"), _text(last, "title")) if last else None,
        bitbucket=Home(*(_text(home, key) for key in Home._fields)),
    )


class NewerError(ValueError):
    """Nothing is wrong with the text; this program is too old for it."""


def _server(table: dict[str, Any]) -> MailServer:
    port = table.get("port")
    if port is not None and (not isinstance(port, int) or isinstance(port, bool)):
        raise ValueError(f"server.port is {port!r}, expected a whole number")
    protocol = _text(table, "protocol") or "smtp"
    if protocol not in ("smtp", "smtps"):
        raise ValueError(f"server.protocol is {protocol!r}, expected smtp or smtps")
    tls = "smtps" if protocol == "smtps" else _text(table, "tls") or Encryption.STARTTLS_IF_OFFERED.value
    return MailServer(
        hostname=_text(table, "hostname"),
        port=port,
        encryption=Encryption(tls),
        username=_text(table, "username"),
        sender=_text(table, "email_from"),
        ehlo_name=_text(table, "ehlo_name"),
    )


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} is {value!r}, expected text")
    return value


def _table(table: dict[str, Any], key: str) -> dict[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise ValueError(f"{key} is {value!r}, expected a table")
    return value


def _read(path: Path) -> str:
    with path.open("rb") as file:
        octets = file.read(_LARGEST + 1)
    if len(octets) > _LARGEST:
        raise ValueError(f"larger than {_LARGEST} octets")
    return octets.decode()


def _set_aside(path: Path, reason: str) -> Unusable:
    kept_as = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09d}")
    try:
        path.rename(kept_as)
    except OSError:
        kept_as = path  # unreadable and unmovable: it stays, and is said again next time
    return Unusable(path, kept_as, reason)

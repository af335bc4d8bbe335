"""Bitbucket's document of its mail server against the settings that are wanted: what it says, differs, will be."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from mailsetup_gui.bitbucket.rest import Document, Mail
from mailsetup_gui.settings.server import DEFAULT_PORT, Encryption, MailServer


class Setting(Enum):
    """What Bitbucket's form has, in its order."""

    HOSTNAME = "hostname"
    PORT = "port"
    ENCRYPTION = "encryption"
    USERNAME = "username"
    PASSWORD = "password"  # noqa: S105  the name of the setting
    SENDER = "from"
    SIGN_IN = "sign-in"


class Spelling(Enum):
    """How a key of several words is written; what a server does not know it drops without a word."""

    HYPHENATED = "use-start-tls"
    CAMEL_CASE = "useStartTls"


class State(Enum):
    SAME = "same"
    CHANGED = "changed"
    UNSEEN = "unseen"


class Row(NamedTuple):
    """One setting now and as it will be; `now` None: nothing is configured, or Bitbucket does not show it."""

    setting: Setting
    now: object
    wanted: object
    state: State


BASIC, OAUTH = "BASIC", "OAUTH2"
_SPELLED = {
    "use": ("use-start-tls", "useStartTls"),
    "require": ("require-start-tls", "requireStartTls"),
    "sender": ("sender-address", "senderAddress"),
    "sign-in": ("auth-type", "authType"),
}
SPELLED_SETTINGS = {Setting.ENCRYPTION: ("use", "require"), Setting.SENDER: ("sender",), Setting.SIGN_IN: ("sign-in",)}
_ORDER = (Spelling.HYPHENATED, Spelling.CAMEL_CASE)
Keys = Mapping[str, tuple[str, ...]]
"""The key or keys that stand for each of _SPELLED in one document."""


def server(mail: Mail) -> MailServer | None:
    """The settings that Bitbucket has; None where nothing is configured."""
    if mail.document is None:
        return None
    document = mail.document
    sender = _text(_value(document, "sender")) or mail.sender or ""
    return MailServer(
        hostname=_text(document.get("hostname")),
        port=_port(document.get("port")),
        encryption=_encryption(document),
        username=_text(document.get("username")),
        sender=sender,
    )


def signs_in_by_oauth(mail: Mail) -> bool:
    """Bitbucket 10 and later; the token cannot be made from here, so its settings are not to be lost."""
    return mail.document is not None and _text(_value(mail.document, "sign-in")).upper() == OAUTH


def rows(mail: Mail, wanted: MailServer) -> tuple[Row, ...]:
    """Now, will become, and whether that is the same, in the order of Bitbucket's form."""
    now = server(mail)
    unequal = differing(mail, wanted)
    pairs = {
        Setting.HOSTNAME: (now and now.hostname, wanted.hostname),
        Setting.PORT: (now and now.effective_port, wanted.effective_port),
        Setting.ENCRYPTION: (now and now.encryption, wanted.encryption),
        Setting.USERNAME: (now and now.username, wanted.username),
        Setting.PASSWORD: (None, bool(wanted.username)),
        Setting.SENDER: (now.sender if now else mail.sender, wanted.sender),
        Setting.SIGN_IN: (OAUTH, BASIC),
    }
    if not signs_in_by_oauth(mail):
        del pairs[Setting.SIGN_IN]
    return tuple(
        Row(one, *pair, State.UNSEEN if one is Setting.PASSWORD else State.CHANGED if one in unequal else State.SAME)
        for one, pair in pairs.items()
    )


def differing(mail: Mail, wanted: MailServer) -> frozenset[Setting]:
    """What Bitbucket shows otherwise than it is wanted. A host name's case does not matter, a blank port is 25."""
    now = server(mail)
    found = set()
    if now is None:
        found = set(Setting) - {Setting.PASSWORD, Setting.SENDER, Setting.SIGN_IN}
    else:
        same = {
            Setting.HOSTNAME: now.hostname.lower() == wanted.hostname.lower(),
            Setting.PORT: now.effective_port == wanted.effective_port,
            Setting.ENCRYPTION: now.encryption is wanted.encryption,
            Setting.USERNAME: now.username == wanted.username,
        }
        found = {setting for setting, equal in same.items() if not equal}
    if (now.sender if now else mail.sender or "") != wanted.sender:
        found.add(Setting.SENDER)
    if signs_in_by_oauth(mail):
        found.add(Setting.SIGN_IN)
    return frozenset(found)


def keys(document: Document | None) -> Keys:
    """In the spelling that GET showed, each; hyphens where it showed nothing (what 6.10 takes)."""
    shown = _shown(document)
    camel = bool(shown) and all(pair[1] in shown[word] for word, pair in _SPELLED.items() if word in shown)
    return {word: shown.get(word) or (pair[camel],) for word, pair in _SPELLED.items()}


def other(spelled: Keys, lost: frozenset[Setting], shown: Document | None) -> Keys:
    """The other spelling of what was lost; the rest as it is shown now."""
    words = {word for setting in lost for word in SPELLED_SETTINGS[setting]}
    swapped = {
        word: tuple(pair[1 - pair.index(key)] for key in spelled[word])
        for word, pair in _SPELLED.items()
        if word in words
    }
    return {**spelled, **_shown(shown), **swapped}


def _shown(document: Document | None) -> Keys:
    found = {word: tuple(key for key in pair if key in (document or {})) for word, pair in _SPELLED.items()}
    return {word: keys for word, keys in found.items() if keys}


def spelling(spelled: Keys) -> Spelling:
    """How the TLS flags are written."""
    return Spelling.CAMEL_CASE if spelled["use"] == (Spelling.CAMEL_CASE.value,) else Spelling.HYPHENATED


def is_spelling(settings: frozenset[Setting]) -> bool:
    """Whether nothing is missing but what can be spelled otherwise."""
    return bool(settings) and settings <= set(SPELLED_SETTINGS)


def document(wanted: MailServer, password: str, former: Document | None, spelled: Keys) -> Document:
    """What is PUT: what was there, and over it what is wanted. The password only where there is one.

    Both TLS flags are true with SMTPS, where Bitbucket ignores them: nothing that is stored ever means clear text then.
    """
    starts = wanted.encryption is not Encryption.NONE
    requires = wanted.encryption in (Encryption.STARTTLS_REQUIRED, Encryption.IMPLICIT_TLS)
    result = {key: value for key, value in (former or {}).items() if not _is_spelled(key)}
    result |= {
        "hostname": wanted.hostname,
        "port": wanted.effective_port,
        "protocol": "SMTPS" if wanted.encryption is Encryption.IMPLICIT_TLS else "SMTP",
        "username": wanted.username or None,
        **dict.fromkeys(spelled["use"], starts),
        **dict.fromkeys(spelled["require"], requires),
        **dict.fromkeys(spelled["sender"], wanted.sender),
    }
    kept = _value(former or {}, "sign-in")
    if kept is not None:
        result |= dict.fromkeys(spelled["sign-in"], BASIC if _text(kept).upper() == OAUTH else kept)
    return result | ({"password": password} if password else {})


def restored(former: Document, password: str, spelled: Keys) -> Document:
    """What was there, word for word, in this spelling."""
    result = {key: value for key, value in former.items() if not _is_spelled(key)}
    for word in _SPELLED:
        if (value := _value(former, word)) is not None:
            result |= dict.fromkeys(spelled[word], value)
    return result | ({"password": password} if password else {})


def _is_spelled(key: str) -> bool:
    return any(key in pair for pair in _SPELLED.values())


def _value(document: Mapping[str, object], word: str) -> object:
    return next((document[key] for key in _SPELLED[word] if document.get(key) is not None), None)


def _encryption(document: Document) -> Encryption:
    if _text(document.get("protocol")).upper() == "SMTPS":
        return Encryption.IMPLICIT_TLS
    if _is_true(_value(document, "require")):
        return Encryption.STARTTLS_REQUIRED
    return Encryption.STARTTLS_IF_OFFERED if _is_true(_value(document, "use")) else Encryption.NONE


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() == "true")


def _port(value: object) -> int | None:
    """None, what is no port, and 25 are Bitbucket's 25."""
    text = str(value)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return number if 1 <= number <= 65535 and number != DEFAULT_PORT else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

"""A pasted command line of swaks or curl -> a profile. Nothing is run, nothing is expanded, a password is dropped."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

from mailsetup_gui.settings import pasted, tables
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.recognized import ID, Kind, RecognitionError, Recognized, Wrong, default_port
from mailsetup_gui.settings.server import Encryption, MailServer, Problem, read_port

_BEFORE = 20
"""Words that may stand before the program: a prompt, sudo, variables."""
_ENDS = frozenset(("|", "||", "&&", ";", "&", "<", ">", ">>", "2>&1", "2>", "<<<"))
_SERVICES = {"smtp": 25, "smtps": 465, "submissions": 465, "submission": 587}

_SWAKS = {
    "s": "server",
    "p": "port",
    "f": "from",
    "t": "to",
    "h": "ehlo",
    "helo": "ehlo",
    "lhlo": "ehlo",
    "au": "auth-user",
    "ap": "auth-password",
    "tls": "tls",
    "tlso": "tls-optional",
    "tlsos": "tls-optional",
    "tls-optional-strict": "tls-optional",
    "tlsc": "tls-on-connect",
}
_SWAKS_TLS = {
    "tls": Encryption.STARTTLS_REQUIRED,
    "tls-optional": Encryption.STARTTLS_IF_OFFERED,
    "tls-on-connect": Encryption.IMPLICIT_TLS,
}
_SWAKS_VALUES = frozenset(("server", "port", "from", "to", "ehlo", "auth-user", "auth-password"))

_CURL = {"u": "user", "X": "request", "d": "data", "T": "upload-file", "H": "header", "m": "max-time", "o": "output"}
_CURL |= {
    "x": "proxy",
    "U": "proxy-user",
    "A": "user-agent",
    "b": "cookie",
    "c": "cookie-jar",
    "E": "cert",
    "e": "referer",
}
_CURL |= {"w": "write-out", "K": "config", "F": "form", "D": "dump-header", "r": "range"}
_CURL |= dict.fromkeys(("data-raw", "data-binary", "data-ascii", "json"), "data") | {"ftp-ssl-reqd": "ssl-reqd"}
_CURL_VALUES = frozenset(_CURL.values()) | {
    "url",
    "mail-from",
    "mail-rcpt",
    "mail-auth",
    "login-options",
    "cacert",
    "key",
}
_CURL_VALUES |= {"oauth2-bearer", "pass", "sasl-authzid", "resolve", "connect-to", "connect-timeout", "interface"}
_CURL_VALUES -= {"ssl-reqd"}
_CURL_SECRETS = frozenset(("oauth2-bearer", "pass", "proxy-user", "cookie"))
_CURL_USED = frozenset(("url", "user", "mail-from", "mail-rcpt", "ssl", "ssl-reqd", "request", "data", "header"))

Options = Sequence[tuple[str, str]]
"""(name without dashes, value); the name of a word that is no option is ''."""


def program(text: str) -> str:
    """swaks or curl, where `text` is a command line of it; otherwise ''."""
    for word in text.split(None, _BEFORE)[:_BEFORE]:
        name = re.split(r"[/\\]", word)[-1].removesuffix(".exe").lower()
        if name in ("swaks", "curl"):
            return name
        if word not in ("$", "#", "%", ">", "sudo", "time", "env") and not re.match(r"[A-Za-z_]\w*=", word):
            return ""
    return ""


def read(name: str, text: str) -> Recognized:
    """Raises RecognitionError."""
    words = _words(text)
    start = next((at for at, word in enumerate(words) if re.search(rf"(?i)(^|[/\\]){name}(\.exe)?$", word)), None)
    if start is None:
        raise RecognitionError(Wrong.UNKNOWN)
    found = _until_the_end(words[start + 1 :])
    return _swaks(tuple(_swaks_options(found))) if name == "swaks" else _curl(tuple(_curl_options(found)))


def _words(text: str) -> list[str]:
    """Of the first line where it stands for itself, otherwise of all: a quoted text may have several."""
    joined = re.sub(r"[\\^`]\r?\n", " ", text)
    for part in (joined.partition("\n")[0], joined):
        try:
            return shlex.split(part)
        except ValueError:
            continue
    raise RecognitionError(Wrong.QUOTES)


def _until_the_end(words: Sequence[str]) -> list[str]:
    end = next((at for at, word in enumerate(words) if word in _ENDS), len(words))
    return list(words[:end])


def _swaks_options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """One dash or two; a value may be left out, and is asked for then."""
    at = 0
    while at < len(words):
        given, equals, value = words[at].partition("=")
        name = given.lstrip("-")
        name = _SWAKS.get(name, name) if given.startswith("-") else ""
        at += 1
        if name and not equals and name not in _SWAKS_TLS and at < len(words) and not words[at].startswith("-"):
            value, at = words[at], at + 1
        yield name, value


def _swaks(options: Options) -> Recognized:
    values = {name: value for name, value in options if name in _SWAKS_VALUES}
    encryption = next((_SWAKS_TLS[name] for name, _value in reversed(options) if name in _SWAKS_TLS), None)
    host, port = _swaks_server(values.get("server", ""))
    if "port" in values:
        port = _port(values["port"])
    server = MailServer(
        hostname=host,
        port=default_port(encryption) if port is None else port,
        encryption=encryption or Encryption.STARTTLS_IF_OFFERED,
        username=values.get("auth-user", ""),
        sender=_address(values.get("from", "")),
        ehlo_name=values.get("ehlo", ""),
    )
    unused = sum(name not in _SWAKS_VALUES and name not in _SWAKS_TLS for name, _value in options)
    profile = Profile(ID, "", server, recipient=_address(values.get("to", "")))
    return Recognized(Kind.SWAKS, _with_host(profile), bool(values.get("auth-password")), unused)


def _swaks_server(text: str) -> tuple[str, int | None]:
    """SERVER:PORT, [SERVER]:PORT or SERVER/PORT."""
    host, slash, port = text.partition("/")
    if slash:
        return host, _port(port)
    bracketed = re.fullmatch(r"\[([^]:]+)\](?::([0-9]+))?", text)
    if bracketed:
        return bracketed[1], _port(bracketed[2] or "")
    parts = pasted.split(text)
    return parts.hostname, parts.port


def _curl_options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Short options may stand together, and the last of them has its value behind it or in the next word."""
    at = 0
    while at < len(words):
        word, at = words[at], at + 1
        if not word.startswith("-") or word == "-":
            yield "", word
        elif word.startswith("--"):
            name = _CURL.get(word[2:], word[2:])
            has_value = name in _CURL_VALUES and at < len(words)
            yield name, words[at] if has_value else ""
            at += has_value
        else:
            last = next((n for n, letter in enumerate(word[1:], 1) if _CURL.get(letter) in _CURL_VALUES), 0)
            yield from (("flag", "") for _letter in word[1 : last or None])
            if last:
                value = word[last + 1 :]
                taken = not value and at < len(words)
                yield _CURL[word[last]], words[at] if taken else value
                at += taken


def _curl(options: Options) -> Recognized:
    urls = [value for name, value in options if name in ("", "url")]
    mail = next((url for url in urls if re.match(r"(?i)smtps?://", url)), "")
    if mail:
        return _curl_mail(mail, options)
    if any("/admin/mail-server" in url for url in urls):
        return _curl_bitbucket(options)
    raise RecognitionError(Wrong.NO_SERVER)


def _curl_mail(url: str, options: Options) -> Recognized:
    """The path of the URL is the name in EHLO."""
    scheme, _sign, rest = url.partition("://")
    user, at_sign, where = rest.rpartition("@")
    authority, _slash, path = where.partition("?")[0].partition("/")
    parts = pasted.split(f"{scheme}://{user}{at_sign}{authority}")
    values = dict(reversed(options))
    given, colon, _password = values.get("user", "").partition(":")
    encryption = parts.encryption or (
        Encryption.STARTTLS_REQUIRED if "ssl-reqd" in values else Encryption.STARTTLS_IF_OFFERED
    )
    server = MailServer(
        hostname=parts.hostname,
        port=default_port(encryption) if parts.port is None else parts.port,
        encryption=encryption,
        username=re.sub(r";(?i:auth=).*$", "", given or parts.username or ""),
        sender=_address(values.get("mail-from", "")),
        ehlo_name=path,
    )
    profile = Profile(ID, "", server, recipient=_address(values.get("mail-rcpt", "")))
    dropped = bool(colon) or parts.password_dropped or _has_secret(options)
    return Recognized(Kind.CURL, _with_host(profile), dropped, _unused(options))


def _curl_bitbucket(options: Options) -> Recognized:
    """A PUT to Bitbucket's REST API: what is sent counts, who signs in there does not."""
    data = next((value.strip() for name, value in options if name == "data"), "")
    if data.startswith("@"):
        raise RecognitionError(Wrong.IN_A_FILE)
    if not data.startswith("{"):
        raise RecognitionError(Wrong.NO_SERVER)
    found = tables.from_json(data)
    dropped = found.secret_dropped or _has_secret(options) or any(":" in v for n, v in options if n == "user")
    return found._replace(kind=Kind.CURL_BITBUCKET, secret_dropped=dropped, unused=_unused(options))


def _has_secret(options: Options) -> bool:
    return any(
        name in _CURL_SECRETS or (name == "header" and value.lower().startswith("authorization:"))
        for name, value in options
    )


def _unused(options: Options) -> int:
    return sum(bool(name) and name not in _CURL_USED for name, _value in options)


def _with_host(profile: Profile) -> Profile:
    if not profile.server.hostname:
        raise RecognitionError(Wrong.NO_SERVER)
    return profile


def _address(text: str) -> str:
    """The first of several, without angle brackets."""
    return text.partition(",")[0].strip().removeprefix("<").removesuffix(">")


def _port(text: str) -> int | None:
    """A number or a service's name; what is neither is not repeated, for it may be a secret in the wrong place."""
    port = read_port(str(_SERVICES.get(text.lower(), text)))
    if isinstance(port, Problem):
        raise RecognitionError(Wrong.FIELD, "port")
    return port

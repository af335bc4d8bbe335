"""Other names for hosts, addresses and users in a record: the same thing the same name, whatever its case."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from mailsetup_gui.settings.server import wire_host
from mailsetup_gui.wording.record import Record, Table

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_CODE = r"(?<!\w)[2-5]\d\d-"
"""A reply that goes on (RFC 5321 4.2.1): a host name behind it does not begin with it."""
_HOST = re.compile(
    rf"(?:(?<=[2-5]\d\d-)|(?<![\w@.-]))(?!{_CODE})(?:_?{_LABEL}\.)+(?=[^\W\d])[^\W_][\w-]{{0,61}}[^\W_](?![\w-])"
)
_MAIL = r"[^\s<>()\[\],;:\"“”\u2018\u2019'`=@]+@(?:\[[^\]\s]+\]|(?:[\w-]+\.)*[\w-]+)"
_IPV6 = r"(?<![\w:.])(?:ipv6:)?(?=[0-9a-f:.]*:[0-9a-f:.]*:)[0-9a-f:.]*[0-9a-f:](?![\w:])"
_IPV4 = r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\w)"
_PATH = r"(?:(?<=/home/)|(?<=/Users/)|(?<=\\Users\\))[^/\\\s\"'“”]+"
_COMMON = frozenset(
    """
    admin client example from git host info java local localhost login mail mailsetup me noreply no-reply ops plain postmaster root server sender
    smtp smtps test the this user username you auth helo ehlo data quit rcpt size starttls pipelining 8bitmime smtputf8 chunking dsn help vrfy esmtp ready ok hello welcome tls ssl to of in
    """.split()  # noqa: SIM905  words
)
"""A name that is one of these tells nobody's, and stands in every sentence: it stays, but where a setting names it."""
_KEPT = frozenset(
    """
    event step state direction outcome cause ruled_out version cipher by verdict when zone encryption message_kind mood
    versions ms
    """.split()  # noqa: SIM905  words
)
_PRODUCT = "bitbucket"
"""Written small it may be a user, and with a capital it is Bitbucket."""


def hidden(record: Record, computer: str = "") -> Record:
    """Without the certificates' octets and digests, by which they could be looked up. `record`: with them in words."""
    *events, context, outcome = record
    chain = [{k: v for k, v in one.items() if k not in ("pem", "sha256", "serial")} for one in context["chain"]]
    names = _Names(record, computer)
    tables = (*events, {**context, "chain": chain, "hidden": True}, outcome)
    return tuple(_replaced(_without_digests(table), names) for table in tables)


def _without_digests(table: Table) -> Table:
    if table["event"] != "tls":
        return table
    return {**table, "chain": ["left out" for _ in table["chain"]]}


def _replaced(table: Table, names: _Names) -> Table:
    ids = {"warnings"} if table["event"] == "outcome" else set()
    kept = _KEPT | ids
    return {key: value if key in kept else _inside(value, names, key) for key, value in table.items()}


def _inside(value: object, names: _Names, key: str = "") -> object:
    if isinstance(value, str):
        if key == "text" and value[:5] in ("EHLO ", "HELO "):
            return value[:5] + names.host(value[5:])
        return names.setting(value) if key == "username" else names.replaced(value)
    if isinstance(value, list):
        return [_inside(one, names) for one in value]
    if isinstance(value, dict):
        return {k: v if k in _KEPT else _inside(v, names, k) for k, v in value.items()}
    return value


class _Names:
    """Every name that a record tells, found where it must be one, replaced wherever it stands."""

    def __init__(self, record: Record, computer: str) -> None:
        self._hosts: dict[str, str] = {}
        self._users: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._known: set[str] = set()
        context = record[-2]
        self._versions = {str(context["java"]["version"]), *map(str, context["versions"].values())}
        self._digests = [d for one in context["chain"] for d in _spelled(str(one.get("sha256", "")))]
        self._learn_settings(context["settings"], computer)
        for event in record[:-2]:
            self._learn_addresses(str(event.get("summary", "")))
        for name in _own_names(list(record[:-2])):
            if re.fullmatch(r"[\w.-]+", name) and not _is_address(name):
                self._host(name)
        for text in _foreign(record):
            self._learn(text)
        self._pattern = re.compile("|".join(self._alternatives()), re.IGNORECASE)

    def setting(self, username: str) -> str:
        """What the field of the user name holds, common or not."""
        return self.replaced(username) if "@" in username or not username else self._user(username)

    def host(self, name: str) -> str:
        """What stands behind EHLO: a name, however short, or an address in brackets."""
        return self._hosts.get(name.strip(".").casefold()) or self.replaced(name)

    def replaced(self, text: str) -> str:
        return self._pattern.sub(self._pseudonym, text)

    def _learn_settings(self, settings: Table, computer: str) -> None:
        for name in (settings["hostname"], settings["ehlo_name"], computer):
            if name and not _is_address(name):
                self._host(name)
        username = settings["username"]
        if username and "@" not in username:
            self._user(username)
        for address in (username, settings["sender"], settings["to"]):
            local, at, domain = address.rpartition("@")
            if at:
                self._user(local)
                self._host(domain)

    def _learn_addresses(self, summary: str) -> None:
        """What a name was resolved to: known as it is, it is told from a port that follows with a colon."""
        for found in re.split(r"[ ,]+", summary):
            if ":" in found and _is_address(found):
                self._known.add(found.casefold())

    def _learn(self, text: str) -> None:
        for found in re.finditer(_PATH, text):
            self._user(found[0])
        for found in _HOST.finditer(re.sub(_MAIL, " ", text)):
            if found[0].casefold() not in self._versions:
                self._host(found[0])

    def _host(self, name: str) -> str:
        """U-labels and A-labels are one name."""
        plain = name.strip(".").casefold()
        if plain not in self._hosts:
            other = _other_spelling(plain)
            known = self._hosts.get(other) or f"host-{len(set(self._hosts.values())) + 1}.invalid"
            self._hosts[plain] = self._hosts[other] = known
        return self._hosts[plain]

    def _user(self, name: str) -> str:
        return self._users.setdefault(name.casefold(), f"user-{len(self._users) + 1}")

    def _address(self, text: str) -> str:
        plain = str(ipaddress.ip_address(text))
        return self._addresses.setdefault(plain, f"address-{len(self._addresses) + 1}")

    def _alternatives(self) -> Iterator[str]:
        yield from map(re.escape, self._digests)
        yield f"(?P<mail>{_MAIL})"
        names = {**{name: _bounded(name) for name in self._users if _tells(name)}}
        names |= {name: re.escape(name) if "." in name else _bounded(name) for name in self._hosts if _tells(name)}
        if _PRODUCT in self._users:
            names[_PRODUCT] = rf"(?-i:{_bounded(_PRODUCT)})"
        longest = sorted(names, key=len, reverse=True)
        if longest:
            yield f"(?P<name>{'|'.join(names[name] for name in longest)})"
        yield f"(?P<path>{_PATH})"
        known = "".join(rf"(?<![\w:.]){re.escape(one)}(?=:\d+(?![\w:])|[^\w:]|$)|" for one in sorted(self._known))
        yield f"(?P<address>{known}{_IPV6}|{_IPV4})"

    def _pseudonym(self, found: re.Match[str]) -> str:
        text = found[0]
        match found.lastgroup:
            case "mail":
                return self._mail(text)
            case "name":
                return self._name(text)
            case "path":
                return self._user(text)
            case "address":
                return self._replaced_address(text)
        return "(left out)"

    def _mail(self, text: str) -> str:
        local, _, domain = text.rpartition("@")
        inner = self.replaced(domain) if domain.startswith("[") else self._host(domain)
        return f"{self._user(local)}@{inner}"

    def _name(self, text: str) -> str:
        plain = text.casefold()
        if plain in self._hosts or plain in self._users:
            return self._hosts.get(plain) or self._users[plain]
        every = {**self._users, **self._hosts}
        return next(new for name, new in every.items() if re.fullmatch(re.escape(name), text, re.IGNORECASE))

    def _replaced_address(self, text: str) -> str:
        prefix, bare = (text[:5], text[5:]) if text[:5].lower() == "ipv6:" else ("", text)
        if text in self._versions or not _is_address(bare):
            return text
        return prefix + self._address(bare)


def _foreign(record: Record) -> Iterator[str]:
    """What the server said, and what else can hold names that no setting tells."""
    *events, context, outcome = record
    for event in events:
        if event["event"] == "line":
            yield str(event["text"])
        elif event["event"] == "step":
            yield str(event.get("summary", ""))
    yield str((outcome["reply"] or {}).get("text", ""))
    yield from map(str, (context["profile"] or "", context["truststore"]["path"], context["java"]["home"]))
    yield from map(str, outcome["evidence"])
    for one in context["chain"]:
        yield from (str(name).removeprefix("*.") for name in one.get("names", ()))
        yield from (str(one.get("subject", "")), str(one.get("issuer", "")))


def _own_names(events: list[Table]) -> Iterator[str]:
    """What this side and the server call themselves: behind EHLO, in the greeting, in the first line after EHLO."""
    awaited = "220"
    for event in (one for one in events if one["event"] == "line"):
        text = str(event["text"])
        verb, _, name = text.partition(" ")
        if event["direction"] == "out" and verb in ("EHLO", "HELO"):
            yield name
            awaited = "250"
        elif event["direction"] == "in" and awaited and text[:3] == awaited:
            first = next(iter(text[4:].split()), "")
            awaited = ""
            if first.isupper() or re.search(r"[\d-]", first):
                yield first


def _bounded(name: str) -> str:
    return rf"(?<![^\W_]){re.escape(name)}(?![^\W_])"


def _tells(name: str) -> bool:
    return len(name) > 2 and name not in _COMMON and name != _PRODUCT and not name.isdecimal()


def _other_spelling(host: str) -> str:
    try:
        if host.isascii():
            return host.encode("ascii").decode("idna").casefold() if "xn--" in host else host
        return wire_host(host).casefold()
    except (UnicodeError, ValueError):
        return host


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _spelled(digest: str) -> Iterator[str]:
    """As JSON has it, and in groups of four as the card has it."""
    if digest:
        yield digest
        yield " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))

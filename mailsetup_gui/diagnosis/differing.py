"""What is not as it was when it last worked, the most telling first. What was not reached is no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from mailsetup_gui.diagnosis.baseline import Baseline
from mailsetup_gui.diagnosis.chains import linked
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.trust import x500
from mailsetup_gui.trust.certificate import Certificate
from mailsetup_gui.trust.keys import key
from mailsetup_gui.trust.signatures import algorithm_name

MOST = 6


class Change(Enum):
    """wording.changes has the sentences."""

    HOSTNAME = "hostname"
    PORT = "port"
    ENCRYPTION = "encryption"
    USERNAME = "username"
    SENDER = "sender"
    STARTTLS_GONE = "starttls gone"
    KEY = "key"
    ISSUER = "issuer"
    RENEWED = "renewed"
    REISSUED = "reissued"
    SIGNATURE = "signature"
    SENT = "sent"
    STORE_CONTENTS = "store contents"
    STORE_FILE = "store file"
    AUTH = "auth"
    AUTH_GONE = "auth gone"
    AUTH_NEW = "auth new"
    TLS_VERSION = "tls version"
    JAVA = "java"
    ADDRESS = "address"
    GREETING = "greeting"
    STARTTLS_NEW = "starttls new"


class Difference(NamedTuple):
    """`before` and `now` as they came, a number or a date in seconds as digits; '' where there was nothing."""

    change: Change
    before: str = ""
    now: str = ""


def differences(then: Baseline, now: Baseline) -> tuple[Difference, ...]:
    """At most MOST. On another host or port another server answers: what that one says was never different."""
    found = list(_of_settings(then.server, now.server))
    elsewhere = any(one.change in (Change.HOSTNAME, Change.PORT) for one in found)
    if not elsewhere:
        found += _of_server(then, now)
    found += _of_this_side(then, now)
    return tuple(sorted(found, key=_ranks)[:MOST])


_ORDER = list(Change)


def _ranks(found: Difference) -> int:
    return _ORDER.index(found.change)


def _of_settings(then: MailServer, now: MailServer) -> Iterator[Difference]:
    if then.hostname.lower() != now.hostname.lower():
        yield Difference(Change.HOSTNAME, then.hostname, now.hostname)
    if then.effective_port != now.effective_port:
        yield Difference(Change.PORT, str(then.effective_port), str(now.effective_port))
    if then.encryption is not now.encryption:
        yield Difference(Change.ENCRYPTION, then.encryption.value, now.encryption.value)
    if then.username != now.username:
        yield Difference(Change.USERNAME, then.username, now.username)
    if then.sender != now.sender:
        yield Difference(Change.SENDER, then.sender, now.sender)


def _of_this_side(then: Baseline, now: Baseline) -> Iterator[Difference]:
    before, after = then.store, now.store
    if before.path and after.path and before.path != after.path:
        yield Difference(Change.STORE_FILE, before.path, after.path)
    elif before.sha256 and after.sha256 and before.sha256 != after.sha256:
        yield Difference(Change.STORE_CONTENTS, before.path, after.path)
    if before.java and after.java and before.java != after.java:
        yield Difference(Change.JAVA, before.java, after.java)


def _of_server(then: Baseline, now: Baseline) -> Iterator[Difference]:
    yield from _of_dialogue(then, now)
    yield from _of_chain(then, now)
    if then.tls_version and now.tls_version and then.tls_version != now.tls_version:
        yield Difference(Change.TLS_VERSION, then.tls_version, now.tls_version)
    if then.addresses and not set(now.addresses) <= set(then.addresses):
        yield Difference(Change.ADDRESS, ", ".join(then.addresses), ", ".join(now.addresses))


def _of_dialogue(then: Baseline, now: Baseline) -> Iterator[Difference]:
    if then.clear is not None and now.clear is not None and ("STARTTLS" in then.clear) != ("STARTTLS" in now.clear):
        yield Difference(Change.STARTTLS_NEW if "STARTTLS" in now.clear else Change.STARTTLS_GONE)
    before, after = then.mechanisms, now.mechanisms
    alike = (then.inside is None) == (now.inside is None)
    if alike and before is not None and after is not None and set(before) != set(after):
        change = Change.AUTH if before and after else Change.AUTH_NEW if after else Change.AUTH_GONE
        yield Difference(change, " ".join(before), " ".join(after))
    if then.greeting and now.greeting and lasting(then.greeting) != lasting(now.greeting):
        yield Difference(Change.GREETING, then.greeting, now.greeting)


_TIMES = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?"
    r"|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|gmt|utc|cest|cet|bst|[ecmp][ds]t"
)


def lasting(greeting: str) -> tuple[str, ...]:
    """The words of a greeting that do not change with every connection: no ids, no dates, and any number for one.

    A pool of servers greets with its members' numbers, as mx1 and mx2.
    """
    words = (word.strip(",;()[]<>").lower() for word in greeting.split())
    return tuple(re.sub(r"\d+", "#", word) for word in words if word and not _passes(word))


def _passes(word: str) -> bool:
    digits = sum(c.isdigit() for c in word)
    letters = sum(c.isalpha() for c in word)
    return bool(_TIMES.fullmatch(word)) or digits > 2 or (digits > 0 and digits * 2 >= letters)


def _of_chain(then: Baseline, now: Baseline) -> Iterator[Difference]:
    if not then.chain or not now.chain or then.chain == now.chain:
        return
    former, present = linked(then.chain), linked(now.chain)
    if not former.linked or not present.linked:
        return
    leaves = former.linked[0], present.linked[0]
    found = list(_of_leaf(*leaves))
    if leaves[0].issuer.canonical == leaves[1].issuer.canonical and len(then.chain) == len(now.chain):
        tops = authority(then.chain), authority(now.chain)
        if tops[0].canonical != tops[1].canonical:
            found.append(Difference(Change.ISSUER, short(tops[0]), short(tops[1])))
    if len(then.chain) != len(now.chain):
        found.append(Difference(Change.SENT, str(len(then.chain)), str(len(now.chain))))
    if not found and leaves[0].der != leaves[1].der:
        found.append(Difference(Change.REISSUED))
    yield from found


def _of_leaf(before: Certificate, now: Certificate) -> Iterator[Difference]:
    keys = str(key(before.public_key)), str(key(now.public_key))
    if keys[0] != keys[1]:
        yield Difference(Change.KEY, *keys)
    if before.issuer.canonical != now.issuer.canonical:
        yield Difference(Change.ISSUER, short(before.issuer), short(now.issuer))
    if before.not_after != now.not_after:
        yield Difference(Change.RENEWED, str(before.not_after), str(now.not_after))
    signatures = algorithm_name(before), algorithm_name(now)
    if signatures[0] != signatures[1] and keys[0] == keys[1]:
        yield Difference(Change.SIGNATURE, *signatures)


def authority(chain: tuple[bytes, ...]) -> x500.Name:
    """The name that a chain leads to, as far as it was sent. Raises IndexError where nothing can be read."""
    top = linked(chain).linked[-1]
    return top.issuer


def short(name: x500.Name) -> str:
    return name.common_name or str(name)

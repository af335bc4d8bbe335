"""The bags of a PKCS#12 safe (RFC 7292 4.2), and which certificates in them Java trusts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from mailsetup_gui.trust.contents import Entry, StoreError, Trouble, Unseen
from mailsetup_gui.trust.der import BMP_STRING, SEQUENCE, SET, NotDerError, Value, content, inside, value, values
from mailsetup_gui.trust.structures import certificate, issuer_and_subject

_BAG = bytes.fromhex("2a864886f70d010c0a01")
_X509 = bytes.fromhex("2a864886f70d01091601")
FRIENDLY_NAME = bytes.fromhex("2a864886f70d010914")
_LOCAL_KEY_ID = bytes.fromhex("2a864886f70d010915")
TRUSTED_KEY_USAGE = bytes.fromhex("6086480186f966adca7b0101")
_DEEPEST = 8


class Holds(Enum):
    """The last octet of the bag's object identifier."""

    KEY = 1
    SHROUDED_KEY = 2
    CERTIFICATE = 3
    CRL = 4
    SECRET = 5
    SAFE_CONTENTS = 6


class Bag(NamedTuple):
    """`der` only of a certificate; `key_id` binds it to its key."""

    holds: Holds
    der: bytes = b""
    alias: str | None = None
    key_id: bytes | None = None
    trusted: bool = False


class Loaded(NamedTuple):
    entries: tuple[Entry, ...]
    keys: int


def read(safe: bytes, depth: int = 0) -> Iterator[Bag]:
    """Every bag of SafeContents; keys stay where they are. Raises StoreError, NotDerError, IndexError."""
    if depth > _DEEPEST:
        raise NotDerError("safes nested too deep")
    whole = value(safe, 0, len(safe))
    if whole.tag != SEQUENCE:
        raise NotDerError("a safe that is none")
    for found in values(safe, whole.begin, whole.end):
        parts = inside(safe, found)
        kind = content(safe, parts[0])
        if kind[:-1] != _BAG or not 1 <= kind[-1] <= 6:
            raise StoreError(Trouble.NOT_A_STORE, f"a bag of an unknown kind in PKCS#12: {kind.hex()}")
        holds = Holds(kind[-1])
        if holds is Holds.SAFE_CONTENTS:
            yield from read(content(safe, parts[1]), depth + 1)
            continue
        der = _certificate(safe, parts[1]) if holds is Holds.CERTIFICATE else b""
        yield _described(safe, parts[2] if len(parts) > 2 else None, Bag(holds, der))


def as_java_loads(safes: Sequence[Sequence[Bag]]) -> Loaded:
    """PKCS12KeyStore.engineLoad: bag by bag into a map by lower-case alias, then a chain for each key."""
    java = _Java()
    for bags in safes:
        for number, bag in enumerate(bags):
            java.take(bag, number)
    return java.loaded()


class _Java:
    def __init__(self) -> None:
        self._by_alias: dict[str, Bag] = {}
        self._untrusted: list[Bag] = []
        self._by_subject: dict[bytes, bytes] = {}
        self._private = self._unnamed = self._keys = 0

    def take(self, bag: Bag, number: int) -> None:
        if bag.holds is Holds.CERTIFICATE:
            self._take_certificate(bag, number)
        elif bag.holds is not Holds.CRL:
            self._keys += 1
            self._take_key(bag)

    def _take_certificate(self, bag: Bag, number: int) -> None:
        if bag.key_id is None and self._private == 1 and number == 0:
            bag = bag._replace(key_id=b"01")
        if bag.trusted:
            self._put(bag)
        else:
            self._untrusted.append(bag)
        self._by_subject.setdefault(_names(bag.der)[1], bag.der)

    def _take_key(self, bag: Bag) -> None:
        if bag.holds is Holds.KEY:  # "unsupported bag type": Java passes a key over that is not encrypted
            return
        if bag.holds is Holds.SHROUDED_KEY:
            self._private += 1
            if bag.key_id is None and self._private != 1:
                return
            bag = bag._replace(key_id=bag.key_id or b"01")
        self._put(bag)

    def _put(self, bag: Bag) -> None:
        if bag.alias is None:
            self._unnamed += 1
        alias = (str(self._unnamed) if bag.alias is None else bag.alias).lower()
        self._by_alias.pop(alias, None)
        self._by_alias[alias] = bag._replace(alias=alias)

    def loaded(self) -> Loaded:
        found: list[Entry] = []
        seen: set[bytes] = set()
        for alias, bag in self._by_alias.items():
            if bag.holds is Holds.CERTIFICATE:
                found.append(Entry(alias, bag.der))
            elif bag.holds is Holds.SHROUDED_KEY:
                chain = self._chain(bag)
                seen.update(chain)
                found += [Entry(alias, der, Unseen.CHAIN if at else None) for at, der in enumerate(chain)]
        for bag in self._untrusted:
            if bag.der not in seen:
                found.append(Entry(bag.alias or "", bag.der, Unseen.NO_TRUST_ATTRIBUTE))
        return Loaded(tuple(found), self._keys)

    def _chain(self, key: Bag) -> list[bytes]:
        """From the certificate with the key's id from issuer to issuer."""
        own = [bag for bag in self._untrusted if bag.key_id == key.key_id]
        named = [bag for bag in own if bag.alias is not None and bag.alias.lower() == key.alias]
        der = (named or own)[0].der if own else None
        chain: list[bytes] = []
        known: set[bytes] = set()
        while der is not None and der not in known:
            chain.append(der)
            known.add(der)
            issuer, subject = _names(der)
            der = None if issuer == subject else self._by_subject.get(issuer)
        return chain


def _names(der: bytes) -> tuple[bytes, bytes]:
    try:
        return issuer_and_subject(der)
    except NotDerError:
        return b"", b""


def _certificate(safe: bytes, explicit: Value) -> bytes:
    """CertBag (RFC 7292 4.2.3). Raises StoreError for what is no X.509 certificate."""
    parts = inside(safe, value(safe, explicit.begin, explicit.end))
    if content(safe, parts[0]) != _X509:
        raise StoreError(Trouble.NOT_A_STORE, "PKCS#12 with a certificate that is not X.509")
    string = value(safe, parts[1].begin, parts[1].end)
    return certificate(content(safe, string))


def _described(safe: bytes, attributes: Value | None, bag: Bag) -> Bag:
    for attribute in inside(safe, attributes) if attributes is not None and attributes.tag == SET else ():
        parts = inside(safe, attribute)
        kind, found = content(safe, parts[0]), inside(safe, parts[1])
        if kind == TRUSTED_KEY_USAGE:
            bag = bag._replace(trusted=True)
        elif found and kind == FRIENDLY_NAME:
            bag = bag._replace(alias=_text(safe, found[0]))
        elif found and kind == _LOCAL_KEY_ID:
            bag = bag._replace(key_id=content(safe, found[0]))
    return bag


def _text(safe: bytes, found: Value) -> str:
    """Java writes UTF-16 into a BMPString, also for what lies outside the basic plane."""
    return content(safe, found).decode("utf-16-be" if found.tag == BMP_STRING else "utf-8", "replace")

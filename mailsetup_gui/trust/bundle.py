"""A truststore to be: what is in it (plan, pure), and its way onto the disk (write), the old or the new one, whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from mailsetup_gui.settings import replacing
from mailsetup_gui.trust import backup, places, writers
from mailsetup_gui.trust import jks as java_store
from mailsetup_gui.trust.contents import Contents, Entry, StoreError
from mailsetup_gui.trust.recognition import MOST_CERTIFICATES, contents
from mailsetup_gui.trust.writers import BundleError, Refused

_LONGEST_ALIAS = 200
_MODE = 0o644


class Format(Enum):
    JKS = "jks"
    PKCS12 = "pkcs12"
    PEM = "pem"


class Addition(NamedTuple):
    """A certificate to add, and what to call it; '' for a name made of its SHA-256."""

    alias: str
    der: bytes


class Plan(NamedTuple):
    """`entries`: all, in order, the base first. `present`: to be added, but there already, as it is named."""

    entries: tuple[Entry, ...]
    added: tuple[Entry, ...] = ()
    present: tuple[Entry, ...] = ()
    left_out: tuple[Entry, ...] = ()


class Written(NamedTuple):
    """Absolute paths; no backup where nothing was. `open_to_all`: its folder, if every user can replace files there."""

    path: str
    backup: str | None = None
    open_to_all: str = ""
    sha256: str = ""


def plan(base: Contents | None, additions: Sequence[Addition]) -> Plan:
    """What Java does not trust in the base is left out, and said. Raises BundleError for a base that holds keys."""
    if base is not None and base.keys:
        raise BundleError(Refused.KEYS, keys=base.keys)
    names = _Names()
    entries = [Entry(names.kept(entry), entry.der) for entry in (base.trusted if base is not None else ())]
    by_der = {entry.der: entry for entry in reversed(entries)}
    added: list[Entry] = []
    present: list[Entry] = []
    for addition in additions:
        if (there := by_der.get(addition.der)) is not None:
            present.append(there)
            continue
        entry = by_der[addition.der] = Entry(names.new(addition), addition.der)
        added.append(entry)
    left_out = tuple(entry for entry in base.entries if entry.unseen is not None) if base is not None else ()
    return Plan((*entries, *added), tuple(added), tuple(present), left_out)


def encoded(entries: Iterable[Entry], form: Format, password: str | None, when: int) -> bytes:
    """The octets of the file, read back and compared. `when`: seconds since 1970. Raises BundleError.

    `password` encrypts a PKCS#12 file; JKS has "changeit" always, and the others none.
    """
    wanted = tuple(entries)
    if not wanted:
        raise BundleError(Refused.NOTHING)
    if len(wanted) > MOST_CERTIFICATES:
        raise BundleError(Refused.TOO_MANY, count=len(wanted), most=MOST_CERTIFICATES)
    octets = _octets(wanted, form, password, when)
    if _read(octets, form, password) != tuple(("" if form is Format.PEM else one.alias, one.der) for one in wanted):
        raise BundleError(Refused.NOT_THE_SAME)
    return octets


def _octets(entries: tuple[Entry, ...], form: Format, password: str | None, when: int) -> bytes:
    match form:
        case Format.JKS:
            return writers.jks(entries, when)
        case Format.PKCS12:
            return writers.pkcs12(entries) if password is None else writers.pkcs12_encrypted(entries, password)
        case Format.PEM:
            return writers.pem(entries)


def write(path: str, octets: bytes, form: Format, password: str | None = None, follow: bool = False) -> Written:
    """Replaces the file, with a dated backup of what was there. Raises BundleError, which tells what is there.

    `octets` as `encoded` gives them. `follow`: a symbolic link stands for what it points to; else it is refused.
    """
    target = places.target_of(path, follow)
    _read(octets, form, password)
    try:
        before = backup.state(target)
        open_to_all = places.open_to_all(target)
        temporary = Path(replacing.written_beside(target, octets, _MODE))
        try:
            if temporary.read_bytes() != octets:
                raise OSError("what was written reads back differently")
            kept = backup.keep(target, before)
        except BaseException:
            replacing.discard(temporary)
            raise
        _put(temporary, target, before, kept)
    except OSError as error:
        raise _unwritten(target, error) from None
    return Written(
        str(target), str(kept) if kept is not None else None, open_to_all, hashlib.sha256(octets).hexdigest()
    )


def _put(temporary: Path, target: Path, before: backup.State | None, kept: Path | None) -> None:
    try:
        if backup.state(target) != before:
            raise OSError("another program has changed it in the meantime")
        replacing.put(temporary, target)
    except replacing.UnconfirmedError as error:
        refused = Refused.NOT_CONFIRMED if kept is None else Refused.NOT_CONFIRMED_OLD_KEPT
        raise BundleError(refused, target=target, reason=error.strerror, kept=kept) from None
    except BaseException:
        replacing.discard(temporary)
        backup.withdraw(kept, target, before)
        raise


def _unwritten(target: Path, error: OSError) -> BundleError:
    refused = Refused.NOT_WRITTEN_OLD_STAYS if os.path.lexists(target) else Refused.NOT_WRITTEN
    return BundleError(refused, target=target, reason=error.strerror or error)


def _read(octets: bytes, form: Format, password: str | None) -> tuple[tuple[str, bytes], ...]:
    try:
        found = contents(octets, java_store.PASSWORD if form is Format.JKS else password)
    except StoreError as error:
        raise BundleError(Refused.NOT_READABLE, reason=error.reason) from None
    return tuple((entry.alias, entry.der) for entry in found.trusted)


class _Names:
    """Aliases in lower case and never twice: Java would keep one of two certificates, and trust none in upper case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def kept(self, entry: Entry) -> str:
        """Of a base: as it was, as far as that can be."""
        return self._unique(entry.alias.lower()[:_LONGEST_ALIAS] or _by_digest(entry.der, "certificate"))

    def new(self, addition: Addition) -> str:
        """ASCII, so that it can be typed on every terminal."""
        words = "".join(one if one.isascii() and one.isprintable() else "-" for one in addition.alias.lower().strip())
        return self._unique(words[:_LONGEST_ALIAS].strip("- ") or _by_digest(addition.der, "mail"))

    def _unique(self, alias: str) -> str:
        found = alias
        while found in self._taken:
            self._numbers[alias] = self._numbers.get(alias, 1) + 1
            found = f"{alias}-{self._numbers[alias]}"
        self._taken.add(found)
        return found


def _by_digest(der: bytes, word: str) -> str:
    return f"{word}-{hashlib.sha256(der).hexdigest()[:8]}"

"""A truststore to be: what is in it (plan, pure), and its way onto the disk (write), the old or the new one, whole."""

from __future__ import annotations

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
from mailsetup_gui.trust.writers import BundleError

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
    """Absolute paths; no backup where nothing was. `warnings` are sentences."""

    path: str
    backup: str | None = None
    warnings: tuple[str, ...] = ()


def plan(base: Contents | None, additions: Sequence[Addition]) -> Plan:
    """What Java does not trust in the base is left out, and said. Raises BundleError for a base that holds keys."""
    if base is not None and base.keys:
        raise BundleError(
            f"The base holds private or secret keys ({base.keys}), so it is not rewritten. Take one without keys "
            "as the base, for example the JDK's own cacerts."
        )
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
        raise BundleError("There is no certificate to write. Add one, or take a base.")
    if len(wanted) > MOST_CERTIFICATES:
        raise BundleError(f"A truststore of {len(wanted)} certificates is not written: at most {MOST_CERTIFICATES}.")
    octets = _octets(wanted, form, password, when)
    if _read(octets, form, password) != tuple(("" if form is Format.PEM else one.alias, one.der) for one in wanted):
        raise BundleError("What would be written reads back differently, so nothing is written. This is a bug.")
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
    """Replaces the file, with a dated backup of what was there. Raises BundleError; it says what is on the disk then.

    `octets` as `encoded` gives them. `follow`: a symbolic link stands for what it points to; else it is refused.
    """
    target = places.target_of(path, follow)
    _read(octets, form, password)
    try:
        before = backup.state(target)
        warnings = places.warnings(target)
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
        raise BundleError(_unwritten(target, error)) from None
    return Written(str(target), str(kept) if kept is not None else None, warnings)


def _put(temporary: Path, target: Path, before: backup.State | None, kept: Path | None) -> None:
    try:
        if backup.state(target) != before:
            raise OSError("another program has changed it in the meantime")
        replacing.put(temporary, target)
    except replacing.UnconfirmedError as error:
        old = f" The old one is kept as {kept}." if kept is not None else ""
        raise BundleError(
            f"{target} holds the new truststore, but the system could not confirm that this outlives a power failure: "
            f"{error.strerror}. Check the disk.{old}"
        ) from None
    except BaseException:
        replacing.discard(temporary)
        backup.withdraw(kept, target, before)
        raise


def _unwritten(target: Path, error: OSError) -> str:
    old = "The old file is as it was" if os.path.lexists(target) else "Nothing is there"
    return f"{target} is not written: {error.strerror or error}. {old}."


def _read(octets: bytes, form: Format, password: str | None) -> tuple[tuple[str, bytes], ...]:
    try:
        found = contents(octets, java_store.PASSWORD if form is Format.JKS else password)
    except StoreError as error:
        raise BundleError(f"What would be written does not open again ({error.reason}), so it is not.") from None
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
    import hashlib

    return f"{word}-{hashlib.sha256(der).hexdigest()[:8]}"

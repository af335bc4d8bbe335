"""GeneralNames (RFC 5280 4.2.1.6) and how one of them constrains another, as Java's name constraints decide."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from mailsetup_gui.trust import x500
from mailsetup_gui.trust.der import SEQUENCE, NotDerError, Value, only, values

_LETTERS_DIGITS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Kind(Enum):
    """The values are the tags of RFC 5280's GeneralName."""

    OTHER = 0
    RFC822 = 1
    DNS = 2
    X400 = 3
    DIRECTORY = 4
    EDI = 5
    URI = 6
    IP = 7
    REGISTERED_ID = 8


class Relation(Enum):
    """What the second of two names is to the first (sun.security.x509.GeneralNameInterface)."""

    DIFFERENT_TYPE = "different type"
    MATCH = "match"
    NARROWS = "narrows"
    WIDENS = "widens"
    SAME_TYPE = "same type"


class UnsupportedConstraintError(Exception):
    """Java throws UnsupportedOperationException here: otherName and the like cannot be compared."""


class GeneralName(NamedTuple):
    """`text` for names of text; `octets` of an address (with its mask behind it in a constraint)."""

    kind: Kind
    text: str = ""
    octets: bytes = b""
    directory: x500.Name | None = None


def general_names(data: bytes) -> tuple[GeneralName, ...]:
    """The value of a subjectAltName extension. Raises NotDerError as Java's constructors refuse."""
    outer = only(data, 0, len(data), 1)[0]
    found = tuple(general_name(data, at) for at in values(data, outer.begin, outer.end))
    if outer.tag != SEQUENCE or not found:
        raise NotDerError("no data available in passed DER encoded value")
    return found


def general_name(data: bytes, at: Value, constraint: bool = False) -> GeneralName:
    """`constraint`: as the base of a subtree, where a URI is a host and an address has a mask."""
    octets = data[at.begin : at.end]
    number, constructed = at.tag & 0x1F, at.constructed
    if at.tag & 0xC0 != 0x80 or number > 8 or constructed != (number in (0, 3, 4, 5)):
        raise NotDerError("a damaged GeneralName")
    kind = Kind(number)
    if kind is Kind.DIRECTORY:
        inner = only(data, at.begin, at.end, 1)[0]
        return GeneralName(kind, directory=x500.name(data, inner.begin, inner.end))
    if kind is Kind.IP:
        if len(octets) not in (4, 8, 16, 32):
            raise NotDerError("an address of a wrong size")
        return GeneralName(kind, octets=octets)
    if kind in (Kind.RFC822, Kind.DNS, Kind.URI):
        text = octets.decode("latin-1")
        _check_text(kind, text, constraint)
        return GeneralName(kind, text)
    return GeneralName(kind, octets=octets)


def _check_text(kind: Kind, text: str, constraint: bool) -> None:
    if kind is Kind.DNS and not is_dns_name(text.removeprefix(".") if constraint else text, wildcard=True):
        raise NotDerError(f"“{text[:80]}” is no DNS name")
    if kind is Kind.RFC822 and text.partition("@")[2 if "@" in text else 0] in ("", "."):
        raise NotDerError("a damaged rfc822Name")
    if kind is Kind.URI:
        _check_uri(text, constraint)


def _check_uri(text: str, constraint: bool) -> None:
    scheme = text.partition(":")[0]
    has_scheme = ":" in text and scheme.replace("+", "").replace("-", "").replace(".", "").isalnum()
    if constraint:
        if has_scheme or not is_dns_name(text.removeprefix("."), wildcard=False):
            raise NotDerError("a damaged URI constraint")
    elif not has_scheme or not text.isascii() or not text.isprintable() or " " in text:
        raise NotDerError("a damaged URI")


def is_dns_name(text: str, wildcard: bool) -> bool:
    """By the syntax of sun.security.x509.DNSName; `wildcard` allows one whole left-most label `*`."""
    if not text or " " in text or text[0] == "." or text[-1] == ".":
        return False
    labels = text.split(".")
    if wildcard and len(labels) > 1 and labels[0] == "*":
        labels = labels[1:]
        if labels[0][:1] not in _LETTERS_DIGITS:
            return False
    return all(label and label[0] in _LETTERS_DIGITS and set(label) <= _LETTERS_DIGITS | {"-"} for label in labels)


def relation(one: GeneralName, other: GeneralName) -> Relation:
    """`one.constrains(other)` of Java. Raises UnsupportedConstraintError."""
    if one.kind is not other.kind:
        return Relation.DIFFERENT_TYPE
    match one.kind:
        case Kind.DNS:
            return _domain(one.text.lower(), other.text.lower(), _at_dot)
        case Kind.RFC822:
            return _domain(one.text.lower(), other.text.lower(), _at_mailbox)
        case Kind.URI:
            return _uri(one.text, other.text)
        case Kind.IP:
            return _address(one.octets, other.octets)
        case Kind.DIRECTORY:
            return _directory(one.directory, other.directory)
    raise UnsupportedConstraintError(one.kind.name)


def _domain(one: str, other: str, at_border: Callable[[str, str], bool]) -> Relation:
    """`at_border`: whether the longer one has its border where the shorter one begins."""
    if other == one:
        return Relation.MATCH
    if one.endswith(other):
        return Relation.WIDENS if at_border(one, other) else Relation.SAME_TYPE
    if other.endswith(one):
        return Relation.NARROWS if at_border(other, one) else Relation.SAME_TYPE
    return Relation.SAME_TYPE


def _at_dot(longer: str, ending: str) -> bool:
    """Either the ending brings the dot, or the rest leaves it; not both, and the empty ending is no domain."""
    if not ending:
        raise UnsupportedConstraintError("an empty DNS name")
    before = longer[longer.rindex(ending) - 1]
    return (before == ".") != (ending[0] == ".")


def _at_mailbox(longer: str, ending: str) -> bool:
    if "@" in ending:
        return False
    return ending.startswith(".") or longer[longer.rindex(ending) - 1] == "@"


def _uri(one: str, other: str) -> Relation:
    mine, theirs = host(one), host(other)
    if mine.lower() == theirs.lower():
        return Relation.MATCH
    if not is_dns_name(mine.removeprefix("."), False) or not is_dns_name(theirs.removeprefix("."), False):
        return Relation.SAME_TYPE
    found = _domain(mine.removeprefix(".").lower(), theirs.removeprefix(".").lower(), _at_dot)
    mine_is_domain, theirs_is_domain = mine.startswith("."), theirs.startswith(".")
    if not mine_is_domain and not theirs_is_domain and found in (Relation.WIDENS, Relation.NARROWS):
        return Relation.SAME_TYPE
    if mine_is_domain != theirs_is_domain and found is Relation.MATCH:
        return Relation.WIDENS if mine_is_domain else Relation.NARROWS
    return found


def host(text: str) -> str:
    """Of a URI; a constraint is a host already."""
    if ":" not in text:
        return text
    authority = text.partition("//")[2] if "//" in text else ""
    authority = authority.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    return authority.partition("]")[0] + "]" if authority.startswith("[") else authority.partition(":")[0]


def _address(one: bytes, other: bytes) -> Relation:
    """4 or 16 octets are an address, 8 or 32 an address and its mask."""
    if _same_address(one, other):
        return Relation.MATCH
    if len(one) == len(other) and len(one) in (8, 32):
        return _networks(one, other)
    if len(other) == 2 * len(one) and len(one) in (4, 16):
        return Relation.WIDENS if _inside(one, other) else Relation.SAME_TYPE
    if len(one) == 2 * len(other) and len(other) in (4, 16):
        return Relation.NARROWS if _inside(other, one) else Relation.SAME_TYPE
    return Relation.SAME_TYPE


def _same_address(one: bytes, other: bytes) -> bool:
    if len(one) != len(other):
        return False
    if len(one) in (4, 16):
        return one == other
    (base, mask), (theirs, their_mask) = _halves(one), _halves(other)
    return base & mask == theirs & their_mask and mask == their_mask


def _networks(one: bytes, other: bytes) -> Relation:
    (base, mask), (theirs, their_mask) = _halves(one), _halves(other)
    empty, theirs_empty = base & mask != base, theirs & their_mask != theirs
    if empty or theirs_empty:
        both = empty and theirs_empty
        return Relation.MATCH if both else Relation.WIDENS if empty else Relation.NARROWS
    if mask & their_mask == mask and base & mask == theirs & mask:
        return Relation.NARROWS
    if mask & their_mask == their_mask and theirs & their_mask == base & their_mask:
        return Relation.WIDENS
    return Relation.SAME_TYPE


def _inside(address: bytes, network: bytes) -> bool:
    base, mask = _halves(network)
    return int.from_bytes(address, "big") & mask == base


def _halves(octets: bytes) -> tuple[int, int]:
    middle = len(octets) // 2
    return int.from_bytes(octets[:middle], "big"), int.from_bytes(octets[middle:], "big")


def _directory(one: x500.Name | None, other: x500.Name | None) -> Relation:
    mine, theirs = one.canonical if one else (), other.canonical if other else ()
    if mine == theirs:
        return Relation.MATCH
    if theirs[: len(mine)] == mine:
        return Relation.NARROWS
    return Relation.WIDENS if mine[: len(theirs)] == theirs else Relation.SAME_TYPE

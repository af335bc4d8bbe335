"""Name constraints along one path (RFC 5280 4.2.1.10), merged and applied as sun.security.x509 does it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mailsetup_gui.trust import x500
from mailsetup_gui.trust.certificate import Certificate, Extension
from mailsetup_gui.trust.covering import both
from mailsetup_gui.trust.der import SEQUENCE, NotDerError, only, values
from mailsetup_gui.trust.general_names import (
    GeneralName,
    Kind,
    Relation,
    UnsupportedConstraintError,
    general_name,
    is_dns_name,
    relation,
)

NAME_CONSTRAINTS, SUBJECT_ALT_NAME = "2.5.29.30", "2.5.29.17"
_INSIDE = (Relation.MATCH, Relation.NARROWS)
_MOST_COMPARED = 200_000


class Subtrees(NamedTuple):
    """`permitted` None: nothing is said of it. `limited`: a minimum or maximum, which Java does not support."""

    permitted: list[GeneralName] | None
    excluded: list[GeneralName] | None
    limited: bool = False


def subtrees(extension: Extension) -> Subtrees:
    """The value of a nameConstraints extension. Raises NotDerError."""
    data = extension.value
    outer = only(data, 0, len(data), 1)[0]
    if outer.tag != SEQUENCE:
        raise NotDerError("damaged name constraints")
    found: dict[int, list[GeneralName]] = {}
    limited = False
    for part in values(data, outer.begin, outer.end):
        if part.tag not in (0xA0, 0xA1) or part.tag in found:
            raise NotDerError("damaged name constraints")
        found[part.tag] = []
        for tree in values(data, part.begin, part.end):
            base, *limits = values(data, tree.begin, tree.end)
            found[part.tag].append(general_name(data, base, constraint=True))
            limited |= any(limit.tag == 0x81 or data[limit.begin : limit.end] != b"\0" for limit in limits)
    return Subtrees(found.get(0xA0), found.get(0xA1), limited)


def merged(former: Subtrees | None, new: Subtrees | None) -> Subtrees | None:
    """What holds below both (NameConstraintsExtension.merge)."""
    if former is None or new is None:
        return new if former is None else former
    _bound(former, new)
    excluded = former.excluded
    if new.excluded is not None:
        excluded = list(new.excluded) if excluded is None else _union(excluded, new.excluded)
    permitted = former.permitted
    if new.permitted is not None:
        if permitted is None:
            permitted = list(new.permitted)
        else:
            permitted, none_left = _intersection(list(permitted), list(new.permitted))
            if none_left:
                excluded = _union(excluded or [], none_left)
    if permitted is not None and excluded is not None:
        permitted = [one for one in permitted if not any(relation(out, one) in _INSIDE for out in excluded)]
    return Subtrees(permitted, excluded, former.limited or new.limited)


def allows(
    held: Subtrees, certificate: Certificate, names: tuple[GeneralName, ...] | None, java: tuple[int, int]
) -> bool:
    """Whether every name of the certificate may stand; `names`: its subjectAltName. Raises what `relation` raises."""
    asked = list(names) if names is not None else _mail_of_subject(certificate.subject)
    if (common := _name_in_cn(certificate.subject.common_name)) and all(n.kind is not common.kind for n in asked):
        asked.append(common)
    if certificate.subject.parts:
        asked.insert(0, GeneralName(Kind.DIRECTORY, directory=certificate.subject))
    return permits(held, asked, java)


def permits(held: Subtrees, asked: Iterable[GeneralName], java: tuple[int, int]) -> bool:
    """Whether each of these names lies in what is permitted of its type, and in nothing that is excluded."""
    permitted, excluded = both(held.permitted, held.excluded, java)
    return all(not excluded.cover(one) and (permitted.cover(one) or not permitted.has_type(one.kind)) for one in asked)


def _mail_of_subject(subject: x500.Name) -> list[GeneralName]:
    return [GeneralName(Kind.RFC822, a.text) for a in subject.attributes if a.oid == x500.EMAIL_ADDRESS and a.text]


def _name_in_cn(common_name: str) -> GeneralName | None:
    """A last CN is judged as an address or a DNS name only where it is one by its syntax."""
    if not common_name:
        return None
    import ipaddress

    try:
        return GeneralName(Kind.IP, octets=ipaddress.ip_address(common_name).packed)
    except ValueError:
        return GeneralName(Kind.DNS, common_name) if is_dns_name(common_name, wildcard=False) else None


def _bound(*held: Subtrees) -> None:
    """Merging compares each with each."""
    if sum(len(one.permitted or ()) + len(one.excluded or ()) for one in held) ** 2 > _MOST_COMPARED:
        raise UnsupportedConstraintError("too many name constraints to merge")


def _union(one: list[GeneralName], other: list[GeneralName]) -> list[GeneralName]:
    return _minimal([*one, *other])


def _minimal(names: list[GeneralName]) -> list[GeneralName]:
    """Without the names that another one of the list covers (GeneralSubtrees.minimize)."""
    at = 0
    while at < len(names) - 1:
        removed, other = False, at + 1
        while other < len(names):
            found = relation(names[at], names[other])
            if found is Relation.NARROWS:
                del names[other]
                continue
            if found in (Relation.MATCH, Relation.WIDENS):
                removed = True
                break
            other += 1
        if removed:
            del names[at]
        else:
            at += 1
    return names


def _intersection(mine: list[GeneralName], theirs: list[GeneralName]) -> tuple[list[GeneralName], list[GeneralName]]:
    """(what both permit, types of which nothing is left: to be excluded whole), as GeneralSubtrees.intersect."""
    if not mine:
        return _union(mine, theirs), []
    mine, theirs = _minimal(mine), _minimal(theirs)
    narrower: list[GeneralName] = []
    none_left: list[GeneralName] = []
    at = 0
    while at < len(mine):
        one, same_type = mine[at], False
        for other in theirs:
            found = relation(one, other)
            same_type = found is Relation.SAME_TYPE or (same_type and found is Relation.DIFFERENT_TYPE)
            if found is Relation.NARROWS:
                del mine[at]
                at -= 1
                narrower.append(other)
            if found in (Relation.NARROWS, Relation.MATCH, Relation.WIDENS):
                break
        if same_type:
            if not any(_touch(alternative, theirs) for alternative in mine if alternative.kind is one.kind):
                none_left.append(_widest(one.kind))
            del mine[at]
            at -= 1
        at += 1
    mine = _union(mine, narrower) if narrower else mine
    mine += [other for other in theirs if _of_another_type(mine, other)]
    return mine, none_left


def _touch(one: GeneralName, others: list[GeneralName]) -> bool:
    touching = (Relation.MATCH, Relation.WIDENS, Relation.NARROWS)
    return any(relation(one, other) in touching for other in others)


def _of_another_type(mine: list[GeneralName], other: GeneralName) -> bool:
    """Java asks the list while it grows; of an empty one nothing is of another type."""
    return bool(mine) and all(relation(one, other) is Relation.DIFFERENT_TYPE for one in mine)


def _widest(kind: Kind) -> GeneralName:
    """GeneralSubtrees.createWidestSubtree, which Java has for directory names only: its others throw."""
    if kind is not Kind.DIRECTORY:
        raise UnsupportedConstraintError(f"name constraints of two CAs without a common {kind.name} name")
    return GeneralName(kind, directory=x500.Name(b"", ()))

"""Certificate policies along one path (RFC 5280 6.1, any initial policy), as sun.security.provider.certpath does it.

Only whether the policy tree is empty decides, so each depth keeps its leaves and nothing above them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from mailsetup_gui.trust.certificate import Certificate, Extension, integer
from mailsetup_gui.trust.der import NotDerError, oid, only, value, values

CERTIFICATE_POLICIES, POLICY_MAPPINGS = "2.5.29.32", "2.5.29.33"
POLICY_CONSTRAINTS, INHIBIT_ANY_POLICY = "2.5.29.36", "2.5.29.54"
_ANY = "2.5.29.32.0"
_MOST_LEAVES = 5000
_T = TypeVar("_T")

Leaf = tuple[str, frozenset[str]]
"""(valid policy, expected policies)"""


class PolicyError(Exception):
    """The path is refused; the text is Java's message."""


class State(NamedTuple):
    """Between two certificates; `leaves` empty is a null policy tree. The counters are those of RFC 5280 6.1.2."""

    leaves: frozenset[Leaf]
    explicit: int
    mapping: int
    inhibit_any: int


def initial(length: int) -> State:
    return State(frozenset({(_ANY, frozenset({_ANY}))}), length + 1, length + 1, length + 1)


def after(state: State, certificate: Certificate, is_last: bool) -> State:
    """Raises PolicyError."""
    leaves = _below(state, certificate, is_last)
    if leaves and not is_last:
        leaves = _mapped(leaves, state.mapping, certificate)
    if len(leaves) > _MOST_LEAVES:
        raise PolicyError("too many policies")
    require, inhibit = _read(certificate, POLICY_CONSTRAINTS, limits) or (None, None)
    step = 0 if certificate.self_issued else 1
    lowered = max(0, state.explicit - step)
    explicit = state.explicit if not is_last else 0 if require == 0 else lowered
    if explicit == 0 and not leaves:
        raise PolicyError("non-null policy tree required and policy tree is null")
    return State(
        leaves,
        _lower(lowered, require),
        _lower(max(0, state.mapping - step), inhibit),
        _lower(max(0, state.inhibit_any - step), _read(certificate, INHIBIT_ANY_POLICY, skip)),
    )


def _lower(counter: int, limit: int | None) -> int:
    return counter if limit is None else min(counter, limit)


def _below(state: State, certificate: Certificate, is_last: bool) -> frozenset[Leaf]:
    claimed = _read(certificate, CERTIFICATE_POLICIES, asserted)
    if claimed is None or not state.leaves:
        return frozenset()
    found: set[Leaf] = set()
    for policy in claimed:
        if policy == _ANY:
            continue
        if any(policy in expected or _ANY in expected for _, expected in state.leaves):
            found.add((policy, frozenset({policy})))
    if _ANY in claimed and (state.inhibit_any > 0 or (not is_last and certificate.self_issued)):
        found |= {(each, frozenset({each})) for _, expected in state.leaves for each in expected}
    return frozenset(found)


def _mapped(leaves: frozenset[Leaf], allowed: int, certificate: Certificate) -> frozenset[Leaf]:
    expected = {valid: set(former) for valid, former in leaves}
    changed: set[str] = set()
    for issuers, subjects in _read(certificate, POLICY_MAPPINGS, mappings) or ():
        if _ANY in (issuers, subjects):
            side = "issuer" if issuers == _ANY else "subject"
            raise PolicyError(f"encountered a {side}DomainPolicy of ANY_POLICY")
        if issuers in expected and allowed == 0:
            del expected[issuers]
        elif issuers in expected or (allowed and _ANY in expected):
            expected[issuers] = (expected[issuers] if issuers in changed else set()) | {subjects}
            changed.add(issuers)
    return frozenset((valid, frozenset(those)) for valid, those in expected.items())


def asserted(extension: Extension) -> tuple[str, ...]:
    """The policies of a certificatePolicies extension. Raises NotDerError, as the three below do."""
    data = extension.value
    outer = only(data, 0, len(data), 1)[0]
    found = [value(data, one.begin, one.end) for one in values(data, outer.begin, outer.end)]
    return tuple(oid(data[one.begin : one.end]) for one in found)


def mappings(extension: Extension) -> tuple[tuple[str, str], ...]:
    """(issuerDomainPolicy, subjectDomainPolicy) of each mapping."""
    data, found = extension.value, []
    outer = only(data, 0, len(data), 1)[0]
    for one in values(data, outer.begin, outer.end):
        issuers, subjects = only(data, one.begin, one.end, 2)
        found.append((oid(data[issuers.begin : issuers.end]), oid(data[subjects.begin : subjects.end])))
    return tuple(found)


def limits(extension: Extension) -> tuple[int | None, int | None]:
    """(requireExplicitPolicy, inhibitPolicyMapping) of a policyConstraints extension."""
    data = extension.value
    outer = only(data, 0, len(data), 1)[0]
    found = {one.tag: integer(data[one.begin : one.end]) for one in values(data, outer.begin, outer.end)}
    if set(found) - {0x80, 0x81}:
        raise NotDerError("damaged policy constraints")
    return found.get(0x80), found.get(0x81)


def skip(extension: Extension) -> int:
    """The skipCerts of an inhibitAnyPolicy extension."""
    at = only(extension.value, 0, len(extension.value), 1)[0]
    return integer(extension.value[at.begin : at.end])


def _read(certificate: Certificate, name: str, decode: Callable[[Extension], _T]) -> _T | None:
    """Java passes over a damaged extension; a critical one it has refused before."""
    extension = certificate.extensions.get(name)
    if extension is None:
        return None
    try:
        return decode(extension)
    except NotDerError:
        return None

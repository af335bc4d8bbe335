"""The search for a path where a chain is not in order: sun.security.provider.certpath.SunCertPathBuilder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mailsetup_gui.trust import extensions
from mailsetup_gui.trust.certificate import Certificate
from mailsetup_gui.trust.checks import (
    Circumstances,
    anchor_may_sign,
    ca_key_usage,
    confirm,
    unresolved,
)
from mailsetup_gui.trust.constraints import SUBJECT_ALT_NAME, permits
from mailsetup_gui.trust.general_names import GeneralName, Kind
from mailsetup_gui.trust.signatures import verifies
from mailsetup_gui.trust.treeset import TreeSet
from mailsetup_gui.trust.verdict import Reason, Refused, Verdict

if TYPE_CHECKING:
    from mailsetup_gui.trust.path import Anchors

MOST_CAS = 5
"""PKIXBuilderParameters' maxPathLength: CAs below the anchor that are not self-issued."""
_MOST_STEPS = 600
_SINCE_LATE_CHECKS = (17,)
"""Before it names, signatures and self-signed certificates are looked at in the search: 11.0.13 does, 17.0.15 not."""
_STORE_SIZE = 10
"""What CollectionCertStore makes room for."""


class _FoundError(Exception):
    """The first path that holds, leaf first, its anchor last: Java looks no further."""

    def __init__(self, path: tuple[Certificate, ...]) -> None:
        super().__init__(len(path))
        self.path = path


class _TooLongError(Exception):
    """The budget is spent."""


class Search:
    def __init__(self, sent: Sequence[Certificate], anchors: Anchors, now: Circumstances) -> None:
        self._leaf = sent[0]
        self._sent = list({one.der: one for one in sent}.values())
        self._anchors = anchors
        self._now = now
        self._checks_early = now.java < _SINCE_LATE_CHECKS
        self._steps = 0
        self._dated = False
        self._signed_only = self._first_only = False
        self._lengths = {one.der: extensions.path_length(one) for one in self._sent}
        self._by_subject: dict[tuple[str, ...], list[Certificate]] = {}
        for one in self._sent:
            if self._is_valid(one) and self._lengths[one.der] >= 0 and not self._is_left_out(one):
                self._by_subject.setdefault(one.subject.canonical, []).append(one)

    def verdict(self) -> Verdict:
        path: tuple[Certificate, ...] = ()
        try:
            if self._is_valid(self._leaf) and not unresolved(self._leaf) and not self._is_left_out(self._leaf):
                self._start()
            raise Refused(Reason.NO_PATH)
        except _FoundError as found:
            path = found.path
        except Refused as refused:
            return refused.verdict(building=True)
        try:
            anchor_may_sign(path[-1])
        except Refused as refused:
            return refused.verdict(path, building=True)
        return Verdict(None, path=path)

    def _start(self) -> None:
        """Java goes along names and looks at signatures last. Where that is too long a way, along signatures."""
        try:
            self._rounds()
        except _TooLongError:
            self._signed_only, self._steps = True, 0
            try:
                self._rounds()
            except _TooLongError:
                raise Refused(Reason.TOO_COMPLEX, None, f"no path was found in {_MOST_STEPS} steps") from None

    def _rounds(self) -> None:
        """Before Java 17 a first round knows no other issuer of a certificate than the first anchor that fits."""
        for first_only in (True, False) if self._checks_early else (False,):
            self._first_only, self._dated = first_only, False
            self._below(self._leaf, [self._leaf], 0, self._leaf.self_issued)

    def _below(self, child: Certificate, path: list[Certificate], cas: int, self_issued: bool) -> None:
        """Looks for issuers of `child`, the top of `path`. Raises _FoundError."""
        for issuer in self._candidates(child, path, cas):
            self._steps += 1
            if self._steps > _MOST_STEPS:
                raise _TooLongError
            if self._checks_early and not verifies(child, issuer.public_key, self._now.java):
                continue
            if issuer in self._anchors:
                self._try(path, issuer)
                continue
            if not self._may_issue(issuer):
                continue
            if self_issued and issuer.self_issued and not self._checks_early:
                return
            more = cas + (not issuer.self_issued)
            self._below(issuer, [*path, issuer], more, issuer.self_issued)

    def _try(self, path: list[Certificate], anchor: Certificate) -> None:
        try:
            confirm(path, anchor, self._now)
        except Refused:
            return
        raise _FoundError((*path, anchor))

    def _candidates(self, child: Certificate, path: list[Certificate], cas: int) -> list[Certificate]:
        """In the order in which Java tries them. Anchors of the first round may be expired, later ones not."""
        fitting = [anchor for anchor in self._anchors.issuers_of(child) if self._anchor_fits(anchor, child)]
        names = self._traversed(path)
        fitting = [anchor for anchor in fitting if _permits(anchor, names, self._now.java)]
        found = _hashed(fitting, len(self._anchors))
        if found and self._first_only:
            return [one for one in found[:1] if one not in path]
        self._dated = True
        if cas < MOST_CAS:
            sent = self._by_subject.get(child.issuer.canonical, [])
            fitting = [one for one in sent if self._lengths[one.der] >= cas and _permits(one, names, self._now.java)]
            found += _hashed(fitting, _STORE_SIZE)
        if self._signed_only:
            found = [one for one in found if verifies(child, one.public_key, self._now.java)]
        return [one for one in self._ordered(found, child) if not self._is_loop(one, path)]

    def _is_loop(self, one: Certificate, path: list[Certificate]) -> bool:
        return one in path if self._checks_early else any(_repeats(one, other) for other in path)

    def _is_left_out(self, one: Certificate) -> bool:
        """A self-signed certificate that was sent leads nowhere in the eyes of an old Java, not even to its twin."""
        return self._checks_early and one.self_issued and verifies(one, one.public_key, self._now.java)

    def _traversed(self, path: list[Certificate]) -> list[GeneralName]:
        """The names that an issuer's own constraints must permit: before Java 17 also those of an anchor counted."""
        if not self._checks_early:
            return []
        found: list[GeneralName] = []
        for one in path:
            if one is self._leaf or not one.self_issued:
                subject = (GeneralName(Kind.DIRECTORY, directory=one.subject),)
                found += (*subject, *(extensions.alternative_names(one) or ()))
        return found

    def _anchor_fits(self, anchor: Certificate, child: Certificate) -> bool:
        if anchor.version < 3 and not (_covers(anchor, child.not_before) and _covers(anchor, child.not_after)):
            return False
        return not self._dated or self._is_valid(anchor)

    def _ordered(self, found: list[Certificate], child: Certificate) -> Iterable[Certificate]:
        """A TreeSet with PKIXCertComparator."""
        key = extensions.authority_key(child).key
        tree = TreeSet(lambda one, other: self._before(one, other, key))
        for one in found:
            tree.add(one)
        return tree

    def _before(self, one: Certificate, other: Certificate, key: bytes | None) -> bool:
        if key is not None:
            if extensions.subject_key(one) == key:
                return True
            if extensions.subject_key(other) == key:
                return False
        return bool(self._anchors.issuers_of(one)) or not self._anchors.issuers_of(other)

    def _may_issue(self, issuer: Certificate) -> bool:
        if unresolved(issuer) or extensions.path_length(issuer) == -1:
            return False
        try:
            ca_key_usage(issuer)
        except Refused:
            return False
        return True

    def _is_valid(self, one: Certificate) -> bool:
        return _covers(one, self._now.at)


def _hashed(found: list[Certificate], expected: int) -> list[Certificate]:
    """In the order of a java.util.HashSet that was made for `expected` certificates."""
    if len(found) < 2:
        return found
    buckets = 1
    while expected > buckets * 3 // 4:
        buckets *= 2
    return sorted(found, key=lambda one: _bucket(one.der, buckets))


def _bucket(octets: bytes, buckets: int) -> int:
    """java.util.Arrays.hashCode, spread as java.util.HashMap does."""
    code = 1
    for octet in octets:
        code = (31 * code + (octet if octet < 128 else octet - 256)) & 0xFFFFFFFF
    return (code ^ code >> 16) & (buckets - 1)


def _covers(one: Certificate, moment: float) -> bool:
    return one.not_before <= moment <= one.not_after


def _repeats(one: Certificate, other: Certificate) -> bool:
    """Same subject, key and alternative names: Java does not go through the same CA twice."""
    return one.der == other.der or (
        one.subject.canonical == other.subject.canonical
        and one.public_key == other.public_key
        and _names(one) == _names(other)
    )


def _permits(issuer: Certificate, names: list[GeneralName], java: tuple[int, int]) -> bool:
    held = extensions.name_constraints(issuer) if names else None
    return held is None or permits(held, names, java)


def _names(one: Certificate) -> bytes | None:
    extension = one.extensions.get(SUBJECT_ALT_NAME)
    return extension.value if extension else None

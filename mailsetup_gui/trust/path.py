"""Would a JVM with these trust anchors accept this chain? Java's own way to its answer, step by step.

After sun.security.validator.PKIXValidator and sun.security.provider.certpath (11 to 25), not after RFC 5280: a chain
in order is validated as it stands, any other is searched for a path. Without a network: Java fetches nothing by AIA.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mailsetup_gui.trust import certificate as certificates
from mailsetup_gui.trust import extensions, x500
from mailsetup_gui.trust.certificate import Certificate, CertificateError
from mailsetup_gui.trust.checks import (
    Circumstances,
    anchor_may_sign,
    end_entity,
    matches_key_identifier,
    validate,
)
from mailsetup_gui.trust.general_names import UnsupportedConstraintError
from mailsetup_gui.trust.search import Search
from mailsetup_gui.trust.verdict import Reason, Refused, Verdict

USUAL_JAVA = (17, 21)
MOST_SENT = 64
"""Certificates of one chain that are looked at; Java's handshake allows 10."""


class Anchors:
    """The certificates that a truststore holds, by subject; each is read when it is first wanted, if it can be."""

    def __init__(self, ders: Iterable[bytes], jdk_cas: frozenset[bytes] = frozenset()) -> None:
        self.jdk_cas = jdk_cas
        self._by_subject: dict[tuple[str, ...], list[bytes]] = {}
        self._known = dict.fromkeys(ders)
        self.names: list[x500.Name] = []
        for der in self._known:
            try:
                name = certificates.subject(der)
            except CertificateError:
                continue
            self.names.append(name)
            self._by_subject.setdefault(name.canonical, []).append(der)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, found: Certificate) -> bool:
        return found.der in self._known

    def named(self, name: x500.Name) -> list[Certificate]:
        """Those whose subject it is."""
        return [one for der in self._by_subject.get(name.canonical, ()) if (one := _read(der))]

    def issuers_of(self, found: Certificate) -> list[Certificate]:
        return self.named(found.issuer)


def _read(der: bytes) -> Certificate | None:
    try:
        found = certificates.read(der)
        extensions.readable(found)
    except CertificateError:
        return None
    return found


def judge(chain: Sequence[bytes], anchors: Anchors, at: float, java: tuple[int, int] = USUAL_JAVA) -> Verdict:
    """`chain`: DER as the server sent it, its own first; `at`: seconds since the epoch; `java`: (feature, update).

    The host name is not looked at: that is a matter of the mail library. Never takes much longer than a second.
    """
    now = Circumstances(at, java, anchors.jdk_cas)
    try:
        return _judge(_readable(chain), anchors, now)
    except Refused as refused:
        return refused.verdict()
    except UnsupportedConstraintError as error:
        return Refused(Reason.TOO_COMPLEX, None, f"java.lang.UnsupportedOperationException: {error}").verdict()


def _readable(chain: Sequence[bytes]) -> list[Certificate]:
    if not chain:
        raise Refused(Reason.NO_CHAIN)
    found = []
    for der in chain[:MOST_SENT]:
        try:
            found.append(certificates.read(der))
            extensions.readable(found[-1])
        except CertificateError as error:
            raise Refused(Reason.UNREADABLE, None, str(error)) from None
    return found


def _judge(sent: list[Certificate], anchors: Anchors, now: Circumstances) -> Verdict:
    leaf = sent[0]
    if not len(anchors):
        raise Refused(Reason.NO_ANCHORS)
    if leaf in anchors:
        return Verdict(None, path=(leaf,))
    path = _in_order(sent, anchors)
    verdict = Search(sent, anchors, now).verdict() if path is None else _validated(path, anchors, now)
    if verdict.accepted:
        end_entity(leaf)
    return verdict


def _in_order(sent: list[Certificate], anchors: Anchors) -> list[Certificate] | None:
    """The part of the chain that Java validates as it stands; None where it searches for a path instead."""
    for index in range(1, len(sent)):
        current, former = sent[index], sent[index - 1]
        if current.subject.canonical != former.issuer.canonical:
            return None
        known = anchors.named(current.subject)
        if current in anchors or any(anchor.public_key == current.public_key for anchor in known):
            return sent[:index]
    return sent if anchors.issuers_of(sent[-1]) else None


def _validated(path: list[Certificate], anchors: Anchors, now: Circumstances) -> Verdict:
    """Each anchor that may have issued the top is tried, in an order that is Java's secret: what one refuses may be
    what Java says, and an anchor that validates but may not sign ends it."""
    refused = Refused(Reason.DOES_NOT_CHAIN, path[-1])
    chosen: Certificate | None = None
    for anchor in anchors.issuers_of(path[-1]):
        if not matches_key_identifier(anchor, path[-1]):
            continue
        try:
            validate(path, anchor, now)
        except Refused as error:
            refused = error
            continue
        chosen = anchor
        try:
            anchor_may_sign(anchor)
        except Refused as error:
            return error.verdict((*path, anchor))
    return Verdict(None, path=(*path, chosen)) if chosen else refused.verdict(tuple(path))

"""Java's verdict on a chain -> the one mistake behind it: which certificate is missing, and what would mend it."""

import re
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.chains import Chain, is_self_signed, linked
from mailsetup_gui.trust import extensions, x500
from mailsetup_gui.trust.certificate import Certificate
from mailsetup_gui.trust.path import Anchors, judge
from mailsetup_gui.trust.signatures import digests
from mailsetup_gui.trust.verdict import Reason, Verdict

if TYPE_CHECKING:
    from mailsetup_gui.diagnosis.intercepting import Interception

_DIRECT = {
    Reason.EXPIRED: Cause.EXPIRED,
    Reason.NOT_YET_VALID: Cause.NOT_YET_VALID,
    Reason.WEAK_SIGNATURE: Cause.WEAK_SIGNATURE,
    Reason.WEAK_KEY: Cause.WEAK_KEY,
    Reason.KEY_USAGE: Cause.NOT_FOR_SERVERS,
    Reason.EXTENDED_KEY_USAGE: Cause.NOT_FOR_SERVERS,
    Reason.NETSCAPE_TYPE: Cause.NOT_FOR_SERVERS,
    Reason.NOT_A_CA: Cause.BAD_CA,
    Reason.CA_KEY_USAGE: Cause.BAD_CA,
    Reason.PATH_LENGTH: Cause.BAD_CA,
    Reason.ANCHOR_NOT_A_CA: Cause.BAD_CA,
    Reason.ANCHOR_KEY_USAGE: Cause.BAD_CA,
    Reason.NAME_CONSTRAINTS: Cause.BAD_CA,
    Reason.CRITICAL_EXTENSION: Cause.BAD_CA,
    Reason.POLICY: Cause.BAD_CA,
    Reason.TOO_COMPLEX: Cause.BAD_CA,
    Reason.UNREADABLE: Cause.TLS_BROKEN,
    Reason.NO_CHAIN: Cause.TLS_BROKEN,
    Reason.NO_ANCHORS: Cause.STORE_NO_ENTRIES,
}


class JavaSays(NamedTuple):
    """Of one server: `accepted` None when Java was not asked (no TLS, or it did not come so far); `message` is its
    exception's text, `version` '' for any Java. `proved`: said by a JVM itself, not predicted."""

    accepted: bool | None = None
    message: str = ""
    version: str = ""
    proved: bool = False


class Finding(NamedTuple):
    """`cause` None: accepted. `missing`: the name of the issuer that neither the server nor the truststore has.

    `blamed`: the certificate that the cause is about. `namesake`: the truststore has a certificate of the missing
    one's name with another key. `interception`: how it shows that something reads the connection.
    """

    verdict: Verdict
    chain: Chain = Chain(())
    cause: Cause | None = None
    missing: x500.Name | None = None
    blamed: Certificate | None = None
    namesake: bool = False
    interception: "Interception | None" = None


def find(sent: tuple[bytes, ...], anchors: Anchors, at: float, java: tuple[int, int]) -> Finding:
    """`sent`: DER, the server's own first; `at`: seconds since the epoch; `java`: (feature, update)."""
    verdict = judge(sent, anchors, at, java)
    if verdict.accepted:
        return Finding(verdict)
    chain = linked(sent)
    if not chain.linked:
        return Finding(verdict, chain, _DIRECT.get(verdict.reason or Reason.NO_CHAIN, Cause.TLS_BROKEN))
    own = is_self_signed(chain.linked[0])
    if own and chain.linked[0].subject.parts and anchors.named(chain.linked[0].subject):
        return _unknown(verdict, chain, anchors)  # renewed: what is imported is its predecessor
    if cause := _DIRECT.get(verdict.reason or Reason.NO_PATH):
        return Finding(verdict, chain, cause, blamed=verdict.blamed)
    in_order = judge(tuple(one.der for one in chain.linked), anchors, at, java)
    cause = _DIRECT.get(in_order.reason) if in_order.reason else None
    if cause and cause not in (Cause.TLS_BROKEN, Cause.STORE_NO_ENTRIES):
        return Finding(verdict, chain, cause, blamed=in_order.blamed)
    if any(one.subject.canonical == chain.top.issuer.canonical for one in chain.strangers):
        return Finding(verdict, chain, Cause.BAD_SIGNATURE, blamed=chain.top)
    return _unknown(verdict, chain, anchors)


def _unknown(verdict: Verdict, chain: Chain, anchors: Anchors) -> Finding:
    """No way to an anchor: because of the root, because of a CA that was not sent, or because it is its own issuer."""
    top = chain.top
    namesake = bool(anchors.named(top.issuer))
    if len(chain.linked) == 1 and chain.complete:
        return Finding(verdict, chain, Cause.SELF_SIGNED, top.subject, top, namesake)
    if chain.complete or namesake or not _was_left_out(chain, anchors):
        return Finding(verdict, chain, Cause.UNTRUSTED_ROOT, top.issuer, top, namesake)
    return Finding(verdict, chain, Cause.MISSING_INTERMEDIATE, top.issuer, top)


def _was_left_out(chain: Chain, anchors: Anchors) -> bool:
    """Whether the unknown issuer is rather an intermediate CA than a root: servers need not send roots.

    Nothing proves it. A CA that is called a root is one. It stands between the two when its own root was sent along,
    when it is called what intermediates are called, when the certificate tells where to fetch it (RFC 5280 4.2.2.1),
    as those of public CAs do, or when the truststore knows another certificate of its organisation.
    """
    issuer = chain.top.issuer
    called = str(issuer).lower()
    if "root" in called:
        return False
    if any(is_self_signed(one) for one in chain.strangers) or _BETWEEN.search(called):
        return True
    organisation = _organisation(issuer)
    known = bool(organisation) and any(_organisation(name) == organisation for name in anchors.names)
    return known or bool(extensions.issuer_addresses(chain.top))


_BETWEEN = re.compile(r"\b(intermediate|issuing|subordinate|sub[ -]?ca)\b")


def _organisation(name: x500.Name) -> str:
    return next((a.text.strip().lower() for a in name.attributes if a.oid == "2.5.4.10"), "")


def unwise(path: tuple[Certificate, ...], at: float) -> tuple[Cause, ...]:
    """What Java accepts and a person should know all the same; `path`: leaf first, its anchor last."""
    found = []
    if len(path) == 1 and not path[0].not_before <= at <= path[0].not_after:
        found.append(Cause.PINNED_INVALID)
    if any("SHA1" in digests(one) for one in path[:-1]):
        found.append(Cause.SHA1)
    if len(path) > 1 and path[-1].not_after < at:
        found.append(Cause.ANCHOR_EXPIRED)
    return tuple(found)

"""Certificates in words: what the tree of a chain shows, for both doors. Foreign text is made harmless here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from mailsetup_gui.diagnosis.chains import Link, Role
from mailsetup_gui.smtp.issuers import FetchError, Missed
from mailsetup_gui.trust import extensions
from mailsetup_gui.trust.certificate import Certificate
from mailsetup_gui.trust.general_names import GeneralName, Kind
from mailsetup_gui.trust.keys import key
from mailsetup_gui.trust.signatures import algorithm_name
from mailsetup_gui.wording.dates import iso_moment, moment
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _, counted
from mailsetup_gui.wording.verdict import fingerprint

MOST_NAMES = 20
_DAY = 86400
_SOON = 30 * _DAY
_MISSED = {
    Missed.NO_ADDRESS: _("“{address}” is no http address of a certificate; it is not fetched."),
    Missed.SILENT: _("{address} did not answer ({said})."),
    Missed.TOO_MUCH: _("{address} did not answer (more than {said} octets)."),
    Missed.OTHER: _("{address} answered “{said}”, not with a certificate."),
    Missed.NOTHING: _("{address} answered with nothing."),
}
_NO_CERTIFICATE = _("What {address} sent is no certificate ({reason}).")
_DID_NOT_ISSUE = _("The certificate behind {address} did not issue “{subject}”.")
_ROLES = {Role.ROOT: _("root CA"), Role.CA: _("intermediate CA"), Role.LEAF: _("the server's own")}


class Facts(NamedTuple):
    """One certificate; `mood` is ok, warn or fail and belongs to `state`."""

    title: str
    state: str
    mood: str
    lines: tuple[tuple[str, str], ...]


def facts(link: Link, at: float, by_server: bool = True) -> Facts:
    """`at`: now, in seconds since the epoch. `by_server`: it sent them; otherwise a file or a person gave them."""
    title = short(link.certificate) if link.certificate else shown(str(link.name))
    if link.certificate is None:
        return Facts(title, _("MISSING: neither sent nor in the truststore"), "fail", ())
    where = [
        word
        for word, true in ((_("sent") if by_server else _("given"), link.sent), (_("in the truststore"), link.trusted))
        if true
    ]
    state = [
        _ROLES[link.role],
        ", ".join(where) or _("not sent, not in the truststore"),
        validity(link.certificate, at),
    ]
    return Facts(title, " · ".join(state), mood_of(link.certificate, at), tuple(details(link.certificate, at)))


def short(one: Certificate) -> str:
    """The common name, or all of the subject where there is none."""
    return shown(one.subject.common_name or str(one.subject)) or _("(no name)")


def details(one: Certificate, at: float) -> Iterable[tuple[str, str]]:
    yield _("Subject"), shown(str(one.subject)) or _("(empty)")
    yield _("Issuer"), _("itself") if one.self_issued else shown(str(one.issuer))
    if names := alternative_names(one):
        yield _("Names"), names
    yield (
        _("Valid"),
        _("{not_before} to {not_after} ({one})").format(
            not_before=moment(one.not_before), not_after=moment(one.not_after), one=validity(one, at)
        ),
    )
    yield _("Key"), str(key(one.public_key))
    yield _("Signature"), algorithm_name(one)
    yield _("Serial"), f"{one.serial:x}" if one.serial >= 0 else str(one.serial)
    yield "SHA-256", fingerprint(one.der)


def written_names(one: Certificate) -> list[tuple[Kind, str]]:
    """The subjectAltName, each name as a person reads it."""
    names = extensions.alternative_names(one) or ()
    return [(name.kind, written) for name in names if (written := _name(name))]


def alternative_names(one: Certificate) -> str:
    names = [written for _, written in written_names(one)]
    more = _(" and {count} more").format(count=len(names) - MOST_NAMES) if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


def _name(name: GeneralName) -> str:
    if name.kind in (Kind.DNS, Kind.RFC822, Kind.URI):
        return shown(name.text)
    if name.kind is Kind.IP:
        import ipaddress

        return str(ipaddress.ip_address(name.octets)) if len(name.octets) in (4, 16) else name.octets.hex()
    return shown(str(name.directory)) if name.directory else ""


def validity(one: Certificate, at: float) -> str:
    """In days, as a person asks for it."""
    if at < one.not_before:
        return _("NOT YET VALID, in {days}").format(days=_days(one.not_before - at))
    if at > one.not_after:
        return _("EXPIRED {days} ago").format(days=_days(at - one.not_after))
    return _("{days} left").format(days=_days(one.not_after - at))


def mood_of(one: Certificate, at: float) -> str:
    if not one.not_before <= at <= one.not_after:
        return "fail"
    return "warn" if one.not_after - at < _SOON else "ok"


def _days(seconds: float) -> str:
    days = int(seconds // _DAY)
    return _("less than a day") if days == 0 else counted("{count} day", "{count} days", days)


def missed(error: FetchError) -> str:
    """Why a missing issuer was not to be had."""
    return _MISSED[error.missed].format(address=error.address, said=error.said)


def no_certificate(address: str, why: str) -> str:
    return _NO_CERTIFICATE.format(address=address, reason=reason(why))


def did_not_issue(address: str, subject: str) -> str:
    return _DID_NOT_ISSUE.format(address=address, subject=subject)


def digest(der: bytes) -> str:
    """SHA-256 in hexadecimal, as JSON gives it."""
    return hashlib.sha256(der).hexdigest()


def table(one: Certificate, at: float) -> dict[str, object]:
    """One certificate for JSON."""
    return {
        "subject": shown(str(one.subject)),
        "issuer": shown(str(one.issuer)),
        "self_issued": one.self_issued,
        "names": [written for _, written in written_names(one)],
        "not_before": iso_moment(one.not_before),
        "not_after": iso_moment(one.not_after),
        "days_left": int((one.not_after - at) // _DAY),
        "key": str(key(one.public_key)),
        "signature": algorithm_name(one),
        "serial": f"{one.serial:x}" if one.serial >= 0 else str(one.serial),
        "sha256": digest(one.der),
    }

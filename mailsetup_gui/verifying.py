"""A chain in a file, judged offline: what Java with these trust anchors would say of it at a moment."""

from mailsetup_gui.diagnosis import trusting
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.diagnosis.trusting import Finding, JavaSays
from mailsetup_gui.judging import Grounds
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Outcome, Peer, Result, Step, TlsStarted
from mailsetup_gui.trial import Finished
from mailsetup_gui.trust import certificate as certificates
from mailsetup_gui.trust.certificate import CertificateError
from mailsetup_gui.trust.general_names import Kind
from mailsetup_gui.trust.names import certifies
from mailsetup_gui.wording.certificates import written_names as written
from mailsetup_gui.wording.dates import moment
from mailsetup_gui.wording.java import anchors
from mailsetup_gui.wording.verdict import Told, card


def judged(chain: tuple[bytes, ...], grounds: Grounds, at: float, host: str) -> Finished:
    """`chain`: DER, the server's own first; `at`: seconds since the epoch; `host` '' leaves the name unjudged."""
    finding = trusting.find(chain, grounds.anchors, at, grounds.release)
    peer = _peer(chain[0]) if chain else Peer()
    cause, warnings = _cause(finding, peer, host, at)
    evidence = finding.verdict.message if finding.cause else ", ".join(peer.names) if cause else ""
    outcome = Outcome(Result.REJECTED if cause else Result.ACCEPTED, Step.TLS, 0.0, evidence=evidence, until=Step.TLS)
    tls = TlsStarted("", "", chain, peer, cause is None, 0.0)
    server = MailServer(host or "the server")
    found = Diagnosis(cause, warnings)
    says = JavaSays(finding.verdict.accepted, finding.verdict.message, grounds.version)
    told = card(Told(outcome, server, tls=tls, anchors=anchors(grounds), finding=finding, java=says), found)
    return Finished(outcome, found, told, tls, None, says)


def _cause(finding: Finding, peer: Peer, host: str, at: float) -> tuple[Cause | None, tuple[Cause, ...]]:
    if finding.cause is not None:
        return finding.cause, ()
    if host and not certifies(peer.names, peer.subject, host):
        return Cause.NAME_MISMATCH, ()
    return None, trusting.unwise(finding.verdict.path, at)


def _peer(der: bytes) -> Peer:
    try:
        leaf = certificates.read(der)
    except CertificateError:
        return Peer()
    names = tuple(name for kind, name in written(leaf) if kind in (Kind.DNS, Kind.IP))
    return Peer(str(leaf.subject), str(leaf.issuer), names, moment(leaf.not_before), moment(leaf.not_after))

"""What happened -> one named cause, what should be told besides, and what was ruled out."""

import time
from typing import NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.mending import Action, actions
from mailsetup_gui.diagnosis.trusting import Finding
from mailsetup_gui.settings.server import DEFAULT_PORT, Encryption, MailServer, wire_host
from mailsetup_gui.smtp.events import Note, Outcome, Peer, Result, State, Step, StepChanged, TlsStarted
from mailsetup_gui.trust.names import certifies

EXPIRY_WARNING_DAYS = 30

_NOTES = {
    Note.NOT_SIGNED_IN: Cause.AUTH_NOT_OFFERED,
    Note.CLEAR_TEXT: Cause.SENT_CLEAR,
    Note.CREDENTIALS_IN_CLEAR: Cause.SENT_IN_CLEAR,
    Note.STARTTLS_UNUSED: Cause.STARTTLS_UNUSED,
}
_STORE = (Cause.STORE_MISSING, Cause.STORE_PASSWORD, Cause.STORE_NO_ENTRIES)
_CHAIN = (Cause.UNTRUSTED_ROOT, Cause.MISSING_INTERMEDIATE, Cause.EXPIRED, Cause.WEAK_SIGNATURE)
_PROVED_BY = {
    Step.RESOLVE: (Cause.DNS_NOT_FOUND,),
    Step.CONNECT: (Cause.TCP_REFUSED, Cause.TCP_TIMEOUT),
    Step.GREETING: (Cause.NOT_SMTP, Cause.PLAIN_ON_TLS_PORT, Cause.GREETING_REFUSED),
    Step.EHLO: (Cause.EHLO_REFUSED,),
    Step.STARTTLS: (Cause.STARTTLS_NOT_OFFERED,),
    Step.TLS: (*_CHAIN, Cause.TLS_VERSION, Cause.TLS_CIPHER),
    Step.AUTH: (Cause.AUTH_REFUSED,),
    Step.MAIL: (Cause.FROM_REFUSED,),
    Step.RCPT: (Cause.RELAY_DENIED, Cause.RCPT_UNKNOWN_USER),
}
"""What a step that is done shows to be all right."""


class Diagnosis(NamedTuple):
    """`cause` is None exactly when the outcome is ACCEPTED; `actions`: what one press can mend."""

    cause: Cause | None
    warnings: tuple[Cause, ...] = ()
    ruled_out: tuple[Cause, ...] = ()
    actions: tuple[Action, ...] = ()


def diagnose(
    outcome: Outcome,
    server: MailServer,
    tls: TlsStarted | None,
    steps: tuple[StepChanged, ...],
    now: float | None = None,
    unwise: tuple[Cause, ...] = (),
    finding: Finding | None = None,
) -> Diagnosis:
    """`steps`: every StepChanged of the session; `now`: seconds since the epoch, this computer's clock when None;
    `unwise`: what there is to say of a chain that is trusted; `finding`: what was found of one that is not."""
    cause = cause_of(outcome)
    at = time.time() if now is None else now
    found = (*_warnings(outcome, server, tls, at), *unwise)
    warnings = tuple(w for w in dict.fromkeys(found) if w is not cause)
    done = [change.step for change in steps if change.state is State.DONE]
    proved = dict.fromkeys(c for step in done for c in _PROVED_BY.get(step, ()))
    if tls is not None:
        proved |= dict.fromkeys(_shown_by(tls, finding, server, at))
    stopped_here = outcome.result is Result.CANCELLED
    ruled_out = () if cause is None or stopped_here else tuple(c for c in proved if c is not cause)
    first = warnings if cause is None else (cause, *warnings)
    return Diagnosis(cause, warnings, ruled_out, actions(first, server, outcome.encrypted, _may_offer_starttls(steps)))


def _shown_by(tls: TlsStarted, finding: Finding | None, server: MailServer, at: float) -> list[Cause]:
    """What a handshake that stood shows to be all right, whatever is wrong with its certificates."""
    found = [Cause.TLS_VERSION, Cause.TLS_CIPHER]
    if certifies(tls.peer.names, tls.peer.subject, wire_host(server.hostname)):
        found.append(Cause.NAME_MISMATCH)
    if finding is not None and finding.cause is not None and finding.cause not in _STORE:
        found += _STORE
        checked = finding.cause in (Cause.UNTRUSTED_ROOT, Cause.SELF_SIGNED, Cause.MISSING_INTERMEDIATE)
        if checked and all(one.not_before <= at <= one.not_after for one in finding.chain.linked):
            found.append(Cause.EXPIRED)
        if finding.chain.complete:
            found.append(Cause.MISSING_INTERMEDIATE)
    return found


def _may_offer_starttls(steps: tuple[StepChanged, ...]) -> bool:
    said = [step.summary for step in steps if step.step is Step.EHLO and step.state is State.DONE]
    return not said or "STARTTLS" in said[0].split()


def cause_of(outcome: Outcome) -> Cause | None:
    if outcome.fault is not None:
        return Cause(outcome.fault.value)
    if outcome.result is Result.REJECTED and outcome.reply is not None:
        from mailsetup_gui.diagnosis import replies

        return replies.of_refusal(outcome, outcome.reply)
    return None


def days_left(peer: Peer, now: float) -> int | None:
    """Whole days until the certificate expires; None when its date cannot be read."""
    moment = _seconds(peer.not_after)
    return None if moment is None else int((moment - now) // 86400)


def _warnings(outcome: Outcome, server: MailServer, tls: TlsStarted | None, now: float) -> list[Cause]:
    found = [_NOTES[note] for note in outcome.notes]
    if tls is not None and tls.trusted:
        if not certifies(tls.peer.names, tls.peer.subject, wire_host(server.hostname)):
            found.append(Cause.NAME_MISMATCH)
        left = days_left(tls.peer, now)
        if left is not None and left <= EXPIRY_WARNING_DAYS:
            found.append(Cause.EXPIRES_SOON)
    if not (server.hostname + server.sender + server.ehlo_name).isascii():
        found.append(Cause.INTERNATIONAL)
    if server.encryption is Encryption.IMPLICIT_TLS and server.effective_port == DEFAULT_PORT:
        found.append(Cause.SMTPS_DEFAULT_PORT)
    return found


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _seconds(stamp: str) -> int | None:
    """OpenSSL's `Jan  1 00:00:00 3000 GMT` as seconds since the epoch, whatever the locale."""
    try:
        month, day, clock, year, _ = stamp.split()
        hour, minute, second = map(int, clock.split(":"))
        local = (int(year), _MONTHS.index(month) + 1, int(day), hour, minute, second, 0, 0, 0)
        return int(time.mktime(local)) - time.timezone  # tm_isdst 0: standard time, and so is time.timezone
    except (ValueError, OverflowError):
        return None

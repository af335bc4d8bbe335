"""What a verdict rests on, a line each and as it came: the reply, the first words, the field of the certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp.events import Step
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.text import moment, step_name

if TYPE_CHECKING:
    from mailsetup_gui.trust.certificate import Certificate
    from mailsetup_gui.wording.verdict import Told

_REPLY = "Reply at “{step}”: {text}"
_FIRST_WORDS = "First words: {text}"
_ASKED = "Answer to a TLS hello: {text}"
_SYSTEM = "This computer's system: {text}"
_TLS = "TLS: {text}"
_LINE = "Line at “{step}”: {text}"
_OFFERED = "EHLO reply: {text}"
_MECHANISMS = "Sign-in offered: {text}"
_FILE = "File: {text}"
_JAVA = "Java: {text}"
_CERTIFICATE = "Certificate {number} of {count}: subject {subject}; issuer {issuer}; valid from {begin} to {end}"
_NAMES = "subjectAltName: {text}"

_FIRST = (Cause.NOT_SMTP, Cause.TLS_ON_PLAIN_PORT)
_OFFERS = (
    Cause.STARTTLS_NOT_OFFERED,
    Cause.AUTH_NOT_OFFERED,
    Cause.NO_COMMON_MECHANISM,
    Cause.MECHANISM_NOT_TRIED,
    Cause.CLEARTEXT_BLOCKED,
)
_MOST_CERTIFICATES = 5


def lines(told: Told, cause: Cause) -> tuple[str, ...]:
    """For a test that did not end in acceptance; empty where there is nothing but the settings themselves."""
    outcome = told.outcome
    found = []
    if outcome.reply is not None:
        text = " / ".join(f"{outcome.reply.code} {line}".strip() for line in outcome.reply.lines)
        found.append(_REPLY.format(step=_step(outcome.step), text=shown(text)))
    elif outcome.mechanisms and cause in _OFFERS:
        found.append(_MECHANISMS.format(text=shown(" ".join(outcome.mechanisms))))
    elif outcome.evidence and outcome.step is not None and not told.java.message:
        found.append(_shape(cause).format(step=_step(outcome.step), text=shown(outcome.evidence)))
    if cause in _OFFERS and told.offered:
        found.append(_OFFERED.format(text=shown(told.offered)))
    if cause.value.startswith("java.store") and outcome.evidence:
        found.append(_FILE.format(text=shown(outcome.evidence)))
    return (*found, *_of_chain(told, cause))


def _of_chain(told: Told, cause: Cause) -> list[str]:
    finding = told.finding
    if finding is None or told.tls is None or not cause.value.startswith(("tls.", "java.")):
        return []
    if cause is Cause.NAME_MISMATCH:
        return [_NAMES.format(text=", ".join(map(shown, told.tls.peer.names)) or "-")]
    if finding.cause is None and not told.java.proved:
        return []
    linked = finding.chain.linked[:_MOST_CERTIFICATES]
    said = [_JAVA.format(text=shown(told.java.message))] if told.java.message else []
    return [*said, *(_certificate(one, number, len(told.tls.chain)) for number, one in enumerate(linked, 1))]


def _certificate(one: Certificate, number: int, count: int) -> str:
    return _CERTIFICATE.format(
        number=number,
        count=count,
        subject=shown(str(one.subject)) or "-",
        issuer=shown(str(one.issuer)) or "-",
        begin=moment(one.not_before),
        end=moment(one.not_after),
    )


def _shape(cause: Cause) -> str:
    if cause in _FIRST:
        return _FIRST_WORDS
    if cause is Cause.PLAIN_ON_TLS_PORT:
        return _ASKED
    if cause.value.startswith(("dns.", "tcp.")):
        return _SYSTEM
    return _TLS if cause.value.startswith("tls.") else _LINE


def _step(step: Step | None) -> str:
    return step_name(step) if step else "-"

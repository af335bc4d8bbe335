"""What a verdict rests on, a line each and as it came: the reply, the first words, the field of the certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp.events import Step
from mailsetup_gui.wording.dates import iso_moment
from mailsetup_gui.wording.harmless import java_sentence, shown
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.text import milliseconds, step_name

if TYPE_CHECKING:
    from mailsetup_gui.smtp.ports import Answered
    from mailsetup_gui.trust.certificate import Certificate
    from mailsetup_gui.wording.verdict import Card, Told

_REPLY = _("Reply at “{step}”: {text}")
_FIRST_WORDS = _("First words: {text}")
_ASKED = _("Answer to a TLS hello: {text}")
_SYSTEM = _("This computer's system: {text}")
_TLS = _("TLS: {text}")
_ENDED = _("End of the connection at “{step}”, {took} after it began")
_NOTHING = _("Nothing came at “{step}” for {took}")
_ENDLESS = _("No end of the reply at “{step}” in {took}")
_UNFINISHED = _("So far at “{step}”: {text}")
_LINE = _("Line at “{step}”: {text}")
_OFFERED = _("EHLO reply: {text}")
_MECHANISMS = _("Sign-in offered: {text}")
_FILE = _("File: {text}")
_JAVA = _("Java: {text}")
_CERTIFICATE = _("Certificate {number} of {count}: subject {subject}; issuer {issuer}; valid from {begin} to {end}")
_PORT = _("Port {port} answers with {kind}: {text}")
_NO_PORT = _("None of the ports {ports} answers as a mail server.")
_NAMES = _("subjectAltName: {text}")

_LABELS = tuple(
    shape.partition("{")[0].removesuffix(": ") for shape in (_REPLY, _FIRST_WORDS, _ASKED, _SYSTEM, _TLS, _LINE, _JAVA)
)
_FIRST = (Cause.NOT_SMTP, Cause.TLS_ON_PLAIN_PORT)
_OFFERS = (
    Cause.STARTTLS_NOT_OFFERED,
    Cause.AUTH_NOT_OFFERED,
    Cause.NO_COMMON_MECHANISM,
    Cause.MECHANISM_NOT_TRIED,
    Cause.CLEARTEXT_BLOCKED,
)
_WORDLESS = {Cause.CLOSED: _ENDED, Cause.SILENT: _NOTHING, Cause.TLS_SILENT: _NOTHING, Cause.SLOW: _ENDLESS}
"""What is seen where the server said nothing."""
_WORDLESS_LABELS = tuple(shape.partition("{")[0] for shape in _WORDLESS.values())
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
    elif cause is Cause.NAME_MISMATCH and told.finding is not None:
        pass  # its names come with the chain
    elif outcome.evidence and outcome.step is not None and not told.java.message:
        found.append(_shape(cause).format(step=_step(outcome.step), text=shown(outcome.evidence)))
    elif cause in _WORDLESS:
        found.append(_WORDLESS[cause].format(step=_step(outcome.step), took=milliseconds(told.took)))
    if cause in _OFFERS and told.offered:
        found.append(_OFFERED.format(text=shown(told.offered)))
    if cause.value.startswith("java.store") and outcome.evidence:
        found.append(_FILE.format(text=shown(outcome.evidence)))
    return (*found, *_of_chain(told, cause))


def unsaid(card: Card) -> tuple[str, ...]:
    """What the card does not say in its own words already."""
    return tuple(line for line in card.evidence if not _is_said(line, card.why))


def _is_said(line: str, why: str) -> bool:
    if line.startswith(_WORDLESS_LABELS):
        return True  # the card's own words
    label, colon, text = line.partition(": ")
    return bool(colon) and label.startswith(_LABELS) and (text in why or java_sentence(text) in why)


def on_ports(asked: tuple[int, ...], found: tuple[Answered, ...]) -> list[str]:
    """What the usual ports said."""
    if not found:
        return [_NO_PORT.format(ports=", ".join(map(str, asked)))]
    kinds = {True: "SMTPS", False: "SMTP"}
    return [_PORT.format(port=one.port, kind=kinds[one.smtps], text=shown(one.greeting)) for one in found]


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
        begin=iso_moment(one.not_before),
        end=iso_moment(one.not_after),
    )


def _shape(cause: Cause) -> str:
    if cause in _FIRST:
        return _FIRST_WORDS
    if cause is Cause.SLOW:
        return _UNFINISHED
    if cause is Cause.PLAIN_ON_TLS_PORT:
        return _ASKED
    if cause.value.startswith(("dns.", "tcp.")):
        return _SYSTEM
    return _TLS if cause.value.startswith("tls.") else _LINE


def _step(step: Step | None) -> str:
    return step_name(step) if step else "-"

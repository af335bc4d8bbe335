"""A pasted stack trace, log, reply or bounce -> the one cause that its words name. Nothing is asked or looked up."""

import re
from typing import NamedTuple

from mailsetup_gui.diagnosis import bounces, excerpt, frames, mentions, quoted, signs
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.excerpt import Line
from mailsetup_gui.diagnosis.mentions import Mentions
from mailsetup_gui.diagnosis.reading import Reading, Sign
from mailsetup_gui.diagnosis.replies import of_refusal
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Breach, Fault, Outcome, Result, Step

_MOST_EVIDENCE = 8
_FAULTS = {fault.value: fault for fault in Fault}
_ERROR_LIKE = re.compile(
    r"exception|error|fail|refus|reject|denied|unable|cannot|could ?n.t|could not|invalid|timed out|warn", re.IGNORECASE
)
_REPLY_WEIGHT = 2.5
"""A reply outweighs the way a connection ended, and not a cause that is named outright."""
_ABOUT_MAIL = re.compile(r"mail|smtp", re.IGNORECASE)
_TO_RECIPIENT = ("setTo", "setRecipient", "addRecipient", "setCc", "setBcc")


class Explained(NamedTuple):
    """`outcome` has result, step, fault, evidence and reply as a test would have; `evidence`: the raw lines.

    `status`: a bounce's enhanced status code where its reply has none; `others`: errors in the text before this one;
    `cut`: its beginning was too long to be looked at.
    """

    outcome: Outcome
    cause: Cause
    reading: Reading | None = None
    server: MailServer = MailServer()
    recipient: str = ""
    evidence: tuple[str, ...] = ()
    status: str = ""
    others: int = 0
    cut: bool = False


class _Verdict(NamedTuple):
    """`is_foreign`: a stack trace that has nothing to do with mail, as logs have them of databases and the like."""

    weight: float
    found: Explained
    stamped: bool
    follows_another: bool = False
    is_foreign: bool = False


def explained(text: str) -> Explained:
    """Of several errors the last complete one: logs grow downwards."""
    every, cut = excerpt.lines(bounces.decoded(excerpt.unquoted(text)))
    if not any(line.text for line in every):
        return _unknown((), cut)._replace(reading=Reading.EMPTY)
    if bounce := bounces.find(every):
        recipient = bounce.recipient or mentions.of(every).recipient
        server = MailServer(sender=mentions.of(every).server.sender)
        return Explained(
            bounce.outcome, bounce.cause, bounce.reading, server, recipient, bounce.evidence, bounce.status, 0, cut
        )
    verdicts = [verdict for one in excerpt.errors(every, _speaks) if (verdict := _judged(one))]
    own = [verdict for verdict in verdicts if not verdict.follows_another] or verdicts
    own = _once([verdict for verdict in own if not verdict.is_foreign] or own)
    if not own:
        return _unknown(every, cut)
    complete = [verdict for verdict in own if verdict.weight >= 2]
    chosen = (complete or own)[-1]
    return chosen.found._replace(others=len(own) - 1, cut=cut)


def _once(verdicts: list[_Verdict]) -> list[_Verdict]:
    """A library in debug mode prints what it throws, and then it is thrown: without a time they are one."""
    found: list[_Verdict] = []
    for one in verdicts:
        if found and not one.stamped and _said(found[-1]) == _said(one):
            found.pop()
        found.append(one)
    return found


def _said(verdict: _Verdict) -> tuple[Cause, str]:
    outcome = verdict.found.outcome
    return verdict.found.cause, outcome.reply.text if outcome.reply else outcome.evidence


def _speaks(text: str) -> bool:
    return signs.of_line(text) is not None or quoted.in_line(text) is not None


def _judged(lines: tuple[Line, ...]) -> _Verdict | None:
    """What the lines of one error say; None when that is nothing."""
    every = quoted.replies(lines)
    own = [one for one in every if not one.follows_another] or every
    taken = {one.at + n for one in every for n in range(len(one.raw))}
    sign, at = _heaviest(lines, taken)
    if own and (sign is None or sign.weight < _REPLY_WEIGHT):
        return _by_reply(own[-1], lines)
    return _by_sign(sign, at, lines) if sign is not None else None


def _heaviest(lines: tuple[Line, ...], taken: set[int]) -> tuple[Sign | None, int]:
    """Of equally heavy ones the last: the innermost exception is written last."""
    best, where = None, 0
    for at, line in enumerate(lines):
        if at in taken or line.is_frame or line.text.startswith("Suppressed:"):
            continue
        sign = signs.of_line(line.text)
        if sign is not None and (best is None or sign.weight >= best.weight):
            best, where = sign, at
    return best, where


def _by_reply(said: quoted.Quoted, lines: tuple[Line, ...]) -> _Verdict:
    step = said.step or frames.step(lines) or quoted.likely_step(said.reply)
    outcome = Outcome(Result.REJECTED, step, 0.0, reply=said.reply)
    mentioned, cause = mentions.of(lines), of_refusal(outcome, said.reply)
    found = Explained(
        outcome,
        cause,
        Reading.OLD_CLIENT if cause is Cause.TLS_VERSION else None,
        mentioned.server,
        mentioned.recipient,
        said.raw[:_MOST_EVIDENCE],
    )
    return _Verdict(_REPLY_WEIGHT, found, _is_stamped(lines), said.follows_another)


def _by_sign(sign: Sign, at: int, lines: tuple[Line, ...]) -> _Verdict:
    mentioned = mentions.of(lines)
    cause, step, reading = _refined(sign, lines, mentioned)
    fault = _FAULTS.get(cause.value)
    breach = Breach.CLEAR_TEXT_IN_TLS if reading is Reading.CLEAR_IN_TLS else None
    outcome = Outcome(Result.FAILED, step, 0.0, fault, breach, lines[at].text)
    found = Explained(outcome, cause, reading, mentioned.server, mentioned.recipient, (lines[at].raw,))
    foreign = any(line.is_frame for line in lines) and not _ABOUT_MAIL.search("\n".join(line.text for line in lines))
    return _Verdict(sign.weight, found, _is_stamped(lines), is_foreign=foreign)


def _refined(sign: Sign, lines: tuple[Line, ...], mentioned: Mentions) -> tuple[Cause, Step | None, Reading | None]:
    """What the rest of the same error adds: where it happened, and in which mode."""
    if sign.cause in (Cause.TCP_RESET, Cause.CLOSED, Cause.SILENT):
        return _ended(sign.cause, lines, mentioned)
    if sign.cause is Cause.TLS_ON_PLAIN_PORT and _has(lines, "Could not convert socket to TLS"):
        return Cause.PROTOCOL, Step.TLS, Reading.CLEAR_IN_TLS
    if sign.cause is Cause.FROM_INVALID:
        to_recipient = _has(lines, *_TO_RECIPIENT) or _has(lines, "No recipient addresses")
        cause, step = (Cause.RCPT_INVALID, Step.RCPT) if to_recipient else (Cause.FROM_INVALID, Step.MAIL)
        return cause, step, Reading.TYPED_WRONG
    return sign.cause, sign.step, sign.reading


def _ended(cause: Cause, lines: tuple[Line, ...], mentioned: Mentions) -> tuple[Cause, Step | None, Reading | None]:
    """Reset, closed or silent: the same words mean something else while TLS is being agreed on."""
    step = frames.step(lines)
    connecting = _has(lines, "Could not connect to SMTP host") and step in (Step.GREETING, None)
    if frames.in_handshake(lines) or (connecting and cause is Cause.SILENT):
        return (Cause.TLS_SILENT if cause is Cause.SILENT else Cause.TLS_CLOSED), Step.TLS, None
    if _has(lines, "bad greeting", "SMTPConnectError"):
        step = Step.GREETING
    if cause is not Cause.SILENT:
        return cause, step, None
    if mentioned.server.port == 465 and not mentioned.is_smtps and step in (Step.GREETING, None):
        return Cause.PLAIN_ON_TLS_PORT, Step.GREETING, None
    return cause, step or Step.GREETING, None


def _is_stamped(lines: tuple[Line, ...]) -> bool:
    return any(line.stamped for line in lines)


def _has(lines: tuple[Line, ...], *words: str) -> bool:
    return any(word in line.text for line in lines for word in words)


def _unknown(lines: tuple[Line, ...], cut: bool) -> Explained:
    """With the line that looks most like an error: the last that names an exception, or complains at all."""
    said = [line for line in lines if line.text and not line.is_frame]
    named = [line for line in said if "Exception" in line.text or "Error" in line.text]
    like = named or [line for line in said if _ERROR_LIKE.search(line.text)] or said[:1]
    evidence = tuple(line.raw for line in like[-1:])
    outcome = Outcome(Result.UNKNOWN, None, 0.0, evidence=like[-1].text if like else "")
    return Explained(outcome, Cause.UNKNOWN, evidence=evidence, cut=cut)

"""A bounce -> the refusal in it: the fields of RFC 3464, or the words of Postfix, Exim, Sendmail, Exchange, Gmail."""

import re
from binascii import Error as NotBase64
from binascii import a2b_base64, a2b_qp
from typing import NamedTuple

from mailsetup_gui.diagnosis import quoted, signs
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.excerpt import Line
from mailsetup_gui.diagnosis.reading import Reading
from mailsetup_gui.diagnosis.replies import of_refusal
from mailsetup_gui.smtp.events import Outcome, Result, Step
from mailsetup_gui.smtp.reply import Reply

_FIELD = re.compile(
    r"(final-recipient|original-recipient|action|status|diagnostic-code|remote-mta)\s{0,3}:\s{0,3}(.*)", re.IGNORECASE
)
_STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})\b")
_PHRASES = (
    "undelivered mail returned",
    "could not be delivered",
    "couldn't be delivered",
    "wasn't delivered",
    "delivery has failed",
    "delivery status notification",
    "delivery failed",
    "mail delivery system",
    "permanent fatal errors",
    "remote server returned",
    "remote host said:",
    "failure notice",
    "wasn't able to deliver",
    "giving up on",
    "address not found",
    "(in reply to ",
    "transcript of session follows",
    "undeliverable",
    "returned mail",
    "smtp error from remote",
    "unrouteable address",
    "information for administrators",
    "permanently to the following",
    "message blocked",
    "message not delivered",
    "following addresses had",
)
_ENCODED = re.compile(r"(?:^[A-Za-z0-9+/]{40,100}$\n)+(?:^[A-Za-z0-9+/]{1,100}={0,2}$)?", re.MULTILINE)
_PLAIN_WORDS = (
    (
        re.compile(r"(?:domain|host).{0,80}(?:not found|couldn't be found|does ?n.t exist)|unrouteable", re.IGNORECASE),
        "5.1.2",
    ),
    (
        re.compile(
            r"(?:couldn't|could not|cannot|can't) be found|address not found|user unknown|no such user", re.IGNORECASE
        ),
        "5.1.1",
    ),
    (re.compile(r"(?:mailbox|inbox) (?:is )?full|quota", re.IGNORECASE), "5.2.2"),
    (
        re.compile(
            r"(?:message|attachment).{0,40}(?:too (?:large|big)|larger than)|exceeds the .{0,20}size", re.IGNORECASE
        ),
        "5.3.4",
    ),
)
_QMAIL = re.compile(r"\(#([45]\.\d{1,3}\.\d{1,3})\)$")
_NO_DOMAIN = re.compile(
    r"host not found|domain not found|domain name not found|unrouteable|nxdomain|no mx|mx record", re.IGNORECASE
)
_MOST_RAW = 12


class Bounce(NamedTuple):
    """`status`: the enhanced status code of its field; `reply` None where no server's own words are told."""

    outcome: Outcome
    cause: Cause
    status: str
    recipient: str
    evidence: tuple[str, ...]
    reading: Reading | None = None


class _Fields(NamedTuple):
    """What is told of one recipient, and the lines that tell it."""

    recipient: str = ""
    action: str = ""
    status: str = ""
    diagnostic: str = ""
    raw: tuple[str, ...] = ()


def decoded(text: str) -> str:
    """The text with its quoted-printable and base64 parts readable (RFC 2045 6)."""
    lowered = text.lower()
    if "content-transfer-encoding: quoted-printable" in lowered:
        text = a2b_qp(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    if "content-transfer-encoding: base64" in lowered:
        text = _ENCODED.sub(_plain, text.replace("\r\n", "\n"))
    return text


def _plain(found: re.Match[str]) -> str:
    try:
        return a2b_base64(found[0].encode("ascii")).decode("utf-8", "replace") + "\n"
    except NotBase64:
        return found[0]


def find(lines: tuple[Line, ...]) -> Bounce | None:
    """None for what is no bounce, or one whose words say nothing."""
    reports = [one for one in _reports(lines) if one.status or one.diagnostic]
    if reports:
        return _of_report(reports, lines)
    if not any(phrase in line.text.lower().replace("’", "'") for line in lines for phrase in _PHRASES):
        return None
    if any("Exception" in line.text or line.text.startswith("Traceback") for line in lines):
        return None
    return _of_words(lines)


def _reports(lines: tuple[Line, ...]) -> list[_Fields]:
    """One for each recipient (RFC 3464 2.3), folded fields in one line."""
    found: list[_Fields] = []
    now, name = _Fields(), ""
    for line in lines:
        field = _FIELD.match(line.text)
        if not line.text or line.text.startswith("--"):
            name = ""
        elif field is not None:
            name = field[1].lower()
            if name == "final-recipient" and (now.status or now.diagnostic):
                found.append(now)
                now = _Fields()
            now = _with(now, name, field[2].strip(), line.raw)
        elif name == "diagnostic-code" and (line.indented or ":" not in line.text.split(" ", 1)[0]):
            now = now._replace(diagnostic=f"{now.diagnostic} {line.text}"[:4000], raw=(*now.raw, line.raw)[:_MOST_RAW])
        else:
            name = ""
    return [*found, now]


def _with(fields: _Fields, name: str, value: str, raw: str) -> _Fields:
    match name:
        case "final-recipient" | "original-recipient":
            address = value.rpartition(";")[2].strip(" <>")
            return fields._replace(recipient=address if name[0] == "f" or not fields.recipient else fields.recipient)
        case "action":
            return fields._replace(action=value.lower())
        case "status":
            status = _STATUS.search(value)
            return fields._replace(status=status[1], raw=(*fields.raw, raw)[:_MOST_RAW]) if status else fields
        case "diagnostic-code":
            return fields._replace(diagnostic=value, raw=(*fields.raw, raw)[:_MOST_RAW])
    return fields


def _of_report(reports: list[_Fields], lines: tuple[Line, ...]) -> Bounce:
    bad = [one for one in reports if not one.status.startswith("2")]
    chosen = next((one for one in bad if one.action.startswith("failed")), bad[0] if bad else reports[0])
    evidence = chosen.raw[:8]
    if not bad:
        outcome = Outcome(Result.UNKNOWN, None, 0.0, evidence=chosen.status)
        return Bounce(outcome, Cause.UNKNOWN, chosen.status, chosen.recipient, evidence, Reading.DELIVERED)
    reply = _quoted_in(chosen.diagnostic)
    told = " ".join((chosen.diagnostic, *(line.text for line in lines if "in reply to" in line.text)))
    return _judged(reply, chosen.status, chosen.diagnostic, told)._replace(
        recipient=chosen.recipient, evidence=evidence
    )


def _quoted_in(diagnostic: str) -> Reply | None:
    """The reply of several lines that a folded field has in one."""
    reply = quoted.in_line(diagnostic)
    if reply is None:
        return None
    lines = re.split(rf"(?:^|\s){reply.code}[ -]", reply.text)
    return Reply(reply.code, tuple(line.strip() for line in lines if line.strip()))


def _of_words(lines: tuple[Line, ...]) -> Bounce | None:
    """Without fields: the first reply that is quoted, or what the sentences say."""
    unfolded = _unfolded(lines)
    every = quoted.replies(unfolded)
    chosen = next((one for one in every if not one.follows_another), None)
    if chosen is not None:
        found = _judged(chosen.reply, "", chosen.reply.text, unfolded[chosen.at].text, chosen.step)
        return found._replace(evidence=chosen.raw[:8])
    for line in lines:
        text = line.text.replace("’", "'")
        if own := _QMAIL.search(text):
            return _judged(None, own[1], text, "")._replace(evidence=(line.raw,))
        if status := next((code for words, code in _PLAIN_WORDS if words.search(text)), ""):
            return _judged(None, status, text, "")._replace(status="", evidence=(line.raw,))
    return None


def _unfolded(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Postfix and Exim break their sentences into indented lines."""
    found: list[Line] = []
    for line in lines:
        code = re.match(r"[45]\d\d[ -]", line.text)
        goes_on = found and found[-1].text and line.text and line.indented and len(found[-1].text) < 2000
        if goes_on and (not code or found[-1].text.endswith(":")):
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {line.text}", raw=f"{found[-1].raw} {line.raw}")
        else:
            found.append(line)
    return tuple(found)


def _judged(reply: Reply | None, status: str, said: str, told: str, step: Step | None = None) -> Bounce:
    """The field's status code counts where the server's words have none of their own (RFC 3464 2.3.4)."""
    code = reply.code if reply else 450 if status.startswith("4") else 550
    enhanced = reply.enhanced if reply else ""
    fits = status.startswith(str(code)[0]) and not status.endswith(".0.0")
    whole = Reply(code, reply.lines if reply and (enhanced or not fits) else (f"{status} {said}".strip(),))
    where = step or quoted.about(told) or quoted.likely_step(whole)
    where = where if where in (Step.MAIL, Step.RCPT, Step.DATA, Step.GREETING) else Step.RCPT
    outcome = Outcome(Result.REJECTED, where, 0.0, reply=whole)
    cause, reading = of_refusal(outcome, whole), None
    sign = signs.of_line(said) if reply is None else None
    if _NO_DOMAIN.search(said) and (reply is None or whole.enhanced in ("5.4.4", "5.1.2", "4.4.3", "5.4.310")):
        cause = Cause.RCPT_INVALID
    elif sign is not None and sign.step in (Step.CONNECT, Step.RESOLVE, Step.TLS, None):
        cause = Cause.SERVER_BUSY if status.startswith("4") else Cause.RCPT_REFUSED
        reading = Reading.UNDELIVERED
    return Bounce(outcome._replace(reply=reply, evidence=said), cause, status, "", (), reading)

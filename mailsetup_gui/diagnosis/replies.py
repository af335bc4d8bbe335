"""A server's no -> its cause: by step, code and enhanced status code first, by text only to refine."""

from __future__ import annotations

import re

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp.events import Note, Outcome, Step
from mailsetup_gui.smtp.reply import Reply

_STARTTLS = re.compile(r"starttls|encrypt|tls", re.IGNORECASE)
_TOO_MANY = re.compile(r"too many|rate limit|(limit|quota|rate) exceeded|throttl", re.IGNORECASE)
_NO_BASIC = re.compile(r"basic authentication|smtpclientauthentication is disabled", re.IGNORECASE)
_WRONG_PASSWORD = re.compile(r"credentials were incorrect", re.IGNORECASE)
_APP_PASSWORD = re.compile(r"application-specific password|app(lication)? password", re.IGNORECASE)
_SENDER = re.compile(r"sender", re.IGNORECASE)
_UNKNOWN_USER = re.compile(r"user unknown|unknown user|no such (user|recipient|mailbox)|does not exist", re.IGNORECASE)
_NOT_SIGNED_IN = re.compile(
    r"client (was |is )?not authenticated|unauthenticated senders|authentication (is )?required"
    r"|(authenticate|send auth.*) first",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(r"access denied|authenticat|not logged|log ?in", re.IGNORECASE)

_PROVIDERS_OWN = (
    (
        re.compile(
            r"(not|match) a verified|(address(es)?|identity) (is |are )?not verified|relaying disallowed as"
            r"|sender address is not allowed|not one of your addresses|not authori[sz]ed to send from"
            r"|not a sender signature",
            re.IGNORECASE,
        ),
        Cause.FROM_NOT_OWNED,
    ),
    (re.compile(r"outgoing blocked|unauthori[sz]ed ip", re.IGNORECASE), Cause.POLICY),
    (
        re.compile(r"daily .*limit exceeded|credits exceeded|exceeded your messaging limits", re.IGNORECASE),
        Cause.RATE_LIMITED,
    ),
)
"""Wordings of SES, SendGrid, Zoho, GMX, iCloud, Fastmail, Yahoo, Brevo and Google, whose codes mislead."""

_TELLING = (
    (re.compile(r"gr[ea]y[- ]?list", re.IGNORECASE), Cause.GREYLISTED),
    (re.compile(r"relay|rcpthosts", re.IGNORECASE), Cause.RELAY_DENIED),
    (re.compile(r"\b(helo|ehlo)\b.*(reject|invalid)|invalid (helo|ehlo)", re.IGNORECASE), Cause.EHLO_REFUSED),
    (re.compile(r"not owned|send ?as|permissions? to send as", re.IGNORECASE), Cause.FROM_NOT_OWNED),
    (
        re.compile(r"\b(spf|dkim|dmarc|dnsbl|rbl)\b|(block|black) ?list|blocked using|from this ip", re.IGNORECASE),
        Cause.POLICY,
    ),
)
"""Words that tell the cause at whatever step and with whatever code they come: servers put refusals off to RCPT."""

_ENHANCED = {
    "1.1": Cause.RCPT_UNKNOWN_USER,
    "1.10": Cause.RCPT_UNKNOWN_USER,
    "1.2": Cause.RCPT_INVALID,
    "1.3": Cause.RCPT_INVALID,
    "1.7": Cause.FROM_INVALID,
    "1.8": Cause.FROM_INVALID,
    "2.2": Cause.RCPT_REFUSED,
    "2.252": Cause.FROM_NOT_OWNED,
    "3.1": Cause.STORAGE,
    "3.4": Cause.TOO_LARGE,
    "4.5": Cause.RATE_LIMITED,
    **dict.fromkeys(("7.20", "7.21", "7.22", "7.23", "7.24", "7.25", "7.26", "7.509"), Cause.POLICY),
    "7.30": Cause.BASIC_DISABLED,
    "7.51": Cause.POLICY,
    "7.54": Cause.RELAY_DENIED,
    "7.64": Cause.RELAY_DENIED,
    "7.68": Cause.RELAY_DENIED,
    "7.57": Cause.AUTH_REQUIRED,
    "7.60": Cause.FROM_NOT_OWNED,
    "7.139": Cause.BASIC_DISABLED,
}
"""Subject and detail of RFC 3463 and of Exchange; they outweigh the step at which a server chose to answer."""


def of_refusal(outcome: Outcome, reply: Reply) -> Cause:
    """The cause of a REJECTED outcome."""
    match outcome.step:
        case Step.GREETING:
            return Cause.BUSY if reply.temporary else Cause.GREETING_REFUSED
        case Step.EHLO:
            return Cause.BUSY if reply.temporary else Cause.EHLO_REFUSED
        case Step.STARTTLS:
            return Cause.STARTTLS_REFUSED
        case Step.AUTH:
            return _sign_in(reply)
        case _:
            found = _transaction(outcome.step, reply, bool(outcome.mechanisms) and not outcome.authenticated)
    unsigned = Note.NOT_SIGNED_IN in outcome.notes
    return Cause.AUTH_NOT_OFFERED if unsigned and found in (Cause.AUTH_REQUIRED, Cause.RELAY_DENIED) else found


def _sign_in(reply: Reply) -> Cause:
    if _WRONG_PASSWORD.search(reply.text):  # Exchange says 5.7.139 for that too
        return Cause.AUTH_REFUSED
    if own := _providers_own(reply):
        return own
    if _detail(reply) in ("7.139", "7.30") or _NO_BASIC.search(reply.text):
        return Cause.BASIC_DISABLED
    if (reply.code == 534 and _detail(reply) in ("7.9", "7.14")) or _APP_PASSWORD.search(reply.text):
        return Cause.APP_PASSWORD_REQUIRED
    if reply.code in (523, 538) or (reply.code == 530 and _STARTTLS.search(reply.text)):
        return Cause.AUTH_NEEDS_TLS
    if reply.temporary:
        return Cause.TOO_MANY_ATTEMPTS if reply.code == 421 or _TOO_MANY.search(reply.text) else Cause.AUTH_TEMPORARY
    return Cause.TOO_MANY_ATTEMPTS if _TOO_MANY.search(reply.text) else Cause.AUTH_REFUSED


def _transaction(step: Step | None, reply: Reply, could_sign_in: bool) -> Cause:
    if reply.code == 530 or _NOT_SIGNED_IN.search(reply.text):
        return Cause.AUTH_NEEDS_TLS if _STARTTLS.search(reply.text) else Cause.AUTH_REQUIRED
    if own := _providers_own(reply):
        return own
    if known := _ENHANCED.get(_detail(reply)):
        return known
    if told := next((cause for words, cause in _TELLING if words.search(reply.text)), None):
        return told
    if reply.temporary:
        return _temporary(reply)
    if step is Step.DATA and _detail(reply).startswith("7."):
        return Cause.POLICY
    if reply.code == 552:
        return Cause.TOO_LARGE
    return Cause.DATA_REFUSED if step is Step.DATA else _address(step, reply, could_sign_in)


def _temporary(reply: Reply) -> Cause:
    if reply.code == 452 and "recipients" not in reply.text:
        return Cause.STORAGE
    limited = _TOO_MANY.search(reply.text) or (_detail(reply).startswith("7.") and "rate" in reply.text.lower())
    return Cause.RATE_LIMITED if limited else Cause.SERVER_BUSY


def _address(step: Step | None, reply: Reply, could_sign_in: bool) -> Cause:
    """MAIL or RCPT: servers answer for the sender at RCPT too, so the text decides before the step does."""
    if _detail(reply) == "7.1" and could_sign_in and _SIGN_IN.search(reply.text):
        return Cause.AUTH_REQUIRED
    if step is Step.MAIL or _SENDER.search(reply.text):
        return Cause.FROM_REFUSED
    unknown = _detail(reply) == "4.1" or _UNKNOWN_USER.search(reply.text)  # 5.4.1: Exchange Online's unknown recipient
    return Cause.RCPT_UNKNOWN_USER if unknown else Cause.RCPT_REFUSED


def _providers_own(reply: Reply) -> Cause | None:
    return next((cause for words, cause in _PROVIDERS_OWN if words.search(reply.text)), None)


def _detail(reply: Reply) -> str:
    """An enhanced status code without its class: 5.7.1 -> 7.1; '' when the server sent none."""
    return reply.enhanced.partition(".")[2]

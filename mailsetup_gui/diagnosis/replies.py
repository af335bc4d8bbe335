"""A server's no -> its cause: by step, code and enhanced status code first, by text only to refine."""

from __future__ import annotations

import re

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp.events import Note, Outcome, Step
from mailsetup_gui.smtp.reply import Reply

_STARTTLS = re.compile(r"starttls|encrypt|tls", re.IGNORECASE)
_TOO_MANY = re.compile(
    r"too many|rate limit|(limit|quota|rate) exceeded|throttl|sending (rate|limit|quota)|(daily|message) quota"
    r"|at a rate|too (quickly|fast)|too much mail",
    re.IGNORECASE,
)
_LOCKED = re.compile(r"too many (failed|bad|login|log-in|auth|invalid|sign)", re.IGNORECASE)
_WRONG_PASSWORD = re.compile(
    r"credentials were incorrect|incorrect (user|password)|invalid (user|password)", re.IGNORECASE
)
_NO_MECHANISM = re.compile(r"(unrecogni[sz]ed|unsupported|unknown) (authentication|auth)|mechanism", re.IGNORECASE)
_OLD_TLS = re.compile(
    r"\btls ?v?1\.[01]\b.{0,60}not (supported|allowed|accepted)|support tls ?v?1\.[23]", re.IGNORECASE
)
_CLIENT_CERTIFICATE = re.compile(r"client certificate", re.IGNORECASE)
_HELO = re.compile(r"\b(helo|ehlo)\b.{0,200}(reject|invalid|refuse|denied)|invalid (helo|ehlo)", re.IGNORECASE)
_FULL = re.compile(
    r"(mailbox|inbox).{0,20}full|over ?quota|quota exceeded|out of storage|insufficient disk", re.IGNORECASE
)
_AWAY = re.compile(r"mailbox.{0,30}(busy|unavailable|disabled|locked|inactive)", re.IGNORECASE)
_NO_BASIC = re.compile(r"basic authentication|smtpclientauthentication is disabled", re.IGNORECASE)
_APP_PASSWORD = re.compile(r"application-specific password|app(lication)? password", re.IGNORECASE)
_SENDER = re.compile(r"sender", re.IGNORECASE)
_UNKNOWN_USER = re.compile(
    r"(user|recipient|address|account|mailbox) (is )?unknown|unknown (user|recipient|local|or illegal|address)"
    r"|no such (user|recipient|mailbox|address|person)|no mailbox (here )?by that name|does(n't| not) exist"
    r"|(recipient|user|mailbox|address) (was )?not found|recip(ient)?notfound|not a valid mailbox"
    r"|invalid (recipient|mailbox)"
    r"|couldn't be found|unrouteable address",
    re.IGNORECASE,
)
_NOT_SIGNED_IN = re.compile(
    r"(client|user|session|sender) (was |is )?not authenticated|unauthenticated senders|authentication (is )?required"
    r"|(authenticate|send auth.{0,40}) first"
    r"|address rejected: not logged in|unauthenticated (sender|user|mail)|(log|sign) in (first|before)"
    r"|not permitted without authentication",
    re.IGNORECASE,
)
_RESTRICTED = re.compile(r"resolver\.rst\.|restrict.{0,60}recipient", re.IGNORECASE)
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
        re.compile(r"daily .{0,60}limit exceeded|credits exceeded|exceeded your messaging limits", re.IGNORECASE),
        Cause.RATE_LIMITED,
    ),
)
"""Wordings of SES, SendGrid, Zoho, GMX, iCloud, Fastmail, Yahoo, Brevo and Google, whose codes mislead."""
_TLS_WANTED = re.compile(
    r"\b(tls|ssl|encryption|starttls)( is)? required|must issue a starttls|use starttls", re.IGNORECASE
)
_WANTED = (
    (_RESTRICTED, Cause.RCPT_REFUSED),
    (_TLS_WANTED, Cause.AUTH_NEEDS_TLS),
    (re.compile(r"no valid recipients", re.IGNORECASE), Cause.RCPT_REFUSED),
)

_TELLING = (
    (re.compile(r"sender address rejected: (need fully|domain)", re.IGNORECASE), Cause.FROM_INVALID),
    (re.compile(r"recipient address rejected: (need fully|domain)", re.IGNORECASE), Cause.RCPT_INVALID),
    (re.compile(r"gr[ea]y[- ]?list", re.IGNORECASE), Cause.GREYLISTED),
    (re.compile(r"relay|rcpthosts", re.IGNORECASE), Cause.RELAY_DENIED),
    (_HELO, Cause.EHLO_REFUSED),
    (
        re.compile(
            r"not owned|send ?as|permissions? to send as|on behalf of|not verified|verified sender"
            r"|must (be|equal|match|be same).{0,60}(auth|user|login|account)"
            r"|not (allowed|authori[sz]ed|permitted) to (send|use).{0,60}(from|as|sender|address)",
            re.IGNORECASE,
        ),
        Cause.FROM_NOT_OWNED,
    ),
    (
        re.compile(
            r"\b(spf|dkim|dmarc|dnsbl|rbl|spamhaus|ptr|reverse dns)\b|(block|black|deny) ?list|blocked using"
            r"|from this ip|unsolicited|likely spam|reputation|listed (at|in|by|on)|sender policy"
            r"|network is on our block",
            re.IGNORECASE,
        ),
        Cause.POLICY,
    ),
)
"""Words that tell the cause at whatever step and with whatever code they come: servers put refusals off to RCPT."""

_ENHANCED = {
    "1.1": Cause.RCPT_UNKNOWN_USER,
    "1.10": Cause.RCPT_UNKNOWN_USER,
    "1.6": Cause.RCPT_UNKNOWN_USER,
    **dict.fromkeys(("1.2", "1.3", "4.4", "4.310"), Cause.RCPT_INVALID),
    "1.7": Cause.FROM_INVALID,
    "1.8": Cause.FROM_INVALID,
    "2.2": Cause.RCPT_REFUSED,
    "2.252": Cause.FROM_NOT_OWNED,
    "3.1": Cause.STORAGE,
    "2.3": Cause.TOO_LARGE,
    "3.4": Cause.TOO_LARGE,
    "4.5": Cause.RATE_LIMITED,
    **dict.fromkeys(("7.20", "7.21", "7.22", "7.23", "7.24", "7.25", "7.26", "7.27", "7.509", "7.708"), Cause.POLICY),
    **dict.fromkeys(("7.124", "7.129", "7.133", "7.134", "7.135"), Cause.RCPT_REFUSED),
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
    if _detail(reply) == "7.66" or _OLD_TLS.search(reply.text):
        return Cause.TLS_VERSION  # Exchange Online says so at whatever step it noticed
    if _CLIENT_CERTIFICATE.search(reply.text):
        return Cause.TLS_CLIENT_CERTIFICATE  # Postfix says so at the next command
    match outcome.step:
        case Step.GREETING:
            return Cause.BUSY if reply.temporary else Cause.GREETING_REFUSED
        case Step.EHLO:
            return Cause.BUSY if reply.temporary and not _HELO.search(reply.text) else Cause.EHLO_REFUSED
        case Step.STARTTLS:
            crowded = reply.code == 421 and _TOO_MANY.search(reply.text)
            return Cause.BUSY if crowded or _shuts_down(reply) else Cause.STARTTLS_REFUSED
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
    wanted = _TLS_WANTED if reply.code != 530 else _STARTTLS
    if reply.code in (523, 538) or wanted.search(reply.text):
        return Cause.AUTH_NEEDS_TLS
    if reply.code == 504 or (_detail(reply) in ("7.4", "5.4") and _NO_MECHANISM.search(reply.text)):
        return Cause.NO_COMMON_MECHANISM
    if _LOCKED.search(reply.text):
        return Cause.TOO_MANY_ATTEMPTS
    if _shuts_down(reply):
        return Cause.BUSY
    if reply.temporary:
        return Cause.TOO_MANY_ATTEMPTS if reply.code == 421 or _TOO_MANY.search(reply.text) else Cause.AUTH_TEMPORARY
    return Cause.TOO_MANY_ATTEMPTS if _TOO_MANY.search(reply.text) else Cause.AUTH_REFUSED


def _shuts_down(reply: Reply) -> bool:
    """421 may come at any time and is then no answer to what was asked (RFC 5321 3.8), unless it tells otherwise."""
    tells = _detail(reply).startswith("7.") or _TOO_MANY.search(reply.text) or _STARTTLS.search(reply.text)
    return reply.code == 421 and not tells


def _transaction(step: Step | None, reply: Reply, could_sign_in: bool) -> Cause:
    if wanted := next((cause for words, cause in _WANTED if words.search(reply.text)), None):
        return wanted
    if reply.code == 530 or _NOT_SIGNED_IN.search(reply.text):
        return Cause.AUTH_NEEDS_TLS if _STARTTLS.search(reply.text) else Cause.AUTH_REQUIRED
    told = next((cause for words, cause in _TELLING if words.search(reply.text)), None)
    if known := _providers_own(reply) or _ENHANCED.get(_detail(reply)) or told:
        return known
    if _FULL.search(reply.text):
        return Cause.RCPT_REFUSED
    if reply.temporary:
        unknown = step is Step.RCPT and _UNKNOWN_USER.search(reply.text)  # of a server that only rehearses refusals
        return Cause.RCPT_UNKNOWN_USER if unknown else _temporary(reply)
    if _TOO_MANY.search(reply.text):
        return Cause.RATE_LIMITED
    if step is Step.DATA and _detail(reply).startswith("7."):
        return Cause.POLICY
    if reply.code == 552:
        return Cause.TOO_LARGE
    return Cause.DATA_REFUSED if step is Step.DATA else _address(step, reply, could_sign_in)


def _temporary(reply: Reply) -> Cause:
    if reply.code == 452 and "recipients" not in reply.text:
        return Cause.STORAGE
    if _detail(reply) == "2.1" and not _AWAY.search(reply.text):
        return Cause.RATE_LIMITED  # Gmail: the recipient gets mail faster than it may
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


_QMAIL = re.compile(r"\(#[245]\.([0-9]{1,3}\.[0-9]{1,3})\)")


def _detail(reply: Reply) -> str:
    """An enhanced status code without its class: 5.7.1 -> 7.1; '' when the server sent none. qmail sends it last."""
    if enhanced := reply.enhanced:
        return enhanced.partition(".")[2]
    found = _QMAIL.search(reply.text)
    return found[1] if found else ""

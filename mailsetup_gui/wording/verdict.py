"""The outcome card: one title, why, what to do, what it was not; the same for the window, the terminal and scripts."""

import time
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.diagnosis.trusting import JavaSays
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Breach, Outcome, Peer, Result, Step, TlsStarted
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.text import milliseconds, moment, step_name

if TYPE_CHECKING:
    from mailsetup_gui.diagnosis.trusting import Finding
    from mailsetup_gui.wording.advice import Advised
    from mailsetup_gui.wording.reaching import Words

_UNTIL = {
    Step.CONNECT: "The connection",
    Step.EHLO: "Everything up to EHLO",
    Step.TLS: "Everything up to TLS",
    Step.AUTH: "Everything up to the sign-in",
    Step.RCPT: "Everything up to the recipient",
}
_PROTOCOLS = (
    ("HTTP/", " but as a web server"),
    ("<", " but as a web server"),
    ("SSH-", " but as SSH"),
    ("* OK", " but as IMAP"),
    ("* PREAUTH", " but as IMAP"),
    ("* BYE", " but as IMAP"),
    ("+OK", " but as POP3"),
    ("-ERR", " but as POP3"),
    ("RFB ", " but as VNC"),
    ("200 ", " but as a news server (NNTP)"),
    ("201 ", " but as a news server (NNTP)"),
    ("220", " but as FTP"),
    ('"IMPLEMENTATION"', " but as ManageSieve"),
)
MAY_HAVE_ARRIVED = "Whether the message will be delivered is not known: look in the inbox before sending again."


class Card(NamedTuple):
    """Plain text throughout; `mood` is ok, warn or fail. `evidence`: what was seen, a line each, as it came;
    `changes`: what is not as it was when it last worked."""

    mood: str
    title: str
    why: str
    fixes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


class Told(NamedTuple):
    """All that the sentences draw on. `offered`: the keywords of the last EHLO reply."""

    outcome: Outcome
    server: MailServer
    recipient: str = ""
    subject: str = ""
    tls: TlsStarted | None = None
    anchors: str = "this system's own"
    took: float = 0.0
    read_back: bool = False
    finding: "Finding | None" = None
    java: JavaSays = JavaSays()
    proof: str = ""
    advised: "Advised | None" = None
    offered: str = ""


def card(told: Told, diagnosis: Diagnosis) -> Card:
    if diagnosis.cause is None and not diagnosis.warnings:
        return Card("ok", *_success(told))
    values = _values(told)
    warnings = tuple(f"{t}. {w}" for t, w, _ in (_filled(c, values) for c in diagnosis.warnings))
    ruled_out = tuple(_filled(c, values)[0] for c in diagnosis.ruled_out)
    if diagnosis.cause is None:
        return Card("warn", *_success(told), (), warnings)
    unstarted = told.outcome.step is None and diagnosis.cause in (Cause.FROM_INVALID, Cause.RCPT_INVALID)
    title, why, fixes = _filled(Cause.SETTINGS_INVALID if unstarted else diagnosis.cause, values)
    if told.advised is not None:
        why, fixes = told.advised.before(why, fixes)
    if told.outcome.result is Result.UNKNOWN:
        title, why = f"Unknown: {title[0].lower()}{title[1:]}", f"{why} {MAY_HAVE_ARRIVED}"
    from mailsetup_gui.wording import evidence  # loads only for who has something to complain of

    mood = "warn" if told.outcome.result is Result.UNKNOWN else "fail"
    return Card(mood, title, why, fixes, warnings, ruled_out, evidence.lines(told, diagnosis.cause))


def ruled_out_words(causes: tuple[Cause, ...]) -> str:
    """What it was not, as short as the card wants it."""
    return " · ".join(_SHORT[c] for c in causes if c in _SHORT)


_SHORT = {
    Cause.DNS_NOT_FOUND: "host name",
    Cause.TCP_REFUSED: "port",
    Cause.TCP_TIMEOUT: "firewall",
    Cause.NOT_SMTP: "another protocol",
    Cause.PLAIN_ON_TLS_PORT: "SMTP or SMTPS",
    Cause.EHLO_REFUSED: "EHLO name",
    Cause.STARTTLS_NOT_OFFERED: "STARTTLS offered",
    Cause.MISSING_INTERMEDIATE: "missing intermediate",
    Cause.TLS_CIPHER: "cipher suites",
    Cause.STORE_MISSING: "truststore's path",
    Cause.STORE_PASSWORD: "truststore's password",
    Cause.RELAY_DENIED: "relaying",
    Cause.UNTRUSTED_ROOT: "certificate trust",
    Cause.EXPIRED: "expired certificate",
    Cause.TLS_VERSION: "TLS version",
    Cause.NAME_MISMATCH: "name in the certificate",
    Cause.AUTH_REFUSED: "sign-in",
    Cause.FROM_REFUSED: "sender",
    Cause.RCPT_UNKNOWN_USER: "recipient",
}


def _filled(cause: Cause, values: dict[str, str]) -> "Words":
    from mailsetup_gui.wording.catalogue import CATALOGUE  # a test without a complaint needs none of these words

    title, why, fixes = CATALOGUE[cause]
    return (
        title.format_map(values),
        why.format_map(values),
        tuple(f for f in (x.format_map(values) for x in fixes) if f),
    )


def _success(told: Told) -> tuple[str, str]:
    outcome, host = told.outcome, shown(told.server.hostname)
    secured = f"{told.tls.version} (trusted by {told.anchors})" if told.tls and outcome.encrypted else "In clear text"
    signed = f"signed in as {shown(told.server.username)}" if outcome.authenticated else "without signing in"
    if told.tls is not None and not told.tls.version:
        return "Java accepts this chain", f"It leads to {told.anchors}, by Java's rules. No server was asked."
    if outcome.until is not None:
        return f"{_UNTIL[outcome.until]} works", f"{host}: {secured}, {signed}. Nothing was sent."
    name = f" as “{queue_id(outcome)}”" if queue_id(outcome) else ""
    if told.read_back:
        proof = "It was read back from the inbox of the built-in server and is equal to what was sent."
        return f"{host} accepted the message{name}", f"{secured}, {signed}. {proof}"
    return (
        f"{host} accepted the message{name}",
        f"{secured}, {signed}. Delivery to {shown(told.recipient)} is not proven: look in the inbox for “{shown(told.subject)}”.",
    )


def queue_id(outcome: Outcome) -> str:
    """What the server called the message in its reply to the final dot, as far as its usual wordings tell."""
    words = shown(outcome.reply.text).replace("<", " ").replace(">", " ").split() if outcome.reply else []
    for before in ("as", "id", "id="):
        if before in words[:-1]:
            return words[words.index(before) + 1].rstrip(".,;")
    return next((w.partition("=")[2] for w in words if w.startswith("id=")), "")


def spoken_protocol(first_words: str) -> str:
    """` (a web server)`; '' where they are of no protocol that is known."""
    return next((name for sign, name in _PROTOCOLS if first_words.startswith(sign)), "")


def _values(told: Told) -> dict[str, str]:
    from mailsetup_gui.wording import circumstances

    outcome, server, peer = told.outcome, told.server, told.tls.peer if told.tls else Peer()
    own = outcome.step is None  # our own words, several lines of them; a server's evidence is one line
    evidence = "\n".join(map(shown, outcome.evidence.split("\n"))) if own else shown(outcome.evidence)
    reply = shown(f"{outcome.reply.code} {outcome.reply.text}".strip()) if outcome.reply else ""
    return {
        "host": shown(server.hostname),
        "port": str(server.effective_port),
        "user": shown(server.username),
        "sender": shown(server.sender),
        "recipient": shown(told.recipient),
        "step": step_name(outcome.step) if outcome.step else "the start",
        "took": milliseconds(told.took),
        "evidence": evidence or "no further word",
        "said": f": “{evidence}”" if evidence else "",
        "reply": reply,
        "interceptor": "",
        "inside": " inside TLS" if outcome.breach is Breach.INSIDE_TLS else "",
        "basic_ends": told.advised.basic_ends if told.advised else "",
        "protocol": spoken_protocol(outcome.evidence),
        "middlebox": f"; “{evidence}” in its place shows a firewall that overwrites it" if evidence else "",
        "before_tls": "" if outcome.encrypted else " on this unencrypted connection",
        "nothing_sent": "Nothing was handed over." if outcome.result is Result.CANCELLED else "",
        **circumstances.values(told, reply),
        **_certificate_values(told, peer),
    }


def _certificate_values(told: Told, peer: Peer) -> dict[str, str]:
    chain = told.tls.chain if told.tls else ()
    refused = chain and told.tls and not told.tls.trusted
    finding = told.finding
    missing = str(finding.missing) if finding and finding.missing else peer.issuer
    blamed = finding.blamed if finding else None
    return {
        "subject": shown(peer.subject) or "no subject",
        "last_issuer": shown(missing),
        "sent": f"{len(chain)} certificate{'' if len(chain) == 1 else 's'}",
        "names": ", ".join(shown(n) for n in peer.names[:10]) or shown(peer.subject) or "nothing",
        "blamed": shown(str(blamed.subject)) if blamed else shown(peer.subject) or "no subject",
        "not_before": moment(blamed.not_before) if blamed else shown(peer.not_before),
        "not_after": moment(blamed.not_after) if blamed else shown(peer.not_after),
        "clock": time.strftime("%Y-%m-%d %H:%M:%S %z"),
        "anchors": told.anchors,
        "fingerprint": fingerprint(chain[0]) if refused else "",
        "says": f"Java {shown(told.java.version)} said" if told.java.proved else "Java will say (predicted)",
        "java": java_sentence(told.java.message) or "accepted",
        "proof": shown(told.proof),
        "incomplete": ""
        if not finding or not finding.missing or finding.chain.complete
        else _INCOMPLETE.format(issuer=shown(missing)),
        "namesake": _NAMESAKE if finding and finding.namesake else "",
    }


_INCOMPLETE = "If “{issuer}” is an intermediate CA below a root that is trusted, have the mail server send it."
_NAMESAKE = " A certificate of the same name with another key is among them: it was renewed, or it is another CA."


def java_sentence(message: str) -> str:
    """Java's exception text without the names of its classes."""
    import re

    return shown(re.sub(r"\b(?:[a-z0-9]+\.)+[A-Z]\w+: ", "", message))


def fingerprint(der: bytes) -> str:
    """SHA-256 in groups of four."""
    import hashlib

    digits = hashlib.sha256(der).hexdigest().upper()
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))

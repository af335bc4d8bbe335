"""The outcome card: one title, why, what to do, what it was not; the same for the window, the terminal and scripts."""

from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.diagnosis.trusting import JavaSays
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Breach, Outcome, Peer, Result, Step, TlsStarted
from mailsetup_gui.wording.dates import moment, now, of_peer
from mailsetup_gui.wording.harmless import java_sentence, shown
from mailsetup_gui.wording.language import IS_ENGLISH, _, counted
from mailsetup_gui.wording.text import milliseconds, step_name

if TYPE_CHECKING:
    from mailsetup_gui.diagnosis.trusting import Finding
    from mailsetup_gui.wording.advice import Advised
    from mailsetup_gui.wording.reaching import Words

_UNTIL = {
    Step.CONNECT: _("The connection"),
    Step.EHLO: _("Everything up to EHLO"),
    Step.TLS: _("Everything up to TLS"),
    Step.AUTH: _("Everything up to the sign-in"),
    Step.RCPT: _("Everything up to the recipient"),
}
_PROTOCOLS = (
    ("HTTP/", _(" but as a web server")),
    ("<", _(" but as a web server")),
    ("SSH-", _(" but as SSH")),
    ("* OK", _(" but as IMAP")),
    ("* PREAUTH", _(" but as IMAP")),
    ("* BYE", _(" but as IMAP")),
    ("+OK", _(" but as POP3")),
    ("-ERR", _(" but as POP3")),
    ("RFB ", _(" but as VNC")),
    ("200 ", _(" but as a news server (NNTP)")),
    ("201 ", _(" but as a news server (NNTP)")),
    ("220", _(" but as FTP")),
    ('"IMPLEMENTATION"', _(" but as ManageSieve")),
)
MAY_HAVE_ARRIVED = _("Whether the message will be delivered is not known: look in the inbox before sending again.")


class Card(NamedTuple):
    """Plain text throughout; `mood` is ok, warn or fail. `evidence`: what was seen, a line each, as it came;
    `changes`: what is not as it was when it last worked, at `last_worked` (ISO, '' where that is not known)."""

    mood: str
    title: str
    why: str
    fixes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    last_worked: str = ""


class Told(NamedTuple):
    """All that the sentences draw on. `offered`: the keywords of the last EHLO reply."""

    outcome: Outcome
    server: MailServer
    recipient: str = ""
    subject: str = ""
    tls: TlsStarted | None = None
    anchors: str = _("this system's own")
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
    aside = values | {"then_refused": ""}
    warnings = tuple(f"{t}. {w}" for t, w, _ in (_filled(c, aside) for c in diagnosis.warnings))
    ruled_out = tuple(_filled(c, values)[0] for c in diagnosis.ruled_out)
    if diagnosis.cause is None:
        return Card("warn", *_success(told), (), warnings)
    unstarted = told.outcome.step is None and diagnosis.cause in (Cause.FROM_INVALID, Cause.RCPT_INVALID)
    title, why, fixes = _filled(Cause.SETTINGS_INVALID if unstarted else diagnosis.cause, values)
    if told.advised is not None:
        why, fixes = told.advised.before(why, fixes)
    if told.outcome.result is Result.UNKNOWN:
        title = title[0].lower() + title[1:] if IS_ENGLISH else title  # German nouns keep their capital
        title, why = _("Unknown: {title}").format(title=title), f"{why} {MAY_HAVE_ARRIVED}"
    from mailsetup_gui.wording import evidence  # loads only for who has something to complain of

    mood = "warn" if told.outcome.result is Result.UNKNOWN else "fail"
    return Card(mood, title, why, fixes, warnings, ruled_out, evidence.lines(told, diagnosis.cause))


def ruled_out_words(causes: tuple[Cause, ...]) -> str:
    """What it was not, as short as the card wants it."""
    return " · ".join(_SHORT[c] for c in causes if c in _SHORT)


_SHORT = {
    Cause.DNS_NOT_FOUND: _("host name"),
    Cause.TCP_REFUSED: _("port"),
    Cause.TCP_TIMEOUT: _("firewall"),
    Cause.NOT_SMTP: _("another protocol"),
    Cause.PLAIN_ON_TLS_PORT: _("SMTP or SMTPS"),
    Cause.EHLO_REFUSED: _("EHLO name"),
    Cause.STARTTLS_NOT_OFFERED: _("STARTTLS offered"),
    Cause.MISSING_INTERMEDIATE: _("missing intermediate"),
    Cause.TLS_CIPHER: _("cipher suites"),
    Cause.STORE_MISSING: _("truststore's path"),
    Cause.STORE_PASSWORD: _("truststore's password"),
    Cause.RELAY_DENIED: _("relaying"),
    Cause.UNTRUSTED_ROOT: _("certificate trust"),
    Cause.EXPIRED: _("expired certificate"),
    Cause.TLS_VERSION: _("TLS version"),
    Cause.NAME_MISMATCH: _("name in the certificate"),
    Cause.AUTH_REFUSED: _("sign-in"),
    Cause.FROM_REFUSED: _("sender"),
    Cause.RCPT_UNKNOWN_USER: _("recipient"),
}


def _filled(cause: Cause, values: dict[str, str]) -> "Words":
    from mailsetup_gui.wording.catalogue import (  # a test without a complaint needs none of these words
        CATALOGUE,
        IMPORT,
        TRUST,
    )

    title, why, fixes = CATALOGUE[cause]
    values = {**values, "trust": TRUST.format_map(values), "how": IMPORT}
    return (
        title.format_map(values),
        why.format_map(values),
        tuple(f for f in (x.format_map(values) for x in fixes) if f),
    )


def _success(told: Told) -> tuple[str, str]:
    outcome, host = told.outcome, shown(told.server.hostname)
    secured = (
        _("{version} (trusted by {anchors})").format(version=told.tls.version, anchors=told.anchors)
        if told.tls and outcome.encrypted
        else _("In clear text")
    )
    signed = (
        _("signed in as {username}").format(username=shown(told.server.username))
        if outcome.authenticated
        else _("without signing in")
    )
    if told.tls is not None and not told.tls.version:
        return _("Java accepts this chain"), _("It leads to {anchors}, by Java's rules. No server was asked.").format(
            anchors=told.anchors
        )
    if outcome.until is not None:
        return _("{part} works").format(part=_UNTIL[outcome.until]), _(
            "{host}: {secured}, {signed}. Nothing was sent."
        ).format(host=host, secured=secured, signed=signed)
    name = _(" as “{outcome}”").format(outcome=queue_id(outcome)) if queue_id(outcome) else ""
    if told.read_back:
        proof = _("It was read back from the inbox of the built-in server and is equal to what was sent.")
        return _("{host} accepted the message{name}").format(host=host, name=name), f"{secured}, {signed}. {proof}"
    return (
        _("{host} accepted the message{name}").format(host=host, name=name),
        _("{secured}, {signed}. Delivery to {recipient} is not proven: look in the inbox for “{subject}”.").format(
            secured=secured, signed=signed, recipient=shown(told.recipient), subject=shown(told.subject)
        ),
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
        "step": step_name(outcome.step) if outcome.step else _("the start"),
        "took": milliseconds(told.took),
        "evidence": evidence or _("no further word"),
        "said": f": “{evidence}”" if evidence else "",
        "reply": reply,
        "inside": _(" inside TLS") if outcome.breach is Breach.INSIDE_TLS else "",
        "basic_ends": told.advised.basic_ends if told.advised else "",
        "protocol": spoken_protocol(outcome.evidence),
        "middlebox": _("; “{evidence}” in its place shows a firewall that overwrites it").format(evidence=evidence)
        if evidence
        else "",
        "before_tls": "" if outcome.encrypted else _(" on this unencrypted connection"),
        "nothing_sent": _("Nothing was handed over.") if outcome.result is Result.CANCELLED else "",
        **circumstances.values(told, reply),
        **_certificate_values(told, peer),
        **_interception_values(told.finding),
    }


def _interception_values(finding: "Finding | None") -> dict[str, str]:
    from mailsetup_gui.wording import intercepting

    return intercepting.values(finding.interception if finding else None)


def _certificate_values(told: Told, peer: Peer) -> dict[str, str]:
    chain = told.tls.chain if told.tls else ()
    refused = chain and told.tls and not told.tls.trusted
    finding = told.finding
    missing = str(finding.missing) if finding and finding.missing else peer.issuer
    blamed = finding.blamed if finding else None
    return {
        "subject": shown(peer.subject) or _("no subject"),
        "last_issuer": shown(missing),
        "sent": counted("{count} certificate", "{count} certificates", len(chain)),
        "names": ", ".join(shown(n) for n in peer.names[:10]) or shown(peer.subject) or _("nothing"),
        "blamed": shown(str(blamed.subject)) if blamed else shown(peer.subject) or _("no subject"),
        "not_before": moment(blamed.not_before) if blamed else of_peer(peer.not_before),
        "not_after": moment(blamed.not_after) if blamed else of_peer(peer.not_after),
        "clock": now(),
        "anchors": told.anchors,
        "fingerprint": fingerprint(chain[0]) if refused else "",
        "says": _("Java {version} said").format(version=shown(told.java.version))
        if told.java.proved
        else _("Java will say (predicted)"),
        "java": java_sentence(told.java.message) or _("accepted"),
        "proof": shown(told.proof),
        "incomplete": ""
        if not finding or not finding.missing or finding.chain.complete
        else _INCOMPLETE.format(issuer=shown(missing)),
        "namesake": _NAMESAKE if finding and finding.namesake else "",
    }


_INCOMPLETE = _("If “{issuer}” is an intermediate CA below a root that is trusted, have the mail server send it.")
_NAMESAKE = _(" A certificate of the same name with another key is among them: it was renewed, or it is another CA.")


def fingerprint(der: bytes) -> str:
    """SHA-256 in groups of four."""
    import hashlib

    digits = hashlib.sha256(der).hexdigest().upper()
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))

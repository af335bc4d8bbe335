"""A test as a report for a ticket, of its record. Secrets never come this far; foreign text stays inert."""

from __future__ import annotations

from binascii import a2b_base64
from datetime import datetime
from textwrap import wrap
from typing import Any

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Direction, State, Step
from mailsetup_gui.trust import certificate
from mailsetup_gui.wording import certificates, text
from mailsetup_gui.wording.dates import decimal
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.intent import in_words
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.record import Record, Table, lines
from mailsetup_gui.wording.verdict import ruled_out_words

_HIDDEN = _(
    "Host names, addresses and users have other names here, the same thing the same one. The names of certificate authorities stay."
)
_CHAIN_HIDDEN = _("The certificates themselves are left out: they hold the names.")
_CHAIN_LEFT_OUT = _("Certificates that are left out, as they are too large or hold what was a secret: {count}.")
_JAVA = {
    ("accepted", "predicted"): _("By its rules it trusts the server (predicted)."),
    ("accepted", "proved"): _("It trusts the server (proved in this JVM)."),
    ("refused", "predicted"): _("By its rules it refuses the server (predicted)."),
    ("refused", "proved"): _("It refuses the server (proved in this JVM)."),
}
_NOTHING = _("(nothing)")
_NOT_ASKED = _("It was not asked: the test did not come to a certificate.")


def described(record: Record) -> Record:
    """With each certificate as PEM and in words; a record of the disk has its octets only. Raises ValueError."""
    *events, context, outcome = record
    when = datetime.fromisoformat(context["when"]).timestamp()
    chain = [_certificate(a2b_base64(octets), when) for octets in context["chain"]]
    return (*events, {**context, "chain": chain}, outcome)


def json_lines(described_record: Record) -> str:
    return lines(described_record)


def markdown(described_record: Record) -> str:
    """Foreign text stands in code blocks and code spans only, where Markdown makes nothing of it."""
    *events, context, outcome = described_record
    parts = (
        _verdict(context, outcome),
        _section(_("Settings"), _settings(context)),
        _section(_("Steps"), _block(_steps(events))),
        _section(_("Transcript"), _block(_transcript(events))),
        _section(_("Certificates that the server sent"), _chain(context)),
        _section(_("Java"), _java(context, outcome)),
        _section(_("Where and when"), _circumstances(context)),
    )
    return "\n".join(line for part in parts for line in part)


def _certificate(der: bytes, when: float) -> Table:
    from binascii import b2a_base64

    body = "\n".join(wrap(b2a_base64(der, newline=False).decode("ascii"), 64))
    pem = f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----"
    try:
        return {**certificates.table(certificate.read(der), when), "pem": pem}
    except certificate.CertificateError as error:
        return {"unreadable": reason(error), "pem": pem}


def _verdict(context: Table, outcome: Table) -> list[str]:
    told = context["told"]
    changes = [f"- {_span(change)}" for change in outcome["changes"]]
    not_it = ruled_out_words(tuple(map(Cause, outcome["ruled_out"])))
    return [
        f"# {_span(outcome['title'])}",
        "",
        *([_("## What changed"), "", *changes, ""] if changes else []),
        *([_HIDDEN, ""] if context.get("hidden") else []),
        *(_span(line) for line in outcome["why"].split("\n")),
        "",
        *(f"{number}. {_span(fix)}" for number, fix in enumerate(outcome["fixes"], 1)),
        *(_("- Warning: {warning}").format(warning=_span(warning)) for warning in told["warnings"]),
        *([_("- Not the cause (checked): {not_it}").format(not_it=not_it)] if not_it else []),
        _("- Outcome: {outcome}{cause}").format(
            outcome=outcome["outcome"], cause=", " + outcome["cause"] if outcome["cause"] else ""
        ),
        "",
        *(
            [_("Evidence:"), "", *_block([shown(line) for line in outcome["evidence"]]), ""]
            if outcome["evidence"]
            else []
        ),
    ]


def _section(title: str, words: list[str]) -> list[str]:
    return [f"## {title}", "", *words, ""]


def _settings(context: Table) -> list[str]:
    found = context["settings"]
    server = MailServer(
        found["hostname"],
        found["port"],
        Encryption(found["encryption"]),
        found["username"],
        found["sender"],
        found["ehlo_name"],
    )
    return [
        *([_("Profile “{profile}”.").format(profile=_span(context["profile"])), ""] if context["profile"] else []),
        _span(in_words(server)),
        _("Test mail ({message_kind}) to {to}, {timeout} s at most.").format(
            message_kind=found["message_kind"], to=_span(found["to"]), timeout=decimal(f"{found['timeout']:g}")
        ),
        *([_("The host name is checked against the certificate.")] if found["check_name"] else []),
    ]


def _steps(events: list[Table]) -> list[str]:
    ended = [e for e in events if e["event"] == "step" and e["state"] != State.STARTED.value]
    return [_step(event) for event in ended]


def _step(event: Table) -> str:
    glyph, name = text.state_glyph(State(event["state"])), text.step_name(Step(event["step"]))
    return (
        f"{glyph} {name:24} {text.milliseconds(event.get('took', 0.0)):>9}  {shown(event.get('summary', ''))}".rstrip()
    )


def _transcript(events: list[Table]) -> list[str]:
    found = []
    for event in events:
        seconds = event.get("ms", 0.0) / 1000
        if event["event"] == "line":
            sign = text.arrow(Direction(event["direction"]))
            found.append(f"{seconds:8.3f} {text.protection(event['encrypted']):5} {sign} {shown(event['text'])}")
        elif event["event"] == "tls":
            found.append(f"{seconds:8.3f} TLS   == {shown(event['version'])} {shown(event['cipher'])}")
            digests = enumerate(event["chain"], 1)
            found += [f"{'':14} == certificate {n}: SHA-256 {shown(digest)}" for n, digest in digests]
    return found


def _chain(context: Table) -> list[str]:
    chain = context["chain"]
    found = [line for number, one in enumerate(chain, 1) for line in _link(number, one)]
    if context.get("hidden") and chain:
        found += ["", _CHAIN_HIDDEN]
    if context["chain_left_out"]:
        found += ["", _CHAIN_LEFT_OUT.format(count=context["chain_left_out"])]
    return found or [_("None.")]


def _link(number: int, one: Table) -> list[str]:
    pem = ["", *_block(one["pem"].split("\n")), ""] if "pem" in one else []
    if "unreadable" in one:
        return [
            _("{number}. It cannot be read: {unreadable}").format(number=number, unreadable=_span(one["unreadable"])),
            *pem,
        ]
    issuer = _("itself") if one["self_issued"] else _span(one["issuer"])
    names = f" ({_span(', '.join(one['names'][:10]))})" if one["names"] else ""
    dates = _("{not_before} to {not_after}").format(not_before=one["not_before"], not_after=one["not_after"])
    kind = f"{_span(one['key'])}, {_span(one['signature'])}"
    return [
        _("{number}. {subject}{names}, issued by {issuer}, {dates}, {kind}").format(
            number=number, subject=_span(one["subject"]), names=names, issuer=issuer, dates=dates, kind=kind
        ),
        *pem,
    ]


def _java(context: Table, outcome: Table) -> list[str]:
    java, store, said = context["java"], context["truststore"], outcome["java"]
    name = (
        _("Java {version}").format(version=_span(java["version"]))
        if java["version"]
        else _("No Java was found here; the usual one's rules were taken")
    )
    home = f", {_span(java['home'])}" if java["home"] else ""
    return [
        f"- {name}{home}. {_JAVA.get((said['verdict'], said['by']), _NOT_ASKED)}",
        *([_("- Its words: {message}").format(message=_span(said["message"]))] if said["message"] else []),
        _("- Trust anchors: {source}").format(source=_span(store["source"] or store["path"] or _("none"))),
        *(
            [
                _("- Truststore: {path}, {size} octets, SHA-256 {sha256}, entries: {entries}").format(
                    path=_span(store["path"]), size=store["size"], sha256=store["sha256"], entries=store["entries"]
                )
            ]
            if store["sha256"]
            else []
        ),
    ]


def _circumstances(context: Table) -> list[str]:
    names = {"mailsetup": "mailsetup", "python": "Python", "openssl": "", "cryptography": "cryptography", "os": ""}
    found = context["versions"]
    versions = ", ".join(f"{name} {_span(found[key])}".strip() for key, name in names.items())
    return [versions, f"{_span(context['when'])}, {_span(context['zone'])}"]


def _block(found: list[str]) -> list[str]:
    """An indented code block: no line of it can end the block, whatever a server says."""
    return [f"    {line}" for line in found] or [f"    {_NOTHING}"]


def _span(words: Any) -> str:
    """Text of which Markdown makes no link, image or tag."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|!&" else c for c in shown(str(words)))

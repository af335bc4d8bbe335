"""The sentences of an import: choices and their reasons, what a proof showed, what to do next, and the record of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailsetup_gui.bitbucket.install import Store, fitting
from mailsetup_gui.diagnosis.chains import Chain, Choice, Role
from mailsetup_gui.trust.general_names import Kind
from mailsetup_gui.trust.names import certifies
from mailsetup_gui.wording import installing
from mailsetup_gui.wording.certificates import short, written_names
from mailsetup_gui.wording.dates import moment
from mailsetup_gui.wording.harmless import java_sentence, reason, shown
from mailsetup_gui.wording.java import name
from mailsetup_gui.wording.language import _, counted
from mailsetup_gui.wording.truststores import unwise
from mailsetup_gui.wording.verdict import fingerprint

if TYPE_CHECKING:
    from mailsetup_gui.importing import Comparison, Draft, Tried
    from mailsetup_gui.trust.bundle import Plan, Written

NOTHING_TO_IMPORT = _(
    "Java trusts this server already: there is nothing to import, and the cause is elsewhere. Look at the host name, "
    "at another JVM that Bitbucket may use, or at a proxy in between, and send a test."
)
NO_CHAIN = _("There is no certificate to look at.")
DIFFER = _(
    "A second fetch brought another chain: several servers stand behind this name, or somebody in between. "
    "Import a CA that all of them share, or ask the mail server's administrator."
)
UNCHECKED = _("I have no fingerprint to compare (this goes into the record)")
NO_DEFAULT = _(
    "Whoever sits between this computer and the mail server could have sent these certificates. Compare the SHA-256 "
    "fingerprint with one that the mail server's administrator gave you by another way."
)


def name_line(chain: Chain, host: str) -> str:
    """Whether the server's own certificate names the host: no import cures a wrong name."""
    if not chain.linked or not host:
        return ""
    leaf = chain.linked[0]
    names = tuple(name for kind, name in written_names(leaf) if kind in (Kind.DNS, Kind.IP))
    if certifies(names, str(leaf.subject), host):
        return _(" The certificate names {host}.").format(host=shown(host))
    return _(
        " The certificate does not name {host}: mail libraries that check names refuse it, and no import cures that."
    ).format(host=shown(host))


def choice_title(choice: Choice) -> str:
    names = _(" and ").join(_("“{name}”").format(name=short(one)) for one in choice.certificates)
    kind = {Role.ROOT: _("The root"), Role.CA: _("The intermediate CA"), Role.LEAF: _("Only this certificate")}[
        choice.role
    ]
    return f"{kind}, {names}" + (_(" (recommended)") if choice.recommended else "")


def choice_reason(choice: Choice) -> str:
    first = choice.certificates[0]
    if choice.role is Role.LEAF:
        until = moment(first.not_after)
        if choice.recommended:
            return _(
                "It is its own issuer. It must be imported again when it is renewed, by {until}: make a reminder."
            ).format(until=until)
        return _("Breaks as soon as the server's certificate is renewed, at the latest on {until}.").format(until=until)
    if len(choice.certificates) > 1:
        return _("Survives renewals of the server's certificate, and brings along what the server fails to send.")
    if choice.role is Role.CA:
        return _("Survives renewals of the server's certificate, as long as this CA issues it.")
    return _("Survives renewals of the server's certificate and of the intermediate CA.")


def comparison(state: Comparison) -> tuple[str, str]:
    """(mood, words) of a pasted fingerprint."""
    return {
        "missing": ("muted", ""),
        "equal": ("ok", _("✓ equal")),
        "too short": ("warn", _("equal so far; paste all of it")),
        "sha1": ("warn", _("40 digits are a SHA-1 fingerprint, which proves too little; ask for the SHA-256 one")),
        "different": ("fail", _("✕ DIFFERENT: do not import this certificate before you know why")),
    }[state.value]


def plan_words(plan: Plan) -> str:
    """What would be written, in one line."""
    count = len(plan.entries)
    parts = [
        counted("{count} certificate", "{count} certificates", count),
        _("{added} added").format(added=len(plan.added)),
    ]
    if plan.present:
        parts.append(_("already there as ") + ", ".join(f"“{shown(entry.alias)}”" for entry in plan.present))
    if plan.left_out:
        parts.append(_("{left_out} left out, which Java does not trust").format(left_out=len(plan.left_out)))
    return ", ".join(parts) + "."


def proof_lines(tried: Tried) -> tuple[tuple[str, str], ...]:
    """(mood, sentence) of what the JVM showed, one fact each."""
    proof, lines = tried.proof, []
    java = _("Java {version}").format(version=proof.version) if proof.version else _("The JVM")
    if proof.accepted:
        where = (
            _("{protocol} with the server").format(protocol=proof.protocol)
            if proof.protocol
            else _("It opens the new truststore")
        )
        lines.append(("ok", _("✓ {where}, proved in {java}.").format(where=where, java=java)))
    elif proof.accepted is False:
        lines.append(
            ("fail", _("✕ {java} refuses: {sentence}").format(java=java, sentence=java_sentence(proof.sentence)))
        )
    else:
        lines.append(("warn", _("! Not proved: {trouble}.").format(trouble=reason(proof.trouble))))
    if proof.stage != "store" and proof.trusts:
        lost = _("✕ {lost} earlier certificates are no longer trusted.").format(lost=tried.lost)
        kept = _("✓ All {kept} earlier CAs are still trusted.").format(kept=tried.kept) if tried.kept else ""
        lines.append(
            ("fail", lost) if tried.lost else ("ok", kept) if kept else ("warn", _("! No public CA is trusted."))
        )
    lines.append(("muted", _("– Bitbucket itself uses its old truststore until it is restarted with the new one.")))
    return tuple(lines)


def guide(draft: Draft, written: Written) -> installing.Guide:
    """Where the argument goes, for the kinds of installation of the system whose path it is."""
    jvms = (draft.runtime.home,) if draft.runtime else ()
    return installing.Guide(
        Store(written.path), fitting(written.path), server=draft.server, sha256=written.sha256, jvms=jvms
    )


def next_steps(draft: Draft, written: Written) -> str:
    """All that is left to do, as plain text."""
    lines = [_("{path} is written, read back and compared.").format(path=shown(written.path))]
    if written.backup:
        lines.append(_("What was there before is kept as {backup}.").format(backup=shown(written.backup)))
    lines += [f"! {shown(warning)}" for warning in unwise(written.open_to_all)]
    return "\n".join([*lines, "", installing.text(guide(draft, written))])


def record(draft: Draft, plan: Plan, tried: Tried | None, written: Written, when: str) -> str:
    """What was done, for a ticket: Markdown without secrets. `when`: the moment, with its zone."""
    server = draft.server
    checked = _("compared with one that was given") if not draft.is_unchecked else _("NOT compared: none was to be had")
    lines = [
        _("# Truststore for {host}").format(host=shown(server.hostname) or _("a mail server")),
        "",
        _("- When: {when}").format(when=when),
        _("- Written: `{path}` ({form}, {entries} certificates)").format(
            path=shown(written.path), form=draft.form.value, entries=len(plan.entries)
        ),
        _("- Earlier file: {path}").format(path=f"`{shown(written.backup)}`" if written.backup else _("none")),
        _("- Fingerprint: {checked}").format(checked=checked),
    ]
    lines += [
        _("- Added `{alias}`: SHA-256 {digest}").format(alias=shown(entry.alias), digest=fingerprint(entry.der))
        for entry in plan.added
    ]
    lines += [
        _("- Already there `{alias}`: SHA-256 {digest}").format(alias=shown(e.alias), digest=fingerprint(e.der))
        for e in plan.present
    ]
    if draft.runtime:
        lines.append(_("- JVM: {runtime}, {home}").format(runtime=name(draft.runtime), home=shown(draft.runtime.home)))
    lines += [f"- {sentence}" for _, sentence in proof_lines(tried)] if tried else [_("- Not proved in a JVM")]
    return "\n".join([*lines, "", "```", next_steps(draft, written), "```", ""])

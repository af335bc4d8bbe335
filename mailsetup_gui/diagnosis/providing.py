"""A failure at a known provider -> the one habit of that provider that explains it. Pure: the day is a parameter."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.mending import actions
from mailsetup_gui.diagnosis.microsoft import Basic, Way, basic, ways
from mailsetup_gui.diagnosis.quirks import BY_CAUSE, BY_WORDS, SIGN_IN, Quirk
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.settings import presets
from mailsetup_gui.settings.domains import plain
from mailsetup_gui.settings.presets import Preset
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Outcome, Result

_REWRITES_FROM = ("gmail", "google-workspace")
_NOT_REACHED = (Cause.TCP_TIMEOUT, Cause.TCP_REFUSED, Cause.TCP_RESET, Cause.TCP_UNREACHABLE)
_BY_PASSWORD = "microsoft365"  # noqa: S105  the id of a preset


class Advice(NamedTuple):
    """`quirk` explains the failure, None: nothing known does; `other_hosts`: the same provider's for another region;
    `part`: the region or tenant in the host name; `basic` and `ways` are for Microsoft 365 with a password."""

    preset: Preset
    diagnosis: Diagnosis
    quirk: Quirk | None = None
    other_hosts: tuple[str, ...] = ()
    part: str = ""
    basic: Basic | None = None
    ways: tuple[Way, ...] = ()


def advise(
    found: Diagnosis, outcome: Outcome, server: MailServer, recipient: str, today: date, version: str = ""
) -> Advice | None:
    """None when the server is no provider's. `version` of Bitbucket, '' when it is not known; raises ValueError for
    what is none. The diagnosis comes back with the provider's warnings, and its cause made finer where it can be."""
    preset = presets.of_server(server)
    if preset is None:
        return None
    cause = _finer(found.cause, preset, outcome, server, recipient)
    warnings = (*found.warnings, *_warnings(preset, outcome, server))
    finer = found._replace(cause=cause, warnings=warnings)
    if cause is not found.cause and cause is not None:
        finer = finer._replace(actions=actions((cause, *warnings), server, outcome.encrypted))
    return Advice(
        preset,
        finer,
        None if cause is None else quirk_of(cause, preset, outcome, server),
        other_hosts(preset, server),
        presets.part(preset, server.hostname),
        basic(today) if preset.id == _BY_PASSWORD else None,
        ways(version),
    )


def quirk_of(cause: Cause, preset: Preset, outcome: Outcome, server: MailServer) -> Quirk | None:
    """By the provider's own words first, then by the cause."""
    text = outcome.reply.text.casefold() if outcome.reply else ""
    for provider, words, quirk in BY_WORDS:
        if preset.id.startswith(provider) and words in text:
            return quirk
    if preset.placeholder and presets.part(preset, server.hostname) == preset.placeholder.lower():
        return Quirk.PLACEHOLDER
    if cause in _NOT_REACHED:
        return _unreached(cause, preset, server)
    if cause is Cause.AUTH_REFUSED and preset.id == "sendgrid":
        return Quirk.SENDGRID_KEY if server.username == "apikey" else Quirk.SENDGRID_USER
    if cause in (Cause.AUTH_REFUSED, Cause.APP_PASSWORD_REQUIRED, Cause.BASIC_DISABLED) and preset.id in SIGN_IN:
        return SIGN_IN[preset.id]
    return BY_CAUSE.get((preset.id, cause))


def other_hosts(preset: Preset, server: MailServer) -> tuple[str, ...]:
    """The hosts of the provider's other regions, for a user who belongs to one of them; of the same kind."""
    own = plain(server.hostname)
    if preset.id.startswith("mailgun"):
        return tuple(p.hostname for p in presets.every() if p.id.startswith("mailgun") and p.hostname != own)
    if preset.id == "zoho":
        kind = own.partition(".")[0]
        return tuple(host for host in preset.hosts if host != own and host.startswith(f"{kind}."))
    return ()


def _unreached(cause: Cause, preset: Preset, server: MailServer) -> Quirk | None:
    if preset.id == "local":
        return Quirk.LOCAL_NOBODY if cause is Cause.TCP_REFUSED else None
    if server.effective_port not in preset.ports:
        return Quirk.OTHER_PORT
    if server.effective_port == 25 and len(preset.ports) > 1:
        return Quirk.PORT_25
    return Quirk.PORT_25_ONLY if preset.ports == (25,) and preset.source else None


def _finer(cause: Cause | None, preset: Preset, outcome: Outcome, server: MailServer, recipient: str) -> Cause | None:
    """SES names the identities that it does not know; in its sandbox one of them may be the recipient's."""
    text = outcome.reply.text.casefold() if outcome.reply else ""
    if preset.id == "ses" and cause is Cause.FROM_NOT_OWNED and recipient and recipient.casefold() in text:
        return cause if server.sender.casefold() in text else Cause.RCPT_REFUSED
    return cause


def _warnings(preset: Preset, outcome: Outcome, server: MailServer) -> list[Cause]:
    if outcome.result is not Result.ACCEPTED:
        return []
    found = []
    if preset.id == _BY_PASSWORD and server.username:
        found.append(Cause.BASIC_ENDS)
    other = "@" in server.username and server.sender.casefold() not in ("", server.username.casefold())
    if preset.id in _REWRITES_FROM and other:
        found.append(Cause.FROM_REWRITTEN)
    if preset.id == "mailpit":
        found.append(Cause.DOES_NOT_DELIVER)
    return found

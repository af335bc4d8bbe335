"""A provider's habit, in a failed test's words: one sentence of why, and what to do before all else."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mailsetup_gui.diagnosis.microsoft import Way
from mailsetup_gui.diagnosis.providing import Advice, advise
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Outcome
from mailsetup_gui.wording.habits import ENOUGH, HABITS, OTHER_HOSTS, WITH_WAYS
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.providers import Provider, basic_ends, name, provider

_BEFORE_OAUTH = _("Bitbucket before 10.0: {way}")
_WAYS = {
    Way.OAUTH: _(
        "Bitbucket 10.0 and later: use OAuth 2.0 for outgoing mail; an administrator authorizes it in the browser."
    ),
    Way.SWITCH_ON: _(
        "have SMTP AUTH switched on for the tenant and for the mailbox {user}; that is for a limited time."
    ),
    Way.RELAY: _(
        "use a connector: TENANT.mail.protection.outlook.com, port 25, allowed by this computer's address, without a sign-in."
    ),
    Way.HIGH_VOLUME: _(
        "use High Volume Email (smtp.hve.mx.microsoft, port 587) where all recipients are of the tenant; it takes passwords until September 2028."
    ),
    Way.AZURE: _("use Azure Communication Services Email (smtp.azurecomm.net, port 587), which reaches everybody."),
    Way.ON_PREMISES: _("use a relay of your own (Exchange or Postfix) that hands mail on to Microsoft."),
    Way.PROXY: _("run an OAuth proxy on Bitbucket's node, which takes the password and signs in by OAuth 2.0."),
}


class Advised(NamedTuple):
    """`diagnosis` with what the provider adds; `why` '' when no habit explains the failure; `enough`: the general
    fixes would only repeat or contradict it. `basic_ends` '' where passwords have no last day."""

    diagnosis: Diagnosis
    provider: Provider
    why: str = ""
    fixes: tuple[str, ...] = ()
    enough: bool = False
    basic_ends: str = ""

    def before(self, why: str, fixes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """The general words of a card, with the provider's own in front of what to do."""
        return f"{why} {self.why}".rstrip(), self.fixes if self.enough else (*self.fixes, *fixes)


def advised(
    found: Diagnosis, outcome: Outcome, server: MailServer, recipient: str, today: date, version: str = ""
) -> Advised | None:
    """None when the server is no provider's."""
    advice = advise(found, outcome, server, recipient, today, version)
    if advice is None:
        return None
    ends = basic_ends(advice.basic) if advice.basic else ""
    blank = Advised(advice.diagnosis, provider(advice.preset, today), basic_ends=ends)
    if advice.quirk is None:
        return blank
    values = _values(advice, server, recipient, ends)
    why, fixes = HABITS[advice.quirk]
    if advice.other_hosts and advice.quirk in OTHER_HOSTS:
        fixes = (OTHER_HOSTS[advice.quirk], *fixes)
    if advice.quirk in WITH_WAYS:
        fixes = (*fixes, *_ways(advice.ways))
    told = tuple(fix.format_map(values) for fix in fixes)
    return blank._replace(why=why.format_map(values), fixes=told, enough=advice.quirk in ENOUGH)


def _ways(ways: tuple[Way, ...]) -> tuple[str, ...]:
    """Each with the versions that it is for, where both kinds are listed."""
    both = Way.OAUTH in ways and Way.PROXY in ways
    return tuple(
        _WAYS[way] if way is Way.OAUTH else _BEFORE_OAUTH.format(way=_WAYS[way]) if both else _sentence(_WAYS[way])
        for way in ways
    )


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _values(advice: Advice, server: MailServer, recipient: str, ends: str) -> dict[str, str]:
    return {
        "name": name(advice.preset),
        "host": shown(server.hostname),
        "port": str(server.effective_port),
        "ports": _(" or ").join(map(str, advice.preset.ports)),
        "user": shown(server.username),
        "sender": shown(server.sender),
        "recipient": shown(recipient),
        "part": shown(advice.part),
        "placeholder": advice.preset.placeholder,
        "others": ", ".join(advice.other_hosts),
        "basic_ends": ends,
    }

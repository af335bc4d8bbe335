"""What is to be known of each provider before the first test, and where that was read."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mailsetup_gui.diagnosis.microsoft import Basic, Stage, basic
from mailsetup_gui.settings.presets import Preset
from mailsetup_gui.settings.server import Encryption
from mailsetup_gui.wording.dates import day_of
from mailsetup_gui.wording.language import _

QUIRKS: dict[str, str] = {
    "gmail": _(
        "The password is an app password, which needs 2-step verification. Gmail puts the account's own address in as sender, and takes about 500 mails a day."
    ),
    "google-workspace": _(
        "The password is an app password, which the organization must allow. The sender becomes the user's address unless it is an alias; about 2,000 mails a day."
    ),
    "google-relay": _(
        "The relay must know this computer's public address (Admin console, Gmail, Routing, SMTP relay service), or a user signs in with an app password. It refuses EHLO names such as localhost."
    ),
    "microsoft365": _(
        "SMTP AUTH must be on for tenant and mailbox, Security Defaults off. The mailbox sends as itself, or as what it has “Send As” for. There is no port 465."
    ),
    "microsoft365-relay": _(
        "Nobody signs in: a connector in Exchange Online must name this computer's public address or its certificate. “Email from” must be of a domain of the tenant, and port 25 must be open."
    ),
    "microsoft365-direct-send": _(
        "It reaches recipients of the tenant only, and the tenant may have Direct Send rejected. Nobody signs in, and port 25 must be open."
    ),
    "microsoft365-hve": _(
        "It reaches recipients of the tenant only. It takes an HVE account's password until September 2028; smtp-hve.office365.com is its former name."
    ),
    "azure": _(
        "User and password belong to an Entra application: its client secret is the password, and it expires. “Email from” must be a MailFrom address of a linked domain. It reaches everybody, and works with any Bitbucket."
    ),
    "outlook": _(
        "Personal accounts take no password for SMTP any more, only OAuth 2.0 (Bitbucket 10.0 and later). Use another provider for an application."
    ),
    "ses": _(
        "The SMTP user and password are made in the SES console, are not AWS keys, and belong to one region. Sender and, in the sandbox, recipients must be verified."
    ),
    "sendgrid": _(
        "The user name is the word apikey, literally; the password is an API key with the right “Mail Send”. A line break pasted into the key breaks the sign-in. “Email from” must be a verified sender."
    ),
    "mailgun": _(
        "User and password are the SMTP credentials of the sending domain, not the API key. A domain of the EU region signs in at smtp.eu.mailgun.org only."
    ),
    "mailgun-eu": _(
        "User and password are the SMTP credentials of the sending domain, not the API key. A domain of the US region signs in at smtp.mailgun.org only."
    ),
    "postmark": _(
        "The server API token is the user name and the password. “Email from” must be a confirmed sender signature. There is no port 465."
    ),
    "brevo": _(
        "The password is an SMTP key, neither the account's password nor an API key. Addresses that Brevo does not know may be refused."
    ),
    "zoho": _(
        "Each data centre has its own host (.com, .eu, .in, .jp, .com.au, zohocloud.ca), paid organizations smtppro in place of smtp; the wrong one refuses the password. “Email from” must be the account's address or alias."
    ),
    "fastmail": _("The password is an app password; the account's own is refused."),
    "yahoo": _(
        "The password is an app password from the account's security page. “Email from” must be the account's address."
    ),
    "aol": _(
        "The password is an app password from the account's security page. “Email from” must be the account's address."
    ),
    "icloud": _(
        "The password is an app-specific password. “Email from” must be an address or alias of the account. Only port 587 is there."
    ),
    "yandex": _(
        "The password is an app password for mail, and mail programs must be allowed in the settings. “Email from” must be the account's address."
    ),
    "gmx": _(
        "Access by POP3 and IMAP must be switched on once in the web mail's settings; SMTP is refused until then. “Email from” must be the account's address."
    ),
    "webde": _(
        "Access by POP3 and IMAP must be switched on once in the web mail's settings; SMTP is refused until then. “Email from” must be the account's address."
    ),
    "proton": _(
        "The password is an SMTP token, made for one address of your own domain in a paid plan; “Email from” must be that address."
    ),
    "on-premises": _(
        "Ask whether the relay allows this computer's address, or wants a sign-in (530 5.7.57). Its certificate often comes from a company's own CA: “Import certificate…” makes Java trust it."
    ),
    "local": _(
        "localhost is Bitbucket's own node, not this computer. A Postfix or msmtp there can do the TLS or OAuth that Bitbucket's Java cannot, and keeps mail while the relay is away."
    ),
    "mailpit": _("For trials only: it keeps every message and delivers none."),
}
_NOT_CONFIRMED = _("Known from the field, not confirmed in the provider's own pages.")
_CHECKED = _("Checked on {date} in {source}")
_CHECKED_ON = _("Checked on {date}.")
_LISTENS = _("{name}: {host}, port {ports}, {how}.")
_ALSO = _("{port} (also {others})")
_HOW = {
    Encryption.STARTTLS_IF_OFFERED: _("SMTP, “Use SSL/TLS if available”"),
    Encryption.STARTTLS_REQUIRED: _("SMTP, “Always use SSL/TLS”"),
    Encryption.IMPLICIT_TLS: "SMTPS",
    Encryption.NONE: _("SMTP, never encrypted"),
}
_BASIC = {
    Stage.BEFORE: _(
        "Microsoft switches sign-in with a password off by default for existing tenants at the end of December 2026 ({when}); an administrator can switch it on again. New tenants after that never have it by default; the final date will be announced in the second half of 2027."
    ),
    Stage.OFF: _(
        "Since the end of December 2026 Microsoft has sign-in with a password off by default: it works only where an administrator of the tenant switched it on again. The final date will be announced in the second half of 2027."
    ),
    Stage.FINAL_DAY_KNOWN: _(
        "Since the end of December 2026 Microsoft has sign-in with a password off by default: it works only where an administrator of the tenant switched it on again. Its final date was to be announced in the second half of 2027: look it up."
    ),
}


class Provider(NamedTuple):
    """What stands in JSON; the last two are '' for what is not confirmed."""

    id: str
    name: str
    quirk: str
    checked_on: str
    source: str


def provider(preset: Preset, today: date) -> Provider:
    return Provider(preset.id, preset.name, quirk(preset, today), preset.checked_on, preset.source)


def name(preset: Preset) -> str:
    """As a person reads it; scripts and profiles have the English one, or the id."""
    return _(preset.name)


def username(preset: Preset) -> str:
    """What to fill in there."""
    return _(preset.username) if preset.username else ""


def quirk(preset: Preset, today: date) -> str:
    """What costs the hour there, and at Microsoft 365 how long passwords work."""
    dated = f" {basic_ends(basic(today))}" if preset.id == "microsoft365" else ""
    return QUIRKS[preset.id] + dated


def basic_ends(where: Basic) -> str:
    when = {0: _("today"), 1: _("1 day from today")}.get(
        where.days, _("{days} days from today").format(days=where.days)
    )
    return _BASIC[where.stage].format(when=when)


def checked(preset: Preset) -> str:
    """When and where it was read, or that it was not."""
    if not preset.source:
        return _NOT_CONFIRMED
    return _CHECKED.format(date=day_of(preset.checked_on), source=preset.source)


def checked_on(preset: Preset) -> str:
    """The same without the address, where a button has it."""
    return _CHECKED_ON.format(date=day_of(preset.checked_on)) if preset.source else _NOT_CONFIRMED


def listens(preset: Preset) -> str:
    """Host, ports and encryption in one line."""
    others = ", ".join(map(str, preset.other_ports))
    ports = _ALSO.format(port=preset.port, others=others) if others else str(preset.port)
    return _LISTENS.format(name=name(preset), host=preset.hostname, ports=ports, how=_HOW[preset.encryption])

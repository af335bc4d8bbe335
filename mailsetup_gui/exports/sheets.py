"""Sheets for the forms of Jira, Confluence, Bamboo and Crowd: the label of each field, and what to put in."""

from __future__ import annotations

from mailsetup_gui.exports.documents import Export
from mailsetup_gui.exports.quoting import xml_attribute
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording import exporting
from mailsetup_gui.wording.exporting import EMPTY, NOT_TICKED, OF_YOUR_CHOICE, PASSWORD_OF_THE_ACCOUNT, TICKED
from mailsetup_gui.wording.harmless import shown

_STARTTLS = (Encryption.STARTTLS_REQUIRED, Encryption.STARTTLS_IF_OFFERED)


def jira(profile: Profile) -> Export:
    """System, Mail, Outgoing mail. There is no REST API for it."""
    server = profile.server
    secure = server.encryption is Encryption.IMPLICIT_TLS
    fields = {
        "Name": OF_YOUR_CHOICE,
        "From address": server.sender,
        "Email prefix": OF_YOUR_CHOICE,
        "Service Provider": "Custom",
        "Protocol": "SECURE_SMTP" if secure else "SMTP",
        "Host Name": server.hostname,
        "SMTP Port": str(server.effective_port),
        "Timeout": "10000",
        "TLS": _box(server.encryption in _STARTTLS),
        **_sign_in(server, "Username"),
    }
    return _sheet("Jira", "Administration > System > Mail > Outgoing Mail", fields, server, _switch(server, "Jira"))


def confluence(profile: Profile) -> Export:
    """General configuration, Mail servers; a JNDI resource says every mode."""
    server = profile.server
    fields = {
        "Name": "SMTP Server",
        "From Address": server.sender,
        "From Name": "${fullname} (Confluence)",
        "Subject Prefix": OF_YOUR_CHOICE,
        "Hostname": server.hostname,
        "Port": str(server.effective_port),
        "Use TLS": _box(server.encryption in _STARTTLS),
        **_sign_in(server, "User Name"),
    }
    implicit = server.encryption is Encryption.IMPLICIT_TLS
    notes = (exporting.cannot_smtps("Confluence"),) if implicit else _switch(server, "Confluence")
    sheet = _sheet("Confluence", "General configuration > Mail servers", fields, server, notes)
    return Export(f"{sheet.text}\n{exporting.JNDI}\n\n{_resource(server)}", sheet.notes)


def bamboo(profile: Profile) -> Export:
    server = profile.server
    fields = {
        "Name": OF_YOUR_CHOICE,
        "From address": server.sender,
        "Subject prefix": OF_YOUR_CHOICE,
        "SMTP server": server.hostname,
        "SMTP port": str(server.effective_port),
        **_sign_in(server, "Username"),
        "TLS": _box(server.encryption in _STARTTLS),
        "SSL": _box(server.encryption is Encryption.IMPLICIT_TLS),
    }
    notes = (exporting.check_version("Bamboo"), *_switch(server, "Bamboo"))
    return _sheet("Bamboo", "Overview > Communication > Mail server", fields, server, notes)


def crowd(profile: Profile) -> Export:
    server = profile.server
    fields = {
        "Notification email": OF_YOUR_CHOICE,
        "From": server.sender,
        "Subject prefix": OF_YOUR_CHOICE,
        "SMTP host": server.hostname,
        "SMTP port": str(server.effective_port),
        "Timeout": "60",
        **_sign_in(server, "Username"),
        "Use SSL": _box(server.encryption is Encryption.IMPLICIT_TLS),
        "STARTTLS": _box(server.encryption in _STARTTLS),
    }
    notes = (exporting.check_version("Crowd"), *_switch(server, "Crowd"))
    return _sheet("Crowd", "Administration > Mail server", fields, server, notes)


def _sheet(product: str, where: str, fields: dict[str, str], server: MailServer, notes: tuple[str, ...]) -> Export:
    width = max(map(len, fields))
    lines = "".join(f"  {label:{width}}  {shown(value) or EMPTY}\n" for label, value in fields.items())
    every = (*notes, *exporting.clear_text(server, product), *exporting.incomplete(server))
    told = "".join(f"\n{note}\n" for note in every)
    return Export(f"{product}: {where}\n\n{lines}{told}", every)


def _sign_in(server: MailServer, label: str) -> dict[str, str]:
    return {label: server.username, "Password": PASSWORD_OF_THE_ACCOUNT if server.username else ""}


def _switch(server: MailServer, product: str) -> tuple[str, ...]:
    return (exporting.one_switch(product),) if server.encryption in _STARTTLS else ()


def _box(ticked: bool) -> str:
    return TICKED if ticked else NOT_TICKED


def _resource(server: MailServer) -> str:
    """For Tomcat's conf/server.xml; `${smtp.password}` is a system property that Tomcat fills in."""
    mail = {
        "host": server.hostname,
        "port": str(server.effective_port),
        "from": server.sender,
        "auth": "true" if server.username else "false",
        "starttls.enable": "true" if server.encryption in _STARTTLS else "false",
        "starttls.required": "true" if server.encryption is Encryption.STARTTLS_REQUIRED else "false",
        "ssl.enable": "true" if server.encryption is Encryption.IMPLICIT_TLS else "false",
        **({"user": server.username} if server.username else {}),
    }
    values = {"name": "mail/SMTPServer", "auth": "Container", "type": "javax.mail.Session"}
    values |= {f"mail.smtp.{name}": value for name, value in mail.items()}
    if server.username:
        values["password"] = "${smtp.password}"  # noqa: S105  a reference
    lines = "".join(f"\n          {name}={xml_attribute(value)}" for name, value in values.items())
    return f"<Resource{lines} />\n"

"""Files of products that send mail too: Jenkins, GitLab, Nexus, Mattermost, Spring Boot."""

from __future__ import annotations

import json

from mailsetup_gui.exports.documents import Export
from mailsetup_gui.exports.putting import Put, script
from mailsetup_gui.exports.quoting import comment, jcasc, properties, ruby, shell, spring
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording import exporting

_STARTTLS = (Encryption.STARTTLS_REQUIRED, Encryption.STARTTLS_IF_OFFERED)
_GITLAB_SECRET = "/etc/gitlab/smtp_password"  # noqa: S105  a path


def jenkins(profile: Profile) -> Export:
    """Configuration as Code: `unclassified`, of the mailer plugin."""
    server = profile.server
    notes = _notes(server, "Jenkins", one_switch=True)
    lines = [
        "unclassified:",
        "  location:",
        f"    adminAddress: {jcasc(server.sender)}",
        "  mailer:",
        f"    smtpHost: {jcasc(server.hostname)}",
        f'    smtpPort: "{server.effective_port}"',
        f"    useSsl: {_truth(server.encryption is Encryption.IMPLICIT_TLS)}",
        f"    useTls: {_truth(server.encryption in _STARTTLS)}",
        '    charset: "UTF-8"',
    ]
    if server.username:
        notes = (exporting.by_variable("Jenkins", "SMTP_PASSWORD"), *notes)
        lines += ["    authentication:", f"      username: {jcasc(server.username)}"]
        lines.append('      password: "${SMTP_PASSWORD}"')
    return Export(comment(*notes) + "\n".join(lines) + "\n", notes)


def gitlab(profile: Profile) -> Export:
    """Lines of /etc/gitlab/gitlab.rb. With SMTPS, starttls_auto has to be false: both true is a common mistake."""
    server = profile.server
    notes = _notes(server, "GitLab", one_switch=True)
    values = {
        "smtp_enable": "true",
        "smtp_address": ruby(server.hostname),
        "smtp_port": str(server.effective_port),
        "smtp_tls": _truth(server.encryption is Encryption.IMPLICIT_TLS),
        "smtp_enable_starttls_auto": _truth(server.encryption in _STARTTLS),
        "smtp_openssl_verify_mode": ruby("peer"),
        "gitlab_email_from": ruby(server.sender),
    }
    if server.ehlo_name:
        values["smtp_domain"] = ruby(server.ehlo_name)
    if server.username:
        notes = (exporting.by_file(_GITLAB_SECRET), *notes)
        values["smtp_authentication"] = ruby("login")
        values["smtp_user_name"] = ruby(server.username)
        values["smtp_password"] = f"File.read({ruby(_GITLAB_SECRET)}).chomp"
    lines = "".join(f"gitlab_rails['{name}'] = {value}\n" for name, value in values.items())
    return Export(f"{comment(*notes)}{lines}{comment('gitlab-ctl reconfigure')}", notes)


def nexus(profile: Profile) -> Export:
    """A script that PUTs /service/rest/v1/email. All four modes can be said."""
    server = profile.server
    notes = _notes(server, "Nexus Repository 3")
    document = {
        "enabled": True,
        "host": server.hostname,
        "port": server.effective_port,
        "fromAddress": server.sender,
        "startTlsEnabled": server.encryption in _STARTTLS,
        "startTlsRequired": server.encryption is Encryption.STARTTLS_REQUIRED,
        "sslOnConnectEnabled": server.encryption is Encryption.IMPLICIT_TLS,
        "sslServerIdentityCheckEnabled": server.encryption is not Encryption.NONE,
        "nexusTrustStoreEnabled": False,
        **({"username": server.username} if server.username else {}),
    }
    put = Put(
        product="Nexus",
        prefix="NEXUS",
        path="/service/rest/v1/email",
        document=document,
        needs_password=bool(server.username),
        expected=("enabled", "port", "startTlsEnabled", "startTlsRequired", "sslOnConnectEnabled"),
        remarks=("", *notes),
    )
    return Export(script(put), notes)


def mattermost(profile: Profile) -> Export:
    """The section EmailSettings of config.json; JSON has no room for a note."""
    values = _mattermost(profile.server)
    document = {"EmailSettings": values}
    notes = _mattermost_notes(profile.server)
    return Export(json.dumps(document, ensure_ascii=False, indent=2) + "\n", notes)


def mattermost_environment(profile: Profile) -> Export:
    """MM_EMAILSETTINGS_*, which win over config.json, as lines for sh."""
    notes = _mattermost_notes(profile.server)
    lines = "".join(
        f"MM_EMAILSETTINGS_{name.upper()}={shell(_truth(value) if isinstance(value, bool) else value)}\n"
        for name, value in _mattermost(profile.server).items()
    )
    return Export(comment(*notes) + lines, notes)


def _mattermost(server: MailServer) -> dict[str, str | bool]:
    security = {Encryption.IMPLICIT_TLS: "TLS", Encryption.NONE: ""}.get(server.encryption, "STARTTLS")
    return {
        "SendEmailNotifications": True,
        "SMTPServer": server.hostname,
        "SMTPPort": str(server.effective_port),
        "ConnectionSecurity": security,
        "SkipServerCertificateVerification": False,
        "EnableSMTPAuth": bool(server.username),
        "SMTPUsername": server.username,
        "FeedbackEmail": server.sender,
        "ReplyToAddress": server.sender,
    }


def _mattermost_notes(server: MailServer) -> tuple[str, ...]:
    secret = (exporting.by_variable("Mattermost", "MM_EMAILSETTINGS_SMTPPASSWORD"),) if server.username else ()
    return (*secret, *_notes(server, "Mattermost", one_switch=True))


def spring_boot(profile: Profile) -> Export:
    """application.properties: JavaMail's own switches, so that every mode can be said."""
    server = profile.server
    notes = _notes(server, "Spring Boot")
    jakarta = "spring.mail.properties.mail.smtp."
    values = {
        "spring.mail.host": spring(server.hostname),
        "spring.mail.port": str(server.effective_port),
        f"{jakarta}from": spring(server.sender),
        f"{jakarta}ssl.enable": _truth(server.encryption is Encryption.IMPLICIT_TLS),
        f"{jakarta}starttls.enable": _truth(server.encryption in _STARTTLS),
        f"{jakarta}starttls.required": _truth(server.encryption is Encryption.STARTTLS_REQUIRED),
        f"{jakarta}auth": _truth(not server.anonymous),
    }
    if server.ehlo_name:
        values[f"{jakarta}localhost"] = spring(server.ehlo_name)
    if server.username:
        notes = (exporting.by_variable("Spring Boot", "SMTP_PASSWORD"), *notes)
        values["spring.mail.username"] = spring(server.username)
        values["spring.mail.password"] = properties("${SMTP_PASSWORD}")
    return Export(comment(*notes) + "".join(f"{name}={value}\n" for name, value in values.items()), notes)


def _notes(server: MailServer, product: str, *, one_switch: bool = False) -> tuple[str, ...]:
    """What this mode is in the product, and what the profile lacks."""
    switch = (exporting.one_switch(product),) if one_switch and server.encryption in _STARTTLS else ()
    return (*switch, *exporting.clear_text(server, product), *exporting.incomplete(server))


def _truth(value: bool) -> str:
    return "true" if value else "false"

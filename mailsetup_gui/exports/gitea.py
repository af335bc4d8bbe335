"""Gitea and Forgejo: the section [mailer] of app.ini, and the same as GITEA__mailer__* in the environment."""

from __future__ import annotations

from mailsetup_gui.exports.documents import Export
from mailsetup_gui.exports.quoting import comment, ini, ini_cannot_say, shell
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording import exporting

_PRODUCT = "Gitea (Forgejo)"
_PROTOCOLS = {
    Encryption.IMPLICIT_TLS: "smtps",
    Encryption.STARTTLS_REQUIRED: "smtp+starttls",
    Encryption.STARTTLS_IF_OFFERED: "smtp+starttls",
    Encryption.NONE: "smtp",
}
"""services/mailer: smtp+starttls goes on in clear text where STARTTLS is not offered; smtp never asks for it."""


def app_ini(profile: Profile) -> Export:
    values = _values(profile.server)
    notes = _notes(profile.server)
    lost = [name for name, value in values.items() if ini_cannot_say(value)]
    notes = (*notes, *(exporting.cannot_quote(_PRODUCT, name) for name in lost))
    lines = "".join(f"{name} = {ini(value)}\n" for name, value in values.items() if name not in lost)
    return Export(f"{comment(*notes, mark='; ')}[mailer]\n{lines}", notes)


def environment(profile: Profile) -> Export:
    """As lines for sh."""
    notes = _notes(profile.server)
    lines = "".join(f"GITEA__mailer__{name}={shell(value)}\n" for name, value in _values(profile.server).items())
    return Export(comment(*notes) + lines, notes)


def _values(server: MailServer) -> dict[str, str]:
    return {
        "ENABLED": "true",
        "PROTOCOL": _PROTOCOLS[server.encryption],
        "SMTP_ADDR": server.hostname,
        "SMTP_PORT": str(server.effective_port),
        "FROM": server.sender,
        "FORCE_TRUST_SERVER_CERT": "false",
        **({"HELO_HOSTNAME": server.ehlo_name} if server.ehlo_name else {}),
        **({"USER": server.username} if server.username else {}),
    }


def _notes(server: MailServer) -> tuple[str, ...]:
    notes = [exporting.check_version(_PRODUCT)]
    if server.username:
        notes.append(exporting.by_variable(_PRODUCT, "GITEA__mailer__PASSWD"))
    if server.encryption is Encryption.STARTTLS_REQUIRED:
        notes.append(exporting.cannot_require(_PRODUCT))
    if server.username and server.encryption is not Encryption.IMPLICIT_TLS:
        notes.append(exporting.signs_in_encrypted_only(_PRODUCT))
    return (*notes, *exporting.clear_text(server, _PRODUCT), *exporting.incomplete(server))

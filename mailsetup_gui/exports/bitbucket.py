"""Bitbucket's own settings, brought in by other means: its REST API with curl, and Terraform."""

from __future__ import annotations

from mailsetup_gui.exports.documents import Export
from mailsetup_gui.exports.putting import Put, script
from mailsetup_gui.exports.quoting import comment, hcl
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording import exporting


def curl(profile: Profile) -> Export:
    """PUT to /rest/api/latest/admin/mail-server in the hyphenated spelling, and GET to prove it."""
    server = profile.server
    starts, requires = flags(server.encryption)
    document: dict[str, object] = {
        "hostname": server.hostname,
        "port": server.effective_port,
        "protocol": protocol(server),
        "use-start-tls": starts,
        "require-start-tls": requires,
        "sender-address": server.sender,
    }
    if server.username:
        document["username"] = server.username
    expected = (
        ["port", "protocol", "sender-address"] if hcl(server.sender) == f'"{server.sender}"' else ["port", "protocol"]
    )
    if server.encryption is not Encryption.IMPLICIT_TLS:
        expected += ["use-start-tls", "require-start-tls"]
    put = Put(
        product="Bitbucket",
        prefix="BITBUCKET",
        path="/rest/api/latest/admin/mail-server",
        document=document,
        needs_password=bool(server.username),
        expected=tuple(expected),
        remarks=("", exporting.SPELLING_TRAP, *_clear(server)),
    )
    return Export(script(put), (*_clear(server), *exporting.incomplete(server)))


def terraform(profile: Profile) -> Export:
    """`bitbucketserver_mail_server` of gavinbunney/bitbucketserver; the password is a sensitive variable."""
    server = profile.server
    starts, requires = flags(server.encryption)
    notes = [exporting.TERRAFORM_STATE] if server.username else []
    if not (starts and requires):
        notes.append(exporting.TERRAFORM_FALSE)
    credentials = {"username": hcl(server.username), "password": "var.smtp_password"} if server.username else {}
    values = {
        "hostname": hcl(server.hostname),
        "port": str(server.effective_port),
        "protocol": hcl(protocol(server)),
        "use_start_tls": str(starts).lower(),
        "require_start_tls": str(requires).lower(),
        **credentials,
        "sender_address": hcl(server.sender),
    }
    lines = "".join(f"  {name:17} = {value}\n" for name, value in values.items())
    variable = 'variable "smtp_password" {\n  type      = string\n  sensitive = true\n}\n\n' if server.username else ""
    notes += _clear(server)
    text = f'{comment(*notes)}{variable}resource "bitbucketserver_mail_server" "mail" {{\n{lines}}}\n'
    return Export(text, (*notes, *exporting.incomplete(server)))


def protocol(server: MailServer) -> str:
    return "SMTPS" if server.encryption is Encryption.IMPLICIT_TLS else "SMTP"


def flags(encryption: Encryption) -> tuple[bool, bool]:
    """(use, require). Both true with SMTPS, where Bitbucket ignores them: nothing stored ever means clear text then."""
    return encryption is not Encryption.NONE, encryption in (Encryption.STARTTLS_REQUIRED, Encryption.IMPLICIT_TLS)


def _clear(server: MailServer) -> tuple[str, ...]:
    return (exporting.CLEAR_TEXT,) if server.encryption is Encryption.NONE else ()

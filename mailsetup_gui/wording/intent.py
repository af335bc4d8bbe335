"""What Bitbucket will do with these settings, as a sentence."""

from __future__ import annotations

from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_TLS_WORDS = {
    Encryption.STARTTLS_IF_OFFERED: _("use TLS if the server offers it, and otherwise send in clear text"),
    Encryption.STARTTLS_REQUIRED: _("refuse to send unless TLS starts"),
    Encryption.IMPLICIT_TLS: _("speak TLS from the first byte (SMTPS)"),
    Encryption.NONE: _("send everything in clear text, the password too"),
}


def in_words(server: MailServer) -> str:
    """What Bitbucket will do with these settings; '' while there is no host name."""
    if not server.hostname:
        return ""
    signs_in = f"sign in as “{shown(server.username)}”" if server.username else _("not sign in (anonymous)")
    where = f"{shown(server.hostname)} on port {server.effective_port}"
    sender = f" Mail will come from {shown(server.sender)}." if server.sender else ""
    return f"Bitbucket will connect to {where}, {_TLS_WORDS[server.encryption]}, and {signs_in}.{sender}"

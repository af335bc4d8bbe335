"""What the buttons of a card say, and the words that do the same in a terminal."""

from __future__ import annotations

from mailsetup_gui.diagnosis.mending import Action, Mend
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording.intent import in_words
from mailsetup_gui.wording.language import _
from mailsetup_gui.wording.problems import field_name

_LABELS = {
    Mend.SWITCH_TO_SMTPS: _("Switch to SMTPS"),
    Mend.SWITCH_TO_SMTP: _("Switch to SMTP"),
    Mend.ALWAYS_TLS: _("Always use SSL/TLS"),
    Mend.TRY_PORTS: _("Try the usual ports"),
    Mend.IMPORT: _("Import certificate…"),
    Mend.ALLOW_CLEARTEXT: _("Allow for this test"),
}
_OPTIONS = {
    Mend.TRY_PORTS: "--try-ports",
    Mend.IMPORT: "",
    Mend.ALLOW_CLEARTEXT: "--allow-cleartext-credentials",
    Mend.OPEN_FIELD: "",
}


def label(action: Action) -> str:
    """Of the button."""
    if action.mend is Mend.USE_PORT and action.server is not None:
        kind = "SMTPS" if action.server.encryption is Encryption.IMPLICIT_TLS else "SMTP"
        return f"Use port {action.server.effective_port} with {kind}"
    if action.mend is Mend.OPEN_FIELD and action.field is not None:
        return f"Go to “{field_name(action.field)}”"
    return _LABELS[action.mend]


def options(action: Action) -> str:
    """The options of `mailsetup test` that do the same; '' where there are none."""
    if action.server is None:
        return _OPTIONS[action.mend]
    port = f"--port {action.server.effective_port} " if action.mend is Mend.USE_PORT else ""
    if action.server.encryption is Encryption.IMPLICIT_TLS:
        return f"{port}--protocol smtps"
    return f"{port}--protocol smtp --tls {action.server.encryption.value}"


def changed(server: MailServer) -> str:
    """What stands where a card was, when its button has changed the form."""
    return f"Changed in the form, and not saved. {in_words(server)} Press “Send test” to try it."

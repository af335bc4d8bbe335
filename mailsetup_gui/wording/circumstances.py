"""Sentences that depend on what is set already: nobody is told to choose what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailsetup_gui.settings.server import Encryption
from mailsetup_gui.smtp.events import Breach, Result, Step
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

if TYPE_CHECKING:
    from mailsetup_gui.wording.verdict import Told

_BREACHES = {
    Breach.LINE_TOO_LONG: _("the server sent a line without end"),
    Breach.REPLY_TOO_LONG: _("the server sent a reply without end"),
    Breach.NO_CODE: _("the server sent a line that does not begin with a reply code"),
    Breach.CODES_DIFFER: _("the lines of one reply had different codes"),
    Breach.BARE_CR: _("a line held a bare carriage return"),
    Breach.UNASKED: _("the server had said something before it was asked"),
    Breach.BEFORE_TLS: _(
        "something was said between the answer to STARTTLS and the start of TLS, as an attacker would inject it"
    ),
    Breach.EARLY_REPLY: _(
        "a reply was there before the message was complete, so the replies no longer belong to the commands"
    ),
    Breach.OUT_OF_STEP: _("the replies turned out to be one behind the commands"),
    Breach.UNEXPECTED_CODE: _("the server gave a reply that is no answer to this command"),
    Breach.INSIDE_TLS: _("the port speaks TLS, and inside it another protocol"),
    Breach.NOT_PROVED: _(
        "the server took the sign-in without showing that it knows the password, as DIGEST-MD5 wants it"
    ),
    Breach.CLEAR_TEXT_IN_TLS: _("the server answered in clear text where TLS should begin"),
    Breach.BROKEN_TLS: _("something came that does not belong to the TLS session"),
}
_ALWAYS = _("Choose “Always use SSL/TLS”.")
_TLS_PORT = _("Use a port that offers TLS: usually 587 with SMTP, or 465 with SMTPS.")
_TLS_PORT_FROM_587 = _("Use a port that offers TLS: usually 465 with SMTPS.")
_TLS_WAS_ON = _("TLS was on when the server said so: show the reply to the mail server's administrator.")
_KEEP_SMTP = _("Or keep SMTP and use port 587 or 25.")
_KEEP_SMTP_FROM = {587: _("Or keep SMTP and use port 25."), 25: _("Or keep SMTP and use port 587.")}
_KEEP_SMTPS = _("Or keep SMTPS and use port 465.")
_NOT_EVEN_TLS = _(" It did not answer a TLS hello either.")
_TRY_SMTPS = _("If the port expects TLS from the first byte, choose SMTPS.")
_NOT_ALLOWED = _("Look into the mail server's log at this moment: it may not allow this computer's address.")
_LOG = _("Look into the mail server's log at this moment: it usually says why it hung up.")
_AUTH_PORT = _("Use a port that offers sign-in: usually 587 with SMTP, or 465 with SMTPS.")
_AUTH_PORT_FROM = {
    587: _("Use a port that offers sign-in: usually 465 with SMTPS."),
    465: _("Use a port that offers sign-in: usually 587 with SMTP."),
}
_NOBODY_SIGNED_IN = _("and nobody had signed in")
_SIGNED_IN = _("though “{user}” had signed in")
_SIGN_IN = _("Fill in user name and password.")
_MAY_RELAY = _("Have “{user}” allowed to relay to other domains.")
_OWN_SENDER = _("Use the address of “{user}” as “Email from”.")
_ALLOWED_SENDER = _("Use an “Email from” address that the server allows.")
_GIVE_RIGHT = _("Or have the right to send as {sender} given to “{user}”.")
_GIVE_RIGHT_TO_ALL = _("Or have {sender} allowed, or fill in the user name that may send as {sender}.")
_THEN_REFUSED = _(" It then answered “{reply}”.")
_OLD_DH = _("Have the server use ECDHE, or Diffie-Hellman groups of 2048 bits.")
_OLD_KEY = _("Have the server use RSA of 2048 bits or more, or ECDSA.")
_NO_SUCH_NAME = _("The server knows no host of the name {host}: use the name that its administrator gives.")

PASTED = {"choose_tls": _ALWAYS, "tls_or_admin": _ALWAYS, "who_signed_in": _NOBODY_SIGNED_IN, "sign_in": _SIGN_IN}
"""Where only a pasted text is known."""


def values(told: Told, reply: str) -> dict[str, str]:
    """What the sentences of the catalogue leave open; '' where there is nothing to say. `reply` may be shown."""
    outcome, server = told.outcome, told.server
    port, smtps = server.effective_port, server.encryption is Encryption.IMPLICIT_TLS
    first = outcome.step is Step.GREETING and not smtps
    words = {"user": shown(server.username), "sender": shown(server.sender), "host": shown(server.hostname)}
    signed = outcome.authenticated
    return {
        "breach": _BREACHES[outcome.breach] if outcome.breach else _("it broke off"),
        "choose_tls": _choose_tls(told),
        "tls_or_admin": _TLS_WAS_ON if outcome.encrypted else _choose_tls(told),
        "tls_port": _TLS_PORT_FROM_587 if port == 587 else _TLS_PORT,
        "keep_smtp": _KEEP_SMTP_FROM.get(port, _KEEP_SMTP),
        "keep_smtps": "" if port == 465 else _KEEP_SMTPS,
        "not_even_tls": _NOT_EVEN_TLS if first else "",
        "log_of_end": _NOT_ALLOWED if outcome.step is Step.GREETING else _LOG,
        "offer_auth": _AUTH_PORT_FROM.get(port, _AUTH_PORT) if outcome.encrypted else _choose_tls(told),
        "try_smtps": _TRY_SMTPS if first else "",
        "who_signed_in": _SIGNED_IN.format(**words) if signed else _NOBODY_SIGNED_IN,
        "sign_in": "" if signed else _SIGN_IN,
        "relay": _MAY_RELAY.format(**words) if signed else _SIGN_IN,
        "own_sender": _OWN_SENDER.format(**words) if server.username else _ALLOWED_SENDER,
        "give_right": (_GIVE_RIGHT if server.username else _GIVE_RIGHT_TO_ALL).format(**words),
        "then_refused": _THEN_REFUSED.format(reply=reply) if outcome.result is Result.REJECTED else "",
        "stronger": _OLD_DH if outcome.evidence.startswith("dh ") else _OLD_KEY,
        "known_name": _NO_SUCH_NAME.format(**words) if "unrecognized_name" in outcome.evidence else "",
    }


def _choose_tls(told: Told) -> str:
    """The setting where STARTTLS is offered, another port where it is not, nothing where TLS is on."""
    if told.outcome.encrypted:
        return ""
    if told.offered and "STARTTLS" not in told.offered.split():
        return _TLS_PORT_FROM_587 if told.server.effective_port == 587 else _TLS_PORT
    return "" if told.server.encryption is Encryption.STARTTLS_REQUIRED else _ALWAYS

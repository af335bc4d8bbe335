"""What is not as it was when it last worked, a sentence each."""

from __future__ import annotations

from mailsetup_gui.diagnosis.differing import Change, Difference
from mailsetup_gui.wording.dates import day, minute
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

LAST_WORKED = _("It last worked on {when}.")
_SENTENCES = {
    Change.HOSTNAME: _("The host name is now {now}; it was {before}."),
    Change.PORT: _("The port is now {now}; it was {before}."),
    Change.ENCRYPTION: _("The encryption is now “{now}”; it was “{before}”."),
    Change.USERNAME: _("The user name is now “{now}”; it was “{before}”."),
    Change.SENDER: _("“Email from” is now {now}; it was {before}."),
    Change.STARTTLS_GONE: _("STARTTLS is no longer offered."),
    Change.STARTTLS_NEW: _("STARTTLS is offered now; it was not."),
    Change.KEY: _("The certificate's key changed from {before} to {now}."),
    Change.ISSUER: _("The chain is now issued by “{now}”; it was issued by “{before}”."),
    Change.RENEWED: _("The certificate was renewed: it was valid until {before}, now until {now}."),
    Change.REISSUED: _(
        "The certificate was issued again; its dates, its issuer and the kind of its key are as before."
    ),
    Change.SIGNATURE: _("The certificate's signature changed from {before} to {now}."),
    Change.SENT: _("Certificates that the server sends: {now}; it sent {before}."),
    Change.STORE_CONTENTS: _("The truststore's contents changed: {now}."),
    Change.STORE_FILE: _("The truststore is another file: {now}; it was {before}."),
    Change.AUTH: _("AUTH offered {before}; now it offers {now}."),
    Change.AUTH_GONE: _("AUTH offered {before}; now it is not offered."),
    Change.AUTH_NEW: _("AUTH was not offered; now it offers {now}."),
    Change.TLS_VERSION: _("{before} became {now}."),
    Change.JAVA: _("Java {before} became {now}."),
    Change.ADDRESS: _("{host} now has the address {now}; it had {before}."),
    Change.GREETING: _("The server greets as “{now}”, no longer as “{before}”."),
}
_REPLACED = _("The certificate is another one: the former was valid until {before}, this one until {now}.")
_WORDLESS = {
    Change.USERNAME: _("Nobody signs in now; it was “{before}”."),
    Change.SENDER: _("“Email from” is empty now; it was {before}."),
}
_WAS_WORDLESS = {Change.USERNAME: _("The user name is now “{now}”; nobody signed in before.")}
_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
_ENCRYPTIONS = {
    "if-available": _("Use SSL/TLS if available"),
    "always": _("Always use SSL/TLS"),
    "smtps": "SMTPS",
    "never": _("no TLS"),
}


def sentences(last_worked: str, found: tuple[Difference, ...], host: str) -> tuple[str, ...]:
    """First when it last worked; nothing at all without a difference. `last_worked`: ISO; `host`: of the settings."""
    if not found:
        return ()
    return (LAST_WORKED.format(when=minute(last_worked)), *(_sentence(one, host) for one in found))


def _sentence(found: Difference, host: str) -> str:
    before, now = (_word(found.change, value) for value in (found.before, found.now))
    shape = _SENTENCES[found.change]
    if found.change is Change.RENEWED and int(found.now) < int(found.before):
        shape = _REPLACED
    elif not now:
        shape = _WORDLESS.get(found.change, shape)
    elif not before:
        shape = _WAS_WORDLESS.get(found.change, shape)
    return shape.format(before=before, now=now, host=shown(host))


def _word(change: Change, value: str) -> str:
    match change:
        case Change.KEY:
            kind, _, size = value.partition(" ")
            return f"{'ECDSA' if kind == 'EC' else kind} {_CURVES.get(size, size)}".rstrip()
        case Change.RENEWED:
            return day(int(value))
        case Change.TLS_VERSION:
            return value.replace("TLSv", "TLS ")
        case Change.ENCRYPTION:
            return _ENCRYPTIONS.get(value, value)
    return shown(value)

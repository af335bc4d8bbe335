"""What mends a cause with one press: a change of the settings, a question to ask, a field to open. Values only."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings.server import Encryption, Field, MailServer


class Mend(Enum):
    """What a button does; the values stand in JSON."""

    SWITCH_TO_SMTPS = "switch-to-smtps"
    SWITCH_TO_SMTP = "switch-to-smtp"
    ALWAYS_TLS = "always-use-tls"
    USE_PORT = "use-port"
    TRY_PORTS = "try-usual-ports"
    IMPORT = "import-certificate"
    ALLOW_CLEARTEXT = "allow-for-this-test"
    OPEN_FIELD = "open-field"


class Action(NamedTuple):
    """`server`: the settings as it makes them, None where it changes none; `field`: the one that it opens."""

    mend: Mend
    server: MailServer | None = None
    field: Field | None = None


_FIELDS = {
    Cause.DNS_NOT_FOUND: Field.HOSTNAME,
    Cause.DNS_NO_ADDRESS: Field.HOSTNAME,
    Cause.NOT_SMTP: Field.PORT,
    Cause.NAME_MISMATCH: Field.HOSTNAME,
    Cause.EHLO_REFUSED: Field.EHLO_NAME,
    Cause.AUTH_REFUSED: Field.PASSWORD,
    Cause.APP_PASSWORD_REQUIRED: Field.PASSWORD,
    Cause.PASSWORD_MISSING: Field.PASSWORD,
    Cause.AUTH_REQUIRED: Field.USERNAME,
    Cause.FROM_INVALID: Field.SENDER,
    Cause.FROM_REFUSED: Field.SENDER,
    Cause.FROM_NOT_OWNED: Field.SENDER,
    Cause.RCPT_INVALID: Field.RECIPIENT,
    Cause.RCPT_UNKNOWN_USER: Field.RECIPIENT,
    Cause.RELAY_DENIED: Field.USERNAME,
    Cause.STORE_MISSING: Field.TRUSTSTORE,
    Cause.STORE_UNREADABLE: Field.TRUSTSTORE,
    Cause.STORE_PASSWORD: Field.TRUSTSTORE,
    Cause.STORE_NO_ENTRIES: Field.TRUSTSTORE,
    Cause.STORE_NOT_A_STORE: Field.TRUSTSTORE,
}
_IMPORT = (Cause.SELF_SIGNED, Cause.UNTRUSTED_ROOT, Cause.MISSING_INTERMEDIATE, Cause.INTERCEPTED)
_WANTS_TLS = (
    Cause.AUTH_NEEDS_TLS,
    Cause.AUTH_NOT_OFFERED,
    Cause.CLEARTEXT_BLOCKED,
    Cause.STARTTLS_UNUSED,
    Cause.SENT_IN_CLEAR,
)
_WANTS_OTHER_PORT = (Cause.TCP_REFUSED, Cause.TCP_TIMEOUT, Cause.STARTTLS_NOT_OFFERED)


def actions(
    causes: tuple[Cause, ...], server: MailServer, encrypted: bool, starttls: bool = True
) -> tuple[Action, ...]:
    """Of the causes and warnings of one test, the nearest to the cause first, each once. `starttls`: it may be offered;
    where it is not, always wanting it would only fail otherwise, and another port is to be found."""
    found = [action for cause in causes for action in _of(cause, server, encrypted)]
    if not starttls:
        found = [Action(Mend.TRY_PORTS) if action.mend is Mend.ALWAYS_TLS else action for action in found]
    return tuple(dict.fromkeys(found))


def on_port(server: MailServer, port: int, speaks_tls: bool) -> Action:
    """The settings for a port that was found to answer."""
    encryption = server.encryption
    if speaks_tls:
        encryption = Encryption.IMPLICIT_TLS
    elif encryption is Encryption.IMPLICIT_TLS:
        encryption = Encryption.STARTTLS_REQUIRED
    return Action(Mend.USE_PORT, server._replace(port=port, encryption=encryption))


def _of(cause: Cause, server: MailServer, encrypted: bool) -> list[Action]:
    found = []
    if cause is Cause.PLAIN_ON_TLS_PORT:
        found.append(Action(Mend.SWITCH_TO_SMTPS, server._replace(encryption=Encryption.IMPLICIT_TLS)))
    if cause is Cause.TLS_ON_PLAIN_PORT:
        found.append(Action(Mend.SWITCH_TO_SMTP, server._replace(encryption=Encryption.STARTTLS_REQUIRED)))
    if cause in _WANTS_TLS and not encrypted and server.encryption is not Encryption.STARTTLS_REQUIRED:
        found.append(Action(Mend.ALWAYS_TLS, server._replace(encryption=Encryption.STARTTLS_REQUIRED)))
    if cause is Cause.CLEARTEXT_BLOCKED:
        found.append(Action(Mend.ALLOW_CLEARTEXT))
    if cause in _WANTS_OTHER_PORT:
        found.append(Action(Mend.TRY_PORTS))
    if cause in _IMPORT:
        found.append(Action(Mend.IMPORT))
    if cause in _FIELDS:
        found.append(Action(Mend.OPEN_FIELD, field=_FIELDS[cause]))
    return found

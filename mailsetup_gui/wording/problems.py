"""What is wrong with a field, as a sentence: the fact with the exact value, then what to do."""

from __future__ import annotations

from mailsetup_gui.settings.server import Field, Problem, Wrong
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _

_FIELDS = {
    Field.HOSTNAME: _("Hostname"),
    Field.PORT: _("Port"),
    Field.USERNAME: _("Username"),
    Field.PASSWORD: _("Password"),
    Field.SENDER: _("Email from"),
    Field.EHLO_NAME: _("EHLO name"),
    Field.RECIPIENT: _("Send to"),
    Field.TRUSTSTORE: _("Truststore"),
}
_MISSING = {
    Field.HOSTNAME: _("Type the name of the mail server, for example mail.example.com."),
    Field.SENDER: _("Type the address that Bitbucket's mail comes from."),
    Field.RECIPIENT: _("Type the address that the test goes to."),
}
_SENTENCES = {
    Wrong.CONTROL_CHARACTER: _("It contains the control character {value}. Type it again instead of pasting it."),
    Wrong.HOST_CHARACTER: _("“{value}” cannot be in a host name. Only letters, digits, hyphens and dots can."),
    Wrong.HOST_LABEL: _(
        "“{value}” cannot be part of a host name: 1 to 63 letters, digits and hyphens between two dots, no hyphen at an end."
    ),
    Wrong.HOST_LENGTH: _("It is {value} characters long. A host name has at most 253."),
    Wrong.HOST_IDN: _("“{value}” is not an international host name (IDNA 2008): {reason}"),
    Wrong.HOST_ADDRESS: _("“{value}” is not an IP address. Four numbers from 0 to 255, or an IPv6 address."),
    Wrong.PORT_NUMBER: _("“{value}” is not a number. Leave it blank for 25, Bitbucket's default."),
    Wrong.PORT_RANGE: _("{value} is not a port. Ports go from 1 to 65535."),
    Wrong.ADDRESS: _("“{value}” is not an email address. {reason}"),
    Wrong.ADDRESS_NOT_ASCII: _(
        "“{value}” has letters before the @ that Bitbucket's mail library cannot send. Use an ASCII address."
    ),
    Wrong.TOO_LONG: _("It is longer than {value} characters."),
    Wrong.WITHOUT_USERNAME: _("There is a password but no user name. Fill in both, or neither for anonymous."),
}


def field_name(field: Field) -> str:
    return _FIELDS[field]


def sentence(problem: Problem) -> str:
    """Without the field's name: it stands beside the field."""
    if problem.wrong is Wrong.MISSING:
        return _MISSING.get(problem.field, _("This is missing."))
    return _SENTENCES[problem.wrong].format(value=shown(problem.value), reason=_closed(problem.reason))


def _closed(said: str) -> str:
    """A library's reason as a sentence, or as the end of one of ours."""
    return f"{reason(said).rstrip('.')}." if said else ""


def line(problem: Problem) -> str:
    return f"{field_name(problem.field)}: {sentence(problem)}"

"""A message that arrived at the built-in server, as a person reads it; any client may have sent anything."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_HEADERS = ("From", "To", "Subject", "Date", "Message-ID")


def subject(octets: bytes) -> str:
    return _header(_parsed(octets), "Subject") or _("(no subject)")


def headers(octets: bytes) -> list[str]:
    """The ones that people look at, `Name: value`."""
    message = _parsed(octets)
    return [f"{name}: {value}" for name in _HEADERS if (value := _header(message, name))]


def body(octets: bytes) -> list[str]:
    """The lines of the text, or of the HTML where there is none; of the source where neither can be read."""
    try:
        found = _parsed(octets).get_body(("plain", "html"))
        text = str(found.get_content()) if found is not None else ""
    except Exception:  # noqa: BLE001  the email package raises what it likes on a mail that is none
        text = octets.decode("utf-8", "replace")
    return [shown(line) for line in text.splitlines()]


def attachments(octets: bytes) -> list[str]:
    """`name, type` of every part that has a name."""
    try:
        named = [(part.get_filename(), part.get_content_type()) for part in _parsed(octets).walk()]
    except Exception:  # noqa: BLE001  as above
        return []
    return [shown(f"{name}, {kind}") for name, kind in named if name]


def _header(message: EmailMessage, name: str) -> str:
    try:
        return shown(str(message[name] or ""))
    except Exception:  # noqa: BLE001  as above
        return _("(cannot be read)")


def _parsed(octets: bytes) -> EmailMessage:
    return BytesParser(policy=default).parsebytes(octets)

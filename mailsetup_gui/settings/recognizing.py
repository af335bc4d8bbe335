"""Text that somebody has of a mail server -> what it is: our own file, Bitbucket's document, a command, an address."""

from __future__ import annotations

import re

from mailsetup_gui.settings import command_lines, pasted, tables
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.recognized import ID, Kind, RecognitionError, Recognized, Wrong, default_port
from mailsetup_gui.settings.server import Encryption, MailServer

LONGEST = 100_000
"""Characters that are looked at."""
_SUBMISSION_PORT = 587


def recognized(text: str) -> Recognized:
    """Raises RecognitionError."""
    if len(text) > LONGEST:
        raise RecognitionError(Wrong.TOO_LONG, str(LONGEST))
    text = text.removeprefix("\ufeff").strip()
    if not text:
        raise RecognitionError(Wrong.NOTHING)
    if control := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", text):
        raise RecognitionError(Wrong.CONTROL_CHARACTER, f"U+{ord(control[0]):04X}")
    if text[0] == "{":
        return tables.from_json(text)
    if program := command_lines.program(text):
        return command_lines.read(program, text)
    if re.fullmatch(r"[A-Za-z]+://\S+|\S+:[0-9]+", text):
        return _address(text)
    if "=" in text:
        return tables.from_toml(text)
    raise RecognitionError(Wrong.UNKNOWN)


def recognized_in(file_or_descriptor: str | int) -> Recognized:
    """What a file has; descriptor 0 is standard input. Raises RecognitionError."""
    try:
        with open(file_or_descriptor, encoding="utf-8") as file:
            text = file.read(LONGEST + 1)
    except OSError as error:
        raise RecognitionError(Wrong.UNREADABLE, error.strerror or type(error).__name__) from None
    except UnicodeDecodeError:
        raise RecognitionError(Wrong.NOT_UTF8) from None
    return recognized(text)


def _address(text: str) -> Recognized:
    parts = pasted.split(text)
    if parts.hostname == text:
        raise RecognitionError(Wrong.UNKNOWN)
    is_submission = text.lower().startswith("submission:")
    server = MailServer(
        hostname=parts.hostname,
        port=parts.port or (_SUBMISSION_PORT if is_submission else default_port(parts.encryption)),
        encryption=parts.encryption or Encryption.STARTTLS_IF_OFFERED,
        username=parts.username or "",
    )
    return Recognized(Kind.ADDRESS, Profile(ID, "", server), parts.password_dropped)

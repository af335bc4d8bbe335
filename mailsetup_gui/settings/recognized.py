"""What comes of a text that was pasted or opened: a profile, or why none. A secret in the text is in neither."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import SMTPS_PORT, Encryption, Problem, check

ID = "imported"


class Kind(Enum):
    """What the text is; wording.recognizing has the words."""

    TOML = "toml"
    JSON = "json"
    BITBUCKET = "bitbucket"
    SWAKS = "swaks"
    CURL = "curl"
    CURL_BITBUCKET = "curl bitbucket"
    ADDRESS = "address"


class Wrong(Enum):
    """Why nothing was made of it."""

    NOTHING = "nothing"
    TOO_LONG = "too long"
    CONTROL_CHARACTER = "control character"
    UNKNOWN = "unknown"
    PROFILE = "profile"
    QUOTES = "quotes"
    JSON = "json"
    TOO_DEEP = "too deep"
    FIELD = "field"
    NO_SERVER = "no server"
    IN_A_FILE = "in a file"
    UNREADABLE = "unreadable"
    NOT_UTF8 = "not utf-8"


class Recognized(NamedTuple):
    """`profile.name` is '' where the text has none, and nothing is made of it while it has `problems`.

    `unused`: how many options are no settings of a mail server.
    """

    kind: Kind
    profile: Profile
    secret_dropped: bool = False
    unused: int = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What has to be mended first. That Email from is missing is none: it can be filled in."""
        return tuple(check(self.profile.server, recipient=self.profile.recipient or None, sends=False))


class RecognitionError(Exception):
    """`value`: a place, a name or a reason; nothing that could be a secret."""

    def __init__(self, wrong: Wrong, value: str = "") -> None:
        super().__init__(wrong.value, value)
        self.wrong = wrong
        self.value = value


def default_port(encryption: Encryption | None) -> int | None:
    """What swaks, curl and URLs mean without a port; Bitbucket's own blank is 25 with SMTPS as well."""
    return SMTPS_PORT if encryption is Encryption.IMPLICIT_TLS else None

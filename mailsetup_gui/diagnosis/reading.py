"""What a line of an error can be known by, and what its words leave open. The lists are in signs and tls_signs."""

import re
from enum import Enum
from typing import NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp.events import Step


class Reading(Enum):
    """What the words alone leave open, where that is to be told; each has sentences of its own."""

    PKIX = "one sentence for four mistakes"
    DISTRUSTED = "the JDK itself distrusts this authority"
    ONE_ISSUER = "the issuer of the certificate is not there"
    DATES = "expired or not yet valid"
    HANDSHAKE = "cipher, key exchange or client certificate"
    PINNED = "this side offers no version"
    DOWNGRADE = "an inspecting network or an old JDK"
    CONNECT = "it does not say why"
    TLS_ONLY = "it does not say why in TLS"
    OLD_CLIENT = "the server takes no TLS as old as this side's"
    SIZE_HERE = "Bitbucket's own limit"
    TYPED_WRONG = "the address itself cannot be one"
    CLEAR_IN_TLS = "clear text amid STARTTLS"
    UNDELIVERED = "accepted first, not delivered then"
    DELIVERED = "a report of success"
    EMPTY = "no text"


class Sign(NamedTuple):
    """`weight`: 3 a cause by itself, 2 the way it ended, 1 a wrapper that says what failed and not why."""

    words: tuple[str, ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    cause: Cause
    step: Step | None
    weight: int
    reading: Reading | None

    def fits(self, lowered: str) -> bool:
        if any(word in lowered for word in self.words):
            return True
        return any(needle in lowered and pattern.search(lowered) for needle, pattern in self.patterns)


def sign(words: str, cause: Cause, step: Step | None, weight: int = 3, reading: Reading | None = None) -> Sign:
    """`words`: alternatives between bars, in lower case; `needle~pattern` is a regular expression behind a literal,
    so that a line without the literal costs nothing."""
    every = [word.strip() for word in words.split(" | ")]
    plain = tuple(word for word in every if "~" not in word)
    parts = (word.partition("~") for word in every if "~" in word)
    return Sign(plain, tuple((n, re.compile(p)) for n, _, p in parts), cause, step, weight, reading)

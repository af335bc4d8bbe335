"""Foreign text made harmless before any screen, terminal or file."""

from __future__ import annotations

LONGEST = 1000
"""Characters of one foreign line that are shown."""


def shown(foreign: str) -> str:
    """Control, bidi, zero-width and other unprintable characters become U+FFFD; none is dropped, so nothing closes up."""
    cut = foreign if len(foreign) <= LONGEST else foreign[:LONGEST] + "…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in cut)


def java_sentence(message: str) -> str:
    """Java's exception text without the names of its classes."""
    import re

    return shown(re.sub(r"\b(?:[a-z0-9]+\.)+[A-Z]\w+: ", "", message))

"""Foreign text made harmless before any screen, terminal or file."""

from __future__ import annotations

from mailsetup_gui.wording.language import IS_ENGLISH

LONGEST = 1000
"""Characters of one foreign line that are shown."""


def shown(foreign: str) -> str:
    """Control, bidi, zero-width and other unprintable characters become U+FFFD; none is dropped, so nothing closes up."""
    cut = foreign if len(foreign) <= LONGEST else foreign[:LONGEST] + "…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in cut)


def reason(finding: object) -> str:
    """A short reason of the rooms below, made harmless and in the person's language. `finding`: text, or an exception."""
    text = shown(str(finding))
    if IS_ENGLISH:
        return text
    from mailsetup_gui.wording import reasons  # for those who speak another language

    return reasons.said(text)


def java_sentence(message: str) -> str:
    """Java's exception text without the names of its classes."""
    import re

    return shown(re.sub(r"\b(?:[a-z0-9]+\.)+[A-Z]\w+: ", "", message))

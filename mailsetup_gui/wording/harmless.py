"""Foreign text made harmless before any screen, terminal or file."""

from __future__ import annotations

LONGEST = 1000
"""Characters of one foreign line that are shown."""


def shown(foreign: str) -> str:
    """Control, bidi, zero-width and other unprintable characters become U+FFFD; none is dropped, so nothing closes up."""
    cut = foreign if len(foreign) <= LONGEST else foreign[:LONGEST] + "…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in cut)

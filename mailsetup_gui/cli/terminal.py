"""Standard output made ready, whatever the locale is."""

from __future__ import annotations

import sys


def prepare_stdout() -> None:
    """UTF-8, and no crash on what a terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")

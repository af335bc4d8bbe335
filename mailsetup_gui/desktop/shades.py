"""The colours of each appearance: every pair at least 4.5:1, and 7:1 with high contrast. No Qt here."""

from __future__ import annotations

from typing import NamedTuple


class Shades(NamedTuple):
    """One appearance; `*_fill` is the card behind text of the same mood."""

    window: str
    base: str
    raised: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    ok: str
    warn: str
    fail: str
    ok_fill: str
    warn_fill: str
    fail_fill: str
    border: str = "1px"
    """Of fields and buttons."""


LIGHT = Shades(
    window="#f4f5f7",
    base="#ffffff",
    raised="#ffffff",
    text="#1d2229",
    muted="#5b6470",
    line="#d5d9df",
    edge="#868e99",
    accent="#0b5cad",
    on_accent="#ffffff",
    ok="#116329",
    warn="#8a5300",
    fail="#b3261e",
    ok_fill="#e6f4ea",
    warn_fill="#fdf3dc",
    fail_fill="#fdeceb",
)
DARK = Shades(
    window="#1e1f22",
    base="#2f3237",
    raised="#3a3e45",
    text="#e6e8eb",
    muted="#a3adb8",
    line="#464a52",
    edge="#868e99",
    accent="#7cc0ff",
    on_accent="#10202f",
    ok="#57d27c",
    warn="#f0b648",
    fail="#ff8f87",
    ok_fill="#1d3325",
    warn_fill="#3a2f17",
    fail_fill="#3f2322",
)
HIGH_LIGHT = Shades(
    window="#ffffff",
    base="#ffffff",
    raised="#ffffff",
    text="#000000",
    muted="#1d2229",
    line="#9aa0a8",
    edge="#000000",
    accent="#003a75",
    on_accent="#ffffff",
    ok="#0a4a1e",
    warn="#5c3600",
    fail="#8a0f0a",
    ok_fill="#ffffff",
    warn_fill="#ffffff",
    fail_fill="#ffffff",
    border="2px",
)
HIGH_DARK = Shades(
    window="#000000",
    base="#000000",
    raised="#000000",
    text="#ffffff",
    muted="#e6e8eb",
    line="#4a5058",
    edge="#ffffff",
    accent="#ffe14d",
    on_accent="#000000",
    ok="#8affab",
    warn="#ffd27a",
    fail="#ffb8b2",
    ok_fill="#000000",
    warn_fill="#000000",
    fail_fill="#000000",
    border="2px",
)
"""Where the person asked the desktop for more contrast: text at least 7:1."""

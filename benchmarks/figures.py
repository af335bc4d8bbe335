"""What a benchmark found, as values, and their rows in the table."""

from __future__ import annotations

from statistics import median, quantiles
from typing import Any, NamedTuple

HEADING = f"  {'':44} {'ours':>10} {'other':>10} {'ratio':>7}  {'middle half':14} {'pairs':>5}  bar"


class Compared(NamedTuple):
    """Ours and another's figures, one pair for each round; `bar` is what the project asks for, in words."""

    what: str
    ours: tuple[float, ...]
    other: tuple[float, ...]
    unit: str = "ms"
    bar: str = ""

    @property
    def ratios(self) -> list[float]:
        return [mine / theirs for mine, theirs in zip(self.ours, self.other, strict=True)]


class Skipped(NamedTuple):
    what: str
    why: str


def row(found: Compared | Skipped) -> str:
    if isinstance(found, Skipped):
        return f"  {found.what:44} skipped: {found.why}"
    low, high = _middle_half(found.ratios)
    ours, other = (_figure(median(values), found.unit) for values in (found.ours, found.other))
    ratio, spread, pairs = f"{median(found.ratios):.2f}", f"({low:.2f} to {high:.2f})", len(found.ours)
    return f"  {found.what:44} {ours:>10} {other:>10} {ratio:>7}  {spread:14} {pairs:>5}  {found.bar}".rstrip()


def facts(found: Compared | Skipped) -> dict[str, Any]:
    """For JSON: the figures themselves, so that others can judge them otherwise."""
    if isinstance(found, Skipped):
        return {"what": found.what, "skipped": found.why}
    low, high = _middle_half(found.ratios)
    spread = {"ratio": median(found.ratios), "low": low, "high": high}
    return {**found._asdict(), **{name: round(value, 3) for name, value in spread.items()}}


def _middle_half(ratios: list[float]) -> tuple[float, float]:
    if len(ratios) < 2:
        return ratios[0], ratios[0]
    low, _, high = quantiles(ratios, n=4, method="inclusive")
    return low, high


def _figure(value: float, unit: str) -> str:
    return f"{value:.1f} {unit}" if unit in ("ms", "MB") else f"{value:g} {unit}".rstrip()

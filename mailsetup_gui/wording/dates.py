"""Days, times and decimal signs as a person of the language writes them; reports, records and JSON have ISO 8601."""

from __future__ import annotations

import time

from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

# translators: as a date is written in figures, in the letters of strftime
_DAY = _("%Y-%m-%d")
# translators: date and time of day
_MINUTE = _("%Y-%m-%d %H:%M")
# translators: the sign before decimals: 0.3 or 0,3
_DECIMAL = _(".")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(seconds: int) -> str:
    """With the time of day, UTC; a year beyond 9999 cannot be."""
    return _written(f"{_MINUTE} UTC", seconds)


def day(seconds: int) -> str:
    """UTC."""
    return _written(_DAY, seconds)


def minute(iso: str) -> str:
    """Of an ISO time, by the clock that it was written by; what is none comes out as it is."""
    return _of_iso(_MINUTE, "%Y-%m-%dT%H:%M", iso[:16].replace(" ", "T"))


def day_of(iso: str) -> str:
    return _of_iso(_DAY, "%Y-%m-%d", iso[:10])


def now() -> str:
    """By this computer's clock, with its zone."""
    return time.strftime(f"{_MINUTE}:%S %z")


def of_peer(text: str) -> str:
    """What OpenSSL says of a certificate (`Nov 18 09:12:00 2026 GMT`), or what `moment` has said already."""
    words = text.split()
    if len(words) != 5 or words[0] not in _MONTHS:
        return shown(text)
    year_first = f"{words[3]}-{_MONTHS.index(words[0]) + 1:02}-{words[1]:0>2}T{words[2]}"
    return f"{minute(year_first)} UTC"


def number(value: float, decimals: int) -> str:
    return decimal(f"{value:.{decimals}f}")


def decimal(figures: str) -> str:
    """3.5 -> 3,5"""
    return figures.replace(".", _DECIMAL)


def iso_moment(seconds: int) -> str:
    """For JSON and what is kept."""
    return _written("%Y-%m-%d %H:%M UTC", seconds)


def _written(shape: str, seconds: int) -> str:
    try:
        return time.strftime(shape, time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        return _("{seconds} seconds after 1970").format(seconds=seconds)


def _of_iso(shape: str, read_as: str, iso: str) -> str:
    """Not by strptime, which costs an import of 3 ms and knows the same figures."""
    figures = [int(part) for part in iso.replace("T", "-").replace(":", "-").split("-") if part.isdecimal()]
    if len(figures) != read_as.count("%") or not 1 <= figures[1] <= 12:
        return shown(iso.replace("T", " "))
    year, month, day_of_month, *clock = figures
    hour, minutes = clock or (0, 0)
    return time.strftime(shape, (year, month, day_of_month, hour, minutes, 0, 0, 1, -1))

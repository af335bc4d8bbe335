"""Which day it is. EDGE: the system's clock, or MAILSETUP_CLOCK=2026-12-31, for tests and rehearsals."""

from __future__ import annotations

import os
from datetime import date, datetime

VARIABLE = "MAILSETUP_CLOCK"


def today() -> date:
    """This computer's day; what MAILSETUP_CLOCK holds is one only where `wrong` says nothing."""
    wanted = os.environ.get(VARIABLE, "")
    return date.fromisoformat(wanted) if wanted and not wrong() else datetime.now().astimezone().date()


def wrong() -> str:
    """The value of MAILSETUP_CLOCK that is no day; '' when it is one, or not set."""
    wanted = os.environ.get(VARIABLE, "")
    try:
        date.fromisoformat(wanted or "2026-01-01")
    except ValueError:
        return wanted
    return ""

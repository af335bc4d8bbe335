"""Every JVM that the tests can ask: this computer's, and those of packaging/jvms.py. Not a test."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from mailsetup_gui.java import runtimes
from mailsetup_gui.java.runtimes import Runtime
from mailsetup_gui.judging import release

FETCHED = Path(__file__).resolve().parents[2] / ".venv" / "jvms"
WANTED = (11, 17, 21, 25)
"""Feature versions; in CI each of them is there."""


@cache
def every() -> tuple[Runtime, ...]:
    """One of each version, oldest first; those without a compiler too."""
    fetched = [runtimes.at(str(home)) for home in sorted(FETCHED.glob("*")) if home.is_dir()]
    found = {one.version: one for one in (*fetched, *runtimes.find()) if one.trouble is None and one.version}
    return tuple(sorted(found.values(), key=feature))


def feature(runtime: Runtime) -> int:
    """17 of 17.0.15."""
    return release(runtime.version)[0]


def needed(version: int) -> Runtime:
    """The newest JVM of that feature version; skips the test where there is none."""
    found = [runtime for runtime in every() if feature(runtime) == version]
    if not found:
        pytest.skip(f"no Java {version}")
    return found[-1]

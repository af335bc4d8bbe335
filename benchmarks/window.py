"""`mailsetup-gui` beside a bare PySide6 window: from process start to what a person sees, read off the screen.

Neither program is changed for it: the pixels of the display are watched from outside.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import peers
from benchmarks.figures import Compared, Skipped
from benchmarks.peers import RECIPIENT, SENDER, Screen
from mailsetup_gui.settings import profiles
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import MailServer

_BAR = "at most 1.30"
_QUIET = 0.4
"""Seconds without a change after which a window is complete; a text cursor blinks more slowly."""
_SAME = 0.95
"""Of the rows of pixels: the last line of news (where is the password kept?) may come later."""


class Seen(NamedTuple):
    """Milliseconds from process start: the first pixel, the complete window; and processor time until it rests."""

    first: float
    complete: float
    cpu: float


def compared(rounds: int) -> Iterator[Compared | Skipped]:
    with peers.display() as screen, tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as folder:
        if screen.pixels is None:
            yield Skipped("against a bare PySide6 window", screen.name)
            return
        for words, count in (("no profile", 0), ("three profiles", 3)):
            config = Path(folder, str(count))
            _keep_profiles(config / "profiles", count)
            ours, bare = _measured(screen, {**screen.environment, "MAILSETUP_CONFIG_DIR": str(config)}, rounds)
            first, complete, cpu = (tuple(zip(*side, strict=True)) for side in (ours, bare))

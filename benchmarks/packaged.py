"""What people install beside the checkout that it was made of: the window, and a test mail in a terminal."""

from __future__ import annotations

import mmap
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers, window
from benchmarks.figures import Compared, Skipped
from benchmarks.peers import RECIPIENT, ROOT, Screen

_BAR = "at most 1.00"
_WAYS = {"installed": Path("/usr/bin"), "portable": ROOT / "dist" / "mailsetup"}
"""The .deb, installed on this computer, and what `packaging/build.py folder` makes."""


def compared(rounds: int) -> Iterator[Compared | Skipped]:
    with peers.display() as screen:
        for way, folder in _WAYS.items():
            if not (folder / "mailsetup-gui").exists():
                yield Skipped(f"{way} beside the checkout", f"there is no {folder / 'mailsetup-gui'}")
            elif screen.pixels is None:
                yield Skipped(f"{way} beside the checkout", "Xvfb, whose screen is watched, is not installed")
            else:
                yield from _windows(way, folder, screen, screen.pixels, rounds)
                yield _terminals(way, folder, rounds)


def _windows(way: str, folder: Path, screen: Screen, file: Path, rounds: int) -> Iterator[Compared]:
    with (
        tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as config,
        file.open("rb") as drawn,
        mmap.mmap(drawn.fileno(), 0, prot=mmap.PROT_READ) as pixels,
    ):
        env = {**screen.environment, "MAILSETUP_CONFIG_DIR": config}
        commands = ([str(folder / "mailsetup-gui")], [sys.executable, "-m", "mailsetup_gui"])
        for command in commands:
            window.seen(command, env, pixels)  # warms every cache
        ours, other = zip(
            *([window.seen(command, env, pixels) for command in commands] for _ in range(rounds)), strict=True
        )
        yield from window.rows(way, ours, other, _BAR)


def _terminals(way: str, folder: Path, rounds: int) -> Compared:
    with tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as state:
        env = peers.environment(MAILSETUP_STATE_DIR=state)
        words = ["test", "--sandbox", "--to", RECIPIENT]
        commands = ([str(folder / "mailsetup"), *words], [sys.executable, "-m", "mailsetup_gui.cli", *words])
        for command in commands:
            peers.tried(command, env)
        pairs = [[peers.usage(command, env).wall for command in commands] for _ in range(rounds)]
        ours, other = zip(*pairs, strict=True)
        return Compared(f"mailsetup test --sandbox, {way}", ours, other, bar=_BAR)

"""`mailsetup-gui` beside a bare PySide6 window: from process start to what a person sees, read off the screen.

Neither program is changed for it: the pixels of the display are watched from outside.
"""

from __future__ import annotations

import mmap
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
from benchmarks.peers import HEIGHT, RECIPIENT, SENDER, WIDTH
from mailsetup_gui.settings import profiles
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import MailServer

_BAR = "at most 1.15"
_MEMORY_BAR = "at most 25 MB more"
_BESIDE = 0.05
"""Of the rows of pixels: a smaller change is a cursor, or one line of text."""
_QUIET = 0.5
"""Seconds without a change after which a window is complete."""
_EACH = 8
"""Every so many rows of pixels are looked at."""


class Seen(NamedTuple):
    """Milliseconds from process start to the first pixels and to the complete window, and of CPU; the peak in MB."""

    first: float
    complete: float
    cpu: float
    peak: float


def compared(rounds: int) -> Iterator[Compared | Skipped]:
    with peers.display() as screen, tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as folder:
        if screen.pixels is None:
            yield Skipped("against a bare PySide6 window", "Xvfb, whose screen is watched, is not installed")
            return
        with screen.pixels.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as pixels:
            for words, count, pairs in (("no profile", 0, rounds), ("three profiles", 3, (rounds + 1) // 2)):
                config = Path(folder, str(count))
                _keep_profiles(config / "profiles", count)
                env = {**screen.environment, "MAILSETUP_CONFIG_DIR": str(config)}
                yield from _against_bare(words, pixels, env, pairs)


def _against_bare(words: str, pixels: mmap.mmap, env: dict[str, str], rounds: int) -> Iterator[Compared]:
    bare = [sys.executable, str(Path(__file__).with_name("bare_window.py"))]
    commands = (peers.mailsetup_gui(), bare)
    for command in commands:
        seen(command, env, pixels)  # warms every cache
    ours, other = zip(*([seen(command, env, pixels) for command in commands] for _ in range(rounds)), strict=True)
    yield from rows(words, ours, other, _BAR)


def rows(words: str, ours: tuple[Seen, ...], other: tuple[Seen, ...], bar: str) -> Iterator[Compared]:
    yield Compared(f"first pixels, {words}", _column(ours, 0), _column(other, 0), bar=bar)
    yield Compared(f"complete window, {words}", _column(ours, 1), _column(other, 1))
    yield Compared(f"CPU until it rests, {words}", _column(ours, 2), _column(other, 2))
    yield Compared(f"peak memory until it rests, {words}", _column(ours, 3), _column(other, 3), "MB", _MEMORY_BAR)


def _column(seen: tuple[Seen, ...], which: int) -> tuple[float, ...]:
    return tuple(one[which] for one in seen)


def seen(command: list[str], env: dict[str, str], pixels: mmap.mmap) -> Seen:
    """Starts the command on an empty screen, watches until the screen rests, and leaves it empty again."""
    blank = _rows(pixels)
    began = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        changes = _changes(process, pixels, began)
        peak = _peak(process.pid)
    finally:
        process.kill()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    while _differ(blank, _rows(pixels)):
        time.sleep(0.01)
    cpu = (used.ru_utime + used.ru_stime) * 1000
    return Seen((changes[0] - began) * 1000, (changes[-1] - began) * 1000, cpu, peak)


def _peak(pid: int) -> float:
    """Resident, in MB of 1024 x 1024 octets. Linux only, as the whole benchmark is."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def _changes(process: subprocess.Popen[bytes], pixels: mmap.mmap, began: float) -> list[float]:
    """When the screen changed, until it rests; raises when nothing is seen, or no rest."""
    found: list[float] = []
    last, now = _rows(pixels), began
    while not found or now < found[-1] + _QUIET:
        if now > began + peers.PATIENCE:
            raise RuntimeError(f"the screen did not come to rest within {peers.PATIENCE:.0f} s of {process.args!r}")
        time.sleep(0.001)
        now, rows = time.perf_counter(), _rows(pixels)
        if _differ(last, rows):
            found.append(now)
        last = rows
    return found


def _rows(pixels: mmap.mmap) -> list[bytes]:
    size = WIDTH * 4
    begin = len(pixels) - size * HEIGHT
    return [pixels[at : at + size] for at in range(begin, len(pixels), size * _EACH)]


def _differ(before: list[bytes], after: list[bytes]) -> bool:
    return sum(one != other for one, other in zip(before, after, strict=True)) > _BESIDE * len(before)


def _keep_profiles(folder: Path, count: int) -> None:
    for number in range(1, count + 1):
        server = MailServer(f"mail{number}.example.test", 587, username="bitbucket", sender=SENDER)
        profiles.save(folder, Profile(f"p{number}", f"Mail server {number}", server, recipient=RECIPIENT))

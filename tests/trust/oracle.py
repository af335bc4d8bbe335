"""Java's own trust manager, asked about many chains in one run of a JVM. Not a test."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.trust.worlds import World

_SOURCE = Path(__file__).with_name("TrustManagerOracle.java")


def asked(java: str, worlds: Sequence[World]) -> list[str]:
    """For each world "accepted", or the class and text of the exception."""
    lines = "".join(f"{_words(world.chain)} {_words(world.anchors)}\n" for world in worlds)
    done = subprocess.run(
        [java, "-XX:TieredStopAtLevel=1", "-cp", _compiled(), "TrustManagerOracle"],
        input=lines,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    answers = done.stdout.splitlines()
    assert len(answers) == len(worlds), done.stderr
    return answers


def _words(ders: Sequence[bytes]) -> str:
    return ",".join(base64.b64encode(der).decode() for der in ders) or "-"


@cache
def _compiled() -> str:
    javac = shutil.which("javac")
    if javac is None:
        pytest.skip("no javac")
    folder = mkdtemp(prefix="mailsetup-oracle-")
    subprocess.run([javac, "--release", "11", "-d", folder, str(_SOURCE)], check=True, capture_output=True, timeout=60)
    return folder

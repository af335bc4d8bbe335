"""Every keytool of this computer, and what it says of a truststore. Not a test."""

from __future__ import annotations

import functools
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

_LIST = re.compile(r"^(.+), \w{3} \d{1,2}, \d{4}, (\w+),", re.MULTILINE)


class Listed(NamedTuple):
    """`trusted`: the aliases that this Java lists as trusted certificates."""

    trusted: frozenset[str]
    said: str


@functools.cache
def keytools() -> tuple[Path, ...]:
    """One of each Java, by the folder that it really lies in."""
    found = {path.resolve() for path in Path("/usr/lib/jvm").glob("*/bin/keytool")}
    return tuple(sorted(path for path in found if path.exists()))


def listed(keytool: Path, store: Path, password: str | None) -> Listed:
    """Without a password keytool asks, and gets an empty line: it goes on without the check, as Java does."""
    words = [str(keytool), "-J-Dfile.encoding=UTF-8", "-J-Dsun.stdout.encoding=UTF-8", "-J-Dstdout.encoding=UTF-8"]
    words += ["-J-Duser.language=en", "-J-XX:TieredStopAtLevel=1", "-list", "-keystore", str(store)]
    words += ["-storepass", password] if password is not None else []
    done = subprocess.run(words, input=b"\n", capture_output=True, timeout=60)
    said = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
    return Listed(frozenset(alias for alias, kind in _LIST.findall(said) if kind == "trustedCertEntry"), said)

"""`mailsetup truststore build` beside `keytool -importkeystore`: 140 certificates into a copy of a JDK's cacerts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import peers
from benchmarks.figures import Compared, Skipped
from mailsetup_gui.java import runtimes
from mailsetup_gui.trust import truststore, writers
from mailsetup_gui.trust.contents import Entry

_COUNT = 140
_PASSWORD = "changeit"


class _Files(NamedTuple):
    cacerts: str
    added: Path
    ours: Path
    theirs: Path


def compared(rounds: int) -> Iterator[Compared | Skipped]:
    runtime, keytool = runtimes.default(), shutil.which("keytool")
    if runtime is None or keytool is None:
        yield Skipped("against keytool -importkeystore", "no JVM with keytool and cacerts is installed")
        return
    with tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as name:
        folder = Path(name)
        files = _Files(runtime.cacerts, folder / "added.jks", folder / "ours.jks", folder / "theirs.jks")
        files.added.write_bytes(writers.jks(_authorities(), 0))
        _once(files, keytool)
        used = [_once(files, keytool) for _ in range(rounds)]
    for clock in ("wall", "CPU"):
        ours, theirs = (tuple(u.wall if clock == "wall" else u.cpu for u in each) for each in zip(*used, strict=True))
        bar = "wall at most 0.20" if clock == "wall" else ""
        yield Compared(f"{clock}, against keytool -importkeystore", ours, theirs, bar=bar)


def _once(files: _Files, keytool: str) -> tuple[peers.Usage, peers.Usage]:
    """Ours copies the base itself; theirs is given a copy. Raises RuntimeError when they do not hold the same."""
    files.ours.unlink(missing_ok=True)
    files.theirs.write_bytes(Path(files.cacerts).read_bytes())
    env = peers.environment()
    words = ["truststore", "build", "--base", files.cacerts, "--add", str(files.added), "--out", str(files.ours)]
    mine = peers.usage(peers.mailsetup(*words), env)
    source = ["-srckeystore", str(files.added), "-srcstorepass", _PASSWORD]
    target = ["-destkeystore", str(files.theirs), "-deststorepass", _PASSWORD]
    other = peers.usage([keytool, "-importkeystore", "-noprompt", *source, *target], env)
    ours, theirs = ({entry.der for entry in truststore.read(str(path)).trusted} for path in (files.ours, files.theirs))
    if ours != theirs:
        raise RuntimeError(f"mailsetup wrote {len(ours)} certificates, keytool {len(theirs)}")
    return mine, other


def _authorities() -> list[Entry]:
    import trustme

    pem = b"".join(trustme.CA().cert_pem.bytes() for _ in range(_COUNT))
    return [Entry(f"ca-{number}", entry.der) for number, entry in enumerate(truststore.contents(pem).entries)]

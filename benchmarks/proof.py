"""A proof in a JVM, server and handshake included, beside the start of the same JVM for nothing but its version."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import peers
from benchmarks.figures import Compared, Skipped
from mailsetup_gui.java import runtimes
from mailsetup_gui.java.proof import Question, prove
from mailsetup_gui.java.runtimes import Runtime
from mailsetup_gui.trust import truststore, writers


def compared(rounds: int) -> Iterator[Compared | Skipped]:
    found = [runtime for runtime in runtimes.find() if runtime.trouble is None]
    if not found:
        yield Skipped("a proof in a JVM", "no JVM is installed")
    with peers.sandbox() as server, tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as folder:
        store = Path(folder) / "anchors.jks"
        store.write_bytes(writers.jks(truststore.read(server.ca_file).entries, 0))
        question = Question("localhost", server.port, True, str(store))
        for runtime in found:
            pairs = [(_proof(runtime, question), _start(runtime)) for _ in range(rounds)]
            ours, other = zip(*pairs, strict=True)
            more = median(mine - theirs for mine, theirs in pairs)
            title = f"wall, Java {runtime.version} proves and starts"
            yield Compared(title, ours, other, bar=f"{more:.0f} ms more; at most 250")


def _proof(runtime: Runtime, question: Question) -> float:
    began = time.perf_counter()
    found = prove(runtime, question, 20)
    if not found.accepted:
        raise RuntimeError(found.trouble or found.sentence)
    return (time.perf_counter() - began) * 1000


def _start(runtime: Runtime) -> float:
    began = time.perf_counter()
    subprocess.run([runtime.java, "-version"], check=True, capture_output=True)
    return (time.perf_counter() - began) * 1000

"""What a JVM's own java.security keeps its TLS clients from: read from the file, not guessed from the version."""

from __future__ import annotations

import os

from mailsetup_gui.java.runtimes import Runtime

_PROPERTY = "jdk.tls.disabledAlgorithms"
_LARGEST = 1_000_000
_PLACES = (("conf", "security"), ("lib", "security"), ("jre", "lib", "security"))


def disabled(runtime: Runtime) -> tuple[str, ...] | None:
    """The entries of jdk.tls.disabledAlgorithms, in lower case; None where the file cannot be read."""
    for folder in _PLACES:
        path = os.path.join(runtime.home, *folder, "java.security")
        if not os.path.isfile(path):
            continue
        try:
            with open(path, encoding="latin-1") as file:
                return _entries(file.read(_LARGEST))
        except OSError:
            return None
    return None


def _entries(text: str) -> tuple[str, ...]:
    """As java.util.Properties reads them: a backslash goes on in the next line, the last assignment counts."""
    value = ""
    for line in text.replace("\\\r\n", "").replace("\\\n", "").splitlines():
        name, equals, words = line.partition("=")
        if equals and name.strip() == _PROPERTY:
            value = words
    return tuple(entry for entry in (" ".join(part.split()).lower() for part in value.split(",")) if entry)

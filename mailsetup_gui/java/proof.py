"""The shipped class Proof in a JVM of this computer: what that Java itself says of a truststore and a mail server."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui import shipped
from mailsetup_gui.java.hearing import Bell, Heard, hear
from mailsetup_gui.java.runtimes import Runtime

if TYPE_CHECKING:
    import subprocess

__all__ = ["Bell", "Proof", "Question", "prove"]

_FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx96m", "-XX:-UsePerfData")
"""For a short life; every HotSpot from 8 to 25 takes them."""
_SPOILERS = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")
_GRACE = 1.0
"""Seconds that the JVM has to tell what it knows at its own deadline, before it is killed."""


class Question(NamedTuple):
    """`host` '' only loads the truststore. `truststore` '' is the JVM's own; `issuers`: list all that is trusted."""

    host: str = ""
    port: int = 25
    starttls: bool = True
    truststore: str = ""
    password: str | None = None
    check_name: bool = False
    ehlo_name: str = "localhost"
    issuers: bool = False

    def __repr__(self) -> str:
        return f"Question({self.host}, {self.port}, {self.truststore})"


class Proof(NamedTuple):
    """`accepted` None: this Java did not come so far, and `trouble` says why, as a finding.

    `stage`: store, connect, greeting, ehlo, starttls, tls or done. `exceptions`: (class, message), outermost first.
    `trusts`: how many certificates it trusts. `chain`, `issuers`: SHA-256 in hexadecimal. `truststore`: the file that
    Java really used; it says nothing when that is not the one it was given.
    """

    accepted: bool | None
    stage: str = ""
    version: str = ""
    vendor: str = ""
    truststore: str = ""
    trusts: int = 0
    protocol: str = ""
    cipher: str = ""
    chain: tuple[str, ...] = ()
    issuers: frozenset[str] = frozenset()
    exceptions: tuple[tuple[str, str], ...] = ()
    trouble: str = ""
    took: float = 0.0

    @property
    def sentence(self) -> str:
        """What Bitbucket's log would show, '' where Java said nothing."""
        if not self.exceptions:
            return ""
        if "PKIX" in self.exceptions[0][1]:
            return self.exceptions[0][1]
        return ", caused by ".join(dict.fromkeys(f"{kind}: {message}" for kind, message in self.exceptions))


def prove(runtime: Runtime, question: Question, timeout: float, bell: Bell | None = None) -> Proof:
    """Runs the class in this JVM; `timeout` seconds for all. Never raises for what a JVM or a server may do."""
    import subprocess

    began = time.monotonic()
    try:
        process = subprocess.Popen(
            [runtime.java, *_FLAGS, "-cp", os.path.dirname(shipped.path("Proof.class")), "Proof"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={name: value for name, value in os.environ.items() if name not in _SPOILERS},
        )
    except (OSError, ValueError) as error:
        return Proof(None, trouble=f"{runtime.java or runtime.home} cannot be started: {error}")
    try:
        _ask(process, question, timeout)
        heard = hear(process, began + timeout + _GRACE, bell)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
    return _read(heard, timeout)._replace(took=(time.monotonic() - began) * 1000)


def _ask(process: subprocess.Popen[bytes], question: Question, timeout: float) -> None:
    """java.util.Properties on standard input: nothing of it is in an argument. A JVM that died reads nothing."""
    properties = {
        "host": question.host or None,
        "port": str(question.port),
        "starttls": "" if question.starttls else None,
        "ehlo": question.ehlo_name,
        "trustStore": question.truststore or None,
        "trustStorePassword": question.password,
        "checkName": "" if question.check_name else None,
        "issuers": "" if question.issuers else None,
        "deadline": str(int((time.time() + timeout) * 1000)),
    }
    lines = "".join(f"{name}={_escaped(value)}\n" for name, value in properties.items() if value is not None)
    if process.stdin is not None:
        try:
            process.stdin.write(lines.encode("ascii"))
            process.stdin.close()
        except OSError:
            pass  # what it said before it died is read next


def _escaped(value: str) -> str:
    """Every character but letters and digits as UTF-16 code units, which java.util.Properties undoes."""
    octets = value.encode("utf-16-be", "surrogatepass")
    units = (octets[at : at + 2] for at in range(0, len(octets), 2))
    return "".join(f"\\u{unit.hex()}" for unit in units)


def _read(heard: Heard, timeout: float) -> Proof:
    import json

    answer = next((line for line in reversed(heard.octets.splitlines()) if line.startswith(b'{"')), b"")
    try:
        found = json.loads(answer)
        return _proof(found, timeout)
    except (ValueError, TypeError, KeyError, RecursionError):
        first = heard.octets.decode("utf-8", "replace").strip().splitlines()
        said = f", saying “{first[0][:200]}”" if first else ""
        return Proof(None, trouble=f"the JVM gave no answer: {heard.ended}{said}")


def _proof(found: dict[str, object], timeout: float) -> Proof:
    def text(name: str) -> str:
        return str(found.get(name, ""))[:10_000]

    exceptions = tuple((str(one[0])[:500], str(one[1])[:5000]) for one in map(_pair, _list(found, "exceptions")))
    stage, late = text("stage"), found.get("trouble") == "deadline"
    accepted = True if found.get("ok") is True else False if exceptions and stage in ("store", "tls") else None
    trouble = f"Java was at “{stage}” after {timeout:.0f} s" if late else ""
    if accepted is None and exceptions:
        trouble = f"Java could not go on at “{stage}”: {exceptions[0][1]}"
    return Proof(
        accepted=None if late and accepted is not True else accepted,
        stage=stage,
        version=text("version"),
        vendor=text("vendor"),
        truststore=text("trustStore"),
        trusts=int(str(found.get("count", 0))),
        protocol=text("protocol"),
        cipher=text("cipher"),
        chain=tuple(str(one).zfill(64) for one in _list(found, "chain")),
        issuers=frozenset(str(one).zfill(64) for one in _list(found, "issuers")),
        exceptions=() if accepted else exceptions,  # what came after the handshake is no refusal
        trouble=trouble,
    )


def _pair(value: object) -> list[object]:
    if not isinstance(value, list) or len(value) != 2:
        raise TypeError("exceptions")
    return value


def _list(found: dict[str, object], name: str) -> list[object]:
    value = found.get(name, [])
    if not isinstance(value, list):
        raise TypeError(name)
    return value

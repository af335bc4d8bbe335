"""What Bitbucket's Java will say of a server's certificate: by which trust anchors, predicted, kept for the card."""

import time
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.diagnosis import trusting
from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.trusting import Finding, JavaSays
from mailsetup_gui.settings.server import Encryption, MailServer, wire_host
from mailsetup_gui.smtp.events import (
    Fault,
    Refusal,
    TlsStarted,
)
from mailsetup_gui.smtp.tls import Offer
from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.contents import Entry
from mailsetup_gui.trust.names import certifies
from mailsetup_gui.trust.path import USUAL_JAVA, Anchors

if TYPE_CHECKING:
    from mailsetup_gui.java.proof import Bell, Proof
    from mailsetup_gui.java.runtimes import Runtime


class Origin(Enum):
    """Whose trust anchors these are; wording.java says it."""

    FILE = "file"
    JAVA = "java"
    MOZILLA = "mozilla"
    SANDBOX = "sandbox"


class Grounds(NamedTuple):
    """The trust anchors of a judgement, whose they are, and the Java whose rules count (`version` '' for any).

    `path`: the file that they are of, `home`: the JVM's, '' where there is none; `size`: the file's certificates.
    """

    anchors: Anchors
    origin: Origin
    size: int
    version: str = ""
    path: str = ""
    home: str = ""

    @property
    def release(self) -> tuple[int, int]:
        return release(self.version)


def release(version: str) -> tuple[int, int]:
    """(feature, update): (17, 15) of 17.0.15, (8, 402) of 1.8.0_402; the usual one where it is not known."""
    parts = version.removeprefix("1.").replace("_", ".").replace("-", ".").replace("+", ".").split(".")
    if not parts[0].isdecimal():
        return USUAL_JAVA
    return int(parts[0]), int(parts[2]) if len(parts) > 2 and parts[2].isdecimal() else 0


def offer(runtime: "Runtime | None") -> Offer:
    """What this Java's TLS client offers; as the newest updates do where no Java is known."""
    from mailsetup_gui.java.restrictions import disabled

    entries = disabled(runtime) if runtime else None
    if entries is None:
        return Offer()
    sha1 = any(entry.startswith("rsa_pkcs1_sha1") for entry in entries)
    return Offer(rsa_key_exchange="tls_rsa_*" not in entries, sha1=not sha1)


def grounds(path: str, password: str | None, runtime: "Runtime | None") -> Grounds:
    """Of the truststore at `path`, or without one those that this Java has by itself. Raises StoreError."""
    version, home = (runtime.version, runtime.home) if runtime else ("", "")
    if path:
        entries = truststore.trusted(path, password)
        return Grounds(_anchors(entries), Origin.FILE, len(entries), version, path, home)
    if runtime is not None and runtime.cacerts:
        path = runtime.cacerts
        entries = truststore.trusted(path)
        return Grounds(_anchors(entries), Origin.JAVA, len(entries), version, path, home)
    import certifi

    path = certifi.where()
    entries = truststore.trusted(path)
    return Grounds(_anchors(entries), Origin.MOZILLA, len(entries), version, path, home)


def grounds_of(entries: Iterable[Entry]) -> Grounds:
    """Of the built-in server's CA."""
    known = tuple(entries)
    return Grounds(_anchors(known), Origin.SANDBOX, len(known))


def _anchors(entries: tuple[Entry, ...]) -> Anchors:
    """Java marks the CAs that it ships in their aliases, and refuses SHA-1 below those."""
    return Anchors((entry.der for entry in entries), frozenset(e.der for e in entries if " [jdk" in e.alias))


class JavaJudge:
    """Judges one server in a session: predicts, and believes a JVM that was asked more than its own prediction.

    `finding` is there afterwards, None when the server showed no certificate; `proof` when a JVM was asked.
    """

    def __init__(self, ground: Grounds, check_name: bool, former: tuple[bytes, ...] = ()) -> None:
        """`former`: the chain when it last worked, DER as sent."""
        self.grounds = ground
        self._former = former
        self.finding: Finding | None = None
        self.proof: Proof | None = None
        self._check_name = check_name

    @property
    def says(self) -> JavaSays:
        """The JVM's own word where there is one, else the predicted one."""
        if self.proof is not None and self.proof.accepted is not None:
            return JavaSays(self.proof.accepted, self.proof.sentence, self.proof.version, proved=True)
        if self.finding is None:
            return JavaSays()
        verdict = self.finding.verdict
        return JavaSays(verdict.accepted, verdict.message, self.grounds.version)

    @property
    def unwise(self) -> tuple[Cause, ...]:
        """What to tell besides, of a chain that is trusted and of a JVM that was asked."""
        found: tuple[Cause, ...] = ()
        if self.proof is not None and self.proof.accepted is None:
            found = (Cause.JAVA_NOT_ASKED,)
        elif self.differs:
            found = (Cause.JAVA_DIFFERS,)
        if self.finding is None or self.finding.cause is not None:
            return found
        return (*trusting.unwise(self.finding.verdict.path, time.time()), *found)

    @property
    def differs(self) -> bool:
        """Whether the JVM said something else than was predicted."""
        said, finding = self.proof and self.proof.accepted, self.finding
        return said is not None and finding is not None and said != (finding.cause is None)

    def __call__(self, host: str, shown: TlsStarted) -> Refusal | None:
        self.finding = trusting.find(shown.chain, self.grounds.anchors, time.time(), self.grounds.release)
        if self.finding.cause is not None:
            from mailsetup_gui.diagnosis import intercepting

            self.finding = intercepting.judged(self.finding, self._former)
        if self.proof is not None and self.proof.accepted:
            return None
        if self.finding.cause is not None:
            return Refusal(Fault(self.finding.cause.value), self.finding.verdict.message)
        if self._check_name and not certifies(shown.peer.names, shown.peer.subject, host):
            return Refusal(Fault.NAME_MISMATCH, ", ".join(shown.peer.names))
        return None

    def confirm(self) -> Refusal | None:
        """What the JVM has against a server that was predicted to be trusted."""
        if self.proof is None or self.proof.accepted is not False:
            return None
        return Refusal(_fault(self.proof.sentence), self.proof.sentence)


_FAULTS = (
    ("trustAnchors parameter must be non-empty", Fault.NO_ANCHOR),
    ("problem accessing trust store", Fault.NO_STORE),
    ("unable to find valid certification path", Fault.UNTRUSTED),
    ("CertificateExpiredException", Fault.EXPIRED),
    ("CertificateNotYetValidException", Fault.NOT_YET_VALID),
    ("No subject alternative", Fault.NAME_MISMATCH),
    ("No name matching", Fault.NAME_MISMATCH),
    ("protocol_version", Fault.TLS_VERSION),
    ("No appropriate protocol", Fault.TLS_VERSION),
    ("handshake_failure", Fault.TLS_CIPHER),
    ("PKIX", Fault.BAD_CA),
)
"""Java's words -> the fault, the first that fits: for what no prediction foresaw."""


def _fault(sentence: str) -> Fault:
    return next((fault for words, fault in _FAULTS if words in sentence), Fault.TLS_BROKEN)


class Store(NamedTuple):
    """The truststore that a JVM is started with; `pem`: its entries, where the file itself is of no use to Java."""

    path: str = ""
    password: str | None = None
    check_name: bool = False
    pem: tuple[Entry, ...] = ()

    def __repr__(self) -> str:
        return f"Store({self.path!r})"


def prove(
    judge: JavaJudge, runtime: "Runtime", server: MailServer, store: Store, bell: "Bell", timeout: float
) -> "Proof":
    """Asks the JVM about the server that was just judged, and tells the judge. A PEM file, which no Java can use as a
    truststore, goes to it as a JKS file."""
    import os
    import tempfile

    from mailsetup_gui.java import proof

    starttls = server.encryption is not Encryption.IMPLICIT_TLS
    question = proof.Question(
        wire_host(server.hostname), server.effective_port, starttls, store.path, store.password, store.check_name
    )
    if not store.pem:
        judge.proof = proof.prove(runtime, question, timeout, bell)
        return judge.proof
    from mailsetup_gui.trust import writers

    with tempfile.TemporaryDirectory(prefix="mailsetup-") as folder:
        path = os.path.join(folder, "anchors.jks")
        with open(path, "xb") as file:
            file.write(writers.jks(store.pem, 0))
        judge.proof = proof.prove(runtime, question._replace(truststore=path, password=None), timeout, bell)
    return judge.proof

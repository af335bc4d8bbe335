"""Importing a certificate: one frozen Draft, replaced page by page, and what each page makes of it. No widget here."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.diagnosis import chains
from mailsetup_gui.diagnosis.chains import Chain, Choice, Link
from mailsetup_gui.settings.server import Encryption, MailServer, wire_host
from mailsetup_gui.trust import bundle, truststore
from mailsetup_gui.trust.bundle import Addition, Format, Plan, Written
from mailsetup_gui.trust.certificate import Certificate
from mailsetup_gui.trust.contents import Contents, StoreError
from mailsetup_gui.trust.path import Anchors, judge
from mailsetup_gui.wording.certificates import digest

if TYPE_CHECKING:
    from mailsetup_gui.java.proof import Bell, Proof
    from mailsetup_gui.java.runtimes import Runtime

PROOF_LIMIT = 20.0
"""Seconds for the JVM."""
_SHA1_DIGITS = 40


class Source(Enum):
    """Where the certificate comes from."""

    FETCH = "fetch"
    FILE = "file"
    PASTE = "paste"


class Base(Enum):
    """What the new truststore starts from."""

    JAVA = "java"
    FILE = "file"
    CERTIFI = "certifi"
    NONE = "none"


class Comparison(Enum):
    """What became of the fingerprint that somebody was given."""

    MISSING = "missing"
    EQUAL = "equal"
    TOO_SHORT = "too short"
    SHA1 = "sha1"
    DIFFERENT = "different"


class Draft(NamedTuple):
    """Everything that the pages know. `sent`: DER as the server sent it, or as the file had it, leaf first.

    `more`: issuers that were fetched or read besides. `chosen`: the number of the choice. `fingerprint`: what was
    pasted to compare; `unchecked`: none was to be had, and that is told in the report.
    """

    server: MailServer = MailServer()
    source: Source = Source.FETCH
    path: str = ""
    pasted: str = ""
    sent: tuple[bytes, ...] = ()
    more: tuple[bytes, ...] = ()
    anchors: Anchors | None = None
    chosen: int = 0
    fingerprint: str = ""
    unchecked: bool = False
    runtime: Runtime | None = None
    base: Base = Base.JAVA
    base_path: str = ""
    base_contents: Contents | None = None
    form: Format = Format.JKS
    out: str = ""
    follow: bool = False

    @property
    def chain(self) -> Chain:
        return chains.linked(self.sent, self.more)

    @property
    def links(self) -> tuple[Link, ...]:
        return chains.tree(self.chain, self.sent, self.anchors)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What could be trusted; nothing where Java trusts the server already."""
        chain = self.chain
        offered = chains.choices(chain)
        return chains.with_unsent(offered, chain, self.sent) if self.source is Source.FETCH else offered

    @property
    def choice(self) -> Choice | None:
        offered = self.choices
        return offered[self.chosen] if self.chosen < len(offered) else None

    @property
    def already_trusted(self) -> bool:
        """Whether Java accepts the server with what it has: the cause is elsewhere then."""
        trusted = self.anchors is not None and bool(self.sent)
        return trusted and judge(self.sent, self.anchors or Anchors(()), time.time(), release(self.runtime)).accepted

    @property
    def may_go_on(self) -> bool:
        """Of the page where it is chosen what to trust: compared, or knowingly not."""
        return self.choice is not None and (self.comparison is Comparison.EQUAL or self.is_unchecked)

    @property
    def is_unchecked(self) -> bool:
        return self.unchecked and not digits(self.fingerprint)

    @property
    def comparison(self) -> Comparison:
        """The pasted fingerprint against the certificates of the choice; all of a SHA-256, in any notation."""
        given, choice = digits(self.fingerprint), self.choice
        if not given or choice is None:
            return Comparison.MISSING
        known = [digest(one.der) for one in choice.certificates]
        if given in known:
            return Comparison.EQUAL
        if any(one.startswith(given) for one in known):
            return Comparison.TOO_SHORT
        return Comparison.SHA1 if len(given) == _SHA1_DIGITS else Comparison.DIFFERENT

    @property
    def additions(self) -> tuple[Addition, ...]:
        choice = self.choice
        certificates: tuple[Certificate, ...] = choice.certificates if choice else ()
        return tuple(Addition(chains.alias(self.server.hostname, one), one.der) for one in certificates)


def digits(fingerprint: str) -> str:
    """The hexadecimal digits of a fingerprint, however it was written: colons, blanks, a label before it."""
    text = fingerprint.rpartition("=")[2].lower().replace("sha-256", "").replace("sha256", "")
    return "".join(c for c in text if c in "0123456789abcdef")


def release(runtime: Runtime | None) -> tuple[int, int]:
    from mailsetup_gui import judging

    return judging.release(runtime.version if runtime else "")


def expected_plan(draft: Draft) -> Plan:
    """What would be written. Raises BundleError."""
    return bundle.plan(draft.base_contents, draft.additions)


def read_base(draft: Draft) -> Draft:
    """The draft with what its base holds. Raises StoreError."""
    path = base_file(draft)
    return draft._replace(base_contents=truststore.read(path) if path else None)


def base_file(draft: Draft) -> str:
    """The file that the base lies in; '' for none."""
    match draft.base:
        case Base.JAVA:
            return draft.runtime.cacerts if draft.runtime else ""
        case Base.FILE:
            return draft.base_path
        case Base.CERTIFI:
            import certifi

            return str(certifi.where())
        case Base.NONE:
            return ""


def with_anchors(draft: Draft) -> Draft:
    """The draft with a JVM of this computer, and with whom that trusts already. Raises nothing: none is an answer."""
    from mailsetup_gui import judging
    from mailsetup_gui.java import runtimes

    runtime = draft.runtime or runtimes.default()
    try:
        return draft._replace(runtime=runtime, anchors=judging.grounds("", None, runtime).anchors)
    except StoreError:
        return draft._replace(runtime=runtime)


def read_source(draft: Draft) -> Draft:
    """The draft with the certificates of its file or its pasted text. Raises StoreError."""
    found = (
        truststore.read(draft.path) if draft.source is Source.FILE else truststore.read_octets(draft.pasted.encode())
    )
    ders = tuple(dict.fromkeys(entry.der for entry in found.entries))
    return draft._replace(sent=_leaf_first(ders), more=(), chosen=0)


def _leaf_first(ders: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """A file may hold its certificates in any order: the one that issued none of the others goes first."""
    for der in ders:
        one = chains.linked((der,)).linked
        if one and not any(_issued_by(other, one[0]) for other in ders if other != der):
            return (der, *(other for other in ders if other != der))
    return ders


def _issued_by(child: bytes, issuer: Certificate) -> bool:
    found = chains.linked((child,)).linked
    return bool(found) and chains.issued(found[0], issuer)


class Tried(NamedTuple):
    """A JVM's word on the truststore to be. `lost`: certificates of the base that this Java no longer trusts."""

    proof: Proof
    lost: int
    kept: int


def prove(draft: Draft, bell: Bell) -> Iterator[Tried]:
    """Runs the chosen JVM with the truststore in a temporary file, gone again afterwards; exactly one Tried.

    Raises BundleError. Nothing is left on the disk.
    """
    import tempfile

    from mailsetup_gui.java import proof

    if draft.runtime is None:
        return
    octets = bundle.encoded(expected_plan(draft).entries, draft.form, None, int(time.time()))
    with tempfile.TemporaryDirectory(prefix="mailsetup-") as folder:
        path = os.path.join(folder, "cacerts")
        with open(path, "xb") as file:
            file.write(octets)
        server = draft.server
        starttls = server.encryption is not Encryption.IMPLICIT_TLS
        host = wire_host(server.hostname) if draft.source is Source.FETCH else ""
        question = proof.Question(host, server.effective_port, starttls, path, issuers=True)
        said = proof.prove(draft.runtime, question, PROOF_LIMIT, bell)
    before = {digest(entry.der) for entry in (draft.base_contents.trusted if draft.base_contents else ())}
    lost = len(before - said.issuers) if said.issuers else 0
    yield Tried(said, lost, len(before) - lost)


def link_target(draft: Draft) -> str:
    """Where the place to write to leads, if it is a symbolic link; '' otherwise."""
    return os.path.realpath(draft.out) if os.path.islink(draft.out) else ""


def write(draft: Draft) -> Written:
    """Puts the truststore where the draft says. Raises BundleError."""
    octets = bundle.encoded(expected_plan(draft).entries, draft.form, None, int(time.time()))
    return bundle.write(draft.out, octets, draft.form, None, draft.follow)

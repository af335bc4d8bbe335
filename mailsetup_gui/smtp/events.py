"""The language of one session: steps, events, and the one outcome that ends it. Values only."""

from enum import Enum
from typing import NamedTuple

from mailsetup_gui.smtp.reply import Reply


class Step(Enum):
    RESOLVE = "resolve"
    CONNECT = "connect"
    TLS = "tls"
    JAVA = "java"
    GREETING = "greeting"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    QUIT = "quit"


class State(Enum):
    STARTED = "started"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


class Direction(Enum):
    IN = "in"
    OUT = "out"
    INFO = "info"


class Fault(Enum):
    """What the network, TLS or the dialogue itself did; the values are ids of the catalogue of causes."""

    NAME_NOT_FOUND = "dns.not-found"
    NAME_TEMPORARY = "dns.temporary"
    NAME_NO_ADDRESS = "dns.no-address"
    REFUSED = "tcp.refused"
    TIMEOUT = "tcp.timeout"
    UNREACHABLE = "tcp.unreachable"
    RESET = "tcp.reset"
    OTHER_ADDRESS = "tcp.other-address"
    TLS_ON_PLAIN_PORT = "mode.tls-on-plain-port"
    PLAIN_ON_TLS_PORT = "mode.plain-on-tls-port"
    NOT_SMTP = "smtp.not-smtp"
    SILENT = "smtp.silent"
    SLOW = "smtp.slow"
    CLOSED = "smtp.closed"
    PROTOCOL = "smtp.protocol"
    STARTTLS_NOT_OFFERED = "tls.starttls-not-offered"
    TLS_VERSION = "tls.version"
    TLS_CIPHER = "tls.no-common-cipher"
    TLS_CLIENT_CERTIFICATE = "tls.client-certificate-required"
    TLS_CLOSED = "tls.handshake-closed"
    TLS_SILENT = "tls.handshake-silent"
    TLS_BROKEN = "tls.handshake-failed"
    SELF_SIGNED = "tls.untrusted-self-signed"
    UNTRUSTED = "tls.untrusted-root"
    MISSING_INTERMEDIATE = "tls.missing-intermediate"
    EXPIRED = "tls.expired"
    NOT_YET_VALID = "tls.not-yet-valid"
    NAME_MISMATCH = "tls.name-mismatch"
    WEAK_KEY = "tls.weak-key"
    WEAK_SIGNATURE = "tls.weak-signature"
    BAD_SIGNATURE = "tls.bad-signature"
    NOT_FOR_SERVERS = "tls.not-for-servers"
    BAD_CA = "tls.bad-ca"
    INTERCEPTED = "tls.intercepted"
    NO_ANCHOR = "java.store-no-entries"
    NO_STORE = "java.store-not-a-store"
    NO_COMMON_MECHANISM = "auth.no-common-mechanism"
    MECHANISM_NOT_TRIED = "auth.mechanism-not-tried"
    CLEARTEXT_BLOCKED = "auth.cleartext-blocked"
    CANCELLED = "cancelled"
    DEADLINE = "deadline"
    INTERRUPTED = "interrupted"


class Breach(Enum):
    """How a server broke RFC 5321 (or 3207, 4954); told beside Fault.PROTOCOL."""

    LINE_TOO_LONG = "line too long"
    REPLY_TOO_LONG = "reply too long"
    NO_CODE = "no code"
    CODES_DIFFER = "codes differ"
    BARE_CR = "bare carriage return"
    UNASKED = "unasked"
    BEFORE_TLS = "before tls"
    EARLY_REPLY = "early reply"
    OUT_OF_STEP = "out of step"
    UNEXPECTED_CODE = "unexpected code"
    CLEAR_TEXT_IN_TLS = "clear text in tls"
    BROKEN_TLS = "broken tls"
    INSIDE_TLS = "inside tls"
    NOT_PROVED = "not proved"


class Note(Enum):
    """What did not stop the mail but has to be told; the values are ids of the catalogue."""

    NOT_SIGNED_IN = "auth.not-offered"
    CLEAR_TEXT = "sent.clear-text"
    CREDENTIALS_IN_CLEAR = "auth.sent-in-clear"
    STARTTLS_UNUSED = "tls.starttls-unused"


class Peer(NamedTuple):
    """The end-entity certificate in words, as OpenSSL decodes it; empty where it could not be decoded."""

    subject: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()
    not_before: str = ""
    not_after: str = ""


class StepChanged(NamedTuple):
    """`at`: milliseconds since the test began; `took`: of this step, 0 when it starts."""

    step: Step
    state: State
    at: float
    took: float = 0.0
    summary: str = ""


class Line(NamedTuple):
    """One transcript line, secrets already struck out."""

    direction: Direction
    encrypted: bool
    text: str
    at: float
    step: Step


class TlsStarted(NamedTuple):
    """`chain`: DER, exactly as sent, leaf first; `trusted`: nothing was said against it; None: nobody judged."""

    version: str
    cipher: str
    chain: tuple[bytes, ...]
    peer: Peer
    trusted: bool | None
    at: float

    def __repr__(self) -> str:
        """Without the octets of the chain: they hold whatever the server wrote into them."""
        return f"TlsStarted({self.version}, {self.cipher}, {len(self.chain)} certificates, {self.peer}, {self.trusted})"


class Refusal(NamedTuple):
    """Why a certificate chain is not trusted; `evidence` is Java's sentence, or the names that do not fit."""

    fault: Fault
    evidence: str


class Result(Enum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class Outcome(NamedTuple):
    """The last event of every session, exactly one.

    ACCEPTED: the server took the message by its reply to the final dot, or (`until`) all that was asked for is done.
    REJECTED: the server answered and said no. FAILED: the dialogue could not go on. UNKNOWN: the message may have
    been delivered. `step` is where it ended; `evidence` is the raw line or system message behind `fault`.
    """

    result: Result
    step: Step | None
    at: float
    fault: Fault | None = None
    breach: Breach | None = None
    evidence: str = ""
    reply: Reply | None = None
    encrypted: bool = False
    authenticated: bool = False
    mechanisms: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    until: Step | None = None


Event = StepChanged | Line | TlsStarted | Outcome


class Stopped(Exception):
    """A private short cut inside the room: the dialogue cannot go on, and why."""

    def __init__(self, fault: Fault, evidence: str = "", breach: Breach | None = None) -> None:
        super().__init__(fault.value, evidence)
        self.fault = fault
        self.evidence = evidence
        self.breach = breach

"""One test from settings to verdict: what both doors start, and the one place where the rooms meet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.rules import Diagnosis, diagnose
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import (
    Direction,
    Event,
    Fault,
    Line,
    Outcome,
    Peer,
    Result,
    State,
    Step,
    StepChanged,
    TlsStarted,
)
from mailsetup_gui.smtp.message import Mail, compose
from mailsetup_gui.smtp.samples import Kind
from mailsetup_gui.smtp.session import Trial, nothing_against, send_test
from mailsetup_gui.smtp.transport import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.names import certifies
from mailsetup_gui.wording.verdict import Card, Told, card

if TYPE_CHECKING:
    from mailsetup_gui.smtp.sandbox import Sandbox

DEFAULT_TIMEOUT = 20.0
_TROUBLES = {
    truststore.Trouble.MISSING: Cause.STORE_MISSING,
    truststore.Trouble.UNREADABLE: Cause.STORE_UNREADABLE,
    truststore.Trouble.PASSWORD: Cause.STORE_PASSWORD,
    truststore.Trouble.NO_ENTRIES: Cause.STORE_NO_ENTRIES,
    truststore.Trouble.NOT_A_STORE: Cause.STORE_NOT_A_STORE,
}


class Request(NamedTuple):
    """What a person asked for; `truststore` is a path, '' for this system's trust anchors. No password in here."""

    server: MailServer
    recipient: str
    kind: Kind = Kind.PLAIN
    base_url: str = ""
    truststore: str = ""
    check_name: bool = False
    cleartext_credentials: bool = False
    until: Step | None = None
    timeout: float = DEFAULT_TIMEOUT


class Secrets(NamedTuple):
    """Travels beside the request, and is never kept, shown or written."""

    password: str = ""
    truststore_password: str | None = None

    def __repr__(self) -> str:
        return "Secrets(****)"


class Finished(NamedTuple):
    """The last thing of every test: the outcome, its cause and its card."""

    outcome: Outcome
    diagnosis: Diagnosis
    card: Card
    tls: TlsStarted | None = None
    mail: Mail | None = None


def run(
    request: Request, secrets: Secrets, cancel: Cancel, sandbox: "Sandbox | None" = None
) -> Iterator[Event | Finished]:
    """Every event as it happens, and exactly one Finished, last, in the place of the Outcome that it carries."""
    try:
        anchors, described = _anchors(request, secrets, sandbox)
    except truststore.StoreError as error:
        evidence = f"{request.truststore} ({error.reason})" if error.reason else request.truststore
        yield unstarted(request, _TROUBLES[error.trouble], evidence)
        return
    mail = compose(request.kind, request.server.sender, request.recipient or request.server.sender, request.base_url)
    judge = _names_match if request.check_name else nothing_against
    trial = Trial(request.server, mail, anchors, judge, request.cleartext_credentials, request.until)
    transport = TcpTransport(request.timeout, cancel)
    yield from _told(trial, secrets.password, transport, described, sandbox)


def unstarted(request: Request, cause: Cause, evidence: str) -> Finished:
    """The end of a test that could not begin."""
    outcome = Outcome(Result.FAILED, None, 0.0, evidence=evidence)
    diagnosis = Diagnosis(cause)
    return Finished(outcome, diagnosis, card(Told(outcome, request.server), diagnosis))


def sandbox_server(sandbox: "Sandbox", encryption: Encryption = Encryption.STARTTLS_REQUIRED) -> MailServer:
    """The settings that fit the built-in server."""
    from mailsetup_gui.smtp.sandbox import HOST, USERNAME

    port = sandbox.smtps_port if encryption is Encryption.IMPLICIT_TLS else sandbox.starttls_port
    return MailServer(HOST, port, encryption, USERNAME, "bitbucket@example.test")


def _told(
    trial: Trial, password: str, transport: TcpTransport, anchors: str, sandbox: "Sandbox | None"
) -> Iterator[Event | Finished]:
    tls: TlsStarted | None = None
    steps: list[StepChanged] = []
    for event in send_test(trial, password, transport):
        if isinstance(event, TlsStarted):
            tls = event
        elif isinstance(event, StepChanged):
            steps.append(event)
        elif isinstance(event, Outcome):
            lines, warnings = _compared(event, trial.mail, sandbox)
            yield from lines
            found = diagnose(event, trial.server, tls, tuple(steps))
            found = found._replace(warnings=found.warnings + warnings)
            took = next((s.took for s in reversed(steps) if s.state is State.FAILED), event.at)
            equal = bool(lines) and not warnings
            told = Told(event, trial.server, trial.mail.recipient, trial.mail.subject, tls, anchors, took, equal)
            yield Finished(event, found, card(told, found), tls, trial.mail)
            return
        yield event


def _anchors(request: Request, secrets: Secrets, sandbox: "Sandbox | None") -> tuple[tuple[bytes, ...] | None, str]:
    """DER certificates and what to call them; None is this system's own."""
    if sandbox is not None and not request.truststore:
        return tuple(entry.der for entry in truststore.contents(sandbox.ca_pem).trusted), "the built-in server's CA"
    if not request.truststore:
        return None, "this system's own"
    entries = truststore.trusted(request.truststore, secrets.truststore_password)
    plural = "" if len(entries) == 1 else "s"
    return tuple(entry.der for entry in entries), f"{request.truststore}, {len(entries)} certificate{plural}"


def _names_match(host: str, peer: Peer) -> Fault | None:
    return None if certifies(peer.names, peer.subject, host) else Fault.NAME_MISMATCH


def _compared(outcome: Outcome, mail: Mail, sandbox: "Sandbox | None") -> tuple[tuple[Line, ...], tuple[Cause, ...]]:
    """What the built-in server kept, held against what was sent: a line to tell, and a warning if they differ."""
    if sandbox is None or outcome.result is not Result.ACCEPTED or outcome.until is not None:
        return (), ()
    equal = any(received.octets == mail.octets for received in sandbox.inbox)
    verdict = "equal to what was sent" if equal else "NOT equal to what was sent"
    text = f"read back from the built-in server: {verdict}, {len(mail.octets)} octets"
    line = Line(Direction.INFO, outcome.encrypted, text, outcome.at, Step.QUIT)
    return (line,), () if equal else (Cause.SANDBOX_DIFFERS,)

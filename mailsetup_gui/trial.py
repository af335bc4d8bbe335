"""One test from settings to verdict: what both doors start, and the one place where the rooms meet."""

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.rules import Diagnosis, diagnose
from mailsetup_gui.diagnosis.trusting import JavaSays
from mailsetup_gui.java import runtimes
from mailsetup_gui.judging import Grounds, JavaJudge, Store, grounds, grounds_of, offer
from mailsetup_gui.proving import Proving
from mailsetup_gui.reading_back import compared
from mailsetup_gui.settings.domains import may_be_provider
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import (
    Event,
    Outcome,
    Result,
    State,
    Step,
    StepChanged,
    TlsStarted,
)
from mailsetup_gui.smtp.message import Mail, compose
from mailsetup_gui.smtp.redaction import Redactor
from mailsetup_gui.smtp.samples import Kind
from mailsetup_gui.smtp.session import Trial, send_test
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust import truststore
from mailsetup_gui.wording.harmless import reason
from mailsetup_gui.wording.java import anchors
from mailsetup_gui.wording.verdict import Card, Told, card

if TYPE_CHECKING:
    from datetime import date

    from mailsetup_gui.java.runtimes import Runtime
    from mailsetup_gui.smtp.sandbox import Sandbox
    from mailsetup_gui.wording.advice import Advised
    from mailsetup_gui.wording.providers import Provider

DEFAULT_TIMEOUT = 20.0
AUTOMATIC = "auto"
"""The JVM of this computer that Bitbucket would most likely use, if there is one."""
_OF_JAVA = (truststore.Kind.JKS, truststore.Kind.JCEKS, truststore.Kind.PKCS12)
_TROUBLES = {
    truststore.Trouble.MISSING: Cause.STORE_MISSING,
    truststore.Trouble.UNREADABLE: Cause.STORE_UNREADABLE,
    truststore.Trouble.PASSWORD: Cause.STORE_PASSWORD,
    truststore.Trouble.NO_ENTRIES: Cause.STORE_NO_ENTRIES,
    truststore.Trouble.NOT_A_STORE: Cause.STORE_NOT_A_STORE,
}


class Request(NamedTuple):
    """What a person asked for. No password in here.

    `truststore` is a path, '' for what Java has by itself; `java` a JVM to prove it in, AUTOMATIC, or '' to predict;
    `bitbucket_version` '' when it is not known.
    """

    server: MailServer
    recipient: str
    kind: Kind = Kind.PLAIN
    base_url: str = ""
    truststore: str = ""
    check_name: bool = False
    cleartext_credentials: bool = False
    until: Step | None = None
    timeout: float = DEFAULT_TIMEOUT
    java: str = ""
    bitbucket_version: str = ""


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
    java: JavaSays = JavaSays()
    provider: "Provider | None" = None
    grounds: Grounds | None = None


def run(
    request: Request,
    secrets: Secrets,
    cancel: Cancel,
    sandbox: "Sandbox | None" = None,
    today: "date | None" = None,
    former: tuple[bytes, ...] = (),
) -> Iterator[Event | Finished]:
    """Every event as it happens, and exactly one Finished, last, in the place of the Outcome that it carries.

    `today` matters to what a provider has announced; this computer's day when None.
    `former`: the chain when these settings last worked, DER as sent.
    """
    runtime = runtimes.at(request.java) if request.java not in ("", AUTOMATIC) else runtimes.default()
    try:
        ground, store = _grounds(request, secrets, runtime, sandbox)
    except truststore.StoreError as error:
        evidence = f"{request.truststore} ({reason(error.reason)})" if error.reason else request.truststore
        yield unstarted(request, _TROUBLES[error.trouble], evidence)
        return
    mail = compose(request.kind, request.server.sender, request.recipient or request.server.sender, request.base_url)
    judge = JavaJudge(ground, request.check_name, former)
    trial = Trial(request.server, mail, judge, request.cleartext_credentials, request.until, confirm=judge.confirm)
    proving = Proving(judge, store, runtime if request.java else None, request.server, cancel)
    course = _Course(trial, secrets.password, proving, sandbox, (today, request.bitbucket_version))
    offered = offer(runtime)
    finished = yield from course.told(TcpTransport(request.timeout, cancel, offered))
    if proving.overruled and finished.outcome.result is Result.FAILED:
        again = TcpTransport(request.timeout, cancel, offered)
        finished = yield from course.told(again)  # the JVM trusts it: on with the test
    yield finished


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


class _Course:
    """One session, with the JVM's word in its place, from the first event to its Finished."""

    def __init__(
        self,
        trial: Trial,
        password: str,
        proving: Proving,
        sandbox: "Sandbox | None",
        known: "tuple[date | None, str]",
    ) -> None:
        """`known`: the day, and the version of Bitbucket."""
        self._known = known
        self._trial = trial
        self._password = password
        self._proving = proving
        self._sandbox = sandbox
        self._strike = Redactor(password, trial.server.username).strike

    def told(self, transport: TcpTransport) -> Generator[Event, None, Finished]:
        tls: TlsStarted | None = None
        steps: list[StepChanged] = []
        for event in send_test(self._trial, self._password, transport):
            if isinstance(event, Outcome):
                return (yield from self._finished(event, tls, steps))
            if isinstance(event, TlsStarted):
                tls = event
            elif isinstance(event, StepChanged):
                if _is_told(event, steps):
                    continue
                steps.append(event)
            yield self._proving.labelled(event)
            if self._proving.wanted_at(event):
                yield from self._proving.steps(transport, self._strike)
        raise AssertionError("a session ends with its Outcome")

    def _finished(
        self, outcome: Outcome, tls: TlsStarted | None, steps: list[StepChanged]
    ) -> Generator[Event, None, Finished]:
        judge, trial = self._proving.judge, self._trial
        lines, differs = compared(outcome, trial.mail, self._sandbox)
        yield from lines
        found = diagnose(outcome, trial.server, tls, tuple(steps), None, judge.unwise, judge.finding)
        found = found._replace(warnings=found.warnings + differs)
        advised = _advised(found, outcome, trial, *self._known)
        found = advised.diagnosis if advised else found
        told = Told(
            outcome,
            trial.server,
            trial.mail.recipient,
            trial.mail.subject,
            tls,
            anchors(judge.grounds),
            next((s.took for s in reversed(steps) if s.state is State.FAILED), outcome.at),
            bool(lines) and not differs,
            judge.finding,
            judge.says,
            reason(judge.proof.trouble) if judge.proof else "",
            advised,
            next((s.summary for s in reversed(steps) if s.step is Step.EHLO and s.state is State.DONE), ""),
        )
        says = judge.says._replace(message=self._strike(judge.says.message))
        whole = _struck(card(told, found), self._strike)
        provider = advised.provider if advised else None
        return Finished(outcome, found, whole, tls, trial.mail, says, provider, judge.grounds)


def _advised(found: Diagnosis, outcome: Outcome, trial: Trial, today: "date | None", version: str) -> "Advised | None":
    """What the provider is known for; nothing is loaded for a server that is none's."""
    server = trial.server
    if not may_be_provider(server.hostname, server.effective_port):
        return None
    from mailsetup_gui.settings import clock
    from mailsetup_gui.wording import advice

    return advice.advised(found, outcome, server, trial.mail.recipient, today or clock.today(), version)


def _is_told(event: StepChanged, steps: list[StepChanged]) -> bool:
    """The handshake stood, and then the JVM refused: the step of the JVM says that, and this one was done."""
    done = any(step.step is Step.TLS and step.state is State.DONE for step in steps)
    return event.step is Step.TLS and event.state is State.FAILED and done


def _struck(whole: Card, strike: Callable[[str], str]) -> Card:
    """A server may write what it was told into the names of its certificates, and those are told on the card."""
    title, why = strike(whole.title), strike(whole.why)
    return whole._replace(
        title=title,
        why=why,
        fixes=tuple(map(strike, whole.fixes)),
        warnings=tuple(map(strike, whole.warnings)),
        evidence=tuple(map(strike, whole.evidence)),
    )


def _grounds(
    request: Request, secrets: Secrets, runtime: "Runtime | None", sandbox: "Sandbox | None"
) -> tuple[Grounds, Store]:
    """The trust anchors of this test, and how a JVM is given them. Raises StoreError."""
    if sandbox is not None and not request.truststore:
        entries = truststore.contents(sandbox.ca_pem).trusted
        return grounds_of(entries), Store(check_name=request.check_name, pem=entries)
    ground = grounds(request.truststore, secrets.truststore_password, runtime)
    if not request.java:
        return ground, Store()
    found = truststore.read(request.truststore, secrets.truststore_password) if request.truststore else None
    pem = found.entries if found is not None and found.kind not in _OF_JAVA else ()
    return ground, Store(request.truststore, secrets.truststore_password, request.check_name, pem)

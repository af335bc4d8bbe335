"""send_test(): one session told in order, by JavaMail's rules, because Bitbucket sends through JavaMail."""

from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

from mailsetup_gui.settings.server import Encryption, MailServer, wire_address, wire_ehlo_name, wire_host
from mailsetup_gui.smtp import auth
from mailsetup_gui.smtp.asking import PATIENCE, Answer, ask, ask_inside, says_hello
from mailsetup_gui.smtp.dialogue import Dialogue, Ended
from mailsetup_gui.smtp.events import Breach, Event, Fault, Note, Refusal, Result, Step, Stopped, TlsStarted
from mailsetup_gui.smtp.handing_over import envelope, goodbye, message
from mailsetup_gui.smtp.message import Mail
from mailsetup_gui.smtp.redaction import Redactor
from mailsetup_gui.smtp.reply import Extensions, Reply, extensions, is_foreign
from mailsetup_gui.smtp.signing_in import Account, sign_in
from mailsetup_gui.smtp.tls import looks_like_tls
from mailsetup_gui.smtp.transport import Transport

STEP_LIMIT = 10.0
"""Seconds for one step; only the reply to the final dot may take all the time that is left (RFC 5321 4.5.3.2.6)."""

Judge = Callable[[str, TlsStarted], Refusal | None]
"""(host, what the server showed) -> why it is not trusted, or None. The handshake itself trusts everybody."""


def as_judged() -> Refusal | None:
    """Nobody else is asked about the server."""
    return None


def nothing_against(_host: str, _shown: TlsStarted) -> Refusal | None:
    """The Judge of who only wants to look."""
    return None


class Trial(NamedTuple):
    """What to try. `until`: stop there, nothing is handed over."""

    server: MailServer
    mail: Mail
    judge: Judge
    cleartext_credentials: bool = False
    until: Step | None = None
    confirm: Callable[[], Refusal | None] = as_judged
    """Asked once the handshake is told: what somebody else, a JVM, has against the server that was judged."""


def send_test(trial: Trial, password: str, transport: Transport) -> Iterator[Event]:
    """Every event of one test as it happens, and exactly one Outcome, last. Closes the transport."""
    try:
        yield from _Session(trial, password, transport).run()
    finally:
        transport.close()


def fetch_chain(server: MailServer, transport: Transport) -> Iterator[Event]:
    """What a server shows, as TlsStarted: nobody is trusted, and no password goes along. EHLO and QUIT end it."""
    encrypted = server.encryption in (Encryption.IMPLICIT_TLS, Encryption.STARTTLS_REQUIRED)
    asked = server if encrypted else server._replace(encryption=Encryption.STARTTLS_REQUIRED)
    mail = Mail("", "", "", b"")
    return send_test(Trial(asked._replace(username=""), mail, nothing_against, until=Step.TLS), "", transport)


class _Session:
    def __init__(self, trial: Trial, password: str, transport: Transport) -> None:
        self._trial = trial
        self._password = password
        self._server = trial.server
        self._host = wire_host(trial.server.hostname)
        self._to = Dialogue(transport, Redactor(password, trial.server.username))
        self._extensions = Extensions()
        self._greeted_as = ""

    def run(self) -> Iterator[Event]:
        try:
            yield from self._steps()
        except Ended as end:
            if end.outcome.result is not Result.ACCEPTED:
                reply = end.outcome.reply
                yield from self._to.failed(f"{reply.code} {reply.text}" if reply else end.outcome.evidence)
            outcome = (yield from goodbye(self._to, end.outcome)) if self._to.greeted else end.outcome
            yield outcome._replace(at=self._to.now())
        except Stopped as stop:
            yield from self._to.failed(stop.evidence)
            yield self._to.outcome(self._result_of(stop), stop)

    def _steps(self) -> Iterator[Event]:
        yield from self._connect()
        if self._server.encryption is Encryption.IMPLICIT_TLS:
            yield from self._tls()
        yield from self._greeting()
        yield from self._ehlo()
        self._stop_at(Step.EHLO)
        yield from self._starttls()
        self._stop_at(Step.TLS)
        yield from sign_in(
            self._to,
            self._extensions,
            Account(self._host, self._server.username, self._password),
            self._trial.cleartext_credentials,
            STEP_LIMIT,
            self._secured,
        )
        self._stop_at(Step.AUTH)
        sender, recipient = wire_address(self._server.sender), wire_address(self._trial.mail.recipient)
        yield from envelope(self._to, sender, recipient, STEP_LIMIT)
        self._stop_at(Step.RCPT)
        yield from message(self._to, self._trial.mail.octets, STEP_LIMIT)

    def _result_of(self, stop: Stopped) -> Result:
        if self._to.handed_over or stop.breach is Breach.EARLY_REPLY:
            return Result.UNKNOWN
        return Result.CANCELLED if stop.fault in (Fault.CANCELLED, Fault.INTERRUPTED) else Result.FAILED

    def _stop_at(self, step: Step) -> None:
        if self._trial.until is step:
            raise Ended(self._to.outcome(Result.ACCEPTED, until=step))

    def _connect(self) -> Iterator[Event]:
        to, port = self._to, self._server.effective_port
        yield to.begin(Step.RESOLVE, STEP_LIMIT)
        yield to.done(", ".join(to.transport.resolve(self._host, port)))
        yield to.begin(Step.CONNECT, STEP_LIMIT)
        address = to.transport.connect()
        yield to.done(f"[{address}]:{port}" if ":" in address else f"{address}:{port}")
        self._stop_at(Step.CONNECT)

    def _tls(self) -> Iterator[Event]:
        to = self._to
        yield to.begin(Step.TLS, STEP_LIMIT)
        try:
            started = to.start_tls(self._host)
        except Stopped as stop:
            raise _in_place(stop, self._server.encryption) from None
        refusal = self._trial.judge(self._host, started)
        yield started._replace(trusted=refusal is None)
        if refusal is not None:
            raise Stopped(refusal.fault, refusal.evidence)
        yield to.done(f"{started.version}, {started.cipher}")
        if (refusal := self._trial.confirm()) is not None:
            raise Stopped(refusal.fault, refusal.evidence)
        to.encrypted = True
        if self._server.encryption is Encryption.IMPLICIT_TLS:
            self._stop_at(Step.TLS)

    def _greeting(self) -> Iterator[Event]:
        yield self._to.begin(Step.GREETING, STEP_LIMIT)
        if not self._to.transport.hears_within(PATIENCE):
            yield from self._asked()
        try:
            reply = yield from self._to.hear()
        except Stopped as stop:
            raise self._unfamiliar(stop) from None
        self._to.greeted = True
        if reply.code in (200, 201):
            raise Stopped(Fault.NOT_SMTP, f"{reply.code} {reply.text}")
        if reply.code != 220:
            raise self._to.refused(reply)
        self._greeted_as = f"{reply.code} {reply.text}"
        yield self._to.done(reply.lines[0])

    def _asked(self) -> Iterator[Event]:
        """The port says nothing: another connection finds out what it waits for. Raises Stopped where that tells."""
        to = self._to
        inside = to.encrypted
        answer = Answer("", ask_inside(to.transport, self._host)) if inside else ask(to.transport, self._host)
        yield to.told(f"silent for {PATIENCE:.0f} s; asked on another connection: {answer.words}")
        foreign = bool(answer.said) and is_foreign(answer.said)
        if foreign and (inside or answer.tls):
            raise Stopped(Fault.NOT_SMTP, answer.said, Breach.INSIDE_TLS)
        if foreign:
            raise Stopped(Fault.NOT_SMTP, answer.said)
        if answer.tls:
            raise Stopped(Fault.PLAIN_ON_TLS_PORT, answer.words)

    def _unfamiliar(self, stop: Stopped) -> Stopped:
        """No greeting came: a port of TLS that served nobody else meanwhile, or words that are none of SMTP."""
        if stop.fault is Fault.SILENT and not self._to.encrypted and says_hello(self._to.transport, self._host):
            return Stopped(Fault.PLAIN_ON_TLS_PORT, "it answered a TLS hello")
        if stop.fault not in (Fault.NOT_SMTP, Fault.SLOW, Fault.CLOSED) or stop.evidence[:1] in "2345":
            return stop
        tls = not self._to.encrypted and looks_like_tls(stop.evidence.encode())
        return Stopped(Fault.PLAIN_ON_TLS_PORT if tls else Fault.NOT_SMTP, stop.evidence)

    def _ehlo(self) -> Iterator[Event]:
        """EHLO, and HELO when it is refused, as JavaMail does; what was said before TLS is forgotten (RFC 3207 4.2).

        A refusal inside TLS has JavaMail go on by what it had heard in clear (measured), and so does this.
        """
        to = self._to
        yield to.begin(Step.EHLO, STEP_LIMIT)
        name = wire_ehlo_name(self._server.ehlo_name) or to.transport.local_name()
        reply = yield from to.ask(f"EHLO {name}")
        inside = to.encrypted and self._server.encryption is not Encryption.IMPLICIT_TLS
        if reply.code >= 500 and inside:
            yield to.done(f"{reply.code} {reply.text}")
            return
        self._extensions = extensions(to.heard) if reply.code == 250 else Extensions()
        if reply.code != 250:
            reply = yield from self._helo(name, reply)
        if reply.code >= 500 and is_foreign(self._greeted_as):
            raise Stopped(Fault.NOT_SMTP, self._greeted_as)
        if reply.code != 250:
            raise to.refused(reply)
        to.mechanisms = auth.offered(self._extensions)
        yield to.done(" ".join(keyword for keyword, _ in self._extensions.keywords))

    def _helo(self, name: str, refused: Reply) -> Generator[Event, None, Reply]:
        """JavaMail says it behind a 421 too (measured); who hangs up then has said why before."""
        try:
            return (yield from self._to.ask(f"HELO {name}"))
        except Stopped as stop:
            if refused.code == 421 and stop.fault in (Fault.CLOSED, Fault.RESET):
                return refused
            raise

    def _starttls(self) -> Iterator[Event]:
        """No clear-text fall-back once STARTTLS was offered, in either mode (facts: bitbucket 3.3, rule 2)."""
        to, encryption = self._to, self._server.encryption
        if encryption is Encryption.IMPLICIT_TLS:
            return
        offered = self._extensions.offers("STARTTLS")
        if encryption is Encryption.NONE or (encryption is Encryption.STARTTLS_IF_OFFERED and not offered):
            if offered:
                to.note(Note.STARTTLS_UNUSED)
            yield to.skipped(Step.STARTTLS)
            yield to.skipped(Step.TLS)
            return
        if not offered:
            yield to.begin(Step.STARTTLS, STEP_LIMIT)
            raise to.gives_up(Fault.STARTTLS_NOT_OFFERED, _middlebox(self._extensions))
        yield from self._secured()
        yield from self._ehlo()

    def _secured(self) -> Iterator[Event]:
        """STARTTLS and the handshake."""
        to = self._to
        yield to.begin(Step.STARTTLS, STEP_LIMIT)
        reply = yield from to.ask("STARTTLS")
        if reply.code != 220:
            raise to.refused(reply)
        yield to.done(reply.lines[0])
        yield from self._tls()


def _in_place(stop: Stopped, encryption: Encryption) -> Stopped:
    """Behind the 220 of STARTTLS clear text is a breach, not a wrong port."""
    if encryption is Encryption.IMPLICIT_TLS or stop.fault not in (Fault.TLS_ON_PLAIN_PORT, Fault.NOT_SMTP):
        return stop
    return Stopped(Fault.PROTOCOL, stop.evidence, Breach.CLEAR_TEXT_IN_TLS)


def _middlebox(found: Extensions) -> str:
    """The fingerprint of a firewall that overwrites STARTTLS, if it shows."""
    return next((keyword for keyword, _ in found.keywords if len(keyword) > 3 and set(keyword[:-1]) == {"X"}), "")

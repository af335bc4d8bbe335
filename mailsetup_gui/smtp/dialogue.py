"""Asking and hearing: one command, one reply, each line told as an event with the secrets struck out."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from mailsetup_gui.smtp.events import (
    Breach,
    Direction,
    Event,
    Fault,
    Line,
    Note,
    Outcome,
    Result,
    State,
    Step,
    StepChanged,
    Stopped,
    TlsStarted,
)
from mailsetup_gui.smtp.redaction import Redactor
from mailsetup_gui.smtp.reply import Malformed, Reply, ReplyLines, decoded
from mailsetup_gui.smtp.transport import Transport


class Ended(Exception):
    """A private short cut inside the room: the session is over, and with which outcome; QUIT is still owed."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.result.value)
        self.outcome = outcome


class Dialogue:
    """What has been said so far, over one Transport; knows nothing of the order of the steps."""

    def __init__(self, transport: Transport, redactor: Redactor) -> None:
        self.transport = transport
        self.encrypted = False
        self.authenticated = False
        self.greeted = False
        self.handed_over = False
        self.mechanisms: tuple[str, ...] = ()
        self.heard = Reply(0, ())
        """The last reply as it came, unstruck: to be read by rules, never to be shown."""
        self._redactor = redactor
        self._step: Step | None = None
        self._began = 0.0
        self._notes: list[Note] = []

    def begin(self, step: Step, limit: float) -> StepChanged:
        self._step = step
        self._began = self.now()
        self.transport.begin_step(limit)
        return StepChanged(step, State.STARTED, self._began)

    def done(self, summary: str = "") -> StepChanged:
        return self._changed(State.DONE, summary)

    def failed(self, why: str = "") -> Iterator[StepChanged]:
        """`why`: the server's own words where there are some."""
        if self._step is not None:
            yield self._changed(State.FAILED, why)

    def skipped(self, step: Step) -> StepChanged:
        return StepChanged(step, State.SKIPPED, self.now())

    def note(self, note: Note) -> None:
        self._notes.append(note)

    def ask(self, words: str, shown: str | None = None) -> Generator[Event, None, Reply]:
        """One command and its reply; `shown` stands in the transcript for a command that carries a secret."""
        if "\r" in words or "\n" in words or "\0" in words:
            raise ValueError("a command is one line")  # check() refused it long before: SMTP injection otherwise
        self._nothing_unasked()
        yield self._line(Direction.OUT, words if shown is None else shown)
        self.transport.write(f"{words}\r\n".encode())
        return (yield from self.hear())

    def told(self, text: str) -> Line:
        """What happened beside the dialogue itself."""
        return self._line(Direction.INFO, self._strike(text))

    def hear(self) -> Generator[Event, None, Reply]:
        """The next reply, secrets struck out; `heard` keeps it as it came."""
        lines = ReplyLines()
        while True:
            octets = self.transport.read_line()
            yield self._line(Direction.IN, self._strike(decoded(octets.rstrip(b"\r\n"))))
            try:
                reply = lines.add(octets)
            except Malformed as malformed:
                raise self._malformed(malformed) from None
            if reply is not None:
                self.heard = reply
                return Reply(reply.code, tuple(map(self._strike, reply.lines)))

    def send(self, octets: bytes) -> Iterator[Event]:
        """A piece of the message; a reply that is there before its end answers something else."""
        self.nothing_early()
        self.transport.write(octets)
        yield self._line(Direction.OUT, f"({len(octets)} octets of message)")

    def nothing_early(self, patience: float = 0.0) -> None:
        if said := self.transport.unasked(patience):
            raise Stopped(Fault.PROTOCOL, _first_line(said), Breach.EARLY_REPLY)

    def start_tls(self, host: str) -> TlsStarted:
        """Trusts everybody: who the server is, is judged next, before anything is said to it."""
        handshake = self.transport.start_tls(host)
        struck = handshake.peer._replace(
            subject=self._strike(handshake.peer.subject),
            issuer=self._strike(handshake.peer.issuer),
            names=tuple(map(self._strike, handshake.peer.names)),
        )
        return TlsStarted(handshake.version, handshake.cipher, handshake.chain, struck, True, self.now())

    def refused(self, reply: Reply) -> Ended | Stopped:
        """A no of the server; a code that is no answer to this command is a breach instead."""
        if reply.code >= 400:
            return Ended(self.outcome(Result.REJECTED, reply=reply))
        return Stopped(Fault.PROTOCOL, f"{reply.code} {reply.text}", Breach.UNEXPECTED_CODE)

    def gives_up(self, fault: Fault, evidence: str = "") -> Ended:
        """This side will not go on; the server did nothing wrong, so it gets its QUIT."""
        return Ended(self.outcome(Result.FAILED, Stopped(fault, evidence)))

    def outcome(
        self, result: Result, stop: Stopped | None = None, reply: Reply | None = None, until: Step | None = None
    ) -> Outcome:
        return Outcome(
            result=result,
            step=self._step,
            at=self.now(),
            fault=stop.fault if stop else None,
            breach=stop.breach if stop else None,
            evidence=self._strike(stop.evidence) if stop else "",
            reply=reply,
            encrypted=self.encrypted and not (stop and stop.fault is Fault.TLS_CLIENT_CERTIFICATE),
            authenticated=self.authenticated,
            mechanisms=tuple(map(self._strike, self.mechanisms)),
            notes=tuple(dict.fromkeys(self._notes)),
            until=until,
        )

    def _nothing_unasked(self) -> None:
        """Only a 421 may come at any time (RFC 5321 3.8); it is then the reply to whatever is asked next."""
        if (said := self.transport.unasked()) and not said.startswith(b"421"):
            raise Stopped(Fault.PROTOCOL, _first_line(said), Breach.UNASKED)

    def _malformed(self, malformed: Malformed) -> Stopped:
        greeting = self._step is Step.GREETING and malformed.breach == Breach.NO_CODE.value
        fault = Fault.NOT_SMTP if greeting and malformed.evidence else Fault.PROTOCOL
        return Stopped(fault, malformed.evidence[:200], Breach(malformed.breach))

    def _changed(self, state: State, summary: str) -> StepChanged:
        if self._step is None:
            raise RuntimeError("begin() comes first")
        now = self.now()
        return StepChanged(self._step, state, now, now - self._began, self._strike(summary))

    def _line(self, direction: Direction, text: str) -> Line:
        return Line(direction, self.encrypted, text, self.now(), self._step or Step.CONNECT)

    def _strike(self, text: str) -> str:
        return self._redactor.strike(text)

    def now(self) -> float:
        """Milliseconds since the test began."""
        return self.transport.elapsed() * 1000


def _first_line(said: bytes) -> str:
    return decoded(said[:200].split(b"\n")[0].rstrip(b"\r"))

"""A JVM asked in the middle of a session, and what it says told among the session's events."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from mailsetup_gui.judging import JavaJudge, Store, prove
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Direction, Event, Line, State, Step, StepChanged
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.wording.harmless import reason
from mailsetup_gui.wording.java import proved, trusts, will_refuse, will_trust

if TYPE_CHECKING:
    from mailsetup_gui.java.runtimes import Runtime

_LIMIT = 10.0
"""Seconds for the JVM."""


class Proving:
    """Asks a JVM about the server in the middle of a session, once the handshake of this computer is told."""

    def __init__(
        self, judge: JavaJudge, store: Store, runtime: "Runtime | None", server: MailServer, cancel: Cancel
    ) -> None:
        self.judge = judge
        self._store = store
        self._runtime = runtime
        self._server = server
        self._cancel = cancel

    @property
    def overruled(self) -> bool:
        """Whether the JVM accepts what was predicted to be refused."""
        return bool(self.judge.proof and self.judge.proof.accepted and self.judge.differs)

    def wanted_at(self, event: Event) -> bool:
        over = isinstance(event, StepChanged) and event.step is Step.TLS and event.state is not State.STARTED
        return over and self._runtime is not None and self.judge.proof is None and self.judge.finding is not None

    def labelled(self, event: Event) -> Event:
        """The handshake of this computer, with what Java will say of its certificate."""
        finding = self.judge.finding
        if not isinstance(event, StepChanged) or event.step is not Step.TLS or finding is None or self.judge.proof:
            return event
        if event.state is State.DONE:
            return event._replace(summary=will_trust(event.summary))
        if event.state is State.FAILED and finding.cause is not None:
            return event._replace(summary=will_refuse(event.summary))
        return event

    def steps(self, transport: TcpTransport, strike: Callable[[str], str]) -> Iterator[Event]:
        began = transport.elapsed() * 1000
        yield StepChanged(Step.JAVA, State.STARTED, began)
        if self._runtime is None:
            return
        proof = prove(self.judge, self._runtime, self._server, self._store, self._cancel.bell, _LIMIT)
        now = transport.elapsed() * 1000
        said = strike(proof.sentence or reason(proof.trouble)) or trusts(proof)
        if proof.accepted is not None:
            said = proved(proof.version, said)
        yield Line(Direction.INFO, True, said, now, Step.JAVA)
        yield StepChanged(Step.JAVA, State.DONE if proof.accepted else State.FAILED, now, now - began, said)

"""How a server and this side were when a test was accepted: what a later failure is held against. Values only."""

from __future__ import annotations

from binascii import Error, a2b_base64, b2a_base64
from collections.abc import Iterable
from typing import Any, NamedTuple

from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp import auth
from mailsetup_gui.smtp.events import Direction, Event, Line, Outcome, State, Step, StepChanged, TlsStarted
from mailsetup_gui.smtp.reply import Reply, extensions

Words = tuple[str, ...]


class Store(NamedTuple):
    """The truststore that was judged by, and the Java whose rules counted; '' where nothing is known."""

    path: str = ""
    sha256: str = ""
    java: str = ""


class Baseline(NamedTuple):
    """What a test saw; '' or empty, and None for EHLO's words, is what it did not come to.

    `when`: ISO with zone; `clear`, `inside`: the lines of EHLO's reply before and within TLS; `chain`: DER as sent.
    """

    when: str
    server: MailServer
    addresses: Words = ()
    greeting: str = ""
    clear: Words | None = None
    inside: Words | None = None
    tls_version: str = ""
    cipher: str = ""
    chain: tuple[bytes, ...] = ()
    store: Store = Store()
    encrypted: bool = False
    authenticated: bool = False

    @property
    def mechanisms(self) -> Words | None:
        """What AUTH offered in the last EHLO reply; None: nobody was asked."""
        words = self.clear if self.inside is None else self.inside
        return None if words is None else mechanisms(words)


def mechanisms(words: Words) -> Words:
    return auth.offered(extensions(Reply(250, ("", *words))))


def of(server: MailServer, events: Iterable[Event], outcome: Outcome, store: Store, when: str) -> Baseline:
    """`events`: of one test, in order; where its session was told twice the second one counts."""
    seen = Baseline(when, server)
    said: list[str] = []
    for event in events:
        match event:
            case StepChanged(step=Step.RESOLVE, state=State.STARTED):
                seen, said = Baseline(when, server), []
            case StepChanged(state=State.DONE):
                seen = _with_step(seen, event, tuple(said[1:]))
            case TlsStarted():
                seen = seen._replace(tls_version=event.version, cipher=event.cipher, chain=event.chain)
            case Line(step=Step.EHLO, direction=Direction.OUT):
                said = []
            case Line(step=Step.EHLO, direction=Direction.IN):
                said.append(event.text[4:])
    return seen._replace(store=store, encrypted=outcome.encrypted, authenticated=outcome.authenticated)


def _with_step(seen: Baseline, event: StepChanged, said: Words) -> Baseline:
    match event.step:
        case Step.RESOLVE:
            return seen._replace(addresses=tuple(event.summary.split(", ")))
        case Step.GREETING:
            return seen._replace(greeting=event.summary)
        case Step.EHLO:
            return seen._replace(inside=said) if seen.tls_version else seen._replace(clear=said)
    return seen


def table(seen: Baseline) -> dict[str, Any]:
    """For JSON; `parsed` reads it again."""
    return {
        **seen._asdict(),
        "server": {**seen.server._asdict(), "encryption": seen.server.encryption.value},
        "chain": [b2a_base64(der, newline=False).decode("ascii") for der in seen.chain],
        "store": seen.store._asdict(),
        "mechanisms": seen.mechanisms,
    }


def parsed(found: dict[str, Any]) -> Baseline:
    """Raises ValueError for what is no baseline."""
    try:
        server, store = found["server"], found["store"]
        return Baseline(
            when=_text(found["when"]),
            server=MailServer(
                hostname=_text(server["hostname"]),
                port=None if server["port"] is None else int(server["port"]),
                encryption=Encryption(server["encryption"]),
                username=_text(server["username"]),
                sender=_text(server["sender"]),
                ehlo_name=_text(server["ehlo_name"]),
            ),
            addresses=_words(found["addresses"]),
            greeting=_text(found["greeting"]),
            clear=None if found["clear"] is None else _words(found["clear"]),
            inside=None if found["inside"] is None else _words(found["inside"]),
            tls_version=_text(found["tls_version"]),
            cipher=_text(found["cipher"]),
            chain=tuple(a2b_base64(one, strict_mode=True) for one in _words(found["chain"])),
            store=Store(_text(store["path"]), _text(store["sha256"]), _text(store["java"])),
            encrypted=bool(found["encrypted"]),
            authenticated=bool(found["authenticated"]),
        )
    except (KeyError, TypeError, AttributeError, Error) as error:
        raise ValueError(f"not what a test leaves ({type(error).__name__}: {error})") from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text was expected")
    return value


def _words(value: object) -> Words:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return tuple(map(_text, value))

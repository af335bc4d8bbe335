"""AUTH as JavaMail does it: one attempt with one mechanism, skipped in silence where none is offered (RFC 4954)."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from mailsetup_gui.smtp import auth
from mailsetup_gui.smtp.dialogue import Dialogue
from mailsetup_gui.smtp.events import Event, Fault, Note, Step
from mailsetup_gui.smtp.reply import Extensions, Reply


def sign_in(
    to: Dialogue, extensions: Extensions, username: str, password: str, cleartext_allowed: bool, limit: float
) -> Iterator[Event]:
    """Sets `to.authenticated`. In clear only when allowed: the attempt ends before the password crosses."""
    if not username or not auth.speaks_auth(extensions):
        if username:
            to.note(Note.NOT_SIGNED_IN)
        yield to.skipped(Step.AUTH)
        return
    yield to.begin(Step.AUTH, limit)
    mechanism = _mechanism(to, extensions)
    if not to.encrypted:
        if not cleartext_allowed:
            raise to.gives_up(Fault.CLEARTEXT_BLOCKED, mechanism.value)
        to.note(Note.CREDENTIALS_IN_CLEAR)
    exchange = _login if mechanism is auth.Mechanism.LOGIN else _plain
    reply = yield from exchange(to, username, password)
    if reply.code != 235:
        raise to.refused(reply)
    to.authenticated = True
    yield to.done(f"{username}, {mechanism.value}")


def _mechanism(to: Dialogue, extensions: Extensions) -> auth.Mechanism:
    offered = auth.offered(extensions)
    name = auth.pick(offered)
    if name is None:
        old = "AUTH=LOGIN, the old spelling" if extensions.offers("AUTH=LOGIN") else "an empty list"
        raise to.gives_up(Fault.NO_COMMON_MECHANISM, " ".join(offered) or old)
    if name not in auth.Mechanism.__members__:
        raise to.gives_up(Fault.MECHANISM_NOT_TRIED, name)
    return auth.Mechanism[name]


def _login(to: Dialogue, username: str, password: str) -> Generator[Event, None, Reply]:
    reply = yield from to.ask("AUTH LOGIN")
    if reply.code == 334:
        reply = yield from to.ask(auth.encoded(username), "**** (user name)")
    if reply.code == 334:
        reply = yield from to.ask(auth.encoded(password), "**** (password)")
    return reply


def _plain(to: Dialogue, username: str, password: str) -> Generator[Event, None, Reply]:
    return (yield from to.ask(f"AUTH PLAIN {auth.plain(username, password)}", "AUTH PLAIN ****"))

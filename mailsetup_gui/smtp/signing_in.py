"""AUTH as JavaMail does it: one attempt with one mechanism, skipped in silence where none is offered (RFC 4954)."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

from mailsetup_gui.smtp import auth
from mailsetup_gui.smtp.dialogue import Dialogue
from mailsetup_gui.smtp.events import Breach, Event, Fault, Note, Step, Stopped
from mailsetup_gui.smtp.reply import Extensions, Reply


class Account(NamedTuple):
    """Who signs in, and at which host (DIGEST-MD5 names it)."""

    host: str
    username: str
    password: str

    def __repr__(self) -> str:
        return f"Account({self.host!r}, {self.username!r}, ****)"


def sign_in(
    to: Dialogue,
    extensions: Extensions,
    account: Account,
    cleartext_allowed: bool,
    limit: float,
    secure: Callable[[], Iterator[Event]],
) -> Iterator[Event]:
    """Sets `to.authenticated`. In clear only when allowed: the attempt ends before the password crosses.

    `secure`: STARTTLS and the handshake, for a server that answers AUTH with 530: JavaMail does that in any TLS
    setting, and asks again (measured).
    """
    if not account.username or not auth.speaks_auth(extensions):
        if account.username:
            to.note(Note.NOT_SIGNED_IN)
        yield to.skipped(Step.AUTH)
        return
    yield to.begin(Step.AUTH, limit)
    mechanism = _mechanism(to, extensions)
    if not to.encrypted and not cleartext_allowed:
        raise to.gives_up(Fault.CLEARTEXT_BLOCKED, mechanism.value)
    exchange = _EXCHANGES[mechanism]
    first = _first_words(mechanism, account)
    reply = yield from to.ask(*first)
    if reply.code == 530 and not to.encrypted:
        yield from secure()
        yield to.begin(Step.AUTH, limit)
        reply = yield from to.ask(*first)
    if not to.encrypted and (reply.code == 334 or mechanism is auth.Mechanism.PLAIN):
        to.note(Note.CREDENTIALS_IN_CLEAR)
    if reply.code == 334:
        reply = yield from exchange(to, account)
    if reply.code != 235:
        raise to.refused(reply)
    to.authenticated = True
    yield to.done(f"{account.username}, {mechanism.value}")


def _first_words(mechanism: auth.Mechanism, account: Account) -> tuple[str, str | None]:
    """The command, and what stands in the transcript for it; PLAIN says all at once (RFC 4954 4)."""
    if mechanism is auth.Mechanism.PLAIN:
        return f"AUTH PLAIN {auth.plain(account.username, account.password)}", "AUTH PLAIN ****"
    return f"AUTH {mechanism.value}", None


def _mechanism(to: Dialogue, extensions: Extensions) -> auth.Mechanism:
    offered = auth.offered(extensions)
    name = auth.pick(offered)
    if name is None:
        old = "AUTH=LOGIN, the old spelling" if extensions.offers("AUTH=LOGIN") else "an empty list"
        raise to.gives_up(Fault.NO_COMMON_MECHANISM, " ".join(offered) or old)
    found = next((one for one in auth.Mechanism if one.value == name), None)
    if found is None:
        raise to.gives_up(Fault.MECHANISM_NOT_TRIED, name)
    return found


def _login(to: Dialogue, account: Account) -> Generator[Event, None, Reply]:
    reply = yield from to.ask(auth.encoded(account.username), "**** (user name)")
    if reply.code == 334:
        reply = yield from to.ask(auth.encoded(account.password), "**** (password)")
    return reply


def _plain(to: Dialogue, account: Account) -> Generator[Event, None, Reply]:
    """Asked for what it has said already: JavaMail throws, and this side gives up (RFC 4954 4: "*")."""
    del account
    return (yield from to.ask("*"))


def _digest_md5(to: Dialogue, account: Account) -> Generator[Event, None, Reply]:
    from mailsetup_gui.smtp import digest

    said = digest.respond(to.heard.text, *account)
    if said is None:
        return (yield from to.ask("*"))
    reply = yield from to.ask(said.response, "**** (response)")
    if reply.code != 334:
        return reply
    if not digest.proves(to.heard.text, said):
        raise Stopped(Fault.PROTOCOL, reply.text, Breach.NOT_PROVED)
    return (yield from to.ask(""))


_EXCHANGES = {auth.Mechanism.LOGIN: _login, auth.Mechanism.PLAIN: _plain, auth.Mechanism.DIGEST_MD5: _digest_md5}

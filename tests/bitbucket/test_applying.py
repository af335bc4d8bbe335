"""Settings brought into Bitbucket: afterwards it has what is wanted or what it had, and what is said of it is true."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from mailsetup_gui.bitbucket import address, applying, reading
from mailsetup_gui.bitbucket.address import SignIn
from mailsetup_gui.bitbucket.applying import Applied, Result
from mailsetup_gui.bitbucket.change import Setting, Spelling
from mailsetup_gui.bitbucket.exchange import Route
from mailsetup_gui.bitbucket.reading import Found
from mailsetup_gui.bitbucket.rest import Bitbucket, Mail
from mailsetup_gui.bitbucket.troubles import Trouble
from mailsetup_gui.bitbucket.writing import Step, Target
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.waiting import Cancel
from tests.bitbucket.stub import (
    ADMIN,
    CAMEL,
    HYPHENS,
    MIXED,
    SECRET,
    SETTINGS,
    Handler,
    Misdeed,
    Stub,
    drip,
    fail,
    flood,
    hang_up,
    obey_and_hang_up,
    obey_and_say,
    page,
    redirect,
    running,
    silent,
)

WANTED = MailServer(
    "mail.example.test", 587, Encryption.STARTTLS_REQUIRED, username="bitbucket", sender="noreply@example.test"
)
STORED = {
    "hostname": "mail.example.test",
    "port": 587,
    "protocol": "SMTP",
    "use": True,
    "require": True,
    "username": "bitbucket",
    "sender": "noreply@example.test",
}
PASSWORD = "smtp-s3cret&pass"
_NOBODY_CANCELS = Cancel()


@pytest.fixture(scope="module", autouse=True)
def nobody_cancels() -> Iterator[None]:
    yield
    _NOBODY_CANCELS.close()


class Kept:
    """A keeper that only counts."""

    def __init__(self) -> None:
        self.begun = self.ended = 0

    def begin(self, former: Mail, wanted: MailServer | None) -> None:
        self.begun += 1

    def end(self, applied: Applied) -> None:
        self.ended += 1


def client(stub: Stub, timeout: float = 2.0, cancel: Cancel = _NOBODY_CANCELS) -> Bitbucket:
    where = address.address(stub.url)
    return Bitbucket(where, SignIn(ADMIN, SECRET), Route(timeout=timeout), cancel, PASSWORD)


def apply(stub: Stub, wanted: MailServer = WANTED, timeout: float = 2.0, **options: Any) -> Applied:
    bitbucket = client(stub, timeout)
    seen = bitbucket.mail()
    *steps, last = applying.apply(
        bitbucket, seen, Target(wanted, PASSWORD if wanted.username else ""), Kept(), **options
    )
    assert all(isinstance(step, Step) for step in steps)
    assert isinstance(last, Applied)
    return last


@pytest.mark.parametrize("has", [None, {}], ids=["nothing", "something"])
@pytest.mark.parametrize("takes", [HYPHENS, CAMEL, MIXED], ids=["hyphens", "camel case", "mixed"])
@pytest.mark.parametrize("encryption", Encryption)
def test_every_spelling_ends_in_what_is_wanted(
    takes: dict[str, str], has: dict[str, Any] | None, encryption: Encryption
) -> None:
    with running(Stub(takes)) as stub:
        stub.stored = None if has is None else dict(SETTINGS)
        applied = apply(stub, WANTED._replace(encryption=encryption))
        assert applied.result is Result.SAVED
        assert stub.stored is not None
        assert stub.stored["password"] == PASSWORD
        starts = encryption is not Encryption.NONE
        requires = encryption in (Encryption.STARTTLS_REQUIRED, Encryption.IMPLICIT_TLS)
        protocol = "SMTPS" if encryption is Encryption.IMPLICIT_TLS else "SMTP"
        assert stub.settings() == {**STORED, "use": starts, "require": requires, "protocol": protocol}


def test_a_server_that_shows_one_spelling_and_takes_the_other_gets_the_other_and_it_is_told() -> None:
    with running(Stub(HYPHENS, CAMEL, port=25)) as stub:
        applied = apply(stub)
        assert (applied.result, applied.spelling, applied.respelled) == (Result.SAVED, Spelling.HYPHENATED, True)
        assert stub.settings() == STORED


@pytest.mark.parametrize("takes", [HYPHENS, CAMEL], ids=["hyphens", "camel case"])
@pytest.mark.parametrize("configured", [True, False])
def test_a_server_that_refuses_unknown_keys_gets_the_other_spelling(takes: dict[str, str], configured: bool) -> None:
    def strict(handler: Handler) -> None:
        unknown = [key for key in json.loads(handler.body) if key in {*HYPHENS.values(), *CAMEL.values()}]
        if wrong := [key for key in unknown if key not in takes.values()]:
            handler.errors(400, {"context": wrong[0], "message": f"Unrecognized field {wrong[0]}"})
        else:
            handler.obey()

    with running(Stub(takes, HYPHENS if takes is CAMEL else CAMEL)) as stub:
        stub.stored = stub.stored if configured else None
        stub.misdeeds = {PUT: [strict]}
        assert apply(stub).result is Result.SAVED
        assert stub.settings() == STORED


def test_a_node_that_learns_of_the_change_a_moment_later_is_waited_for() -> None:
    with running(Stub(port=25)) as stub:
        former = dict(stub.stored or {})

        def behind(handler: Handler) -> None:
            known, handler.server.stored = handler.server.stored, former
            handler.obey()
            handler.server.stored = known

        stub.misdeeds = {GET: [None, None, behind, None]}
        assert apply(stub).result is Result.SAVED
        assert stub.settings() == STORED


def test_what_bitbucket_has_besides_is_left_as_it_was() -> None:
    with running(Stub(CAMEL, port=25, tokenId="t-1", auth="BASIC")) as stub:
        assert apply(stub).result is Result.SAVED
        assert stub.settings() == {**STORED, "tokenId": "t-1", "auth": "BASIC"}


class Case(NamedTuple):
    """What the server does, what is said, whether the wanted or the former settings are there afterwards."""

    misdeeds: dict[str, list[Misdeed | None]]
    result: Result
    wanted_there: bool
    trouble: Trouble | None = None


def _drop(*words: str) -> Misdeed:
    """Takes everything but these."""

    def obey(handler: Handler) -> None:
        former = handler.server.stored or {}
        if handler.command == "PUT" and b"noreply@example.test" in handler.body:
            handler.server.stored = {**handler.taken(), **dict.fromkeys(words, False)}
            handler.answer(200, handler.shown())
        else:
            handler.server.stored = {**former, **handler.taken()}
            handler.answer(200, handler.shown())

    return obey


PUT, GET = "PUT admin/mail-server", "GET admin/mail-server"
INVALID = {"context": "hostname", "message": "The host name is not valid", "exceptionName": "ValidationException"}
CAPTCHA = {"message": "CAPTCHA required.", "exceptionName": "x.CaptchaRequiredAuthenticationException"}
CASES = {
    "400 with context": Case({PUT: [fail(400, INVALID)]}, Result.NOT_SAVED, False, Trouble.INVALID),
    "401 on the write": Case(
        {PUT: [fail(401, {"message": "no", "exceptionName": "AuthorisationException"})]},
        Result.NOT_SAVED,
        False,
        Trouble.NO_PERMISSION,
    ),
    "captcha on the write": Case({PUT: [fail(401, CAPTCHA)]}, Result.UNKNOWN, False, Trouble.CAPTCHA),
    "403": Case({PUT: [fail(403)]}, Result.NOT_SAVED, False, Trouble.NO_PERMISSION),
    "reading fails for good": Case({GET: [None, None, fail(500)]}, Result.UNKNOWN, True, Trouble.SERVER_ERROR),
    "404": Case({PUT: [fail(404)]}, Result.NOT_SAVED, False, Trouble.NOT_FOUND),
    "409": Case({PUT: [fail(409)]}, Result.NOT_SAVED, False, Trouble.CONFLICT),
    "429": Case({PUT: [fail(429)]}, Result.NOT_SAVED, False, Trouble.TOO_MANY),
    "500": Case({PUT: [fail(500)]}, Result.NOT_SAVED, False, Trouble.SERVER_ERROR),
    "500 after it stored": Case({PUT: [obey_and_say(fail(500))]}, Result.SAVED, True, Trouble.SERVER_ERROR),
    "503": Case({PUT: [fail(503)]}, Result.NOT_SAVED, False, Trouble.STARTING),
    "a web page": Case({PUT: [page()]}, Result.NOT_SAVED, False, Trouble.WEB_PAGE),
    "a web page after it stored": Case({PUT: [obey_and_say(page())]}, Result.SAVED, True, Trouble.WEB_PAGE),
    "200 and nothing stored": Case({PUT: [lambda h: h.answer(200, {})]}, Result.NOT_SAVED, False),
    "hangs up": Case({PUT: [hang_up]}, Result.NOT_SAVED, False, Trouble.UNREACHED),
    "hangs up after it stored": Case({PUT: [obey_and_hang_up]}, Result.SAVED, True, Trouble.UNREACHED),
    "silent": Case({PUT: [silent]}, Result.UNKNOWN, False, Trouble.UNREACHED),
    "drip": Case({PUT: [drip]}, Result.UNKNOWN, False, Trouble.UNREACHED),
    "a drip after it stored": Case({PUT: [obey_and_say(drip)]}, Result.SAVED, True, Trouble.UNREACHED),
    "a gigabyte": Case({PUT: [flood]}, Result.NOT_SAVED, False, Trouble.UNREACHED),
    "one failure to read it back": Case({GET: [None, None, fail(503), None]}, Result.SAVED, True),
    "hangs up when read back": Case({GET: [None, None, hang_up, hang_up, None]}, Result.SAVED, True),
    "flags always dropped": Case({PUT: [_drop("use", "require")]}, Result.PUT_BACK, False),
    "the requirement dropped": Case({PUT: [_drop("require")]}, Result.PUT_BACK, False),
    "protocol unread": Case({PUT: [_drop("hostname")]}, Result.PUT_BACK, False),
}
for _status in (301, 302, 303, 307, 308):
    CASES[f"{_status} to the same origin"] = Case(
        {PUT: [redirect(_status, "/login")]}, Result.NOT_SAVED, False, Trouble.REDIRECTED
    )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_afterwards_bitbucket_has_the_wanted_or_the_former_settings(case: Case) -> None:
    with running(Stub(port=25)) as stub:
        former = stub.settings()
        stub.misdeeds = {name: list(turns) for name, turns in case.misdeeds.items()}
        applied = apply(stub, timeout=0.5)
        assert applied.result is case.result
        assert stub.settings() == (STORED if case.wanted_there else former)
        assert (applied.error and applied.error.trouble) is case.trouble


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("request_name", ["GET application-properties", GET, PUT])
def test_no_redirect_takes_anything_to_another_origin(status: int, request_name: str) -> None:
    with running(Stub(port=25)) as other, running(Stub(port=25)) as stub:
        former = stub.settings()
        stub.misdeeds = {request_name: [redirect(status, f"{other.url}/rest/api/latest/admin/mail-server")]}
        if request_name == PUT:
            applied = apply(stub)
            assert applied.error is not None
            assert applied.error.trouble is Trouble.REDIRECTED
        else:
            *_, last = reading.read(client(stub))
            assert isinstance(last, Step)
            assert last.error is not None
            assert last.error.trouble is Trouble.REDIRECTED
        assert other.seen == []
        assert stub.settings() == former


def test_nothing_configured_is_restored_by_removing_what_was_stored() -> None:
    with running(Stub()) as stub:
        stub.stored = None
        stub.misdeeds = {PUT: [_drop("use", "require")]}
        applied = apply(stub)
        assert (applied.result, stub.stored) == (Result.PUT_BACK, None)


def test_what_cannot_be_put_back_is_told_as_it_is() -> None:
    with running(Stub(port=25)) as stub:
        stub.misdeeds = {PUT: [_drop("use", "require"), _drop("use", "require"), fail(500)]}
        applied = apply(stub)
        assert applied.result is Result.OTHERWISE
        assert Setting.ENCRYPTION in applied.unequal
        assert stub.settings() != STORED


def test_a_sender_that_the_document_does_not_take_is_set_by_its_own_resource() -> None:
    def without_sender(handler: Handler) -> None:
        former = handler.server.stored or {}
        handler.server.stored = {**handler.taken(), "sender": former["sender"]}
        handler.answer(200, handler.shown())

    with running(Stub(port=25)) as stub:
        stub.misdeeds = {PUT: [without_sender]}
        applied = apply(stub)
        assert (applied.result, applied.by_resource) == (Result.SAVED, True)
        assert stub.settings() == STORED


def test_settings_that_somebody_else_changed_meanwhile_are_not_overwritten() -> None:
    with running(Stub(port=25)) as stub:
        bitbucket = client(stub)
        seen = bitbucket.mail()
        assert stub.stored is not None
        stub.stored["hostname"] = "another.example.test"
        *_, last = applying.apply(bitbucket, seen, Target(WANTED, PASSWORD), Kept())
        assert isinstance(last, Applied)
        assert last.result is Result.CHANGED_MEANWHILE
        assert stub.asked(PUT) == 0


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_sign_in_by_oauth_is_replaced_only_when_that_is_confirmed(confirmed: bool) -> None:
    with running(Stub(CAMEL, auth="OAUTH2", oauth2ProviderId="p", tokenId="t")) as stub:
        stub.version = "10.4.2"
        former = stub.settings()
        applied = apply(stub, replace_oauth=confirmed)
        assert applied.result is (Result.SAVED if confirmed else Result.OAUTH_HELD)
        assert stub.stored is not None
        assert stub.stored["auth"] == ("BASIC" if confirmed else "OAUTH2")
        assert confirmed or stub.settings() == former


def test_equal_settings_without_a_password_are_not_written() -> None:
    with running(Stub(port=25)) as stub:
        same = MailServer("OLDRELAY.example.test", None, Encryption.STARTTLS_IF_OFFERED, sender="old@example.test")
        assert apply(stub, same).result is Result.SAME
        assert stub.asked(PUT) == 0


def test_nothing_is_written_when_the_way_back_cannot_be_kept() -> None:
    class Full(Kept):
        def begin(self, former: Mail, wanted: MailServer | None) -> None:
            raise OSError(28, "No space left on device")

    with running(Stub(port=25)) as stub:
        bitbucket = client(stub)
        with pytest.raises(OSError, match="No space"):
            list(applying.apply(bitbucket, bitbucket.mail(), Target(WANTED, PASSWORD), Full()))
        assert stub.asked(PUT) == 0


def test_undo_brings_the_former_document_back_word_for_word() -> None:
    with running(Stub(CAMEL, auth="OAUTH2", oauth2ProviderId="p", username="ann")) as stub:
        bitbucket = client(stub)
        former, before = bitbucket.mail(), stub.settings()
        assert apply(stub, replace_oauth=True).result is Result.SAVED
        from mailsetup_gui.bitbucket import change

        target = Target(change.server(former), "", former)
        *_, last = applying.apply(bitbucket, bitbucket.mail(), target, Kept())
        assert isinstance(last, Applied)
        assert (last.result, stub.settings()) == (Result.SAVED, before)


def test_only_the_sender_is_changed_for_an_administrator_without_sys_admin() -> None:
    from tests.bitbucket.stub import DENIED

    with running(Stub(port=25)) as stub:
        stub.misdeeds = {GET: [fail(401, DENIED)], PUT: [fail(401, DENIED)]}
        bitbucket = client(stub)
        *_, found = reading.read(bitbucket)
        assert isinstance(found, Found)
        assert (found.mail, found.sender) == (None, "old@example.test")
        *_, last = applying.apply_sender(bitbucket, found.sender, "new@example.test")
        assert isinstance(last, Applied)
        assert last.result is Result.SAVED
        assert stub.stored is not None
        assert stub.stored["sender"] == "new@example.test"


def _denied(**said: str) -> Misdeed:
    return fail(401, {"context": None, **said})


@pytest.mark.parametrize(
    ("misdeed", "trouble"),
    [
        (_denied(message="Authentication failed.", exceptionName="x.IncorrectPasswordAuthenticationException"),
            Trouble.WRONG_PASSWORD),
        (_denied(message="You are not permitted", exceptionName="x.AuthorisationException"), Trouble.NO_PERMISSION),
        (_denied(message="CAPTCHA required.", exceptionName="x.CaptchaRequired"), Trouble.CAPTCHA),
        (fail(403, X_Authentication_Denied_Reason="CAPTCHA_CHALLENGE; login-url=x"), Trouble.CAPTCHA),
        (_denied(message="Basic Authentication has been disabled on this instance."), Trouble.BASIC_BLOCKED),
        (lambda h: h.answer(401, {"elevationMethods": ["PASSWORD"]}), Trouble.ELEVATION),
        (lambda h: h.answer(401, b"", {"X-AUSERNAME": ""}), Trouble.NOT_SIGNED_IN),
        (page(403), Trouble.NO_PERMISSION),
    ],
)  # fmt: skip
def test_a_denied_sign_in_is_told_apart_and_tried_once(misdeed: Misdeed, trouble: Trouble) -> None:
    with running(Stub(port=25)) as stub:
        stub.misdeeds = {GET: [misdeed]}
        last = next(item for item in reading.read(client(stub)) if isinstance(item, Step) and item.error)
        assert last.error is not None
        assert last.error.trouble is trouble
        assert stub.asked(GET) == 1
        assert stub.asked("GET admin/cluster") == 0


@pytest.mark.parametrize(
    ("misdeed", "trouble"),
    [
        (page(), Trouble.WEB_PAGE),
        (page(404), Trouble.NOT_FOUND),
        (page(503), Trouble.STARTING),
        (fail(409), Trouble.CONFLICT),
        (fail(401), Trouble.GATE),
        (lambda h: h.answer(200, {"baseUrl": "https://jira.example.test", "deploymentType": "Server"}),
            Trouble.OTHER_PRODUCT),
        (lambda h: h.answer(200, b"[" * 100_000), Trouble.OTHER_PRODUCT),
        (flood, Trouble.UNREACHED),
        (drip, Trouble.UNREACHED),
        (silent, Trouble.UNREACHED),
        (hang_up, Trouble.UNREACHED),
    ],
)  # fmt: skip
def test_what_is_no_bitbucket_gets_no_password(misdeed: Misdeed, trouble: Trouble) -> None:
    with running(Stub(port=25)) as stub:
        stub.misdeeds = {"*": [misdeed]}
        *_, last = reading.read(client(stub, timeout=0.5))
        assert isinstance(last, Step)
        assert last.error is not None
        assert last.error.trouble is trouble
        assert len(stub.seen) == 1
        assert "Authorization" not in stub.seen[0][1]


def test_a_context_path_is_part_of_every_request() -> None:
    with running(Stub(port=25)) as stub:
        stub.context = "/bitbucket"
        assert apply(stub).result is Result.SAVED


def test_cancel_reaches_into_a_request_that_nobody_answers() -> None:
    with running(Stub(port=25)) as stub, contextlib.closing(Cancel()) as bell:
        bitbucket = client(stub, timeout=30, cancel=bell)

        def cancel(handler: Handler) -> None:
            bell.request()
            silent(handler)

        stub.misdeeds = {"*": [cancel]}
        *_, last = reading.read(bitbucket)
        assert isinstance(last, Step)
        assert last.error is not None
        assert last.error.failure is not None
        assert last.error.failure.value == "cancelled"

"""What changed since it last worked: the same profile against the same port, another day."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.settings import state
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.smtp.events import Result, Step
from mailsetup_gui.trial import Request
from mailsetup_gui.wording.record import parsed
from tests.smtp.polite import REPLIES, Misdeed, Mode, Stage, polite, says
from tests.smtp.scripted import Scripted, Talk
from tests.smtp.trying import Tried, attempt, request
from tests.trust.certificates import Issued, Wish, issue

NAMES = ("127.0.0.1",)
AUTHORITY = issue(Wish("Example Root", is_ca=True, days=3650))
RSA = issue(Wish("mail.example.test", AUTHORITY, names=NAMES, rsa_bits=2048))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAILSETUP_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


class Today:
    """One port, and the server that is behind it today."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        self.misdeeds: dict[Stage, Misdeed] = {}
        self._folder = folder
        self._mode = mode
        self._context: ssl.SSLContext | None = None
        self.truststore = folder / "anchors.pem"
        self.truststore.write_bytes(AUTHORITY.pem)

    def shows(self, *chain: Issued) -> None:
        self._context = chain[0].server_context(self._folder, *chain[1:])

    def play(self, talk: Talk) -> None:
        if self._context is not None:
            talk.context = self._context
        polite(self._mode, self.misdeeds)(talk)

    def tried(self, listening: Scripted, **changed: object) -> Tried:
        asked = request(listening.port, self._mode)._replace(truststore=str(self.truststore))
        profile = Profile("production", "Production", asked.server, str(self.truststore))
        return attempt(asked._replace(**changed), profile=profile)  # type: ignore[arg-type]  # by name


@contextmanager
def a_server(tmp_path: Path, mode: Mode = Mode.STARTTLS) -> Iterator[tuple[Today, Scripted]]:
    today = Today(tmp_path, mode)
    today.shows(RSA)
    with Scripted(today.play) as server:
        assert today.tried(server).result is Result.ACCEPTED
        yield today, server


def changes(found: Tried) -> list[str]:
    return list(found.finished.card.changes)


def test_another_key_of_another_issuer_is_told_first_and_is_no_accident(tmp_path: Path) -> None:
    with a_server(tmp_path) as (today, server):
        today.shows(issue(Wish("mail.example.test", issue(Wish("Other Root", is_ca=True)), names=NAMES, days=90)))
        found = today.tried(server)

    assert changes(found)[0].startswith("It last worked on 20")
    assert changes(found)[1] == "The certificate's key changed from RSA 2048 to ECDSA P-256."
    assert "The chain is now issued by “Other Root”; it was issued by “Example Root”." in changes(found)
    assert found.finished.diagnosis.cause is Cause.INTERCEPTED
    assert "when it last worked it led to “Example Root”" in found.finished.card.why
    assert found.finished.java.accepted is False


def test_a_self_signed_certificate_is_not_said_to_be_intercepted(tmp_path: Path) -> None:
    with a_server(tmp_path) as (today, server):
        today.shows(issue(Wish("mail.example.test", names=NAMES)))
        found = today.tried(server)

    assert found.finished.diagnosis.cause is Cause.SELF_SIGNED
    assert "The certificate's key changed from RSA 2048 to ECDSA P-256." in changes(found)


def test_an_intermediate_that_is_no_longer_sent_is_not_said_to_be_intercepted(tmp_path: Path) -> None:
    middle = issue(Wish("Example Intermediate", AUTHORITY, is_ca=True))
    leaf = issue(Wish("mail.example.test", middle, names=NAMES))
    today = Today(tmp_path, Mode.STARTTLS)
    today.shows(leaf, middle)
    with Scripted(today.play) as server:
        assert today.tried(server).result is Result.ACCEPTED
        today.shows(leaf)
        found = today.tried(server)

    assert found.finished.diagnosis.cause is Cause.MISSING_INTERMEDIATE
    assert changes(found)[1:] == ["Certificates that the server sends: 1; it sent 2."]


def test_starttls_that_is_withdrawn_is_told(tmp_path: Path) -> None:
    with a_server(tmp_path) as (today, server):
        today.misdeeds = {Stage.EHLO: says(b"250 mail.example.test\r\n")}
        found = today.tried(server)

    assert found.finished.diagnosis.cause is Cause.STARTTLS_NOT_OFFERED
    assert changes(found)[1:] == ["STARTTLS is no longer offered."]


def test_other_mechanisms_are_told(tmp_path: Path) -> None:
    with a_server(tmp_path) as (today, server):
        today.misdeeds = {Stage.EHLO_INSIDE: says(b"250-mail.example.test\r\n250 AUTH XOAUTH2\r\n")}
        found = today.tried(server)

    assert changes(found)[1:] == ["AUTH offered PLAIN LOGIN; now it offers XOAUTH2."]


def test_another_greeting_is_told_where_more_than_an_id_differs(tmp_path: Path) -> None:
    refuses: dict[Stage, Misdeed] = {Stage.PASSWORD: says(b"535 5.7.8 no\r\n")}
    with a_server(tmp_path) as (today, server):
        today.misdeeds = {**refuses, Stage.GREETING: says(b"220 filter.example.test ESMTP\r\n")}
        other = today.tried(server)
        today.misdeeds = {**refuses, Stage.GREETING: says(REPLIES[Stage.GREETING].replace(b"\r", b" 5b1f17b1804b1\r"))}
        same = today.tried(server)

    assert changes(other)[1:] == [
        "The server greets as “filter.example.test ESMTP”, no longer as “mail.example.test ESMTP”."
    ]
    assert changes(same) == []
    assert same.finished.card.last_worked


def test_the_truststore_that_was_changed_is_told(tmp_path: Path) -> None:
    with a_server(tmp_path) as (today, server):
        today.truststore.write_bytes(issue(Wish("Only Another", is_ca=True)).pem)
        found = today.tried(server)

    assert changes(found)[1:] == [f"The truststore's contents changed: {today.truststore}."]


def test_settings_that_differ_are_told_and_nothing_of_another_port(tmp_path: Path) -> None:
    with a_server(tmp_path) as (today, server):
        asked = request(server.port, Mode.STARTTLS).server
        found = today.tried(server, server=asked._replace(port=1, username=""))

    assert changes(found)[1:] == [
        f"The port is now 1; it was {server.port}.",
        "Nobody signs in now; it was “bitbucket”.",
    ]


def test_an_accepted_test_has_nothing_to_say_of_earlier_ones(tmp_path: Path) -> None:
    with a_server(tmp_path) as (today, server):
        found = today.tried(server)

    assert (changes(found), found.finished.card.last_worked) == ([], "")


@pytest.mark.parametrize(
    "changed",
    [{"until": Step.RCPT}, {"truststore": ""}, {"server": None}],
    ids=["until", "another truststore", "other settings"],
)
def test_only_a_whole_test_of_what_is_saved_is_the_baseline(
    changed: dict[str, object], tmp_path: Path, folder: Path
) -> None:
    today = Today(tmp_path, Mode.STARTTLS)
    with Scripted(today.play) as server:
        asked = request(server.port, Mode.STARTTLS)
        if "server" in changed:
            changed = {"server": asked.server._replace(sender="other@example.test")}
        profile = Profile("production", "Production", asked.server, asked.truststore)
        whole = asked._replace(**changed) if changed.get("truststore") != "" else asked  # type: ignore[arg-type]  # by name
        if whole is asked:
            profile = profile._replace(truststore="")
        assert attempt(whole, profile=profile).result is Result.ACCEPTED

    assert not (folder / "baseline").exists()
    assert (folder / "last.jsonl").exists()


def test_what_is_left_is_readable_by_its_owner_only(tmp_path: Path, folder: Path) -> None:
    with a_server(tmp_path):
        pass
    kept = {path.relative_to(folder).as_posix(): path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    files = ("baseline/production.json", "history/production/last.jsonl", "last.jsonl")
    assert {name: kept[name] for name in files} == dict.fromkeys(files, 0o600)
    assert {mode for name, mode in kept.items() if name not in files} == {0o700}
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "octets",
    [b"", b"\xff", b"[]", b'{"version": 1}', b'{"version": 1, "server": 5, "store": {}}', b"[" * 100_000],
    ids=["empty", "no text", "a list", "nothing in it", "strange", "deep"],
)
def test_a_damaged_baseline_is_set_aside_with_a_sentence(octets: bytes, tmp_path: Path, folder: Path) -> None:
    with a_server(tmp_path) as (today, server):
        path = folder / "baseline" / "production.json"
        path.write_bytes(octets)
        today.misdeeds = {Stage.PASSWORD: says(b"535 5.7.8 no\r\n")}
        found = today.tried(server)

    assert changes(found) == []
    assert found.finished.diagnosis.cause is Cause.AUTH_REFUSED
    assert "is not known" in found.recorded.troubles[0]
    assert path.with_name("production.json.damaged").read_bytes() == octets


def test_a_newer_baseline_is_left_as_it_is(tmp_path: Path, folder: Path) -> None:
    with a_server(tmp_path) as (today, server):
        path = folder / "baseline" / "production.json"
        path.write_text('{"version": 2}')
        found = today.tried(server)

    assert found.result is Result.ACCEPTED
    assert "newer mailsetup" in found.recorded.troubles[0]
    assert path.read_text() == '{"version": 2}'


def test_a_state_that_is_no_folder_changes_no_outcome(folder: Path) -> None:
    folder.write_text("a file")
    with Scripted(polite(Mode.CLEAR)) as server:
        found = attempt(request(server.port, Mode.CLEAR))
    assert found.result is Result.ACCEPTED
    assert "not kept" in found.recorded.troubles[0]


def test_a_test_that_could_not_begin_is_kept_too() -> None:
    found = attempt(Request(request(1, Mode.CLEAR).server, "you@example.test", truststore="/nowhere"))
    assert parsed(state.last(""))[-1]["cause"] == "java.store-missing"
    assert found.recorded.record == parsed(state.last(""))

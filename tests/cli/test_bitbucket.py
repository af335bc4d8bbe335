"""`mailsetup bitbucket` as a process against a small Bitbucket: what scripts rely on."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import pytest

from tests.bitbucket.stub import (
    ADMIN,
    CAMEL,
    DENIED,
    HYPHENS,
    SECRET,
    Stub,
    fail,
    hang_up,
    redirect,
    running,
    silent,
)
from tests.cli.running import Ran, mailsetup

PASSWORD = "smtp-s3cret&pass"
SERVER = ("--hostname", "smtps://bb@mail.example.test:465", "--from", "noreply@example.test")
PUT, GET = "PUT admin/mail-server", "GET admin/mail-server"


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running(Stub(CAMEL, port=25)) as found:
        yield found


class Command(Protocol):
    def __call__(self, action: str, *words: str, secret: str = "admin") -> Ran: ...


@pytest.fixture
def bitbucket(stub: Stub, tmp_path: Path) -> Command:
    (tmp_path / "admin").write_text(SECRET + "\n")
    (tmp_path / "smtp").write_text(PASSWORD + "\n")

    def run(action: str, *words: str, secret: str = "admin") -> Ran:
        return mailsetup(
            "bitbucket", action, "--url", stub.url, "--user", ADMIN, "--password-file", str(tmp_path / secret), *words,
            MAILSETUP_CONFIG_DIR=str(tmp_path / "config"), MAILSETUP_STATE_DIR=str(tmp_path / "state"),
        )  # fmt: skip

    return run


def smtp(tmp_path: Path) -> tuple[str, str]:
    return ("--smtp-password-file", str(tmp_path / "smtp"))


def test_show_tells_version_nodes_and_settings(bitbucket: Command, stub: Stub) -> None:
    told = bitbucket("show")
    assert told.code == 0
    assert "Bitbucket 9.4.2, 3 nodes (node1, node2, node3)" in told.out
    assert "oldrelay.example.test" in told.out
    assert json.loads(bitbucket("show", "--json").out)["encryption"] == "if-available"


def test_show_makes_a_profile_that_apply_takes(bitbucket: Command, stub: Stub, tmp_path: Path) -> None:
    assert bitbucket("show", "--save", "Production").code == 0
    kept = (tmp_path / "config" / "profiles" / "production.toml").read_text()
    assert 'hostname = "oldrelay.example.test"' in kept
    assert f'url = "{stub.url}"' in kept
    done = mailsetup(
        "bitbucket", "apply", "Production", "--port", "2525", "--yes", "--password-file", str(tmp_path / "admin"),
        MAILSETUP_CONFIG_DIR=str(tmp_path / "config"), MAILSETUP_STATE_DIR=str(tmp_path / "state"),
    )  # fmt: skip
    assert done.code == 0, done
    assert stub.stored is not None
    assert stub.stored["port"] == 2525


def test_diff_writes_nothing(bitbucket: Command, stub: Stub) -> None:
    rows = json.loads(bitbucket("diff", *SERVER, "--json").out)["rows"]
    assert {row["setting"]: row["state"] for row in rows} == {
        "hostname": "changed",
        "port": "changed",
        "encryption": "changed",
        "username": "changed",
        "password": "unseen",
        "from": "changed",
    }
    assert stub.asked(PUT) == 0


def test_apply_then_undo_ends_where_it_began(bitbucket: Command, stub: Stub, tmp_path: Path) -> None:
    former = stub.settings()
    done = bitbucket("apply", *SERVER, *smtp(tmp_path), "--yes", "--json")
    assert (done.code, done.outcome["result"], done.outcome["now"]["hostname"]) == (0, "saved", "mail.example.test")
    assert stub.stored is not None
    assert stub.stored["password"] == PASSWORD
    undone = bitbucket("undo", "--yes")
    assert undone.code == 0, undone
    assert stub.settings() == former
    assert "no record of one" in bitbucket("undo", "--yes").err
    assert len(list((tmp_path / "state" / "bitbucket").rglob("*.json"))) == 2


def test_undo_of_a_first_configuration_removes_it(bitbucket: Command, stub: Stub, tmp_path: Path) -> None:
    stub.stored = None
    assert bitbucket("apply", *SERVER, *smtp(tmp_path), "--yes").code == 0
    undone = bitbucket("undo", "--yes")
    assert (undone.code, stub.stored) == (0, None)
    assert "Removed" in undone.out


def test_without_a_terminal_nothing_is_written_unless_yes_is_said(
    bitbucket: Command, stub: Stub, tmp_path: Path
) -> None:
    told = bitbucket("apply", *SERVER, *smtp(tmp_path))
    assert (told.code, stub.asked(PUT)) == (2, 0)
    assert "--yes agrees" in told.err


def test_a_user_name_without_a_password_is_refused_before_anything_is_asked(bitbucket: Command, stub: Stub) -> None:
    told = bitbucket("apply", *SERVER, "--yes")
    assert (told.code, stub.seen) == (2, [])
    assert "--smtp-password-file" in told.err


def test_oauth_wants_a_confirmation_of_its_own(bitbucket: Command, stub: Stub, tmp_path: Path) -> None:
    assert stub.stored is not None
    stub.stored |= {"auth": "OAUTH2", "tokenId": "t"}
    assert bitbucket("apply", *SERVER, *smtp(tmp_path), "--yes").code == 1
    assert stub.asked(PUT) == 0
    assert bitbucket("apply", *SERVER, *smtp(tmp_path), "--yes", "--replace-oauth").code == 0
    assert stub.stored["auth"] == "BASIC"


def test_only_the_sender_takes_no_more_than_admin(bitbucket: Command, stub: Stub, tmp_path: Path) -> None:
    stub.misdeeds = {GET: [fail(401, DENIED)], PUT: [fail(401, DENIED)]}
    told = bitbucket("apply", *SERVER, *smtp(tmp_path), "--yes")
    assert (told.code, "--only-sender" in told.err) == (1, True)
    assert bitbucket("apply", "--from", "noreply@example.test", "--only-sender", "--yes").code == 0
    assert stub.stored is not None
    assert stub.stored["sender"] == "noreply@example.test"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--url", ""), "Type the address"),
        (("--url", "ftp://bitbucket.example.test"), "neither https nor http"),
        (("--url", "https://admin:hunter2@bitbucket.example.test"), "Take it out"),
        (("--url", "https://bitbucket.example.test:99999"), "port"),
        (("--url", "https://bit bucket"), "no address"),
        (("--url", "http://bitbucket.example.test"), "--allow-cleartext-credentials"),
        (("--user", "ad:min"), "colon"),
        (("--user", ""), "--user ADMIN"),
        (("--timeout", "0"), "--timeout"),
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_is_asked(
    bitbucket: Command, stub: Stub, words: tuple[str, ...], said: str
) -> None:
    told = bitbucket("show", *words)
    assert (told.code, stub.seen) == (2, [])
    assert said in told.err
    assert "hunter2" not in told.err


@pytest.mark.parametrize(
    "token", ["BBDC-MDM0MjM5NDc2MDxxQ3", base64.b64encode(b"064238476492:" + b"\x9f" * 20).decode()]
)
def test_an_http_access_token_is_explained_and_not_tried(
    bitbucket: Command, stub: Stub, tmp_path: Path, token: str
) -> None:
    (tmp_path / "token").write_text(token)
    told = mailsetup("bitbucket", "show", "--url", stub.url, "--token-file", str(tmp_path / "token"))
    as_password = bitbucket("show", secret="token")
    for ran in (told, as_password):
        assert (ran.code, "BSERV-10482" in ran.err, token in ran.err) == (2, True, False)
    assert stub.seen == []


def test_an_oauth_token_is_sent_as_a_bearer(stub: Stub, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("eyJhbGciOi.token\n")
    stub.authorization = "Bearer eyJhbGciOi.token"
    assert mailsetup("bitbucket", "show", "--url", stub.url, "--token-file", str(tmp_path / "token")).code == 0


def test_an_unanswered_change_is_unknown_and_says_so(bitbucket: Command, stub: Stub, tmp_path: Path) -> None:
    stub.misdeeds = {PUT: [silent]}
    told = bitbucket("apply", *SERVER, *smtp(tmp_path), "--yes", "--timeout", "0.5", "--json")
    assert (told.code, told.outcome["result"]) == (3, "unknown")


def test_no_secret_is_in_any_output_record_or_address(bitbucket: Command, stub: Stub, tmp_path: Path) -> None:
    leak = {"message": f"{SECRET} {PASSWORD} {base64.b64encode(f'{ADMIN}:{SECRET}'.encode()).decode()}"}
    said = []
    for misdeed in (None, fail(400, leak), fail(401, leak), redirect(302, f"/x?p={quote(PASSWORD)}"), hang_up):
        stub.misdeeds = {PUT: [misdeed]}
        for words in ((), ("--json",)):
            ran = bitbucket("apply", *SERVER, *smtp(tmp_path), "--yes", *words)
            said.append(ran.out + ran.err)
    said += [path.read_text() for path in (tmp_path / "state").rglob("*.json")]
    said += [request + headers.get("Referer", "") for request, headers, _ in stub.seen]
    for secret in (SECRET, PASSWORD):
        forms = (secret, base64.b64encode(secret.encode()).decode(), quote(secret, safe=""), secret.encode().hex())
        assert not [text for text in said for form in forms if form in text]


def test_a_proxy_of_the_environment_is_told_and_not_used(tmp_path: Path) -> None:
    (tmp_path / "admin").write_text(SECRET)
    with running(Stub(HYPHENS, port=25)) as proxy:
        told = mailsetup(
            "bitbucket", "show", "--url", "https://bitbucket.invalid", "--user", "a", "--password-file",
            str(tmp_path / "admin"), "--timeout", "2", HTTPS_PROXY=f"http://me:hunter2@127.0.0.1:{proxy.server_port}",
        )  # fmt: skip
        assert told.code == 1
        assert f"127.0.0.1:{proxy.server_port} of the environment is not used" in told.err
        assert "hunter2" not in told.err
        assert proxy.seen == []

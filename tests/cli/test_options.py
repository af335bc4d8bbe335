"""Options over profile over nothing, and where a password may come from."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from mailsetup_gui.cli.options import (
    LocalError,
    add_password_options,
    add_server_options,
    given_password,
    secret_file,
    server_from,
)
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.settings.server import Encryption, Field, MailServer, Problem, Wrong

BASE = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "bitbucket", "bot@example.com", "git.test")
SMTPS = BASE._replace(encryption=Encryption.IMPLICIT_TLS, port=465)


def given(*words: str, base: MailServer = BASE) -> MailServer:
    return server_from(parsed(*words), base).server


def parsed(*words: str) -> SimpleNamespace:
    parser = Parser("mailsetup", "")
    add_server_options(parser)
    add_password_options(parser)
    return parser.parse(words)


@pytest.mark.parametrize(
    ("words", "server"),
    [
        ([], BASE),
        (["--hostname", "other.example"], BASE._replace(hostname="other.example")),
        (["--hostname", "other.example:2525"], BASE._replace(hostname="other.example", port=2525)),
        (["--hostname", "other.example:2525", "--port", "26"], BASE._replace(hostname="other.example", port=26)),
        (["--port", ""], BASE._replace(port=None)),
        (["--username", ""], BASE._replace(username="")),
        (["--hostname", "smtp://you@x.test"], BASE._replace(hostname="x.test", username="you")),
        (["--hostname", "smtp://you@x.test", "--username", "me"], BASE._replace(hostname="x.test", username="me")),
        (["--from", " a@b.test "], BASE._replace(sender="a@b.test")),
        (["--ehlo-name", ""], BASE._replace(ehlo_name="")),
        (["--tls", "never"], BASE._replace(encryption=Encryption.NONE)),
        (["--tls", "if-available"], BASE._replace(encryption=Encryption.STARTTLS_IF_OFFERED)),
        (["--protocol", "smtps"], BASE._replace(encryption=Encryption.IMPLICIT_TLS)),
        (["--protocol", "smtp"], BASE),
        (["--hostname", "smtps://x.test"], BASE._replace(hostname="x.test", encryption=Encryption.IMPLICIT_TLS)),
        (
            ["--hostname", "smtps://x.test", "--protocol", "smtp"],
            BASE._replace(hostname="x.test", encryption=Encryption.STARTTLS_IF_OFFERED),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_win_over_the_profile(words: list[str], server: MailServer) -> None:
    assert given(*words) == server


def test_smtp_over_a_profile_with_smtps_is_tls_if_available_as_the_form_begins() -> None:
    assert given("--protocol", "smtp", base=SMTPS).encryption is Encryption.STARTTLS_IF_OFFERED
    assert given("--protocol", "smtp", "--tls", "always", base=SMTPS).encryption is Encryption.STARTTLS_REQUIRED


@pytest.mark.parametrize(
    ("words", "base"),
    [
        (["--protocol", "smtps", "--tls", "always"], BASE),
        (["--tls", "always"], SMTPS),
        (["--hostname", "smtps://x.test", "--tls", "never"], BASE),
    ],
    ids=["options", "profile", "address"],
)
def test_smtps_with_a_starttls_mode_is_a_contradiction(words: list[str], base: MailServer) -> None:
    with pytest.raises(UsageError, match="smtps is always TLS"):
        given(*words, base=base)


def test_a_port_that_is_no_number_is_a_problem_and_not_25() -> None:
    found = server_from(parsed("--port", "smtp"), BASE)

    assert found.problems == (Problem(Field.PORT, Wrong.PORT_NUMBER, "smtp"),)


@pytest.mark.parametrize("words", [["--nonsense"], ["--tls", "perhaps"], ["--protocol", "imap"], ["--host", "x"]])
def test_unknown_words_are_wrong_usage_and_do_not_end_the_process(words: list[str]) -> None:
    with pytest.raises(UsageError, match="--help tells the options"):
        parsed(*words)


def test_a_secret_is_never_an_argument() -> None:
    with pytest.raises(UsageError):
        parsed("--password", "secret")


@pytest.mark.parametrize(
    ("octets", "password"),
    [
        (b"secret\n", "secret"),
        (b"secret\r\n", "secret"),
        (b"secret", "secret"),
        (b"\xef\xbb\xbfsecret\n", "secret"),
        (b" with blanks \nsecond line\n", " with blanks "),
        ("pässwörd€".encode(), "pässwörd€"),
        (b"", ""),
    ],
    ids=["LF", "CRLF", "no line end", "BOM", "blanks", "UTF-8", "empty"],
)
def test_a_password_file_gives_its_first_line(octets: bytes, password: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(octets)

    assert secret_file(str(tmp_path / "secret")) == password


@pytest.mark.parametrize("name", ["missing", "folder", "latin-1"])
def test_a_password_file_that_cannot_be_used_is_said_by_name(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin-1").write_bytes(b"p\xe4ssword")

    with pytest.raises(LocalError, match=name):
        secret_file(str(tmp_path / name))


def test_a_variable_that_is_not_set_is_said_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH", raising=False)
    monkeypatch.setenv("EMPTY", "")

    assert given_password(parsed("--password-env", "EMPTY")) == ""
    assert given_password(parsed()) is None
    with pytest.raises(LocalError, match="NO_SUCH"):
        given_password(parsed("--password-env", "NO_SUCH"))

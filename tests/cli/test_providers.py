"""mailsetup providers, --provider and --bitbucket-version: the list of providers in the terminal."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from mailsetup_gui.cli import options as words
from mailsetup_gui.cli import providers
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.settings import presets
from mailsetup_gui.settings.server import Encryption, MailServer
from tests.cli.running import mailsetup

BASE = MailServer("old.example.com", 2525, Encryption.NONE, "u", "a@b.co", "me")
NOBODY = ["--to", "you@example.com", "--from", "a@example.com"]


def read(*arguments: str) -> SimpleNamespace:
    parser = Parser("mailsetup test", "")
    words.add_server_options(parser)
    return parser.parse(arguments)


@pytest.mark.parametrize(
    ("arguments", "hostname", "port", "encryption"),
    [
        (["gmail"], "smtp.gmail.com", 587, Encryption.STARTTLS_REQUIRED),
        (["Fastmail"], "smtp.fastmail.com", 465, Encryption.IMPLICIT_TLS),
        (["gmail", "--port", "465"], "smtp.gmail.com", 465, Encryption.IMPLICIT_TLS),
        (["gmail", "--protocol", "smtps"], "smtp.gmail.com", 465, Encryption.IMPLICIT_TLS),
        (["zoho", "--tls", "always"], "smtp.zoho.com", 587, Encryption.STARTTLS_REQUIRED),
        (["zoho", "--protocol", "smtp"], "smtp.zoho.com", 587, Encryption.STARTTLS_REQUIRED),
        (["gmail", "--tls", "if-available"], "smtp.gmail.com", 587, Encryption.STARTTLS_IF_OFFERED),
        (["zoho", "--hostname", "smtp.zoho.eu"], "smtp.zoho.eu", 465, Encryption.IMPLICIT_TLS),
        (["zoho", "--hostname", "smtp.zoho.eu:587"], "smtp.zoho.eu", 587, Encryption.STARTTLS_REQUIRED),
        (
            ["ses", "--hostname", "email-smtp.eu-west-1.amazonaws.com"],
            "email-smtp.eu-west-1.amazonaws.com",
            587,
            Encryption.STARTTLS_REQUIRED,
        ),
    ],
)
def test_a_provider_fills_in_what_the_other_options_leave_out(
    arguments: list[str], hostname: str, port: int, encryption: Encryption
) -> None:
    found = words.server_from(read("--provider", *arguments), BASE).server
    assert (found.hostname, found.port, found.encryption) == (hostname, port, encryption)
    assert (found.username, found.sender, found.ehlo_name) == (BASE.username, BASE.sender, BASE.ehlo_name)


def test_without_a_provider_nothing_changes() -> None:
    assert words.server_from(read(), BASE).server == BASE


def test_a_host_with_a_placeholder_wants_hostname_too() -> None:
    with pytest.raises(UsageError, match=r"wants --hostname too: email-smtp\.REGION\.amazonaws\.com"):
        words.server_from(read("--provider", "ses"), BASE)


def test_an_unknown_name_lists_those_that_come_near() -> None:
    ran = mailsetup("test", "--provider", "sendgird", *NOBODY, "--json")
    assert (ran.code, ran.outcome["cause"]) == (2, "settings.usage")
    assert "There is no provider “sendgird”. Did you mean sendgrid?" in ran.err


def test_the_sandbox_takes_no_provider() -> None:
    ran = mailsetup("test", "--sandbox", "--provider", "gmail", "--to", "you@example.com")
    assert ran.code == 2
    assert "--sandbox brings its own server" in ran.out


def test_the_list_and_one_of_it_are_the_same_in_words_and_in_json() -> None:
    listed = json.loads(mailsetup("providers", "--json").out)
    assert [one["id"] for one in listed] == [preset.id for preset in presets.every()]
    rows = mailsetup("providers").out.splitlines()
    assert [row.split()[0] for row in rows] == [one["id"] for one in listed]
    one = json.loads(mailsetup("providers", "Amazon SES", "--json").out)
    assert one in listed
    assert (one["placeholder"], one["port"], one["protocol"], one["tls"]) == ("REGION", 587, "smtp", "always")
    told = mailsetup("providers", "ses").out
    for part in (one["hostname"], one["quirk"], one["checked_on"], one["source"], "--hostname HOST"):
        assert part in told


def test_a_provider_is_found_by_its_host_too() -> None:
    assert mailsetup("providers", "SMTP.SendGrid.net.").out.startswith("Twilio SendGrid: ")


def test_an_unknown_provider_is_wrong_usage() -> None:
    ran = mailsetup("providers", "nobody")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no provider “nobody”" in ran.err


@pytest.mark.parametrize("day", ["2026-12-30", "2027-06-01"])
def test_the_clock_for_rehearsals_moves_the_words_of_microsoft(day: str) -> None:
    told = mailsetup("providers", "microsoft365", MAILSETUP_CLOCK=day).out
    assert ("(1 day from today)" in told) == (day < "2027")
    assert ("Since the end of December 2026" in told) == (day > "2027")


def test_a_clock_that_is_no_day_is_told(tmp_path: Path) -> None:
    ran = mailsetup("test", "--hostname", "localhost", *NOBODY, "--json", MAILSETUP_CLOCK="tomorrow")
    assert (ran.code, ran.outcome["cause"]) == (4, "local.unusable")
    assert "MAILSETUP_CLOCK is “tomorrow”" in ran.err


def test_a_version_that_is_none_is_wrong_usage() -> None:
    ran = mailsetup("test", "--hostname", "localhost", "--bitbucket-version", "ten", *NOBODY, "--json")
    assert (ran.code, ran.outcome["cause"]) == (2, "settings.usage")


def test_a_test_tells_the_habit_of_the_provider_before_it_starts() -> None:
    ran = mailsetup("test", "--hostname", "localhost", "--until", "connect", *NOBODY)
    sentence, habit, source = ran.out.splitlines()[:3]
    assert sentence.startswith("Bitbucket will connect to localhost on port 25")
    assert habit.startswith("Mail server on Bitbucket's own node: localhost is Bitbucket's own node")
    assert "not confirmed" in source


def test_json_names_the_provider_of_the_host() -> None:
    ran = mailsetup("test", "--hostname", "LOCALHOST.", "--until", "connect", *NOBODY, "--json")
    assert ran.outcome["provider"]["id"] == "local"


def test_json_of_a_host_of_nobodys_has_null() -> None:
    ran = mailsetup("test", "--hostname", "127.0.0.1", "--port", "1", "--until", "connect", *NOBODY, "--json")
    assert (ran.outcome["cause"], ran.outcome["provider"]) == ("tcp.refused", None)


def test_a_profile_can_be_made_of_a_provider(tmp_path: Path) -> None:
    config = {"MAILSETUP_CONFIG_DIR": str(tmp_path)}
    made = mailsetup("profile", "set", "P", "--provider", "fastmail", "--from", "a@example.com", **config)
    assert made.code == 0
    shown = json.loads(mailsetup("profile", "show", "P", "--json", **config).out)
    assert (shown["hostname"], shown["port"], shown["encryption"]) == ("smtp.fastmail.com", 465, "smtps")


def test_a_truststore_is_verified_against_a_provider_too(tmp_path: Path) -> None:
    ran = mailsetup("truststore", "verify", str(tmp_path / "none.jks"), "--provider", "ses")
    assert ran.code == 2
    assert "wants --hostname too" in ran.err


def test_what_is_told_of_a_provider_is_nothing_for_a_server_of_nobodys() -> None:
    assert providers.lines(MailServer("mail.example.com", 587)) == []

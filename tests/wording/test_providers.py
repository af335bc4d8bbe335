"""What is said of a provider: its habit before a test, its own fixes first after one."""

from __future__ import annotations

import json
import string
from datetime import date

import pytest

from mailsetup_gui.diagnosis.quirks import Quirk
from mailsetup_gui.diagnosis.rules import diagnose
from mailsetup_gui.settings import presets
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Outcome, Result, Step
from mailsetup_gui.smtp.reply import Reply
from mailsetup_gui.wording import jsonlines, providers
from mailsetup_gui.wording.advice import Advised, advised
from mailsetup_gui.wording.habits import ENOUGH, HABITS, OTHER_HOSTS, WITH_WAYS
from mailsetup_gui.wording.verdict import Card, Told, card

TODAY = date(2026, 11, 25)
BASIC_OFF = "550 5.7.30 Basic authentication is not supported for Client Submission."
VALUES = {"name", "host", "port", "ports", "user", "sender", "recipient", "part", "placeholder", "others", "basic_ends"}


def told(
    host: str, line: str, username: str = "me@example.com", today: date = TODAY, version: str = ""
) -> tuple[Advised, Card]:
    preset = presets.of_host(host)
    assert preset is not None
    server = MailServer(host, preset.port, preset.encryption, username, "bitbucket@example.com")
    result = Result.ACCEPTED if line.startswith("2") else Result.REJECTED
    outcome = Outcome(result, Step.AUTH, 1.0, reply=Reply(int(line[:3]), (line[4:],)), encrypted=True)
    found = advised(diagnose(outcome, server, None, ()), outcome, server, "you@example.com", today, version)
    assert found is not None
    return found, card(Told(outcome, server, "you@example.com", advised=found), found.diagnosis)


@pytest.mark.parametrize("preset", presets.every(), ids=lambda preset: preset.id)
def test_every_provider_has_a_habit_and_says_where_it_was_read(preset: presets.Preset) -> None:
    words = providers.quirk(preset, TODAY)
    assert words.endswith(".")
    assert "{" not in words
    source = providers.checked(preset)
    assert (preset.source in source and preset.checked_on in source) if preset.source else "not confirmed" in source
    assert preset.hostname in providers.listens(preset)


def test_every_habit_has_words_whose_places_are_filled() -> None:
    assert set(HABITS) == set(Quirk)
    assert {*ENOUGH, *WITH_WAYS, *OTHER_HOSTS} <= set(Quirk)
    sentences = [text for why, fixes in HABITS.values() for text in (why, *fixes)] + list(OTHER_HOSTS.values())
    used = {name for text in sentences for _, name, _, _ in string.Formatter().parse(text) if name}
    assert used <= VALUES
    assert all(text.endswith((".", "}")) for text in sentences)


@pytest.mark.parametrize(
    ("host", "line", "username", "first"),
    [
        ("smtp.sendgrid.net", "535 Authentication failed", "me@example.com", "Set the user name to apikey, literally"),
        ("smtp.sendgrid.net", "535 Authentication failed", "apikey", "without a line break"),
        ("smtp.gmail.com", "535 5.7.8 Username and Password not accepted", "me@gmail.com", "make an app password"),
        ("email-smtp.eu-west-1.amazonaws.com", "535 Authentication Credentials Invalid", "AKIA", "region eu-west-1"),
        ("smtp.mailgun.org", "535 Authentication failed", "postmaster@x.co", "use smtp.eu.mailgun.org"),
        ("smtp.zoho.com", "535 Authentication Failed", "me@x.co", "smtp.zoho.eu, smtp.zoho.in"),
        ("smtp.postmarkapp.com", "535 5.7.8 Authentication failed", "token", "the same server API token into both"),
        ("smtp-relay.brevo.com", "535 5.7.8 Authentication failed", "me@x.co", "SMTP key"),
    ],
)
def test_the_providers_own_advice_stands_first(host: str, line: str, username: str, first: str) -> None:
    _, found = told(host, line, username)
    assert first in found.fixes[0]
    assert line in found.why
    assert found.why.count(".") > line.count(".")


def test_the_general_advice_stays_behind_it_unless_it_would_only_repeat() -> None:
    _, mailgun = told("smtp.mailgun.org", "535 Authentication failed")
    assert any("lock the account" in fix for fix in mailgun.fixes)
    _, sendgrid = told("smtp.sendgrid.net", "535 Authentication failed")
    assert len(sendgrid.fixes) == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-25", "(36 days from today)"),
        ("2026-12-30", "(1 day from today)"),
        ("2026-12-31", "(today)"),
        ("2027-01-01", "off by default: it works only where an administrator of the tenant switched it on again"),
        ("2028-02-01", "look it up"),
    ],
)
def test_an_accepted_test_at_microsoft_tells_how_long_passwords_work(day: str, words: str) -> None:
    found, shown = told("smtp.office365.com", "250 2.0.0 OK", today=date.fromisoformat(day))
    assert [warning.value for warning in found.diagnosis.warnings] == ["provider.basic-ends"]
    assert shown.mood == "warn"
    assert words in shown.warnings[0]
    assert words in found.provider.quirk


def test_before_bitbucket_10_the_ways_out_have_no_oauth_of_its_own() -> None:
    _, found = told("smtp.office365.com", BASIC_OFF, version="9.4.2")
    text = "\n".join(found.fixes)
    assert "Bitbucket 10.0" not in text
    for way in ("SMTP AUTH switched on", "TENANT.mail.protection.outlook.com, port 25", "September 2028"):
        assert way in text
    assert "Azure Communication Services Email" in text
    assert "OAuth proxy" in text


def test_from_bitbucket_10_oauth_comes_first() -> None:
    _, found = told("smtp.office365.com", BASIC_OFF, version="10.2")
    assert "OAuth 2.0" in found.fixes[0]
    assert "proxy" not in "\n".join(found.fixes)


def test_without_a_version_each_way_says_which_it_is_for() -> None:
    _, found = told("smtp.office365.com", BASIC_OFF)
    assert found.fixes[0].startswith("Bitbucket 10.0 and later: ")
    assert all(fix.startswith("Bitbucket before 10.0: ") for fix in found.fixes[1:])


def test_foreign_text_cannot_break_out_of_a_sentence() -> None:
    _, found = told("smtp.sendgrid.net", "535 no", username="{host}\u202e\x1b[31m")
    assert "{host}\ufffd\ufffd[31m" in found.why


def test_json_has_the_provider_or_null() -> None:
    found, shown = told("smtp.mailgun.org", "535 Authentication failed")
    outcome = Outcome(Result.REJECTED, Step.AUTH, 1.0)
    table = jsonlines.outcome_table(outcome, found.diagnosis, shown, provider=found.provider)
    assert list(table["provider"]) == ["id", "name", "quirk", "checked_on", "source"]
    assert table["provider"]["checked_on"] == "2026-11-25"
    gmx = told("mail.gmx.net", "535 no")[0].provider
    unconfirmed = jsonlines.outcome_table(outcome, found.diagnosis, shown, provider=gmx)["provider"]
    assert (unconfirmed["checked_on"], unconfirmed["source"]) == (None, None)
    assert json.loads(json.dumps(jsonlines.outcome_table(outcome, found.diagnosis, shown)))["provider"] is None

"""The list of providers: whole, checked where it says so, and found by every spelling of a host."""

import re
from datetime import date

import pytest

from mailsetup_gui.settings import presets
from mailsetup_gui.settings.domains import may_be_provider
from mailsetup_gui.settings.presets import Preset
from mailsetup_gui.settings.server import Encryption, MailServer, check_hostname

EVERY = presets.every()
NAMED = pytest.mark.parametrize("preset", EVERY, ids=lambda preset: preset.id)
HOSTS = [
    ("smtp.gmail.com", "gmail"),
    ("smtp-relay.gmail.com", "google-relay"),
    ("smtp.office365.com", "microsoft365"),
    ("smtp-legacy.office365.com", "microsoft365"),
    ("contoso-com.mail.protection.outlook.com", "microsoft365-relay"),
    ("contoso-com.o-v1.mx.microsoft", "microsoft365-relay"),
    ("smtp.hve.mx.microsoft", "microsoft365-hve"),
    ("smtp-hve.office365.com", "microsoft365-hve"),
    ("smtp.azurecomm.net", "azure"),
    ("smtp-mail.outlook.com", "outlook"),
    ("email-smtp.eu-central-1.amazonaws.com", "ses"),
    ("email-smtp-fips.us-gov-west-1.amazonaws.com", "ses"),
    ("email-smtp.cn-north-1.amazonaws.com.cn", "ses"),
    ("smtp.sendgrid.net", "sendgrid"),
    ("smtp.mailgun.org", "mailgun"),
    ("smtp.eu.mailgun.org", "mailgun-eu"),
    ("smtp.postmarkapp.com", "postmark"),
    ("smtp-relay.brevo.com", "brevo"),
    ("smtp-relay.sendinblue.com", "brevo"),
    ("smtp.zoho.com", "zoho"),
    ("smtppro.zoho.eu", "zoho"),
    ("smtp.zoho.com.au", "zoho"),
    ("smtp.zohocloud.ca", "zoho"),
    ("smtp.fastmail.com", "fastmail"),
    ("smtp.mail.yahoo.com", "yahoo"),
    ("smtp.aol.com", "aol"),
    ("smtp.mail.me.com", "icloud"),
    ("smtp.yandex.ru", "yandex"),
    ("mail.gmx.net", "gmx"),
    ("mail.gmx.com", "gmx"),
    ("smtp.web.de", "webde"),
    ("smtp.protonmail.ch", "proton"),
    ("localhost", "local"),
]
NOBODYS = [
    "mail.example.com",
    "gmail.com",
    "smtp.gmail.com.example.com",
    "xsmtp.gmail.com",
    "email-smtp.amazonaws.com",
    "email-smtp..amazonaws.com",
    "mail.protection.outlook.com",
    "ec2-1-2-3-4.compute.amazonaws.com",
    "smtp.zoho.example",
    "",
]


@pytest.mark.parametrize("spelt", [str, str.upper, "{}.".format, " {} ".format], ids=["", "upper", "dot", "blanks"])
@pytest.mark.parametrize(("host", "wanted"), HOSTS, ids=[host for host, _ in HOSTS])
def test_a_host_belongs_to_its_provider_however_it_is_spelt(host: str, wanted: str, spelt: type[str]) -> None:
    found = presets.of_host(spelt(host))
    assert found is not None
    assert found.id == wanted
    assert may_be_provider(spelt(host), found.port)


@pytest.mark.parametrize("host", NOBODYS)
def test_a_host_that_only_looks_like_one_belongs_to_nobody(host: str) -> None:
    assert presets.of_host(host) is None


@NAMED
def test_the_cheap_question_lets_no_host_of_the_list_slip(preset: Preset) -> None:
    for host in preset.hosts:
        assert may_be_provider(host.replace("*", "a-b.c"), preset.port), host


def test_the_cheap_question_says_no_to_the_built_in_server_and_to_strangers() -> None:
    assert not may_be_provider("127.0.0.1", 40123)
    assert not may_be_provider("mail.example.com", 587)
    assert not may_be_provider("localhost", 2525)


@NAMED
def test_every_preset_is_whole(preset: Preset) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", preset.id)
    assert preset.name
    assert preset.username
    assert not check_hostname(preset.hostname)
    assert all(1 <= port <= 65535 for port in preset.ports)
    assert len(set(preset.ports)) == len(preset.ports)
    assert (preset.port in (465, 2465)) == (preset.encryption is Encryption.IMPLICIT_TLS)
    assert preset.encryption is not Encryption.NONE
    for host in preset.hosts:
        assert host == host.lower()
        assert host.count("*") <= 1
    assert preset.placeholder or not preset.hosts or preset.owns(preset.hostname)


@NAMED
def test_a_preset_says_where_it_was_read_or_that_it_was_not(preset: Preset) -> None:
    if preset.confidence == "doc":
        assert preset.source.startswith("https://")
        assert date.fromisoformat(preset.checked_on) >= date(2026, 11, 25)
    else:
        assert (preset.confidence, preset.source, preset.checked_on) == ("known", "", "")


def test_ids_and_names_are_there_once() -> None:
    for field in ("id", "name"):
        values = [getattr(preset, field) for preset in EVERY]
        assert len(set(values)) == len(values)


@pytest.mark.parametrize(
    ("server", "wanted"),
    [
        (MailServer("smtp.gmail.com", 587, username="me@gmail.com"), "gmail"),
        (MailServer("smtp.gmail.com", 587, username="me@Example.com"), "google-workspace"),
        (MailServer("localhost"), "local"),
        (MailServer("localhost", 1025), "mailpit"),
        (MailServer("127.0.0.1", 25), "local"),
        (MailServer("mailpit", 1025), "mailpit"),
        (MailServer("127.0.0.1", 40123), None),
        (MailServer("mail.example.com", 587), None),
    ],
)
def test_where_two_share_a_host_the_port_or_the_user_decides(server: MailServer, wanted: str | None) -> None:
    found = presets.of_server(server)
    assert (found.id if found else None) == wanted


@pytest.mark.parametrize(
    ("name", "port", "implicit", "wanted"),
    [
        ("gmail", None, None, (587, Encryption.STARTTLS_REQUIRED)),
        ("gmail", 465, None, (465, Encryption.IMPLICIT_TLS)),
        ("gmail", None, True, (465, Encryption.IMPLICIT_TLS)),
        ("zoho", None, None, (465, Encryption.IMPLICIT_TLS)),
        ("zoho", 587, None, (587, Encryption.STARTTLS_REQUIRED)),
        ("zoho", None, False, (587, Encryption.STARTTLS_REQUIRED)),
        ("ses", 2465, None, (2465, Encryption.IMPLICIT_TLS)),
        ("microsoft365-relay", None, None, (25, Encryption.STARTTLS_REQUIRED)),
    ],
)
def test_port_and_protocol_that_are_wished_for_fit_together(
    name: str, port: int | None, implicit: bool | None, wanted: tuple[int, Encryption]
) -> None:
    preset = presets.named(name)
    assert preset is not None
    found = presets.filled(preset, MailServer(username="u", sender="a@b.co"), port, implicit)
    assert (found.port, found.encryption) == wanted
    assert (found.username, found.sender) == ("u", "a@b.co")


def test_the_region_is_read_out_of_the_host_name() -> None:
    ses = presets.of_host("Email-SMTP.eu-west-1.amazonaws.com.")
    assert ses is not None
    assert presets.part(ses, "Email-SMTP.eu-west-1.amazonaws.com.") == "eu-west-1"


@pytest.mark.parametrize(("name", "meant"), [("sendgird", "sendgrid"), ("office", "microsoft365"), ("aws", "ses")])
def test_a_name_that_is_nearly_right_is_guessed(name: str, meant: str) -> None:
    assert presets.named(name) is None
    assert meant in presets.near(name)

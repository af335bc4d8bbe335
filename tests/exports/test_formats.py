"""Every export, read by a real parser of its syntax where there is one."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
import tomllib
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given

from mailsetup_gui.exports.formats import FORMATS, NAMES, export
from mailsetup_gui.settings.server import Encryption, check
from tests.exports.rows import HOSTILE, MODES, VALUES, profile, read_yaml

IMPLICIT, REQUIRED, OFFERED, NONE = (
    Encryption.IMPLICIT_TLS,
    Encryption.STARTTLS_REQUIRED,
    Encryption.STARTTLS_IF_OFFERED,
    Encryption.NONE,
)


def shell_variables(text: str) -> dict[str, str]:
    """What sh makes of a file that is sourced with `set -a`."""
    done = subprocess.run(
        ["sh", "-c", "set -a\n" + text + "\nenv -0"], env={"PATH": os.environ["PATH"]}, capture_output=True, check=True
    )
    return dict(pair.split("=", 1) for pair in done.stdout.decode().split("\0") if pair)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encryption", Encryption)
def test_every_format_can_say_every_profile(name: str, encryption: Encryption) -> None:
    for username in ("", "bitbucket", HOSTILE):
        found = export(profile(encryption, username), name)

        assert "mail.example.com" in found.text
        assert "bitbucket@example.com" in found.text
        assert found.text.endswith("\n")


@pytest.mark.parametrize("name", NAMES)
def test_clear_text_is_told_wherever_it_is_more_than_our_own_file(name: str) -> None:
    told = any("clear text" in note for note in export(profile(NONE), name).notes)

    assert told == (name not in ("toml", "json"))


@pytest.mark.parametrize(
    ("name", "encryption", "said"),
    [
        ("jenkins", REQUIRED, "one switch"),
        ("gitlab", OFFERED, "one switch"),
        ("gitea", REQUIRED, "cannot insist"),
        ("gitea-env", REQUIRED, "cannot insist"),
        ("confluence", IMPLICIT, "cannot say SMTPS"),
        ("bamboo", IMPLICIT, "not confirmed"),
        ("gitea", OFFERED, "not confirmed"),
        ("terraform", REQUIRED, "state file"),
        ("mattermost", IMPLICIT, "MM_EMAILSETTINGS_SMTPPASSWORD"),
    ],
)
def test_what_a_product_cannot_say_is_told_in_the_file_and_beside_it(
    name: str, encryption: Encryption, said: str
) -> None:
    found = export(profile(encryption), name)

    assert any(said in note for note in found.notes)
    in_file = re.sub(r"\s+[#;]?\s*", " ", found.text)
    assert (said in in_file) == (name != "mattermost")


def test_names_are_single_words_and_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(re.fullmatch("[a-z-]+", name) for name in NAMES)
    assert all(one.suffix.startswith(".") and one.title for one in FORMATS)


def test_international_names_are_as_dns_has_them_but_in_our_own_files() -> None:
    given_profile = profile()._replace(server=profile().server._replace(hostname="bücher.example"))

    assert "bücher.example" in export(given_profile, "toml").text
    assert "xn--bcher-kva.example" in export(given_profile, "gitlab").text


@given(VALUES, MODES)
@example(HOSTILE, IMPLICIT)
def test_jenkins(username: str, encryption: Encryption) -> None:
    found = read_yaml(export(profile(encryption, username), "jenkins").text)["unclassified"]

    assert found["location"]["adminAddress"] == "bitbucket@example.com"
    mailer = found["mailer"]
    assert mailer["authentication"]["username"].replace("^${", "${") == username
    assert mailer["authentication"]["password"] == "${SMTP_PASSWORD}"
    assert (mailer["smtpHost"], mailer["smtpPort"]) == ("mail.example.com", "587")
    assert (mailer["useSsl"], mailer["useTls"]) == (encryption is IMPLICIT, encryption in (REQUIRED, OFFERED))


@pytest.mark.parametrize(
    ("encryption", "tls", "starttls"), [(IMPLICIT, 1, 0), (REQUIRED, 0, 1), (OFFERED, 0, 1), (NONE, 0, 0)]
)
def test_gitlab_has_never_both_switches(encryption: Encryption, tls: int, starttls: int) -> None:
    text = export(profile(encryption, HOSTILE), "gitlab").text
    values = dict(re.findall(r"^gitlab_rails\['(\w+)'\] = (.*)$", text, re.MULTILINE))

    assert values["smtp_tls"] == str(bool(tls)).lower()
    assert values["smtp_enable_starttls_auto"] == str(bool(starttls)).lower()
    assert values["smtp_password"] == "File.read('/etc/gitlab/smtp_password').chomp"
    if ruby := shutil.which("ruby"):
        subprocess.run([ruby, "-c"], input=text.encode(), check=True, capture_output=True)


@pytest.mark.parametrize(
    ("encryption", "protocol"),
    [(IMPLICIT, "smtps"), (REQUIRED, "smtp+starttls"), (OFFERED, "smtp+starttls"), (NONE, "smtp")],
)
def test_gitea_in_both_forms(encryption: Encryption, protocol: str) -> None:
    parser = configparser.RawConfigParser()
    parser.read_string(export(profile(encryption), "gitea").text)
    mailer = parser["mailer"]
    variables = shell_variables(export(profile(encryption, HOSTILE), "gitea-env").text)

    assert mailer["PROTOCOL"] == variables["GITEA__mailer__PROTOCOL"] == protocol
    assert mailer["SMTP_PORT"] == variables["GITEA__mailer__SMTP_PORT"] == "587"
    assert variables["GITEA__mailer__USER"] == HOSTILE
    assert mailer["FROM"] == "bitbucket@example.com"


def test_what_app_ini_cannot_say_is_left_to_the_environment() -> None:
    found = export(profile(username="%(FROM)s"), "gitea")

    assert "USER =" not in found.text
    assert any("USER cannot be written" in note for note in found.notes)


@pytest.mark.parametrize(
    ("encryption", "security"), [(IMPLICIT, "TLS"), (REQUIRED, "STARTTLS"), (OFFERED, "STARTTLS"), (NONE, "")]
)
def test_mattermost_in_both_forms(encryption: Encryption, security: str) -> None:
    found: dict[str, Any] = json.loads(export(profile(encryption, HOSTILE), "mattermost").text)["EmailSettings"]
    variables = shell_variables(export(profile(encryption, HOSTILE), "mattermost-env").text)

    assert found["ConnectionSecurity"] == security
    assert found["SMTPUsername"] == HOSTILE
    assert found["SMTPPort"] == "587"
    for name, value in found.items():
        assert variables[f"MM_EMAILSETTINGS_{name.upper()}"] == (
            str(value).lower() if value in (True, False) else value
        )


@pytest.mark.parametrize("encryption", Encryption)
def test_spring_boot_has_java_mails_own_switches(encryption: Encryption) -> None:
    lines = export(profile(encryption), "spring").text.splitlines()
    values = dict(line.split("=", 1) for line in lines if not line.startswith("#"))

    mail = "spring.mail.properties.mail.smtp."
    assert values["spring.mail.password"] == "${SMTP_PASSWORD}"
    assert values[mail + "ssl.enable"] == str(encryption is IMPLICIT).lower()
    assert values[mail + "starttls.enable"] == str(encryption in (REQUIRED, OFFERED)).lower()
    assert values[mail + "starttls.required"] == str(encryption is REQUIRED).lower()
    assert values[mail + "localhost"] == "bitbucket.example.com"


@pytest.mark.parametrize("encryption", Encryption)
def test_terraform_has_every_argument_of_the_provider(encryption: Encryption) -> None:
    text = export(profile(encryption), "terraform").text
    values = dict(re.findall(r"^  (\w+) += (.*)$", text[text.index("resource") :], re.MULTILINE))

    assert values.pop("password") == "var.smtp_password"
    assert json.loads("{" + ",".join(f'"{name}":{value}' for name, value in values.items()) + "}") == {
        "hostname": "mail.example.com",
        "port": 587,
        "protocol": "SMTPS" if encryption is IMPLICIT else "SMTP",
        "use_start_tls": encryption is not NONE,
        "require_start_tls": encryption in (REQUIRED, IMPLICIT),
        "username": "bitbucket",
        "sender_address": "bitbucket@example.com",
    }


@pytest.mark.parametrize("name", ["jira", "confluence", "bamboo", "crowd"])
def test_a_sheet_has_every_value_beside_its_label(name: str) -> None:
    text = export(profile(IMPLICIT), name).text

    rows = dict(
        re.split(r" {2,}", line.strip(), maxsplit=1) for line in text.splitlines() if re.match(r"  \S.*  ", line)
    )
    assert {"mail.example.com", "587", "bitbucket", "bitbucket@example.com"} <= set(rows.values())
    assert "not in this file" in rows["Password"]


def test_jira_calls_smtps_a_protocol_of_its_own() -> None:
    assert re.search(r"Protocol +SECURE_SMTP\n", export(profile(IMPLICIT), "jira").text)
    assert re.search(r"TLS +\[x\]", export(profile(REQUIRED), "jira").text)


@pytest.mark.parametrize("encryption", Encryption)
def test_confluence_gets_a_resource_that_says_every_mode(encryption: Encryption) -> None:
    text = export(profile(encryption, HOSTILE), "confluence").text
    resource = ET.fromstring(text[text.index("<Resource") :])  # noqa: S314  our own

    assert resource.get("mail.smtp.user") == HOSTILE
    assert resource.get("password") == "${smtp.password}"
    assert resource.get("mail.smtp.starttls.required") == str(encryption is REQUIRED).lower()
    assert resource.get("mail.smtp.ssl.enable") == str(encryption is IMPLICIT).lower()


@given(VALUES, MODES)
def test_our_own_files_say_all_of_it(username: str, encryption: Encryption) -> None:
    given_profile = profile(encryption, username)
    toml = tomllib.loads(export(given_profile, "toml").text)
    found = json.loads(export(given_profile, "json").text)

    assert toml["server"]["username"] == found["username"] == username
    assert found["encryption"] == encryption.value
    assert "last_test" not in toml | found


def test_the_hostile_row_is_one_that_a_form_takes() -> None:
    assert check(profile(username=HOSTILE).server) == ()

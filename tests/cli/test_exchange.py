"""mailsetup profile export and import, as a process of their own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from mailsetup_gui.exports.formats import NAMES
from tests.cli.running import Ran, command, environment, mailsetup

SETTINGS = (
    "--hostname",
    "mail.example.com:587",
    "--tls",
    "always",
    "--username",
    "bitbucket",
    "--from",
    "a@example.com",
)
PLANTED = "hunter2-planted"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


def profile(config: Path, *words: str, stdin: str = "") -> Ran:
    return mailsetup("profile", *words, stdin=stdin, MAILSETUP_CONFIG_DIR=str(config))


def test_every_format_is_written_and_named_in_the_help(config: Path, tmp_path: Path) -> None:
    profile(config, "set", "Production", *SETTINGS)
    text = profile(config, "export", "--help").out

    for name in NAMES:
        target = tmp_path / name
        ran = profile(config, "export", "Production", str(target), "--format", name)
        assert (ran.code, ran.out) == (0, "")
        assert "mail.example.com" in target.read_text()
        assert name in text


def test_what_a_product_cannot_say_is_said_on_standard_error(config: Path) -> None:
    profile(config, "set", "Production", *SETTINGS)
    ran = profile(config, "export", "Production", "--format", "gitea")

    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "USER = bitbucket"
    assert "cannot insist on STARTTLS" in ran.err


def test_a_format_that_there_is_not_is_2(config: Path) -> None:
    profile(config, "set", "Production", *SETTINGS)
    ran = profile(config, "export", "Production", "--format", "exchange")

    assert ran.code == 2
    assert "terraform" in ran.err


def test_a_damaged_value_is_not_quoted_for_another_program(config: Path) -> None:
    profile(config, "set", "Production", *SETTINGS)
    path = config / "profiles" / "production.toml"
    path.write_text(path.read_text().replace('"bitbucket"', '"a\\nb"'))

    ran = profile(config, "export", "Production", "--format", "curl")
    assert (ran.code, ran.out) == (2, "")
    assert "Username: It contains the control character U+000A" in ran.err
    assert profile(config, "export", "Production").code == 0


@pytest.mark.parametrize("form", ["toml", "json"])
def test_what_is_exported_can_be_imported(config: Path, form: str) -> None:
    profile(config, "set", "Production", *SETTINGS)
    written = profile(config, "export", "Production", "--format", form).out
    assert profile(config, "import", "-", stdin=written).code == 0

    first, second = json.loads(profile(config, "list", "--json").out)
    assert first["id"] != second["id"]
    assert {**first, "id": ""} == {**second, "id": ""}


def test_show_json_can_be_imported_too(config: Path) -> None:
    profile(config, "set", "Production", *SETTINGS)
    written = profile(config, "show", "Production", "--json").out

    assert profile(config, "import", "-", "--name", "Copy", stdin=written).code == 0
    assert json.loads(profile(config, "show", "Copy", "--json").out)["encryption"] == "always"


@pytest.mark.parametrize(
    "text",
    [
        f"swaks -s mail.example.com:465 -tlsc -au bitbucket -ap {PLANTED} -f a@example.com",
        f"curl smtps://mail.example.com --user bitbucket:{PLANTED} --mail-from a@example.com",
        f"smtps://bitbucket:{PLANTED}@mail.example.com",
        json.dumps({"hostname": "mail.example.com", "port": 465, "protocol": "SMTPS", "username": "bitbucket"})[:-1]
        + f', "password": "{PLANTED}"}}',
    ],
    ids=["swaks", "curl", "address", "bitbucket"],
)
def test_what_other_programs_have_becomes_a_profile_without_its_password(config: Path, text: str) -> None:
    ran = profile(config, "import", "-", "--name", "New", stdin=text)

    assert ran.code == 0
    assert "A password was in it. It is not kept" in ran.err
    found = json.loads(profile(config, "show", "New", "--json").out)
    assert (found["hostname"], found["port"], found["encryption"]) == ("mail.example.com", 465, "smtps")
    assert found["username"] == "bitbucket"
    kept = "".join(path.read_text() for path in config.rglob("*") if path.is_file())
    assert PLANTED not in ran.out + ran.err + kept


def test_without_a_name_the_host_is_the_name(config: Path) -> None:
    ran = profile(config, "import", "-", stdin="smtps://mail.example.com")

    assert "Imported as “mail.example.com”." in ran.out
    assert "Email from" in ran.err


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Dear all", 4, "none of what can be imported"),
        ("swaks -s 'mail", 4, "not closed"),
        ("x" * 100_001, 4, "longer than 100000 characters"),
        ('{"a":' * 20_000, 4, "nested too deep"),
        ("smtp://mail.example.com:70000", 2, "Port: 70000 is not a port"),
        ("swaks -s bad_host -t nobody", 2, "Send to: "),
        ("a\0b", 4, "U+0000"),
    ],
)
def test_what_cannot_be_imported_is_said_and_nothing_is_written(config: Path, text: str, code: int, said: str) -> None:
    ran = profile(config, "import", "-", stdin=text)

    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert not config.exists()


def test_a_file_that_is_no_text_is_said(config: Path, tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(b"\xfe\xed\xfe\xed")

    assert "not UTF-8" in profile(config, "import", str(tmp_path / "store")).err
    assert profile(config, "import", str(tmp_path / "none")).code == 4
    assert profile(config, "import", "-", "--name", " ", stdin="smtp://a.example.com").code == 2


@pytest.mark.parametrize(
    ("stdin", "said"), [("<&-", "Bad file descriptor"), ("< store", "not UTF-8")], ids=["closed", "no text"]
)
def test_a_standard_input_that_cannot_be_read_is_said(tmp_path: Path, stdin: str, said: str) -> None:
    (tmp_path / "store").write_bytes(b"\xfe\xed\xfe\xed")
    shell = ["sh", "-c", f'exec "$@" {stdin}', "sh", *command("profile", "import", "-")]
    ran = subprocess.run(shell, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr.startswith("Nothing was imported from -. ")
    assert said in ran.stderr

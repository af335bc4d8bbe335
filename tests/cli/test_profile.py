"""mailsetup profile: the same profiles as in the window."""

import json
import os
import stat
from pathlib import Path

import pytest

from mailsetup_gui.exports.formats import NAMES
from tests.cli.running import Ran, mailsetup

SETTINGS = [
    "--hostname",
    "mail.example.com:587",
    "--tls",
    "always",
    "--username",
    "bitbucket",
    "--from",
    "a@example.com",
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


def profile(config: Path, *words: str, stdin: str = "") -> Ran:
    return mailsetup("profile", *words, stdin=stdin, MAILSETUP_CONFIG_DIR=str(config))


def test_a_profile_is_made_listed_shown_changed_and_removed(config: Path) -> None:
    assert profile(config, "set", "Production", *SETTINGS).code == 0
    assert "Production\tmail.example.com:587\tnever tested" in profile(config, "list").out
    assert profile(config, "set", "Production", "--port", "2525").code == 0
    shown = json.loads(profile(config, "show", "Production", "--json").out)
    assert (shown["hostname"], shown["port"], shown["encryption"]) == ("mail.example.com", 2525, "always")
    assert profile(config, "remove", "Production").code == 0
    assert json.loads(profile(config, "list", "--json").out) == []


def test_files_are_for_their_owner_only(config: Path) -> None:
    profile(config, "set", "Production", *SETTINGS)
    path = config / "profiles" / "production.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_without_a_password_store_the_profile_is_saved_and_the_password_is_not(config: Path) -> None:
    ran = profile(config, "set", "Production", *SETTINGS, "--password-file", "-", stdin="hunter2-planted\n")
    assert ran.code == 4
    assert "The profile is saved, its password is not" in ran.err
    kept = [path.read_bytes() for path in config.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"hunter2" in octets for octets in kept)


def test_every_wrong_value_is_told_and_nothing_is_written(config: Path) -> None:
    ran = profile(config, "set", "Production", "--hostname", "bad_host", "--port", "99999", "--from", "nobody")
    assert ran.code == 2
    assert all(name in ran.err for name in ("Hostname:", "Port:", "Email from:"))
    assert not config.exists()


def test_export_and_import_carry_everything_but_the_password(config: Path, tmp_path: Path) -> None:
    profile(config, "set", "Production", *SETTINGS)
    target = tmp_path / "production.toml"
    assert profile(config, "export", "Production", str(target)).code == 0
    assert profile(config, "export", "Production", str(target)).code == 4
    assert profile(config, "import", str(target), "--name", "Copy").code == 0
    first, second = (json.loads(profile(config, "show", name, "--json").out) for name in ("Production", "Copy"))
    assert {**first, "id": "", "name": ""} == {**second, "id": "", "name": ""}
    assert first["id"] != second["id"]


@pytest.mark.parametrize(
    "text",
    ["", "not toml", "version = 99", 'version = 1\n[server]\nport = "x"', "version = 1\nname = 7", "\x00"],
    ids=["empty", "no TOML", "newer", "port", "name", "NUL"],
)
def test_a_file_that_is_no_profile_is_refused_with_a_sentence(config: Path, tmp_path: Path, text: str) -> None:
    source = tmp_path / "source.toml"
    source.write_text(text)
    ran = profile(config, "import", str(source))
    assert ran.code == 4
    assert "Nothing was imported from" in ran.err
    assert "Traceback" not in ran.err


def test_a_damaged_profile_is_said_and_kept(config: Path) -> None:
    profile(config, "set", "Production", *SETTINGS)
    path = config / "profiles" / "production.toml"
    path.write_text("damaged")
    ran = profile(config, "list")
    assert ran.code == 0
    assert "is damaged" in ran.err
    assert [p.read_text() for p in path.parent.iterdir()] == ["damaged"]


def test_an_unknown_profile_names_those_that_there_are(config: Path) -> None:
    profile(config, "set", "Production", *SETTINGS)
    ran = profile(config, "show", "Staging")
    assert ran.code == 2
    assert "Production" in ran.err


def test_a_folder_that_cannot_be_written_is_4(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")
    ran = profile(tmp_path / "config", "set", "Production", *SETTINGS)
    assert ran.code == 4
    assert str(tmp_path) in ran.err


def test_usage_errors_are_2(config: Path) -> None:
    assert [profile(config, *words).code for words in ((), ("frobnicate",), ("show",))] == [2, 2, 2]
    assert not os.path.exists(config)


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_is_exported_in_every_format_without_its_password(config: Path, name: str) -> None:
    profile(config, "set", "Production", *SETTINGS)
    exported = profile(config, "export", "Production", "--format", name)
    assert exported.code == 0
    assert "mail.example.com" in exported.out
    unknown = profile(config, "export", "Production", "--format", "sendmail")
    assert (unknown.code, "it takes toml, json, curl" in unknown.err) == (2, True)

"""What lies in the folder and is no profile."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.settings.profiles import (
    Profile,
    ProfileError,
    export,
    load,
    parse,
    save,
)
from mailsetup_gui.settings.server import MailServer

PROFILE = Profile("prod", "Production", MailServer("mail.example.com", 587), "/etc/ca.pem", "you@example.com")
MINIMAL = 'version = 1\nname = "x"\n'

DAMAGED = {
    "empty": b"",
    "no TOML": b"{ not toml",
    "half": export(PROFILE).encode()[:80],
    "not UTF-8": MINIMAL.encode() + b'x = "\xff"',
    "no version": b'name = "x"',
    "version of another type": b'version = "1"',
    "version true": b"version = true",
    "version 0": b"version = 0",
    "name of another type": b"version = 1\nname = 7",
    "server of another type": b"version = 1\nserver = 7",
    "port of another type": b'version = 1\n[server]\nport = "25"',
    "port true": b"version = 1\n[server]\nport = true",
    "unknown protocol": b'version = 1\n[server]\nprotocol = "imap"',
    "unknown tls": b'version = 1\n[server]\ntls = "perhaps"',
    "last test of another type": b"version = 1\nlast_test = []",
    "nested without end": b"version = 1\nx = " + b"[" * 50_000,
    "huge": b"#" * 100_001,
    "NULs": bytes(1000),
}


@pytest.mark.parametrize("octets", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_kept_aside_and_said(octets: bytes, tmp_path: Path) -> None:
    save(tmp_path, PROFILE)
    (tmp_path / "bad.toml").write_bytes(octets)

    found, unusable = load(tmp_path)

    assert found == (PROFILE,)
    assert [one.path for one in unusable] == [tmp_path / "bad.toml"]
    assert unusable[0].kept_as.read_bytes() == octets
    assert unusable[0].reason
    assert load(tmp_path) == ((PROFILE,), ())


def test_two_files_damaged_at_once_are_both_kept(tmp_path: Path) -> None:
    for round_ in range(3):
        (tmp_path / "bad.toml").write_text(f"{round_} is no profile")
        load(tmp_path)

    assert len(list(tmp_path.iterdir())) == 3


def test_a_file_of_a_newer_version_is_said_and_left_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text('version = 2\nname = "x"\nsurprise = [1]\n')

    found, unusable = load(tmp_path)

    assert found == ()
    assert unusable[0].kept_as == unusable[0].path == tmp_path / "new.toml"
    assert "newer" in unusable[0].reason


def test_a_file_that_cannot_be_read_just_now_is_said_and_left_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, PROFILE)

    def fail(*_args: object, **_named: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(Path, "open", fail)
    found, unusable = load(tmp_path)
    monkeypatch.undo()

    assert found == ()
    assert unusable[0].kept_as == unusable[0].path
    assert load(tmp_path) == ((PROFILE,), ())


def test_a_folder_that_looks_like_a_profile_is_said_and_left(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").mkdir()

    _, unusable = load(tmp_path)

    assert unusable[0].kept_as == tmp_path / "odd.toml"


def test_a_folder_that_cannot_be_listed_is_an_error_with_its_path() -> None:
    with pytest.raises(ProfileError, match="xxx"):
        load(Path("x" * 5000))


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (MINIMAL + text).encode()))
def test_any_octets_are_a_profile_or_a_reason(octets: bytes) -> None:
    try:
        found = parse(octets.decode(), "x").id
    except ValueError as error:
        found = str(error) and "x"

    assert found == "x"

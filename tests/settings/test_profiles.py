from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.settings import profiles, replacing
from mailsetup_gui.settings.profiles import (
    LastTest,
    Profile,
    ProfileError,
    export,
    folder,
    load,
    new_id,
    parse,
    remove,
    save,
)
from mailsetup_gui.settings.server import Encryption, MailServer

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "bitbucket", "bot@example.com", "git.test")
PROFILE = Profile(
    "prod",
    "Production “relay”",
    SERVER,
    "/etc/ca.pem",
    "you@example.com",
    LastTest("accepted", "2026-11-23T10:00:00+01:00", "Fine"),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SERVERS = st.builds(
    MailServer, TEXTS, st.none() | st.integers(0, 99999), st.sampled_from(Encryption), TEXTS, TEXTS, TEXTS
)
MINIMAL = 'version = 1\nname = "x"\n'


def modes(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_profile_is_read_back_as_it_was_saved(tmp_path: Path) -> None:
    save(tmp_path, PROFILE)

    assert load(tmp_path) == ((PROFILE,), ())


@given(
    st.builds(
        Profile,
        st.just("x"),
        TEXTS.filter(bool),
        SERVERS,
        TEXTS,
        TEXTS,
        st.none() | st.builds(LastTest, TEXTS, TEXTS, TEXTS),
    )
)
def test_every_profile_survives_its_file(profile: Profile) -> None:
    assert parse(export(profile), "x") == profile


def test_files_and_folder_are_for_their_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        save(tmp_path / "new", PROFILE)
    finally:
        os.umask(before)

    assert modes(tmp_path / "new") == 0o700
    assert [modes(path) for path in (tmp_path / "new").iterdir()] == [0o600]


def test_a_file_holds_no_password_and_no_place_for_one() -> None:
    words = tomllib.loads(export(PROFILE))

    assert "password" not in export(PROFILE)
    assert set(words["server"]) == {"hostname", "port", "protocol", "tls", "username", "email_from", "ehlo_name"}


def test_profiles_are_listed_by_name(tmp_path: Path) -> None:
    for name in ("beta", "Alpha", "gamma"):
        save(tmp_path, Profile(new_id(tmp_path, name), name))

    assert [profile.name for profile in load(tmp_path)[0]] == ["Alpha", "beta", "gamma"]


def test_without_a_folder_there_are_no_profiles(tmp_path: Path) -> None:
    assert load(tmp_path / "none") == ((), ())


@pytest.mark.parametrize("function", ["write", "fsync", "replace", "read back"])
def test_whatever_goes_wrong_while_saving_the_old_file_stays_whole(
    function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, PROFILE)
    before = (tmp_path / "prod.toml").read_bytes()

    def fail(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    def halve(path: Path) -> bytes:
        return before[: len(before) // 2]

    if function == "read back":
        monkeypatch.setattr(replacing, "read_back", halve)
    elif function == "write":
        monkeypatch.setattr(os, "fdopen", fail)
    else:
        monkeypatch.setattr(os, function, fail)
    with pytest.raises(ProfileError, match=r"prod\.toml"):
        save(tmp_path, PROFILE._replace(name="New"))
    monkeypatch.undo()

    assert (tmp_path / "prod.toml").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["prod.toml"]


def test_saving_into_a_folder_that_is_a_file_says_where(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ProfileError, match="file"):
        save(tmp_path / "file", PROFILE)


def test_a_link_is_replaced_and_what_it_points_to_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("mine")
    (tmp_path / "prod.toml").symlink_to(tmp_path / "elsewhere")

    save(tmp_path, PROFILE)

    assert (tmp_path / "elsewhere").read_text() == "mine"
    assert load(tmp_path)[0] == (PROFILE,)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Production", "production"),
        ("Größe & Co.", "gro-e-co"),
        ("例え", "profile"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "profile"),
        ("x" * 99, "x" * 40),
    ],
)
def test_a_new_profile_gets_a_file_name_that_every_system_takes(name: str, id_: str, tmp_path: Path) -> None:
    assert new_id(tmp_path, name) == id_.replace("gro-e", "groe")


def test_a_file_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    for _ in range(3):
        save(tmp_path, Profile(new_id(tmp_path, "Mail"), "Mail"))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["mail-2.toml", "mail-3.toml", "mail.toml"]


def test_a_removed_profile_is_gone_and_removing_it_twice_is_no_error(tmp_path: Path) -> None:
    save(tmp_path, PROFILE)

    remove(tmp_path, "prod")
    remove(tmp_path, "prod")

    assert load(tmp_path) == ((), ())


def test_the_folder_can_be_chosen_and_is_the_platforms_own_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILSETUP_CONFIG_DIR", "/somewhere")
    assert folder() == Path("/somewhere/profiles")

    monkeypatch.delenv("MAILSETUP_CONFIG_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/home/x/.config")
    assert folder() == Path("/home/x/.config/mailsetup/profiles")


@pytest.mark.parametrize("encryption", Encryption, ids=lambda mode: mode.value)
def test_a_contradiction_cannot_be_written(encryption: Encryption) -> None:
    words = tomllib.loads(export(Profile("x", "x", MailServer("a", 25, encryption))))["server"]

    assert (words["protocol"] == "smtps") == (encryption is Encryption.IMPLICIT_TLS) == ("tls" not in words)


def test_the_format_has_a_version() -> None:
    assert tomllib.loads(export(PROFILE))["version"] == profiles.VERSION

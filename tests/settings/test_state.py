"""Where tests leave what they found."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import pytest

from mailsetup_gui.settings import state


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAILSETUP_STATE_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("xdg", [None, "", "/srv/state"])
def test_the_folder_is_the_one_that_the_platform_has(xdg: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAILSETUP_STATE_DIR")
    monkeypatch.delenv("MAILSETUP_CONFIG_DIR", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    if xdg is not None:
        monkeypatch.setenv("XDG_STATE_HOME", xdg)
    assert state.folder() == platformdirs.user_state_dir("mailsetup", appauthor=False)


def test_another_folder_for_profiles_is_one_for_their_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILSETUP_CONFIG_DIR", str(tmp_path))
    monkeypatch.delenv("MAILSETUP_STATE_DIR")
    assert state.folder() == str(tmp_path / "state")


def test_what_was_kept_is_found_again(folder: Path) -> None:
    state.keep_baseline("production", {"greeting": "ü"})
    state.keep_last("production", "one\n")
    state.keep_last("", "two\n")
    assert state.baseline("production") == state.Found({"version": 1, "greeting": "ü"})
    assert (state.last("production"), state.last("")) == ("one\n", "two\n")
    assert state.baseline("other") == state.Found()


@pytest.mark.parametrize("profile_id", ["..", "../../x", "a/b", "ü\n", "a\0b", "x" * 500])
def test_no_name_of_a_profile_leads_out_of_the_folder(profile_id: str, folder: Path) -> None:
    state.keep_baseline(profile_id, {})
    state.keep_last(profile_id, "x")
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert len(kept) == 3
    assert state.last(profile_id) == "x"


def test_a_profile_that_is_gone_leaves_nothing_to_the_next_of_its_name(folder: Path) -> None:
    state.keep_baseline("production", {})
    state.keep_last("production", "x")
    state.forget("production")
    state.forget("never there")
    assert state.baseline("production") == state.Found()
    with pytest.raises(FileNotFoundError):
        state.last("production")


def test_a_pipe_in_its_place_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "last.jsonl")
    with pytest.raises(ValueError, match="no file"):
        state.last("")


def test_a_file_without_end_is_not_read_whole(folder: Path) -> None:
    (folder / "last.jsonl").write_bytes(b"x" * 2_000_001)
    with pytest.raises(ValueError, match="larger"):
        state.last("")

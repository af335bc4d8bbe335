"""Every change leaves a dated record, from which there is a way back."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mailsetup_gui.bitbucket import records
from mailsetup_gui.bitbucket.address import Address
from mailsetup_gui.bitbucket.applying import Applied, Result
from mailsetup_gui.bitbucket.records import Kept
from mailsetup_gui.bitbucket.rest import Mail
from mailsetup_gui.settings.server import MailServer

WHERE = Address("https", "bitbucket.example.test", path="/stash")
FORMER = Mail({"hostname": "old.test", "useStartTls": True}, "a@a.test")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAILSETUP_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


def kept(result: Result | None = Result.SAVED, **more: str) -> Kept:
    keeper = Kept(WHERE, "admin", **more)
    keeper.begin(FORMER, MailServer("new.test"))
    if result is not None:
        keeper.end(Applied(result, FORMER))
    return keeper


@pytest.mark.parametrize("result", [None, Result.SAVED, Result.UNKNOWN, Result.OTHERWISE])
def test_a_change_that_may_be_there_can_be_undone(result: Result | None) -> None:
    keeper = kept(result)
    found = records.latest(WHERE)
    assert found is not None
    assert (found.path, found.former) == (keeper.path, FORMER)


@pytest.mark.parametrize("result", [Result.NOT_SAVED, Result.PUT_BACK, Result.SAME])
def test_a_change_that_left_nothing_has_nothing_to_undo(result: Result) -> None:
    kept(result)
    assert records.latest(WHERE) is None


def test_what_was_undone_is_not_undone_twice() -> None:
    first, second = kept(), kept()
    kept(kind="undo", undoes=second.path)
    found = records.latest(WHERE)
    assert found is not None
    assert found.path == first.path


def test_records_of_another_bitbucket_do_not_count() -> None:
    kept()
    assert records.latest(Address("https", "bitbucket.example.test")) is None


def test_a_damaged_record_is_passed_over() -> None:
    first, second = kept(), kept()
    for broken in (b"", b"[" * 10_000, b'{"version": 1}', b'{"version": 2}', b"[]", b"\xff"):
        Path(second.path).write_bytes(broken)
        found = records.latest(WHERE)
        assert found is not None
        assert found.path == first.path


def test_a_record_is_for_its_owner_only() -> None:
    mode = stat.S_IMODE(os.stat(kept().path).st_mode)
    assert mode == 0o600


def test_without_a_place_for_the_record_begin_says_so(state: Path) -> None:
    state.write_text("a file where the folder should be")
    with pytest.raises(OSError, match=r"exists|Not a directory"):
        kept(None)

from __future__ import annotations

from pathlib import Path

import pytest

from mailsetup_gui.settings.credentials import KeyringTrouble, Obstacle
from mailsetup_gui.settings.profiles import Unusable
from mailsetup_gui.wording.storing import obstacle, set_aside


@pytest.mark.parametrize("kind", Obstacle, ids=lambda kind: kind.value)
def test_every_obstacle_is_said_in_words(kind: Obstacle) -> None:
    assert obstacle(KeyringTrouble(kind, "RuntimeError")).startswith("The")


def test_a_file_that_was_set_aside_says_where_it_lies_now() -> None:
    said = set_aside(Unusable(Path("/c/a.toml"), Path("/c/a.toml.damaged-1"), "no\x1b version"))

    assert "a.toml.damaged-1" in said
    assert "nothing was lost" in said
    assert "\x1b" not in said


def test_a_file_that_was_left_alone_is_not_called_damaged() -> None:
    said = set_aside(Unusable(Path("/c/a.toml"), Path("/c/a.toml"), "written by a newer mailsetup"))

    assert "left as it is" in said
    assert "damaged" not in said

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import pytest

from mailsetup_gui.smtp.events import Direction, Result, State, Step
from mailsetup_gui.wording import text

WORDS: list[tuple[Callable[..., str], type[Enum]]] = [
    (text.step_name, Step),
    (text.state_word, State),
    (text.state_glyph, State),
    (text.arrow, Direction),
    (text.result_word, Result),
]


@pytest.mark.parametrize(("word", "kinds"), WORDS, ids=lambda value: getattr(value, "__name__", ""))
def test_every_one_has_a_word_of_its_own(word: Callable[..., str], kinds: type[Enum]) -> None:
    said = [word(kind) for kind in kinds]

    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.04, "0.0 ms"),
        (9.94, "9.9 ms"),
        (10, "10 ms"),
        (412.4, "412 ms"),
        (999, "999 ms"),
        (1500, "1.5 s"),
        (20_000, "20.0 s"),
    ],
)
def test_times_are_short(value: float, said: str) -> None:
    assert text.milliseconds(value) == said

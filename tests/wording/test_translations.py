"""Each language that ships is whole: nothing empty, every place to fill in there, and the files are those of today."""

from __future__ import annotations

import io
import string
from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages import pofile

from tests.wording.translators import collector

TOOL = collector()


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Each sentence and its translation; of what is counted each form."""
    path = TOOL.place(TOOL.FOLDER, language) / "mailsetup.po"
    for message in pofile.read_po(io.BytesIO(path.read_bytes()), locale=language):
        sentences, translated = (
            [one] if isinstance(one, str) else list(one or ()) for one in (message.id, message.string)
        )
        if message.id:
            yield from zip(sentences, translated, strict=True)


def fields(sentence: str) -> Counter[tuple[str, str]]:
    found = string.Formatter().parse(sentence)
    return Counter((name, shape or "") for _, name, shape, _ in found if name is not None)


def edges(sentence: str) -> tuple[str, str, int]:
    """Blanks before and after, and how many lines."""
    return (
        sentence[: len(sentence) - len(sentence.lstrip())],
        sentence[len(sentence.rstrip()) :],
        sentence.count("\n"),
    )


def test_german_ships() -> None:
    assert "de" in TOOL.languages()


@pytest.mark.parametrize("language", TOOL.languages())
def test_no_sentence_is_empty_or_a_guess(language: str) -> None:
    path = TOOL.place(TOOL.FOLDER, language) / "mailsetup.po"
    assert not [sentence for sentence, translated in pairs(language) if not translated]
    assert not [m.id for m in pofile.read_po(io.BytesIO(path.read_bytes()), locale=language) if m.id and m.fuzzy]


@pytest.mark.parametrize("language", TOOL.languages())
def test_every_place_to_fill_in_is_in_the_translation(language: str) -> None:
    assert not [one for one in pairs(language) if fields(one[0]) != fields(one[1])]


@pytest.mark.parametrize("language", TOOL.languages())
def test_blanks_and_lines_are_as_in_the_source(language: str) -> None:
    assert not [one for one in pairs(language) if edges(one[0]) != edges(one[1])]


@pytest.mark.parametrize("language", TOOL.languages())
def test_a_key_for_the_keyboard_and_three_dots_are_in_the_translation(language: str) -> None:
    assert not [
        one
        for one in pairs(language)
        if one[0].count("&") != one[1].count("&") or one[0].endswith("…") != one[1].endswith("…")
    ]


@pytest.mark.parametrize("language", TOOL.languages())
def test_the_files_are_those_of_the_sources_of_today(language: str) -> None:
    place = TOOL.place(TOOL.FOLDER, language)
    assert TOOL.updated(language) == ((place / "mailsetup.po").read_bytes(), (place / "mailsetup.mo").read_bytes()), (
        "run packaging/translations.py"
    )

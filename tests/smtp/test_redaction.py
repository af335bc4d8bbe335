import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.smtp.redaction import STRUCK, Redactor
from tests.smtp.planted import leaks, spellings
from tests.smtp.polite import PASSWORD, USERNAME

PASSWORDS = st.text(st.characters(exclude_categories=["C", "Z"], codec="utf-8"), min_size=7, max_size=40)


@pytest.mark.parametrize("name", spellings())
def test_the_password_is_struck_out_in_this_spelling(name: str) -> None:
    echoed = f"535 5.7.8 wrong: <{spellings()[name]}>, try again"

    struck = Redactor(PASSWORD, USERNAME).strike(echoed)

    assert not leaks(struck)
    assert struck.startswith("535 5.7.8 wrong: <")
    assert struck.endswith(">, try again")


@given(PASSWORDS, st.sampled_from(sorted(spellings())), st.text(max_size=20), st.text(max_size=20))
def test_no_spelling_of_any_password_survives(password: str, name: str, before: str, after: str) -> None:
    spelling = spellings(password, "me").get(name, "")

    struck = Redactor(password, "me").strike(f"{before} {spelling} {after}")

    assert spelling not in struck


@given(PASSWORDS, st.data())
def test_of_a_password_broken_over_two_lines_less_than_half_is_shown(password: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(password)))
    redactor = Redactor(password)

    shown = [redactor.strike(piece).replace(STRUCK, "") for piece in (password[:at], password[at:])]

    assert len("".join(shown)) < max(len(password), 12)
    assert all(len(piece) < max(6, (len(password) + 1) // 2) for piece in shown)


@given(st.text(max_size=200))
def test_without_a_password_nothing_is_changed(text: str) -> None:
    assert Redactor().strike(text) == text


@pytest.mark.parametrize("text", ["250-abcdef", "fab", "250 SIZE 10"], ids=str)
def test_a_very_short_password_strikes_no_part_of_a_word(text: str) -> None:
    assert Redactor("ab").strike(text) == text


def test_a_very_short_password_is_struck_where_it_is_a_word() -> None:
    assert Redactor("ab").strike("you said 'ab', no") == f"you said '{STRUCK}', no"


def test_text_without_the_password_stays_as_it_is() -> None:
    reply = "5.7.8 Error: authentication failed: UGFzc3dvcmQ6"

    assert Redactor(PASSWORD, USERNAME).strike(reply) == reply

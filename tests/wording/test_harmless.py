"""Foreign text made harmless."""

from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.wording.harmless import LONGEST, shown


@given(st.text())
def test_what_is_shown_is_printable_and_no_longer(foreign: str) -> None:
    harmless = shown(foreign)
    assert harmless.isprintable()
    assert len(harmless) <= min(len(foreign), LONGEST) + 1


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), max_size=LONGEST))
def test_printable_text_is_shown_as_it_is(foreign: str) -> None:
    assert shown(foreign) == foreign


def test_nothing_is_dropped_so_nothing_closes_up() -> None:
    assert shown("pass\u200bword\r\n\x00") == "pass\ufffdword\ufffd\ufffd\ufffd"

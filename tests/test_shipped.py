import pytest

from mailsetup_gui import shipped


def test_what_ships_is_found() -> None:
    assert shipped.read("sample-inline.png").startswith(b"\x89PNG")


def test_what_is_missing_is_named_with_what_to_do() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/nothing\.png.*install mailsetup again"):
        shipped.read("nothing.png")

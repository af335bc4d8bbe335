import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.trust.der import NotDerError, Value, value, values
from tests.trust.certificates import leaf


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\x02\x01\x05", Value(2, 2, 3)),
        (b"\x30\x00", Value(0x30, 2, 2)),
        (b"\x04\x81\x03abc", Value(4, 3, 6)),
        (b"\x04\x85\x00\x00\x00\x00\x03abc", Value(4, 7, 10)),
        (b"\x9f\x81\x02\x01x", Value(0x9F, 4, 5)),
    ],
    ids=["short", "empty", "long form", "long form with zeros", "long tag"],
)
def test_a_value_is_found_in_every_definite_form(data: bytes, found: Value) -> None:
    assert value(data, 0, len(data)) == found


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x1f",
        b"\x1f\x81",
        b"\x30\x80",
        b"\x04\x02a",
        b"\x04\x84\xff\xff\xff\xff",
        b"\x04\xff" + b"\xff" * 200,
    ],
    ids=repr,
)
def test_what_breaks_off_is_no_value(data: bytes) -> None:
    with pytest.raises(NotDerError):
        value(data, 0, len(data))


@given(st.binary(max_size=200))
def test_values_never_reach_beyond_the_octets_that_are_there(data: bytes) -> None:
    ends = [0]
    try:
        ends += [found.end for found in values(data, 0, len(data))]
    except NotDerError:
        pass

    assert ends == sorted(set(ends))
    assert ends[-1] <= len(data)


def test_a_certificate_is_one_value_of_three() -> None:
    der = leaf().der
    whole = value(der, 0, len(der))

    assert whole.end == len(der)
    assert whole.constructed
    assert len(list(values(der, whole.begin, whole.end))) == 3

"""What somebody types or copies out of a browser becomes one address, or says what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.bitbucket.address import Address, AddressError, SignIn, Wrong, address, check


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("bitbucket.example.test", "https://bitbucket.example.test"),
        (" https://Bitbucket.Example.Test/ ", "https://bitbucket.example.test"),
        ("http://127.0.0.1:7990", "http://127.0.0.1:7990"),
        ("https://git.example.test:443/stash/", "https://git.example.test/stash"),
        ("https://git.example.test/stash/admin/mail-server", "https://git.example.test/stash"),
        ("https://git.example.test/projects/A/repos/b?at=c#d", "https://git.example.test"),
        ("https://git.example.test/rest/api/latest/admin/mail-server", "https://git.example.test"),
        ("https://[::1]:7990/x", "https://[::1]:7990/x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
    ],
)
def test_an_address_is_read_up_to_its_context_path(text: str, base: str) -> None:
    assert address(text).base == base


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", Wrong.NO_ADDRESS),
        ("https://", Wrong.HOST),
        ("ftp://a.test", Wrong.SCHEME),
        ("https://user:pw@a.test", Wrong.SECRET_IN_ADDRESS),
        ("user@a.test", Wrong.SECRET_IN_ADDRESS),
        ("https://a.test:x", Wrong.PORT),
        ("https://a.test:65536", Wrong.PORT),
        ("https://a b.test", Wrong.SHAPE),
        ("https://user:pw pw@a.test", Wrong.SHAPE),
        ("https://a.test/\r\nX: y", Wrong.SHAPE),
        ("https://a.test\\@evil.test", Wrong.SHAPE),
        ("https://[::1", Wrong.PORT),
        ("https://-a.test", Wrong.HOST),
    ],
)
def test_what_is_wrong_with_an_address_is_named(text: str, wrong: Wrong) -> None:
    with pytest.raises(AddressError) as caught:
        address(text)
    assert caught.value.wrong is wrong
    assert "pw" not in caught.value.value


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_an_error_and_reads_back_the_same(text: str) -> None:
    try:
        found = address(text)
    except AddressError:
        return
    assert address(found.base) == found
    assert found.resource("x").isascii()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "::1"])
def test_http_on_this_computer_crosses_no_network(host: str) -> None:
    assert not Address("http", host).is_clear


@pytest.mark.parametrize("host", ["a.test", "127.0.0.1.evil.test", "10.0.0.1", "127evil"])
def test_http_elsewhere_wants_to_be_allowed(host: str) -> None:
    assert check(Address("http", host), SignIn("a", "b")) == (Wrong.CLEAR,)
    assert check(Address("http", host), SignIn("a", "b"), allow_clear=True) == ()


def test_the_repr_of_a_sign_in_has_no_secret() -> None:
    assert "hunter2" not in repr(SignIn("admin", "hunter2"))

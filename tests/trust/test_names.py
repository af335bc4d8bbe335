import pytest

from mailsetup_gui.trust.names import certifies


@pytest.mark.parametrize(
    ("names", "host"),
    [
        (("mail.example.com",), "mail.example.com"),
        (("MAIL.Example.COM",), "mail.example.com"),
        (("mail.example.com.",), "mail.example.com"),
        (("mail.example.com",), "mail.example.com."),
        (("a.test", "mail.example.com"), "mail.example.com"),
        (("*.example.com",), "mail.example.com"),
        (("127.0.0.1",), "127.0.0.1"),
        (("0:0:0:0:0:0:0:1",), "::1"),
        (("mail.example.com", "192.0.2.7"), "192.0.2.7"),
        (("localhost",), "localhost"),
    ],
)
def test_these_names_certify_this_host(names: tuple[str, ...], host: str) -> None:
    assert certifies(names, "CN=other", host)


@pytest.mark.parametrize(
    ("names", "host"),
    [
        (("mail.example.com",), "example.com"),
        (("example.com",), "mail.example.com"),
        (("*.example.com",), "example.com"),
        (("*.example.com",), "a.mail.example.com"),
        (("*.com",), "example"),
        (("*",), "localhost"),
        (("*.",), "localhost"),
        (("*.com",), "com"),
        (("mail.example.com.evil.test",), "mail.example.com"),
        (("127.0.0.1",), "127.0.0.2"),
        (("mail.example.com",), "127.0.0.1"),
        (("*.0.0.1",), "127.0.0.1"),
        ((), "mail.example.com"),
    ],
)
def test_these_names_do_not_certify_this_host(names: tuple[str, ...], host: str) -> None:
    assert not certifies(names, "", host)


def test_the_common_name_counts_only_where_no_dns_name_is() -> None:
    assert certifies((), "CN=mail.example.com, O=Example", "mail.example.com")
    assert certifies(("192.0.2.7",), "O=Example, CN=mail.example.com", "mail.example.com")
    assert not certifies(("other.example.com",), "CN=mail.example.com", "mail.example.com")


def test_the_common_name_does_not_stand_for_an_address() -> None:
    assert not certifies((), "CN=127.0.0.1", "127.0.0.1")


def test_an_organization_that_spells_like_a_common_name_is_none() -> None:
    assert not certifies((), "O=Evil\\, CN=mail.example.com, CN=evil.test", "mail.example.com")

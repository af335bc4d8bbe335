"""Host names against IDNA 2008, addresses against email-validator."""

from __future__ import annotations

import idna
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from mailsetup_gui.settings import server as room
from mailsetup_gui.settings.server import (
    Field,
    Wrong,
    check_address,
    check_hostname,
    wire_address,
    wire_host,
)

LETTERS = "abcxyzABC0129-_.@[]:%+= üöß例é\u202e\u3002\uff21\x00\x1f\x7f\x9b\ud800"


def library_takes(address: str) -> bool:
    try:
        validate_email(
            address,
            check_deliverability=False,
            globally_deliverable=False,
            allow_domain_literal=True,
            strict=True,
        )
    except EmailNotValidError:
        return False
    return True


@pytest.mark.parametrize(
    "name",
    [
        "mail.example.com",
        "mail",
        "localhost",
        "MAIL.Example.COM",
        "mail.example.com.",
        "3com.example",
        "a-b--c.example",
        "x" * 63 + ".example",
        "127.0.0.1",
        "::1",
        "[::1]",
        "2001:db8::25",
        "fe80::1%eth0",
        "bücher.example",
        "BÜCHER.example",
        "xn--bcher-kva.example",
        "例え.テスト",
        "bücher。example",
    ],
)
def test_this_is_a_host(name: str) -> None:
    assert check_hostname(name) == ()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", Wrong.MISSING),
        ("a..b", Wrong.HOST_LABEL),
        (".example", Wrong.HOST_LABEL),
        ("-a.example", Wrong.HOST_LABEL),
        ("a-.example", Wrong.HOST_LABEL),
        ("x" * 64 + ".example", Wrong.HOST_LABEL),
        (".".join(["x" * 63] * 4), Wrong.HOST_LENGTH),
        ("my_host.example", Wrong.HOST_CHARACTER),
        ("mail example", Wrong.HOST_CHARACTER),
        ("mail/example", Wrong.HOST_CHARACTER),
        ("mail.example.com\n", Wrong.CONTROL_CHARACTER),
        ("mail\0.example", Wrong.CONTROL_CHARACTER),
        ("mail\x9b.example", Wrong.CONTROL_CHARACTER),
        ("mail\ud800.example", Wrong.CONTROL_CHARACTER),
        ("256.1.1.1", Wrong.HOST_ADDRESS),
        ("1.2.3", Wrong.HOST_ADDRESS),
        ("12345", Wrong.HOST_ADDRESS),
        ("mail.example.7", Wrong.HOST_ADDRESS),
        ("[127.0.0.1]", Wrong.HOST_ADDRESS),
        ("[::1", Wrong.HOST_ADDRESS),
        ("::g", Wrong.HOST_ADDRESS),
        ("fe80::1%é", Wrong.HOST_ADDRESS),
        ("fe80::1%\u202e", Wrong.HOST_ADDRESS),
        ("\uff11\uff12\uff17.\uff10.\uff10.\uff11", Wrong.HOST_ADDRESS),
        ("a\u202eb.example", Wrong.HOST_IDN),
        ("☃.example", Wrong.HOST_IDN),
        ("xn--a.example", Wrong.HOST_IDN),
        ("bücher..example", Wrong.HOST_IDN),
        ("ü" * 64 + ".example", Wrong.HOST_IDN),
    ],
)
def test_this_is_no_host_and_it_is_said_why(name: str, reason: Wrong) -> None:
    assert {problem.wrong for problem in check_hostname(name)} == {reason}


def test_every_bad_label_is_named() -> None:
    assert [problem.value for problem in check_hostname("-a.ok.b-.example")] == ["-a", "b-"]


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.text(LETTERS, min_size=1, max_size=30) | st.text(min_size=1, max_size=30))
@example("fe80::1%é")
@example("a.b\u3002")
def test_whatever_is_accepted_as_a_host_can_be_looked_up_and_spoken_of_in_tls(name: str) -> None:
    assume(not check_hostname(name))

    on_the_wire = wire_host(name)

    assert on_the_wire.isascii()
    assert on_the_wire.isprintable()
    assert len(on_the_wire) <= 254
    assert on_the_wire.encode("idna")


@given(st.text("abcüößé例テ-", min_size=1, max_size=15))
def test_an_international_name_is_accepted_exactly_when_idna_2008_takes_it(label: str) -> None:
    assume(not label.isascii())
    try:
        expected = idna.encode(f"{label}.example", uts46=True).decode()
    except idna.IDNAError:
        expected = ""

    assert (check_hostname(f"{label}.example") == ()) == bool(expected)
    assert not expected or wire_host(f"{label}.example") == expected


@pytest.mark.parametrize(
    "address",
    [
        "bitbucket@example.com",
        "first.last+tag@mail.example.com",
        "x@localhost",
        "a@b.test",
        "bot@[IPv6:::1]",
        "bot@bücher.example",
        "o'neil@example.com",
        "a.b.c.d@my-company.example.com",
        "bitbucket@corp.local",
        "bitbucket@my-corp.local",
        "bitbucket@my-corp.test",
    ],
)
def test_this_is_an_address(address: str) -> None:
    assert check_address(Field.SENDER, address) == ()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", Wrong.MISSING),
        ("bitbucket", Wrong.ADDRESS),
        ("@example.com", Wrong.ADDRESS),
        ("a@", Wrong.ADDRESS),
        ("a@b@c.example", Wrong.ADDRESS),
        ("a b@example.com", Wrong.ADDRESS),
        ("a..b@example.com", Wrong.ADDRESS),
        (".a@example.com", Wrong.ADDRESS),
        ("a@-b.example", Wrong.ADDRESS),
        ("Bob <bob@example.com>", Wrong.ADDRESS),
        ("a@example.com, b@example.com", Wrong.ADDRESS),
        ("x" * 65 + "@example.com", Wrong.ADDRESS),
        ("a@" + "b." * 130 + "example", Wrong.ADDRESS),
        ("müller@example.com", Wrong.ADDRESS_NOT_ASCII),
        ("a@example.com\r\nRCPT TO:<b@example.com>", Wrong.CONTROL_CHARACTER),
        ("a\0@example.com", Wrong.CONTROL_CHARACTER),
        ("a@exa\x7fmple.com", Wrong.CONTROL_CHARACTER),
        ("a@example.com>", Wrong.ADDRESS),
    ],
)
def test_this_is_no_address_and_it_is_said_why(address: str, reason: Wrong) -> None:
    assert [problem.wrong for problem in check_address(Field.SENDER, address)] == [reason]


PLAIN = r"[A-Za-z0-9-]{1,30}(\.[A-Za-z0-9-]{1,20}){0,2}@([A-Za-z0-9]{1,30}\.){1,4}[A-Za-z]{1,30}"


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.from_regex(PLAIN, fullmatch=True))
@example("bitbucket@corp.local")
@example("a@b.onion")
@example("-@b.c")
@example("x" * 30 + "." + "x" * 30 + "." + "xxx@example.com")
def test_every_address_that_passes_without_the_library_passes_with_it_too(address: str) -> None:
    check_address(Field.SENDER, "asks-the-library@my-host.example")
    assume(room._is_plainly_an_address(address))

    assert library_takes(address)


LOCALS = st.text("abXY09+'-_=", min_size=1, max_size=10) | st.text("ab.+'@> \"\\\u00fc\r\n", min_size=1, max_size=4)


DOMAINS = st.sampled_from(
    ["example.com", "corp.local", "b\u00fccher.example", "[127.0.0.1]", "[IPv6:::1]", "\uff25\uff38.test"]
)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(LOCALS, DOMAINS | st.text(LETTERS, min_size=1, max_size=20))
def test_whatever_is_accepted_as_an_address_is_one_safe_argument_of_a_command(local: str, domain: str) -> None:
    address = f"{local}@{domain}"
    assume(not check_address(Field.SENDER, address))

    on_the_wire = wire_address(address)

    assert library_takes(address)
    assert on_the_wire.isascii()
    assert on_the_wire.isprintable()
    assert not set('<>"') & set(on_the_wire)
    assert len(on_the_wire) <= 254 + 2


@pytest.mark.parametrize(
    ("address", "on_the_wire"),
    [
        ("a@example.com", "a@example.com"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("a@[127.0.0.1]", "a@[127.0.0.1]"),
    ],
)
def test_an_address_crosses_the_wire_with_its_domain_in_a_labels(address: str, on_the_wire: str) -> None:
    assert wire_address(address) == on_the_wire

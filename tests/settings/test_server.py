from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.settings.server import (
    Encryption,
    Field,
    MailServer,
    Problem,
    Wrong,
    check,
    read_port,
    wire_ehlo_name,
)
from tests.smtp.polite import PASSWORD

GOOD = MailServer("mail.example.com", None, Encryption.STARTTLS_REQUIRED, "bitbucket", "bitbucket@example.com")


def wrong(problems: tuple[Problem, ...]) -> list[tuple[Field, Wrong]]:
    return [(problem.field, problem.wrong) for problem in problems]


@pytest.mark.parametrize(
    ("text", "port"), [("", None), ("  ", None), ("25", 25), (" 587 ", 587), ("0", 0), ("70000", 70000), ("00025", 25)]
)
def test_a_port_is_read_from_text(text: str, port: int | None) -> None:
    assert read_port(text) == port


@pytest.mark.parametrize("text", ["smtp", "25.0", "-1", "+25", "1e3", "2 5", "²⁵", "٢٥", "0x19", "9" * 10])
def test_what_is_no_number_is_no_port(text: str) -> None:
    assert read_port(text) == Problem(Field.PORT, Wrong.PORT_NUMBER, text)


@pytest.mark.parametrize("port", [0, -1, 65536, 70000, 10**12])
def test_a_port_out_of_range_is_refused_and_never_cut_to_fit(port: int) -> None:
    assert check(GOOD._replace(port=port)) == (Problem(Field.PORT, Wrong.PORT_RANGE, str(port)),)


@pytest.mark.parametrize("port", [None, 1, 25, 65535])
def test_a_port_in_range_is_fine(port: int | None) -> None:
    assert check(GOOD._replace(port=port)) == ()


@pytest.mark.parametrize("encryption", Encryption, ids=lambda mode: mode.value)
def test_a_blank_port_is_25_with_smtps_too_as_in_bitbucket(encryption: Encryption) -> None:
    assert MailServer("x", None, encryption).effective_port == 25


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_form() -> None:
    server = MailServer("a..b", 70000, Encryption.NONE, "user\n", "nobody", "my_host")

    problems = check(server, "pass\0word", "also nobody")

    assert [problem.field for problem in problems] == [
        Field.HOSTNAME,
        Field.PORT,
        Field.USERNAME,
        Field.PASSWORD,
        Field.SENDER,
        Field.EHLO_NAME,
        Field.RECIPIENT,
    ]


def test_nothing_is_wrong_with_good_settings() -> None:
    assert check(GOOD, PASSWORD, "you@example.com") == ()


def test_without_a_recipient_to_judge_none_is_missed() -> None:
    assert check(GOOD) == ()
    assert wrong(check(GOOD, "", "")) == [(Field.RECIPIENT, Wrong.MISSING)]


def test_a_password_needs_a_user_name() -> None:
    assert wrong(check(GOOD._replace(username=""), "secret")) == [(Field.USERNAME, Wrong.WITHOUT_USERNAME)]


@pytest.mark.parametrize("control", ["\r", "\n", "\0", "\x1b", "\x7f", "\x85", "\ud800"], ids=ascii)
def test_a_control_character_is_refused_in_every_field(control: str) -> None:
    text = f"a{control}b"
    server = MailServer(text, 25, Encryption.NONE, text, f"{text}@example.com", text)

    problems = check(server, text, f"{text}@example.com")

    assert {problem.wrong for problem in problems} == {Wrong.CONTROL_CHARACTER}
    assert len(problems) == 6
    assert {problem.value for problem in problems} == {f"U+{ord(control):04X}"}


def test_a_wrong_password_value_is_not_repeated() -> None:
    problems = check(GOOD, "secret\nsecret" + "x" * 1000)

    assert "secret" not in repr(problems)


@pytest.mark.parametrize("length", [501, 100_000])
def test_a_credential_longer_than_any_is_refused(length: int) -> None:
    problems = check(GOOD._replace(username="u" * length), "p" * length)

    assert wrong(problems) == [(Field.USERNAME, Wrong.TOO_LONG), (Field.PASSWORD, Wrong.TOO_LONG)]


@pytest.mark.parametrize("name", ["[127.0.0.1]", "[IPv6:::1]", "127.0.0.1", "mail.example.com", "bücher.example"])
def test_an_ehlo_name_may_be_an_address_literal(name: str) -> None:
    assert check(GOOD._replace(ehlo_name=name)) == ()


@pytest.mark.parametrize("name", ["[::1]x", "[IPv6:127.0.0.1]", "[mail.example.com]", "[]", "my_host", "a b"])
def test_this_is_no_ehlo_name(name: str) -> None:
    assert {problem.field for problem in check(GOOD._replace(ehlo_name=name))} == {Field.EHLO_NAME}


def test_an_ehlo_name_crosses_the_wire_as_javamail_would_say_it() -> None:
    assert [wire_ehlo_name(name) for name in ("", "[::1]", "a.test", "bücher.example")] == [
        "",
        "[::1]",
        "a.test",
        "xn--bcher-kva.example",
    ]


def test_a_mail_server_has_no_place_for_a_password() -> None:
    assert "password" not in MailServer._fields


@given(
    st.builds(
        MailServer,
        st.text(max_size=20),
        st.none() | st.integers(),
        st.sampled_from(Encryption),
        st.text(max_size=20),
        st.text(max_size=20),
        st.text(max_size=20),
    ),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_any_settings_can_be_judged(server: MailServer, password: str, recipient: str) -> None:
    assert all(isinstance(problem, Problem) for problem in check(server, password, recipient))

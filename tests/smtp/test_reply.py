import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.smtp.events import Breach
from mailsetup_gui.smtp.reply import LONGEST_LINE, MOST_LINES, Extensions, Malformed, Reply, ReplyLines, extensions

CODES = st.integers(200, 599)
TEXTS = st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=100)


def read(octets: bytes) -> Reply | None:
    """The first reply in `octets`; None when it does not end there."""
    lines = ReplyLines()
    for line in re.findall(rb"[^\n]*\n", octets):
        if (reply := lines.add(line)) is not None:
            return reply
    return None


def breach_of(octets: bytes) -> str:
    with pytest.raises(Malformed) as caught:
        read(octets)
    return caught.value.breach


@given(CODES, st.lists(TEXTS, min_size=1, max_size=20))
def test_a_reply_written_as_the_rfc_says_is_read_back_whole(code: int, texts: list[str]) -> None:
    lines = ReplyLines()
    for text in texts[:-1]:
        assert lines.add(f"{code}-{text}\r\n".encode()) is None

    assert lines.add(f"{code} {texts[-1]}\r\n".encode()) == Reply(code, tuple(texts))


@given(st.lists(st.binary(max_size=60), max_size=400))
def test_no_octets_make_the_reader_do_anything_but_answer_or_call_them_malformed(pieces: list[bytes]) -> None:
    lines, code, breach = ReplyLines(), 250, ""
    known = ["", *(breach.value for breach in Breach)]
    for piece in pieces:
        try:
            reply = lines.add(piece + b"\n")
        except Malformed as malformed:
            breach = malformed.breach
            break
        if reply is not None:
            code = reply.code
            break

    assert 200 <= code < 600
    assert breach in known


@pytest.mark.parametrize(
    ("octets", "reply"),
    [
        (b"250\r\n", Reply(250, ("",))),
        (b"250 \r\n", Reply(250, ("",))),
        (b"250 ok\n", Reply(250, ("ok",))),
        (b"250-one\r\n250-two\r\n250 three\r\n", Reply(250, ("one", "two", "three"))),
        (b"250-one\r\n250\r\n", Reply(250, ("one", ""))),
        (b"250  two blanks\r\n", Reply(250, (" two blanks",))),
        (b"250 caf\xc3\xa9\r\n", Reply(250, ("café",))),
        (b"250 caf\xe9\r\n", Reply(250, ("caf\ufffd",))),
        (b"250 a\0b\r\n", Reply(250, ("a\0b",))),
    ],
    ids=[
        "code alone",
        "code and blank",
        "LF alone",
        "three lines",
        "bare last",
        "two blanks",
        "UTF-8",
        "Latin-1",
        "NUL",
    ],
)
def test_this_is_a_reply(octets: bytes, reply: Reply) -> None:
    assert read(octets) == reply


@pytest.mark.parametrize(
    ("octets", "breach"),
    [
        (b"\r\n", Breach.NO_CODE),
        (b"hello\r\n", Breach.NO_CODE),
        (b"25 ok\r\n", Breach.NO_CODE),
        (b"2500 ok\r\n", Breach.NO_CODE),
        (b"199 ok\r\n", Breach.NO_CODE),
        (b"600 ok\r\n", Breach.NO_CODE),
        (b" 250 ok\r\n", Breach.NO_CODE),
        (b"250_ok\r\n", Breach.NO_CODE),
        (b"250\tok\r\n", Breach.NO_CODE),
        ("²⁵⁰ ok\r\n".encode(), Breach.NO_CODE),
        ("٢٥٠ ok\r\n".encode(), Breach.NO_CODE),
        (b"250-one\r\n550 two\r\n", Breach.CODES_DIFFER),
        (b"250 one\r250 two\r\n", Breach.BARE_CR),
        (b"250 one\r\r\n", Breach.BARE_CR),
        (b"250 " + b"x" * LONGEST_LINE + b"\r\n", Breach.LINE_TOO_LONG),
        (b"250-x\r\n" * (MOST_LINES + 1), Breach.REPLY_TOO_LONG),
    ],
    ids=lambda value: value.value if isinstance(value, Breach) else repr(value[:12]),
)
def test_this_is_no_reply_and_it_is_said_why(octets: bytes, breach: Breach) -> None:
    assert breach_of(octets) == breach.value


def test_a_reply_as_long_as_the_limit_is_taken() -> None:
    assert read(b"250-x\r\n" * (MOST_LINES - 1) + b"250 x\r\n") == Reply(250, ("x",) * MOST_LINES)
    assert read(b"250 " + b"x" * (LONGEST_LINE - 6) + b"\r\n") is not None


@pytest.mark.parametrize(
    ("code", "lines", "enhanced"),
    [
        (550, ("5.1.1 no such user",), "5.1.1"),
        (550, ("5.1.1",), "5.1.1"),
        (550, ("5.7.1 first", "5.1.1 last"), "5.1.1"),
        (550, ("5.1.1 first", "without"), "5.1.1"),
        (550, ("see 5.1.1 there",), ""),
        (550, ("4.2.0 of another class",), ""),
        (550, ("5.1.1234 too long",), ""),
        (550, ("5.1 too short",), ""),
        (550, ("5.1.1: glued",), ""),
        (250, ("2.1.5 Ok",), "2.1.5"),
        (354, ("2.0.0 go",), ""),
        (535, ("5.7.139 Authentication unsuccessful",), "5.7.139"),
    ],
    ids=str,
)
def test_the_enhanced_status_code_is_the_last_one_of_the_replys_own_class(
    code: int, lines: tuple[str, ...], enhanced: str
) -> None:
    assert Reply(code, lines).enhanced == enhanced


def test_extensions_are_read_without_the_greeting_line_and_in_any_case() -> None:
    ehlo = Reply(250, ("mail.example.test STARTTLS AUTH", "starttls", "Auth  LOGIN plain ", "", "SIZE"))

    found = extensions(ehlo)

    assert found.offers("STARTTLS")
    assert found.parameters("AUTH") == "LOGIN plain"
    assert found.parameters("SIZE") == ""
    assert len(found.keywords) == 3


def test_a_server_name_that_reads_like_an_extension_offers_nothing() -> None:
    assert not extensions(Reply(250, ("STARTTLS",))).offers("STARTTLS")


def test_a_keyword_said_twice_counts_as_said_last() -> None:
    assert extensions(Reply(250, ("x", "AUTH PLAIN", "AUTH GSSAPI"))).parameters("AUTH") == "GSSAPI"


@given(st.lists(TEXTS, min_size=1))
def test_every_ehlo_reply_has_extensions(lines: list[str]) -> None:
    found = extensions(Reply(250, tuple(lines)))

    assert isinstance(found, Extensions)
    assert all(keyword == keyword.upper() and " " not in keyword for keyword, _ in found.keywords)

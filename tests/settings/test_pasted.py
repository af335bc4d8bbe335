from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.settings.pasted import Pasted, split
from mailsetup_gui.settings.server import Encryption

SMTPS, REQUIRED = Encryption.IMPLICIT_TLS, Encryption.STARTTLS_REQUIRED


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("smtp.example.com", Pasted("smtp.example.com")),
        ("  smtp.example.com\n", Pasted("smtp.example.com")),
        ("smtp.example.com:587", Pasted("smtp.example.com", 587)),
        ("smtp.example.com:70000", Pasted("smtp.example.com", 70000)),
        ("smtp://smtp.example.com", Pasted("smtp.example.com")),
        ("smtps://smtp.example.com", Pasted("smtp.example.com", None, SMTPS)),
        ("SMTPS://smtp.example.com:465/", Pasted("smtp.example.com", 465, SMTPS)),
        ("submission://smtp.example.com", Pasted("smtp.example.com", None, REQUIRED)),
        ("smtps://user@smtp.example.com", Pasted("smtp.example.com", None, SMTPS, "user")),
        ("smtps://me%40example.com@smtp.example.com:465", Pasted("smtp.example.com", 465, SMTPS, "me@example.com")),
        ("smtps://me@example.com@smtp.example.com", Pasted("smtp.example.com", None, SMTPS, "me@example.com")),
        ("smtp://user:secret@smtp.example.com", Pasted("smtp.example.com", None, None, "user", True)),
        ("smtp://user:p@ss/w:rd@smtp.example.com", Pasted("smtp.example.com", None, None, "user", True)),
        ("smtp://:secret@smtp.example.com", Pasted("smtp.example.com", None, None, "", True)),
        ("[::1]:25", Pasted("[::1]", 25)),
        ("[2001:db8::1]", Pasted("[2001:db8::1]")),
        ("smtp://[::1]:2525", Pasted("[::1]", 2525)),
        ("127.0.0.1:25", Pasted("127.0.0.1", 25)),
        ("bücher.example:25", Pasted("bücher.example", 25)),
    ],
)
def test_a_pasted_address_is_taken_apart(text: str, parts: Pasted) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "::1",
        "2001:db8::25",
        "https://example.com",
        "imap://example.com",
        "user@example.com",
        "a b",
        "x:y",
        "host:",
        "host:25:26",
        "http://example.com/mail",
        "//example.com",
    ],
)
def test_what_is_none_stays_whole_to_be_judged_as_a_host(text: str) -> None:
    assert split(text) == Pasted(text)


@given(st.text(max_size=60) | st.from_regex(r"[a-z]{4,5}://[a-z:@%]{0,20}[a-z.]{1,9}(:[0-9]{1,6})?/?", fullmatch=True))
def test_any_text_can_be_pasted(text: str) -> None:
    parts = split(text)

    assert parts.port is None or parts.port >= 0
    assert parts.hostname in text


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=8, max_size=20))
def test_a_password_in_a_pasted_address_is_kept_nowhere(password: str) -> None:
    parts = split(f"smtps://user:{password}@smtp.example.com:465")

    assert parts == Pasted("smtp.example.com", 465, SMTPS, "user", True)


def test_a_long_text_takes_no_time() -> None:
    for text in ("a" * 200_000, "a:" * 100_000, "smtp://" + "@" * 200_000, "[" * 200_000):
        assert split(text)

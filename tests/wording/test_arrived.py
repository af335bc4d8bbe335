from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailsetup_gui.smtp.message import compose
from mailsetup_gui.smtp.samples import Kind
from mailsetup_gui.wording.arrived import attachments, body, headers, subject

PIECES = [
    b"Subject: ",
    b"From: ",
    b"To: ",
    b"Content-Type: ",
    b"text/plain",
    b"multipart/mixed",
    b"; charset=",
    b"bogus",
    b"; boundary=",
    b"x",
    b"--x",
    b"\r\n",
    b"\r\n\r\n",
    b"=?utf-8?B?",
    b"?=",
    b"Content-Transfer-Encoding: base64\r\n",
    b"<",
    b">",
    b"@",
    b";",
    b":",
    b'"',
    b"(",
    b"\\",
    b"\xff",
    b"message/rfc822",
    b"; filename*=utf-8''%ff",
    b"Date: ",
]


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_a_message_of_our_own_is_read_as_it_was_written(kind: Kind) -> None:
    mail = compose(kind, "bitbucket@example.test", "you@example.test")

    assert subject(mail.octets) == mail.subject
    assert "From: bitbucket@example.test" in headers(mail.octets)
    assert [line for line in body(mail.octets) if "test" in line]
    assert attachments(mail.octets) == ([] if kind is Kind.PLAIN else ["inline.png, image/png"])


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"no header at all",
        b"Content-Type: text/plain; charset=bogus\r\n\r\nhello",
        b"Content-Type: text/plain; charset=\xff\r\n\r\nhello",
        b"Content-Type: multipart/mixed\r\n\r\nhello",
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!",
        b"From: <\r\nTo: @@@\r\nDate: never\r\nMessage-ID: \x00\r\n\r\nhello",
    ],
    ids=repr,
)
def test_a_message_that_is_none_is_shown_all_the_same(octets: bytes) -> None:
    assert subject(octets) == "(no subject)"
    assert isinstance(headers(octets), list)
    assert body(octets) == [] or all(line.isprintable() for line in body(octets))


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join) | st.binary(max_size=200))
@example(b"Subject: =?utf-8?B?//8=?=\r\n\r\n")
def test_any_octets_can_be_shown(octets: bytes) -> None:
    said = [subject(octets), *headers(octets), *body(octets), *attachments(octets)]

    assert all(line.isprintable() for line in said)


def test_control_characters_of_a_mail_do_not_reach_the_screen() -> None:
    octets = "Subject: a\x1b[31m\u202eb\r\n\r\nline\x1b[2J\x9b\r\n".encode()

    assert subject(octets) == "a\ufffd[31m\ufffdb"
    assert "".join(body(octets)).rstrip("\ufffd") == "line\ufffd[2J"

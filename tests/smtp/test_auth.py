from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.smtp import auth
from mailsetup_gui.smtp.reply import Reply, extensions


def offered(*lines: str) -> tuple[str, ...]:
    return auth.offered(extensions(Reply(250, ("mail.example.test", *lines))))


@pytest.mark.parametrize(
    ("line", "mechanism"),
    [
        ("AUTH PLAIN LOGIN", "LOGIN"),
        ("AUTH CRAM-MD5 PLAIN", "PLAIN"),
        ("AUTH NTLM DIGEST-MD5", "DIGEST-MD5"),
        ("AUTH XOAUTH2 NTLM", "NTLM"),
        ("auth plain", "PLAIN"),
        ("AUTH XOAUTH2 GSSAPI CRAM-MD5", None),
        ("AUTH", None),
        ("AUTH PLAINLOGIN", None),
    ],
)
def test_the_mechanism_is_the_first_of_javamails_list_that_the_server_offers(line: str, mechanism: str | None) -> None:
    assert auth.pick(offered(line)) == mechanism


def test_the_old_spelling_offers_login_only_beside_the_new_one_as_in_javamail() -> None:
    assert offered("AUTH=LOGIN PLAIN") == ()
    assert offered("AUTH PLAIN", "AUTH=LOGIN") == ("PLAIN", "LOGIN")
    assert offered("AUTH LOGIN", "AUTH=LOGIN") == ("LOGIN",)


@pytest.mark.parametrize(
    ("line", "speaks"), [("AUTH PLAIN", True), ("AUTH=LOGIN", True), ("AUTHENTICATE", False), ("XAUTH", False)]
)
def test_sign_in_is_skipped_unless_one_of_two_keywords_was_said(line: str, speaks: bool) -> None:
    assert auth.speaks_auth(extensions(Reply(250, ("mail.example.test", line)))) is speaks


@given(st.text(max_size=500), st.text(max_size=500))
def test_plain_holds_user_and_password_once_and_in_one_line(username: str, password: str) -> None:
    response = auth.plain(username, password)

    assert b64decode(response, validate=True).decode() == f"{username}\0{username}\0{password}"
    assert "\n" not in response

"""Bitbucket's document read, compared and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.bitbucket import change
from mailsetup_gui.bitbucket.change import Setting, State
from mailsetup_gui.bitbucket.rest import Document, Mail
from mailsetup_gui.settings.server import Encryption, MailServer

HOSTS, TEXTS = st.from_regex(r"[a-z]{1,10}\.test", fullmatch=True), st.text(max_size=10)
SERVERS = st.builds(MailServer, HOSTS, st.none() | st.integers(1, 65535), st.sampled_from(Encryption), TEXTS, TEXTS)
SHOWN: tuple[Document, ...] = (
    {},
    {"use-start-tls": True},
    {"useStartTls": True},
    {"use-start-tls": True, "senderAddress": "a@b.test"},
)


@given(SERVERS, st.sampled_from(SHOWN))
def test_what_is_written_reads_back_as_what_was_wanted(server: MailServer, shown: Document) -> None:
    written = change.document(server, "secret", shown, change.keys(shown))
    assert written["password"] == "secret"
    assert change.differing(Mail({k: v for k, v in written.items() if k != "password"}), server) == frozenset()


@pytest.mark.parametrize(
    ("document", "encryption"),
    [
        ({"protocol": "SMTPS"}, Encryption.IMPLICIT_TLS),
        ({"protocol": "smtps", "useStartTls": False}, Encryption.IMPLICIT_TLS),
        ({"protocol": "SMTP", "require-start-tls": True}, Encryption.STARTTLS_REQUIRED),
        ({"protocol": "SMTP", "useStartTls": True, "requireStartTls": False}, Encryption.STARTTLS_IF_OFFERED),
        ({"protocol": "SMTP", "use-start-tls": "true"}, Encryption.STARTTLS_IF_OFFERED),
        ({"protocol": "SMTP"}, Encryption.NONE),
        ({}, Encryption.NONE),
    ],
)
def test_the_four_modes_are_told_from_protocol_and_flags(document: Document, encryption: Encryption) -> None:
    found = change.server(Mail(document))
    assert found is not None
    assert found.encryption is encryption


@given(st.dictionaries(st.sampled_from(["hostname", "port", "protocol", "username", "useStartTls", "senderAddress"]),
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)))  # fmt: skip
def test_any_document_is_read_without_a_crash(document: Document) -> None:
    found = change.server(Mail(document))
    assert found is not None
    assert 1 <= found.effective_port <= 99999
    change.rows(Mail(document), MailServer("a.test", sender="a@a.test"))


def test_rows_tell_now_and_then_and_never_a_password() -> None:
    mail = Mail({"hostname": "OLD.test", "protocol": "SMTP", "username": "u", "sender-address": "a@a.test"})
    rows = change.rows(mail, MailServer("old.test", 25, Encryption.NONE, "u", "a@a.test"))
    assert [(row.setting, row.state) for row in rows] == [
        (setting, State.UNSEEN if setting is Setting.PASSWORD else State.SAME)
        for setting in Setting
        if setting is not Setting.SIGN_IN
    ]

"""What Bitbucket will do, as a sentence."""

import pytest

from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording.intent import in_words


def test_the_sentence_names_host_port_encryption_and_user() -> None:
    server = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "bitbucket", "a@example.com")
    assert in_words(server) == (
        "Bitbucket will connect to mail.example.com on port 587, refuse to send unless TLS starts, "
        "and sign in as “bitbucket”. Mail will come from a@example.com."
    )


def test_without_a_user_it_says_anonymous_and_a_blank_port_is_25() -> None:
    sentence = in_words(MailServer("mail.example.com"))
    assert "not sign in (anonymous)" in sentence
    assert "port 25" in sentence


@pytest.mark.parametrize(
    ("encryption", "words"),
    [
        (Encryption.STARTTLS_IF_OFFERED, "otherwise send in clear text"),
        (Encryption.IMPLICIT_TLS, "from the first byte"),
        (Encryption.NONE, "everything in clear text"),
    ],
    ids=lambda value: value.value if isinstance(value, Encryption) else "",
)
def test_each_mode_is_told_apart(encryption: Encryption, words: str) -> None:
    assert words in in_words(MailServer("mail.example.com", encryption=encryption))


def test_there_is_nothing_to_say_without_a_host() -> None:
    assert in_words(MailServer()) == ""

"""What changed, as sentences."""

import pytest

from mailsetup_gui.diagnosis.differing import Change, Difference
from mailsetup_gui.wording.changes import sentences

WHEN = "2026-11-18T09:12:33+01:00"


def told(found: Difference) -> str:
    first, sentence = sentences(WHEN, (found,), "mail.example.com")
    assert first == "It last worked on 2026-11-18 09:12."
    return sentence


@pytest.mark.parametrize("change", Change, ids=lambda change: change.value)
def test_every_change_is_a_whole_sentence(change: Change) -> None:
    said = told(Difference(change, "1000000000", "2000000000"))
    assert said[0].isupper() or said.startswith(("mail.example.com now", "1000000000 became", "“Email from”"))
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            Difference(Change.KEY, "RSA 2048", "EC secp256r1"),
            "The certificate's key changed from RSA 2048 to ECDSA P-256.",
        ),
        (
            Difference(Change.ADDRESS, "10.0.0.5", "10.0.0.9"),
            "mail.example.com now has the address 10.0.0.9; it had 10.0.0.5.",
        ),
        (Difference(Change.TLS_VERSION, "TLSv1.3", "TLSv1.2"), "TLS 1.3 became TLS 1.2."),
        (Difference(Change.JAVA, "17.0.15", "21.0.8"), "Java 17.0.15 became 21.0.8."),
        (
            Difference(Change.RENEWED, "1763424000", "1794960000"),
            "The certificate was renewed: it was valid until 2025-11-18, now until 2026-11-18.",
        ),
        (
            Difference(Change.RENEWED, "1794960000", "1763424000"),
            "The certificate is another one: the former was valid until 2026-11-18, this one until 2025-11-18.",
        ),
        (Difference(Change.USERNAME, "", "x"), "The user name is now “x”; nobody signed in before."),
        (
            Difference(Change.ENCRYPTION, "always", "never"),
            "The encryption is now “no TLS”; it was “Always use SSL/TLS”.",
        ),
    ],
)
def test_a_change_is_told_with_both_values(found: Difference, sentence: str) -> None:
    assert told(found) == sentence


def test_without_a_difference_nothing_is_said() -> None:
    assert sentences(WHEN, (), "mail.example.com") == ()


def test_foreign_words_are_made_harmless() -> None:
    assert "\x1b" not in told(Difference(Change.GREETING, "a", "\x1b[31mred"))


def test_a_date_that_cannot_be_is_told_all_the_same() -> None:
    assert "seconds after 1970" in told(Difference(Change.RENEWED, "1", str(10**20)))

from __future__ import annotations

import pytest

from mailsetup_gui.settings.server import Encryption, Field, MailServer, Problem, Wrong, check
from mailsetup_gui.wording.problems import field_name, line, sentence
from tests.smtp.polite import PASSWORD


@pytest.mark.parametrize("wrong", Wrong, ids=lambda wrong: wrong.value)
@pytest.mark.parametrize("field", Field, ids=lambda field: field.value)
def test_everything_that_can_be_wrong_is_a_whole_sentence(field: Field, wrong: Wrong) -> None:
    said = sentence(Problem(field, wrong, "the value", "The reason"))

    assert said.endswith((".", "value”"))
    assert "{" not in said
    assert line(Problem(field, wrong)).startswith(f"{field_name(field)}: ")


@pytest.mark.parametrize("wrong", [Wrong.HOST_LABEL, Wrong.ADDRESS, Wrong.PORT_NUMBER], ids=lambda wrong: wrong.value)
def test_the_offending_value_is_named_and_harmless(wrong: Wrong) -> None:
    said = sentence(Problem(Field.HOSTNAME, wrong, "a\x1b[31m\u202eb{0}"))

    assert "a\ufffd[31m\ufffdb{0}" in said


def test_a_library_that_ends_its_reason_with_a_full_stop_makes_one_and_not_two() -> None:
    assert sentence(Problem(Field.SENDER, Wrong.ADDRESS, "x", "It needs an @-sign.")).endswith("It needs an @-sign.")


@pytest.mark.parametrize("password", [f"{PASSWORD}\n", PASSWORD * 50], ids=["control character", "too long"])
def test_no_sentence_repeats_a_password(password: str) -> None:
    server = MailServer("mail.example.com", None, Encryption.NONE, "u", "a@example.com")

    said = "".join(map(line, check(server, password)))

    assert said.startswith("Password: ")
    assert PASSWORD not in said

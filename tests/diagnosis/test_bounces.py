"""Bounces -> the refusal in them, by RFC 3464 fields or by the words of their servers."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.explaining import explained
from mailsetup_gui.diagnosis.reading import Reading
from mailsetup_gui.smtp.events import Result, Step
from mailsetup_gui.wording.explaining import card, json_line
from tests.diagnosis.returned import BOUNCES

DRESSES: dict[str, Callable[[str], str]] = {
    "bare": lambda text: text,
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "quoted in a mail": lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
}
FIELDS = BOUNCES["dsn fields"][1]


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
@pytest.mark.parametrize("name", BOUNCES)
def test_a_bounce_has_this_cause(name: str, dress: Callable[[str], str]) -> None:
    cause, text = BOUNCES[name]
    assert explained(dress(text)).cause.value == cause


def test_the_fields_tell_recipient_status_and_reply() -> None:
    found = explained(BOUNCES["postfix full"][1])

    assert (found.recipient, found.status, found.outcome.step) == ("nobody@example.org", "5.1.1", Step.RCPT)
    assert found.outcome.reply
    assert found.outcome.reply.code == 550
    assert "Recipient address rejected" in found.outcome.reply.text
    assert found.evidence[0] == "Status: 5.1.1"


def test_a_folded_reply_of_several_lines_is_told_without_its_codes() -> None:
    found = explained(BOUNCES["dsn fields gmail"][1])

    assert found.outcome.reply
    assert found.outcome.reply.lines[1].startswith("5.1.1 double-checking")


def test_a_status_without_a_reply_claims_no_code() -> None:
    found = explained(FIELDS)

    assert (found.outcome.reply, found.outcome.result) == (None, Result.REJECTED)
    assert '"reply": {"code": null, "enhanced": "5.1.1"' in json_line(found)


def test_of_several_recipients_the_failed_one_is_told() -> None:
    assert explained(BOUNCES["two"][1]).recipient == "b@example.org"


def test_the_refusal_counts_and_not_what_follows_from_it() -> None:
    found = explained(BOUNCES["sendmail"][1]).outcome.reply
    assert found
    assert found.code == 550


def test_a_report_of_success_is_said_to_be_one() -> None:
    found = explained(BOUNCES["delivered"][1])

    assert found.reading is Reading.DELIVERED
    assert card(found).title == "This report tells of no failure"


def test_a_server_behind_the_first_one_is_not_blamed_on_the_settings() -> None:
    found = explained(BOUNCES["refused connection"][1])

    assert (found.cause, found.reading) == (Cause.RCPT_REFUSED, Reading.UNDELIVERED)
    assert "settings are not the cause" in card(found).why


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_an_encoded_report_is_decoded(encoding: str) -> None:
    body = (
        base64.encodebytes(FIELDS.encode()).decode() if encoding == "base64" else FIELDS.replace("5.1.1", "5=2E1.=\n1")
    )
    head = f"Content-Type: message/delivery-status\nContent-Transfer-Encoding: {encoding}\n\n"

    assert explained(head + body + "\n--x--\n").cause is Cause.RCPT_UNKNOWN_USER


@pytest.mark.parametrize("text", [text for _, text in BOUNCES.values()], ids=BOUNCES)
def test_no_sentence_has_a_hole(text: str) -> None:
    told = card(explained(text))
    assert not [word for word in (told.title, told.why, *told.fixes) if "“”" in word or "{" in word or "()" in word]
    assert told.evidence

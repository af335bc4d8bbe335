"""A report for a ticket."""

from datetime import UTC, datetime

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Direction, Event, Line, State, Step, StepChanged
from mailsetup_gui.wording.report import markdown
from mailsetup_gui.wording.verdict import Card

CARD = Card("fail", "The server refused <img src=x>", "It said “[a](b) `x`”.", ("Do this.",), ("Mind that.",))
EVENTS: list[Event] = [
    StepChanged(Step.GREETING, State.DONE, 10.0, 5.0, "mail.example.com"),
    Line(Direction.IN, False, "220 mail.example.com ``` <b>", 9.0, Step.GREETING),
]


def report(events: list[Event] = EVENTS) -> str:
    found = Diagnosis(Cause.AUTH_REFUSED, (), (Cause.TCP_REFUSED,))
    return markdown(
        MailServer("mail.example.com"), "you@example.com", events, CARD, found, datetime(2026, 11, 23, tzinfo=UTC)
    )


def test_the_report_holds_verdict_fixes_steps_transcript_and_time() -> None:
    text = report()
    for part in (
        "1. Do this.",
        "Warning: Mind that.",
        "✓ Server greeting",
        "220 mail.example.com",
        "2026-11-23T00:00:00",
    ):
        assert part in text
    assert "Not the cause (checked): port" in text


def test_markdown_makes_nothing_of_foreign_text() -> None:
    text = report()
    assert "\\<img src=x\\>" in text
    assert "\\[a\\](b)" in text
    assert "    " in next(line for line in text.split("\n") if "220 mail" in line)[:4]


def test_a_server_cannot_end_the_code_block() -> None:
    lines = report([Line(Direction.IN, False, "\n# Fake heading\n", 1.0, Step.GREETING)]).split("\n")
    assert not [line for line in lines if line.startswith("# Fake")]


def test_a_test_without_events_is_reported_too() -> None:
    assert "(nothing)" in report([])

"""A report for a ticket."""

import json

from mailsetup_gui.smtp.events import Direction, Event, Line, Peer, State, Step, StepChanged, TlsStarted
from mailsetup_gui.wording.record import Record, Table, bounded, lines, parsed, tables
from mailsetup_gui.wording.report import described, json_lines, markdown
from tests.trust.certificates import leaf
from tests.wording.records import CONTEXT, OUTCOME, certificates

EVENTS: list[Event] = [
    StepChanged(Step.GREETING, State.DONE, 10.0, 5.0, "mail.example.com"),
    Line(Direction.IN, False, "220 mail.example.com ``` <b>", 9.0, Step.GREETING),
]


def record(events: list[Event] = EVENTS, context: Table = CONTEXT, outcome: Table = OUTCOME) -> Record:
    return tables(events, context, outcome)


def report(events: list[Event] = EVENTS, context: Table = CONTEXT, outcome: Table = OUTCOME) -> str:
    return markdown(described(record(events, context, outcome)))


def test_the_report_holds_all_that_a_ticket_needs() -> None:
    text = report()
    for part in (
        "1. Do this.",
        "Warning: Mind that.",
        "✓ Server greeting",
        "220 mail.example.com",
        "2026-11-23T00:00:00+01:00, Europe/Berlin",
        "Java 17.0.15, /opt/java",
        "SHA-256 abc",
        "Bitbucket will connect to mail.example.com on port 587",
        "seen on the wire",
        "OpenSSL 3.0.17",
    ):
        assert part in text
    assert "Not the cause (checked): port" in text


def test_what_changed_comes_before_the_reason() -> None:
    text = report(outcome={**OUTCOME, "changes": ["It last worked on 2026-11-18 09:12.", "STARTTLS is gone."]})
    assert text.index("STARTTLS is gone.") < text.index("It said")


def test_the_chain_is_in_the_report_as_pem_and_in_words() -> None:
    text = report(context={**CONTEXT, "chain": certificates(leaf())})
    pem = [line.strip() for line in text.split("\n") if line.strip() in leaf().pem.decode()]
    assert "\n".join(line for line in pem if line) in leaf().pem.decode()
    assert "CN=mail.example.test" in text
    assert "EC secp256r1" in text


def test_markdown_makes_nothing_of_foreign_text() -> None:
    text = report()
    assert "\\<img src=x\\>" in text
    assert "\\[a\\](b)" in text
    assert "    " in next(line for line in text.split("\n") if "220 mail" in line)[:4]


def test_a_server_cannot_end_the_code_block() -> None:
    hostile: list[Event] = [Line(Direction.IN, False, "\n# Fake heading\n", 1.0, Step.GREETING)]
    found = report(hostile, outcome={**OUTCOME, "evidence": ["\n# Fake heading"]})
    assert not [line for line in found.split("\n") if line.startswith("# Fake")]


def test_a_test_without_events_is_reported_too() -> None:
    assert "(nothing)" in report([])


def test_json_lines_end_with_the_context_and_the_outcome() -> None:
    found = [json.loads(line) for line in json_lines(described(record())).splitlines()]
    assert [one["event"] for one in found] == ["step", "line", "context", "outcome"]


def test_a_record_is_the_same_after_it_was_kept() -> None:
    assert parsed(lines(record())) == parsed(bounded(record()))
    assert report() == markdown(described(parsed(lines(record()))))


def test_of_a_long_transcript_the_middle_is_left_out_and_that_is_said() -> None:
    many: list[Event] = [Line(Direction.IN, False, f"250 line {n}", float(n), Step.EHLO) for n in range(20_000)]
    kept = bounded(record([*EVENTS, *many]))
    assert len(kept.encode()) <= 1_000_000
    found = parsed(kept)
    assert "250 line 0" in kept
    assert "250 line 19999" in kept
    assert "lines are left out here" in markdown(described(found))


def test_the_digests_of_a_handshake_stand_in_the_transcript() -> None:
    shown = TlsStarted("TLSv1.3", "TLS_AES", (leaf().der,), Peer(), True, 5.0)
    assert "certificate 1: SHA-256" in report([shown])

"""The messages are parsed back with the standard library's email package: it is the oracle."""

from __future__ import annotations

import os
import re
import struct
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.smtp.message import Mail, compose, date, encoded_words, transparent
from mailsetup_gui.smtp.samples import Kind, words

SENDER, RECIPIENT = "bitbucket@example.test", "you@example.test"
SAMPLES = (Kind.NOTIFICATION, Kind.INVITATION, Kind.PASSWORD_RESET)
every_kind = pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
every_sample = pytest.mark.parametrize("kind", SAMPLES, ids=lambda kind: kind.value)


def parsed(mail: Mail) -> EmailMessage:
    message = message_from_bytes(mail.octets, policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        assert isinstance(part, EmailMessage)
        yield part


def stripped_of_dots(wire: bytes) -> bytes:
    """What a server makes of the octets before the line with the dot (RFC 5321 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"", wire)


@every_kind
def test_a_message_has_no_defect(kind: Kind) -> None:
    message = parsed(compose(kind, SENDER, RECIPIENT))

    assert [part.defects for part in parts(message)] == [[] for _ in parts(message)]
    assert all(not header.defects for header in message.values())


@every_kind
def test_a_message_says_who_writes_to_whom_and_that_it_is_a_test(kind: Kind) -> None:
    mail = compose(kind, SENDER, RECIPIENT)
    message = parsed(mail)

    assert message["From"].addresses[0].addr_spec == SENDER
    assert message["To"].addresses[0].addr_spec == RECIPIENT
    assert str(message["Subject"]) == mail.subject
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert re.search(r"mailsetup test [2-9A-HJ-NP-Z]{4}", mail.subject)


@every_kind
def test_every_header_is_there_once(kind: Kind) -> None:
    names = [name.lower() for name in parsed(compose(kind, SENDER, RECIPIENT))]

    assert sorted(names) == sorted(set(names))
    assert {"from", "to", "subject", "date", "message-id", "mime-version", "content-type"} <= set(names)


@every_kind
def test_a_message_is_seven_bit_with_short_lines(kind: Kind) -> None:
    octets = compose(kind, SENDER, RECIPIENT, "https://bitbucket.example.test/" + "ä" * 300).octets

    assert octets.isascii()
    assert all(len(line) <= 998 for line in octets.split(b"\r\n"))
    assert b"\n" not in octets.replace(b"\r\n", b"")
    assert octets.endswith(b"\r\n")


@every_kind
def test_the_date_is_now(kind: Kind) -> None:
    sent = parsedate_to_datetime(parsed(compose(kind, SENDER, RECIPIENT))["Date"])

    assert abs(datetime.now(UTC) - sent) < timedelta(minutes=1)


def test_the_text_arrives_with_every_umlaut() -> None:
    mail = compose(Kind.PLAIN, SENDER, RECIPIENT)

    text = parsed(mail).get_content().replace("\r\n", "\n")

    assert text == words(Kind.PLAIN, mail.subject[-4:], RECIPIENT).text
    assert "äöü ß € → ✓" in text


@every_sample
def test_a_sample_is_marked_in_the_subject_and_in_both_bodies(kind: Kind) -> None:
    message = parsed(compose(kind, SENDER, RECIPIENT))
    plain, html = message.get_body(("plain",)), message.get_body(("html",))

    assert plain is not None
    assert html is not None
    assert str(message["Subject"]).startswith("[SAMPLE] ")
    assert "This is a sample" in plain.get_content()
    assert "This is a sample" in html.get_content()


@every_sample
def test_a_sample_has_one_linked_and_one_inline_image(kind: Kind) -> None:
    message = parsed(compose(kind, SENDER, RECIPIENT, "https://git.example.test:7990/"))
    html = message.get_body(("html",))
    inline = [part for part in parts(message) if part.get_content_type() == "image/png"]

    assert html is not None
    sources = re.findall("<img src='([^']+)'", html.get_content())
    assert sources == [
        "https://git.example.test:7990/mailsetup-linked-image.png",
        f"cid:{inline[0]['Content-ID'][1:-1]}",
    ]
    assert inline[0].get_content_disposition() == "inline"
    assert struct.unpack(">II", inline[0].get_content()[16:24]) > (0, 0)


@every_sample
def test_the_related_part_names_its_root(kind: Kind) -> None:
    related = [p for p in parts(parsed(compose(kind, SENDER, RECIPIENT))) if p.get_content_subtype() == "related"]

    assert [part.get_param("type") for part in related] == ["text/html"]


def test_an_international_domain_is_written_in_a_labels() -> None:
    message = parsed(compose(Kind.PLAIN, "bot@bücher.example", "you@例え.test"))

    assert message["From"] == "bot@xn--bcher-kva.example"
    assert message["To"] == "you@xn--r8jz45g.test"
    assert message["Message-ID"].endswith("@xn--bcher-kva.example>")


@pytest.mark.parametrize("sender", ["bot@[127.0.0.1]", "bot@[IPv6:::1]", '"a b"@example.test'])
def test_the_message_id_is_valid_for_this_sender(sender: str) -> None:
    mail = compose(Kind.PLAIN, sender, RECIPIENT)

    assert re.fullmatch(r"<[0-9a-f]{24}@(\[[^\[\]\\]+\]|[A-Za-z0-9.-]+)>", mail.message_id)
    assert not parsed(mail)["Message-ID"].defects


def test_two_messages_are_never_taken_for_one() -> None:
    ids = {compose(Kind.PLAIN, SENDER, RECIPIENT).message_id for _ in range(100)}

    assert len(ids) == 100


def test_a_base_url_with_markup_stays_text() -> None:
    message = parsed(compose(Kind.NOTIFICATION, SENDER, RECIPIENT, "https://x.test/'><script>alert(1)</script>"))
    html = message.get_body(("html",))

    assert html is not None
    assert "<script" not in html.get_content()


@given(st.binary(max_size=500))
def test_dot_stuffing_is_undone_by_the_server_and_leaves_the_message_whole(octets: bytes) -> None:
    wire = transparent(octets)

    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", octets)
    assert stripped_of_dots(wire) == (lines if lines.endswith(b"\r\n") else lines + b"\r\n")


@given(st.lists(st.sampled_from([b".", b"\r", b"\n", b"\r\n", b"a", b"\0", b".\r\n", b"\n.\n", b"\r.\r"]), max_size=30))
def test_nothing_in_a_message_can_end_it_or_smuggle_another(pieces: list[bytes]) -> None:
    wire = transparent(b"".join(pieces))

    assert b"\r\n.\r\n" not in b"\r\n" + wire
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert b"\r" not in wire.replace(b"\r\n", b"")


@every_kind
def test_stuffing_changes_nothing_in_a_composed_message_but_dots(kind: Kind) -> None:
    octets = compose(kind, SENDER, RECIPIENT).octets

    assert stripped_of_dots(transparent(octets)) == octets


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_an_encoded_header_is_decoded_to_the_same_text(text: str) -> None:
    encoded = encoded_words(text)

    assert text.isascii() or str(make_header(decode_header(encoded))) == text
    assert encoded.isascii()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], min_codepoint=128), min_size=1, max_size=200))
def test_no_line_with_encoded_words_is_longer_than_76_characters(text: str) -> None:
    lines = f"Subject: {encoded_words(text)}".split("\r\n")

    assert all(len(line) <= 76 for line in lines)
    assert all(len(word) <= 75 for line in lines for word in line.split())
    assert all(line.startswith(" ") for line in lines[1:])


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Marquesas"])
@pytest.mark.parametrize("seconds", [0, 1_750_000_000, 1_770_000_000, 4_102_444_800])
def test_a_date_is_read_back_as_the_same_moment(zone: str, seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    try:
        written = date(seconds)
        assert parsedate_to_datetime(written).timestamp() == seconds
        assert re.fullmatch(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}", written)
    finally:
        monkeypatch.undo()
        time.tzset()

"""Other names for hosts, addresses and users."""

from __future__ import annotations

import ipaddress
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailsetup_gui.smtp.events import Direction, Event, Line, Peer, State, Step, StepChanged, TlsStarted
from mailsetup_gui.wording.pseudonyms import hidden
from mailsetup_gui.wording.record import Table, parsed, tables
from mailsetup_gui.wording.report import described, json_lines, markdown
from tests.trust.certificates import leaf
from tests.wording.records import CONTEXT, OUTCOME, certificates


def written(events: list[Event], context: Table = CONTEXT, outcome: Table = OUTCOME, computer: str = "") -> str:
    """Both forms of the report, which are valid ones."""
    found = hidden(described(tables(events, context, outcome)), computer)
    text = json_lines(found)
    assert parsed(text) == tuple(json.loads(json.dumps(one)) for one in found)
    return markdown(found) + text


def line(text: str, direction: Direction = Direction.IN) -> Line:
    return Line(direction, False, text, 1.0, Step.EHLO)


def settings(**changed: object) -> Table:
    return {**CONTEXT, "settings": {**CONTEXT["settings"], **changed}}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("250-mail.example.com", "250-host-1.invalid"),
        ("220 MAIL.Example.COM ESMTP", "220 host-1.invalid ESMTP"),
        ("250 hello [192.0.2.7]", "250 hello [address-1]"),
        ("250 hello [IPv6:2001:DB8::7]", "250 hello [IPv6:address-1]"),
        ("250 from 2001:db8:0:0::7 and 2001:db8::7", "250 from address-1 and address-1"),
        ("550 5.7.8 <Bitbucket@example.com>: no", "550 5.7.8 <user-1@host-2.invalid>: no"),
        ("550 5.1.1 j.doe@other.example unknown", "550 5.1.1 user-3@host-3.invalid unknown"),
        ("250 see relay.other.example.", "250 see host-3.invalid."),
        ("250-EXCHANGE01 Hello", "250-EXCHANGE01 Hello"),
        ("535 5.7.8 of bitbucket, TLSv1.3, 17.0.15", "535 5.7.8 of user-1, TLSv1.3, 17.0.15"),
        ("451 4.7.0 at 10:20:30, 1.2.840.113549.1", "451 4.7.0 at 10:20:30, 1.2.840.113549.1"),
    ],
)
def test_names_are_replaced_and_numbers_of_the_protocol_stay(said: str, expected: str) -> None:
    text = written([line("220 mail.example.com"), line(said)])
    assert expected in text


def test_the_same_thing_has_the_same_name_everywhere() -> None:
    outcome = {**OUTCOME, "title": "Mail.example.com refused", "why": "At 192.0.2.7 as bitbucket."}
    text = written([line("220 mail.EXAMPLE.com [192.0.2.7]")], outcome=outcome)
    assert "# host-1.invalid refused" in text
    assert "At address-1 as user-1." in text
    assert "220 host-1.invalid [address-1]" in text
    assert "sign in as “user-1”" in text
    assert "Bitbucket will connect to host-1.invalid" in text


def test_what_this_computer_and_the_server_call_themselves_is_replaced() -> None:
    events: list[Event] = [
        line("220 EXCHANGE01 ready"),
        line("EHLO vm", Direction.OUT),
        line("250-EXCHANGE01 hello DESKTOP7"),
    ]
    text = written(events, computer="DESKTOP7")
    assert not re.search(r"EXCHANGE01|DESKTOP7|EHLO vm", text)


def test_a_user_in_a_path_is_replaced() -> None:
    context = {
        **CONTEXT,
        "truststore": {**CONTEXT["truststore"], "path": "/home/jdoe/cacerts", "source": "/home/jdoe/x"},
    }
    text = written([line("250 jdoe")], context)
    assert "jdoe" not in text
    assert "/home/user-3/cacerts" in text


def test_certificates_are_left_out_and_their_names_replaced() -> None:
    shown = TlsStarted("TLSv1.3", "TLS_AES", (leaf().der,), Peer(), True, 5.0)
    digest = described(tables([], {**CONTEXT, "chain": certificates(leaf())}, OUTCOME))[-2]["chain"][0]["sha256"]
    grouped = " ".join(digest.upper()[i : i + 4] for i in range(0, 64, 4))
    outcome = {**OUTCOME, "fixes": [f"Compare SHA-256 {grouped}."]}
    text = written([shown], {**CONTEXT, "chain": certificates(leaf())}, outcome)
    assert "BEGIN CERTIFICATE" not in text
    assert "mail.example.test" not in text
    assert digest not in text
    assert grouped not in text
    assert "The certificates themselves are left out" in text


def test_a_version_of_four_numbers_is_no_address() -> None:
    context = {**CONTEXT, "java": {"version": "11.0.20.1", "home": ""}}
    assert "Java 11.0.20.1 said" in written([], context, {**OUTCOME, "why": "Java 11.0.20.1 said no."})


def test_both_spellings_of_an_international_name_are_one() -> None:
    text = written([line("220 xn--bcher-kva.example hello BÜCHER.example")], settings(hostname="bücher.example"))
    assert "220 host-1.invalid hello host-1.invalid" in text


LABEL = st.from_regex(r"[a-z0-9][a-z0-9-]{0,10}[a-z0-9]", fullmatch=True)
HOST = st.builds(
    lambda labels, end: ".".join([*labels, end]),
    st.lists(LABEL, min_size=1, max_size=3),
    st.sampled_from(["com", "example", "corp", "de"]),
)
USER = st.from_regex(r"zq[a-z0-9][a-z0-9._-]{0,8}[a-z0-9]", fullmatch=True)
ADDRESS = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str)
AROUND = st.sampled_from(["{}", "<{}>", "[{}]", "({})", "“{}”", "x={}", "{}:25", "to {}, no", "'{}'", "{}.", "/{}/"])


def spelled(draw: st.DrawFn, word: str) -> str:
    return draw(st.sampled_from([word, word.upper(), word.title(), word.swapcase()]))


@st.composite
def planted(draw: st.DrawFn) -> tuple[list[Event], Table, Table, list[str]]:
    host, other, sender = draw(HOST), draw(HOST), draw(HOST)
    user, address = draw(USER), draw(ADDRESS)
    words = [host, other, sender, user, address, f"{user}@{sender}"]

    def say() -> str:
        return " ".join(draw(AROUND).format(spelled(draw, word)) for word in draw(st.permutations(words)))

    events: list[Event] = [
        line(f"220 {spelled(draw, host)} ESMTP"),
        line(f"EHLO {other}", Direction.OUT),
        line(f"250 {say()}"),
        StepChanged(Step.RESOLVE, State.DONE, 1.0, 1.0, address),
    ]
    context = settings(hostname=host, username=user, sender=f"{user}@{sender}", to=f"{user}@{other}")
    context = {**context, "told": {"mood": "fail", "warnings": [say()]}}
    outcome = {**OUTCOME, "title": say(), "why": say(), "fixes": [say()], "changes": [say()], "evidence": [say()]}
    return events, context, outcome, [host, other, sender, user, address]


@given(planted())
def test_no_planted_name_survives_in_any_case(case: tuple[list[Event], Table, Table, list[str]]) -> None:
    events, context, outcome, names = case
    text = written(events, context, outcome).lower()
    for name in names:
        assert not re.search(rf"(?<![\w.-]){re.escape(name.lower())}(?![\w-])", text), name


@given(ADDRESS)
def test_an_address_is_replaced_however_it_is_written(address: str) -> None:
    found = ipaddress.ip_address(address)
    text = written([line(f"250 {found.exploded} {found.compressed}")])
    assert "250 address-1 address-1" in text

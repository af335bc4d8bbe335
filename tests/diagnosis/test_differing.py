"""What is a difference, and what is none."""

from __future__ import annotations

import pytest

from mailsetup_gui.diagnosis.baseline import Baseline, Store, of, parsed, table
from mailsetup_gui.diagnosis.differing import MOST, Change, Difference, differences, lasting
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import (
    Direction,
    Event,
    Line,
    Outcome,
    Peer,
    Result,
    State,
    Step,
    StepChanged,
    TlsStarted,
)
from tests.trust.certificates import Wish, intermediate, issue, leaf, root

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "bitbucket", "git@example.com")
THEN = Baseline(
    "2026-11-18T09:12:00+01:00",
    SERVER,
    ("10.0.0.5", "10.0.0.6"),
    "mail.example.com ESMTP",
    ("SIZE 1", "STARTTLS"),
    ("AUTH LOGIN PLAIN",),
    "TLSv1.3",
    "TLS_AES_256_GCM_SHA384",
    (leaf().der, intermediate().der),
    Store("/opt/cacerts", "aa", "17.0.15"),
    True,
    True,
)
NOT_REACHED = Baseline("2026-11-19T09:12:00+01:00", SERVER)


def test_what_was_not_reached_is_no_difference() -> None:
    assert differences(THEN, NOT_REACHED) == ()


def test_what_is_the_same_is_no_difference() -> None:
    assert differences(THEN, THEN) == ()


@pytest.mark.parametrize(
    "addresses", [("10.0.0.6", "10.0.0.5"), ("10.0.0.6",)], ids=["in another order", "some of them"]
)
def test_the_same_addresses_are_no_difference(addresses: tuple[str, ...]) -> None:
    assert differences(THEN, THEN._replace(addresses=addresses)) == ()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"addresses": ("10.0.0.9",)}, Difference(Change.ADDRESS, "10.0.0.5, 10.0.0.6", "10.0.0.9")),
        ({"clear": ("SIZE 1",)}, Difference(Change.STARTTLS_GONE)),
        ({"inside": ("AUTH PLAIN LOGIN",)}, None),
        ({"inside": ("SIZE 5",)}, Difference(Change.AUTH_GONE, "LOGIN PLAIN", "")),
        ({"inside": ("AUTH XOAUTH2",)}, Difference(Change.AUTH, "LOGIN PLAIN", "XOAUTH2")),
        ({"inside": None}, None),
        ({"tls_version": "TLSv1.2"}, Difference(Change.TLS_VERSION, "TLSv1.3", "TLSv1.2")),
        ({"store": Store("/opt/cacerts", "bb", "17.0.15")}, Difference(Change.STORE_CONTENTS, *["/opt/cacerts"] * 2)),
        ({"store": Store("/opt/other", "aa", "17.0.15")}, Difference(Change.STORE_FILE, "/opt/cacerts", "/opt/other")),
        ({"store": Store("/opt/cacerts", "aa", "21.0.8")}, Difference(Change.JAVA, "17.0.15", "21.0.8")),
        ({"store": Store("/opt/cacerts", "aa", "")}, None),
        ({"server": SERVER._replace(sender="")}, Difference(Change.SENDER, "git@example.com", "")),
        ({"server": SERVER._replace(hostname="MAIL.example.com")}, None),
        ({"chain": (leaf().der,)}, Difference(Change.SENT, "2", "1")),
        (
            {"chain": (leaf().der, intermediate().der, root().der)},
            Difference(Change.SENT, "2", "3"),
        ),
        ({"chain": (b"no certificate",)}, None),
    ],
)
def test_one_change_is_one_difference(changed: dict[str, object], expected: Difference | None) -> None:
    now = THEN._replace(**changed)  # type: ignore[arg-type]  # by name
    assert differences(THEN, now) == ((expected,) if expected else ())


def test_a_renewed_certificate_is_told_by_its_dates() -> None:
    renewed = issue(Wish("mail.example.test", intermediate(), names=("mail.example.test",), days=700))
    found = differences(THEN, THEN._replace(chain=(renewed.der, intermediate().der)))
    assert [one.change for one in found] == [Change.RENEWED]
    assert int(found[0].before) < int(found[0].now)


def test_a_certificate_that_is_issued_again_alike_is_told_as_that() -> None:
    again = issue(Wish("mail.example.test", intermediate(), names=("mail.example.test",)))
    found = differences(THEN, THEN._replace(chain=(again.der, intermediate().der)))
    assert [one.change for one in found] == [Change.REISSUED]


def test_of_many_the_most_telling_are_told_in_order() -> None:
    now = THEN._replace(
        server=SERVER._replace(username="x"),
        addresses=("10.9.9.9",),
        greeting="other ESMTP",
        clear=(),
        inside=("AUTH XOAUTH2",),
        tls_version="TLSv1.2",
        chain=(issue(Wish("x", rsa_bits=2048)).der,),
        store=Store("/x", "x", "21"),
    )
    found = [one.change for one in differences(THEN, now)]
    assert len(found) == MOST
    assert found[:4] == [Change.USERNAME, Change.STARTTLS_GONE, Change.KEY, Change.ISSUER]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mx.google.com ESMTP 5b1f17b1804b1-42cbe9b5c5dsm123 - gsmtp", "mx.google.com ESMTP ffacd0b85a97d-38 - gsmtp"),
        (
            "AM0PR04CA0021.outlook.office365.com Microsoft ESMTP MAIL Service ready at Wed, 25 Nov 2026 18:50:43 +0000",
            "VI1PR05CA0097.outlook.office365.com Microsoft ESMTP MAIL Service ready at Thu, 3 Dec 2026 08:00:01 +0100",
        ),
        ("mx1.example.com ESMTP", "mx2.example.com ESMTP"),
        ("mail.example.com ESMTP Postfix (3.5.8)", "mail.example.com ESMTP Postfix (3.7.11)"),
    ],
)
def test_ids_dates_and_numbers_are_no_difference_of_greetings(one: str, other: str) -> None:
    assert lasting(one) == lasting(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("mail.example.com ESMTP", "filter.example.com ESMTP"), ("a ESMTP Postfix", "a ESMTP Exim"), ("a Monitor", "a")],
)
def test_other_words_are_a_difference_of_greetings(one: str, other: str) -> None:
    assert lasting(one) != lasting(other)


def test_a_baseline_is_the_same_after_it_was_kept() -> None:
    assert parsed({**table(THEN), "chain": list(table(THEN)["chain"])} | _lists(table(THEN))) == THEN


def _lists(found: dict[str, object]) -> dict[str, object]:
    return {key: list(value) if type(value) is tuple else value for key, value in found.items()}


def test_of_a_session_that_is_told_twice_the_second_counts() -> None:
    def session(word: str) -> list[Event]:
        return [
            StepChanged(Step.RESOLVE, State.STARTED, 0.0),
            StepChanged(Step.RESOLVE, State.DONE, 1.0, 1.0, "10.0.0.5, ::1"),
            StepChanged(Step.GREETING, State.DONE, 2.0, 1.0, f"{word} ESMTP"),
            Line(Direction.OUT, False, "EHLO me", 2.0, Step.EHLO),
            Line(Direction.IN, False, "502 what", 2.0, Step.EHLO),
            Line(Direction.OUT, False, "HELO me", 2.0, Step.EHLO),
            Line(Direction.IN, False, f"250 {word}", 2.0, Step.EHLO),
            StepChanged(Step.EHLO, State.DONE, 3.0, 1.0, ""),
            TlsStarted("TLSv1.3", "c", (leaf().der,), Peer(), True, 4.0),
        ]

    found = of(SERVER, [*session("one"), *session("two")], Outcome(Result.FAILED, None, 5.0), Store(), "now")
    assert (found.greeting, found.addresses, found.clear, found.inside) == ("two ESMTP", ("10.0.0.5", "::1"), (), None)

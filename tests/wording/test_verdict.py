"""The card: every cause has words, every word has its value, nothing is claimed that is not known."""

import string

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Breach, Fault, Outcome, Peer, Result, Step, TlsStarted
from mailsetup_gui.smtp.reply import Reply
from mailsetup_gui.wording.catalogue import CATALOGUE
from mailsetup_gui.wording.verdict import Card, Told, card, fingerprint, queue_id

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "bitbucket", "a@example.com")
PEER = Peer("CN=mail.example.com", "CN=Example CA", ("mail.example.com",), "Jan  1 00:00:00 2020 GMT", "Jan  1 2030")
TLS = TlsStarted("TLSv1.3", "AES", (b"der",), PEER, True, 1.0)


def told(outcome: Outcome, server: MailServer = SERVER) -> Told:
    return Told(outcome, server, "you@example.com", "mailsetup test 7F3K", TLS, "this system's own", 1500.0)


def accepted(text: str = "2.0.0 Ok: queued as 4XyZ12") -> Outcome:
    return Outcome(Result.ACCEPTED, Step.DATA, 400.0, reply=Reply(250, (text,)), encrypted=True, authenticated=True)


def shown(
    cause: Cause,
    result: Result = Result.FAILED,
    breach: Breach | None = None,
    evidence: str = "",
    reply: Reply | None = None,
) -> Card:
    outcome = Outcome(result, Step.DATA, 1500.0, Fault.PROTOCOL, breach, evidence, reply)
    return card(told(outcome), Diagnosis(cause))


@pytest.mark.parametrize("cause", list(Cause), ids=lambda cause: cause.value)
def test_every_cause_has_a_title_a_reason_and_no_empty_place(cause: Cause) -> None:
    found = shown(cause, breach=Breach.UNASKED, evidence="evidence", reply=Reply(550, ("no",)))
    assert found.title
    assert found.why.strip().endswith((".", ")", "”", "evidence"))
    assert "{" not in "".join((found.title, found.why, *found.fixes))


def test_every_placeholder_is_one_that_is_filled_in() -> None:
    used = {
        name
        for title, why, fixes in CATALOGUE.values()
        for text in (title, why, *fixes)
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    assert "host" in used
    for cause in CATALOGUE:
        shown(cause)  # KeyError names what is missing


@pytest.mark.parametrize("breach", list(Breach), ids=lambda breach: breach.value)
def test_every_breach_is_told_in_words(breach: Breach) -> None:
    assert "it broke off" not in shown(Cause.PROTOCOL, breach=breach).why


def test_accepted_is_never_called_sent_or_delivered() -> None:
    found = card(told(accepted()), Diagnosis(None))
    assert found.title == "mail.example.com accepted the message as “4XyZ12”"
    assert "not proven" in found.why
    assert "mailsetup test 7F3K" in found.why
    assert found.mood == "ok"


def test_what_was_read_back_is_said_to_be_equal() -> None:
    found = card(told(accepted())._replace(read_back=True), Diagnosis(None))
    assert "is equal to what was sent" in found.why


def test_a_stop_before_sending_says_that_nothing_was_sent() -> None:
    found = card(told(accepted()._replace(until=Step.AUTH)), Diagnosis(None))
    assert found.title == "Everything up to the sign-in works"
    assert "Nothing was sent" in found.why


def test_a_warning_makes_the_card_amber() -> None:
    found = card(told(accepted()), Diagnosis(None, (Cause.SENT_CLEAR,)))
    assert (found.mood, len(found.warnings)) == ("warn", 1)


def test_unknown_says_to_look_before_sending_again() -> None:
    found = shown(Cause.CLOSED, Result.UNKNOWN)
    assert found.title.startswith("Unknown: ")
    assert "before sending again" in found.why


def test_blocked_clear_text_says_what_bitbucket_would_do() -> None:
    assert "Bitbucket would send the user name and the password" in shown(Cause.CLEARTEXT_BLOCKED).why


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2.0.0 Ok: queued as 4XyZ12", "4XyZ12"),
        ("OK id=1tEx4m-0003", "1tEx4m-0003"),
        ("2.6.0 <abc@host> Queued mail for delivery", ""),
        ("ok", ""),
    ],
    ids=["Postfix", "Exim", "Exchange", "bare"],
)
def test_the_queue_id_is_what_the_server_said(text: str, name: str) -> None:
    assert queue_id(accepted(text)) == name


def test_foreign_text_reaches_the_card_without_control_characters() -> None:
    nasty = "no\x1b[31m\u202e\u200b"
    found = shown(Cause.AUTH_REFUSED, Result.REJECTED, reply=Reply(535, (nasty,)))
    assert not set("\x1b\u202e\u200b") & set(found.why)


def test_a_server_cannot_write_placeholders_into_the_card() -> None:
    found = shown(Cause.AUTH_REFUSED, Result.REJECTED, reply=Reply(535, ("{user} {0} {host!r}",)))
    assert "{user} {0} {host!r}" in found.why


def test_a_fingerprint_is_shown_in_groups() -> None:
    groups = fingerprint(b"der").split(" ")
    assert (len(groups), {len(group) for group in groups}) == (16, {4})

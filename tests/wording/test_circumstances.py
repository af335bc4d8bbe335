"""What to do depends on what is set already: no fix says to choose what is chosen, and no sentence has a hole."""

from __future__ import annotations

from itertools import product

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.rules import Diagnosis
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import Outcome, Result, Step
from mailsetup_gui.smtp.reply import Reply
from mailsetup_gui.wording.catalogue import CATALOGUE
from mailsetup_gui.wording.verdict import Card, Told, card
from tests.wording.test_verdict import TLS

IF_OFFERED, ALWAYS, SMTPS, NEVER = (
    Encryption.STARTTLS_IF_OFFERED,
    Encryption.STARTTLS_REQUIRED,
    Encryption.IMPLICIT_TLS,
    Encryption.NONE,
)


def told(
    cause: Cause,
    port: int = 2525,
    encryption: Encryption = ALWAYS,
    username: str = "",
    offered: str = "",
    **outcome: object,
) -> Card:
    server = MailServer("mail.example.test", port, encryption, username, "bitbucket@example.test")
    ended = Outcome(Result.REJECTED, Step.MAIL, 1.0, reply=Reply(530, ("no",)))._replace(**outcome)  # type: ignore[arg-type]  # by name
    return card(Told(ended, server, "you@example.test", tls=TLS, offered=offered), Diagnosis(cause))


@pytest.mark.parametrize(
    ("cause", "port", "encryption"),
    [
        (Cause.PLAIN_ON_TLS_PORT, 587, ALWAYS),
        (Cause.PLAIN_ON_TLS_PORT, 25, ALWAYS),
        (Cause.TLS_ON_PLAIN_PORT, 465, SMTPS),
        (Cause.STARTTLS_NOT_OFFERED, 587, ALWAYS),
        (Cause.AUTH_NEEDS_TLS, 587, IF_OFFERED),
    ],
    ids=str,
)
def test_the_port_in_use_is_no_way_out(cause: Cause, port: int, encryption: Encryption) -> None:
    fixes = told(cause, port, encryption, offered="SIZE").fixes

    assert fixes
    assert not [fix for fix in fixes if f"use port {port}" in fix.lower() or f"usually {port}" in fix]


@pytest.mark.parametrize("cause", list(CATALOGUE), ids=lambda cause: cause.value)
@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "in clear"])
def test_always_use_tls_is_advised_only_where_it_is_not_chosen(cause: Cause, encrypted: bool) -> None:
    """“Always use SSL/TLS” stands in the advice for SMTPS on a port of clear text, where it is another choice."""
    if cause is not Cause.TLS_ON_PLAIN_PORT and cause not in (Cause.SENT_IN_CLEAR, Cause.STARTTLS_UNUSED):
        fixes = told(cause, encryption=ALWAYS, encrypted=encrypted).fixes
        assert not [fix for fix in fixes if fix.startswith("Choose “Always")] or cause is Cause.SENT_CLEAR
    if cause is not Cause.PLAIN_ON_TLS_PORT:
        fixes = told(cause, encryption=SMTPS, encrypted=encrypted, step=Step.GREETING).fixes
        assert not [fix for fix in fixes if "choose SMTPS" in fix]


def test_tls_is_not_advised_by_a_setting_where_the_server_offers_none() -> None:
    in_clear = told(Cause.CLEARTEXT_BLOCKED, encryption=IF_OFFERED, offered="SIZE AUTH").fixes
    offered = told(Cause.CLEARTEXT_BLOCKED, encryption=NEVER, offered="SIZE AUTH STARTTLS").fixes

    assert in_clear[0] == "Use a port that offers TLS: usually 587 with SMTP, or 465 with SMTPS."
    assert offered[0] == "Choose “Always use SSL/TLS”."


def test_who_has_signed_in_is_not_told_to_sign_in() -> None:
    wanted = told(Cause.AUTH_REQUIRED, username="bot", authenticated=True)
    relay = told(Cause.RELAY_DENIED, username="bot", authenticated=True)

    assert "though “bot” had signed in" in wanted.why
    assert "Fill in user name and password." not in (*wanted.fixes, *relay.fixes)


@pytest.mark.parametrize(
    ("cause", "step", "username"), list(product(CATALOGUE, (Step.GREETING, Step.DATA), ("", "bot"))), ids=str
)
def test_no_sentence_quotes_nothing(cause: Cause, step: Step, username: str) -> None:
    found = told(cause, username=username, step=step, evidence="seen")

    assert found.title
    if username or cause not in (Cause.AUTH_REFUSED, Cause.PASSWORD_MISSING):
        assert "“”" not in " ".join((found.title, found.why, *found.fixes))

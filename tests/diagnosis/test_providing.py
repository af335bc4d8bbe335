"""A provider's reply, as it words it -> the right cause, and the habit of that provider that explains it."""

from __future__ import annotations

from datetime import date

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.providing import Advice, advise
from mailsetup_gui.diagnosis.quirks import BY_CAUSE, BY_WORDS, SIGN_IN, Quirk
from mailsetup_gui.diagnosis.rules import diagnose
from mailsetup_gui.settings import presets
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Fault, Note, Outcome, Result, Step
from mailsetup_gui.smtp.reply import Reply
from tests.diagnosis.provider_replies import GMAIL, O365, REPLIES, SES, TENANT

TODAY = date(2026, 11, 25)


def server(host: str, port: int | None = None, username: str = "bitbucket@example.com") -> MailServer:
    preset = presets.of_host(host)
    assert preset is not None
    return MailServer(host, port or preset.port, preset.encryption, username, "bitbucket@example.com")


def advice(outcome: Outcome, at: MailServer, today: date = TODAY, version: str = "") -> Advice:
    found = advise(diagnose(outcome, at, None, (), now=0.0), outcome, at, "you@example.com", today, version)
    assert found is not None
    return found


def refused(step: Step, line: str, *notes: Note) -> Outcome:
    return Outcome(Result.REJECTED, step, 1.0, reply=Reply(int(line[:3]), (line[4:],)), notes=notes)


def accepted() -> Outcome:
    return Outcome(Result.ACCEPTED, Step.DATA, 1.0, reply=Reply(250, ("ok",)), encrypted=True, authenticated=True)


@pytest.mark.parametrize(
    ("host", "step", "line", "cause", "quirk"), REPLIES, ids=[f"{h}: {line[:40]}" for h, _, line, _, _ in REPLIES]
)
def test_a_providers_reply_has_its_cause_and_its_habit(
    host: str, step: Step, line: str, cause: Cause, quirk: Quirk | None
) -> None:
    found = advice(refused(step, line), server(host))
    assert (found.diagnosis.cause, found.quirk) == (cause, quirk)


@pytest.mark.parametrize(
    ("username", "quirk"),
    [("me@example.com", Quirk.SENDGRID_USER), ("Apikey", Quirk.SENDGRID_USER), ("apikey", Quirk.SENDGRID_KEY)],
)
def test_sendgrids_user_is_the_word_apikey_and_then_it_is_the_key(username: str, quirk: Quirk) -> None:
    line = "535 Authentication failed: The provided authorization grant is invalid, expired, or revoked"
    assert advice(refused(Step.AUTH, line), server("smtp.sendgrid.net", username=username)).quirk is quirk


def test_a_wrong_region_is_answered_with_the_other_hosts_by_name() -> None:
    line = "535 Authentication failed"
    assert advice(refused(Step.AUTH, line), server("SMTP.mailgun.org.")).other_hosts == ("smtp.eu.mailgun.org",)
    assert advice(refused(Step.AUTH, line), server("smtp.eu.mailgun.org")).other_hosts == ("smtp.mailgun.org",)
    zoho = advice(refused(Step.AUTH, line), server("smtppro.zoho.com")).other_hosts
    assert "smtppro.zoho.eu" in zoho
    assert not {"smtppro.zoho.com", "smtp.zoho.eu"} & set(zoho)


def test_the_region_of_the_credentials_is_named_out_of_the_host() -> None:
    assert advice(refused(Step.AUTH, "535 Authentication Credentials Invalid"), server(SES)).part == "eu-west-1"


@pytest.mark.parametrize(
    ("fault", "host", "port", "quirk"),
    [
        (Fault.TIMEOUT, SES, 25, Quirk.PORT_25),
        (Fault.TIMEOUT, "smtp.postmarkapp.com", 465, Quirk.OTHER_PORT),
        (Fault.REFUSED, O365, 465, Quirk.OTHER_PORT),
        (Fault.TIMEOUT, TENANT, 25, Quirk.PORT_25_ONLY),
        (Fault.TIMEOUT, GMAIL, 587, None),
        (Fault.REFUSED, "localhost", 25, Quirk.LOCAL_NOBODY),
        (Fault.NAME_NOT_FOUND, "email-smtp.REGION.amazonaws.com", 587, Quirk.PLACEHOLDER),
        (Fault.NAME_NOT_FOUND, "TENANT.mail.protection.outlook.com", 25, Quirk.PLACEHOLDER),
        (Fault.NAME_NOT_FOUND, SES, 587, None),
    ],
)
def test_a_server_that_is_not_reached_is_explained_by_its_ports_and_names(
    fault: Fault, host: str, port: int, quirk: Quirk | None
) -> None:
    outcome = Outcome(Result.FAILED, Step.CONNECT, 1.0, fault)
    assert advice(outcome, server(host, port)).quirk is quirk


def test_a_connector_takes_no_sign_in() -> None:
    outcome = refused(Step.RCPT, "550 5.7.64 TenantAttribution; Relay Access Denied", Note.NOT_SIGNED_IN)
    found = advice(outcome, server(TENANT))
    assert (found.diagnosis.cause, found.quirk) == (Cause.AUTH_NOT_OFFERED, Quirk.CONNECTOR_NO_SIGN_IN)


@pytest.mark.parametrize(
    ("at", "warnings"),
    [
        (server(O365), (Cause.BASIC_ENDS,)),
        (server("smtp-legacy.office365.com"), (Cause.BASIC_ENDS,)),
        (server(O365, username=""), ()),
        (server(TENANT, username=""), ()),
        (server("smtp.hve.mx.microsoft"), ()),
        (server(GMAIL), ()),
        (server(GMAIL, username="Bitbucket@Example.com"), ()),
        (server(GMAIL, username="other@gmail.com"), (Cause.FROM_REWRITTEN,)),
        (server("mailpit", username=""), (Cause.DOES_NOT_DELIVER,)),
    ],
)
def test_an_accepted_test_is_warned_of_what_the_provider_does(at: MailServer, warnings: tuple[Cause, ...]) -> None:
    found = advice(accepted(), at).diagnosis
    assert (found.cause, found.warnings) == (None, warnings)


def test_a_refused_test_is_not_warned_of_that() -> None:
    assert advice(refused(Step.AUTH, "535 5.7.3 no"), server(O365)).diagnosis.warnings == ()


def test_a_cause_that_was_made_finer_opens_its_own_field() -> None:
    line = "554 Message rejected: Email address is not verified: you@example.com"
    found = advice(refused(Step.DATA, line), server(SES)).diagnosis
    assert [action.field.value for action in found.actions if action.field] == []
    assert found.cause is Cause.RCPT_REFUSED


def test_a_server_of_nobodys_gets_no_advice() -> None:
    at = MailServer("mail.example.com", 587)
    outcome = refused(Step.AUTH, "535 no")
    assert advise(diagnose(outcome, at, None, ()), outcome, at, "", TODAY) is None


def test_every_habit_is_found_by_something() -> None:
    by_rule = {Quirk.PLACEHOLDER, Quirk.OTHER_PORT, Quirk.PORT_25, Quirk.PORT_25_ONLY, Quirk.LOCAL_NOBODY}
    by_rule |= {Quirk.SENDGRID_KEY, Quirk.SENDGRID_USER}
    tables = {*SIGN_IN.values(), *BY_CAUSE.values(), *(quirk for _, _, quirk in BY_WORDS)}
    assert by_rule | tables == set(Quirk)


def test_the_tables_know_only_ids_of_the_list() -> None:
    ids = {preset.id for preset in presets.every()}
    assert {*SIGN_IN, *(provider for provider, _ in BY_CAUSE)} <= ids
    assert {provider for provider, _, _ in BY_WORDS} <= ids

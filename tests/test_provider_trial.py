"""A whole test at a provider: its replies, played on loopback, end in its own advice."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from mailsetup_gui import trial
from mailsetup_gui.settings import domains, presets
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trial import Finished, Secrets
from tests.smtp.polite import PASSWORD, Misdeed, Mode, Stage, polite, says
from tests.smtp.scripted import HOST, Scripted
from tests.smtp.trying import request

DISABLED = says(
    b"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit "
    b"https://aka.ms/smtp_auth_disabled for more information.\r\n"
)


def finished(
    monkeypatch: pytest.MonkeyPatch, preset_id: str, misdeeds: dict[Stage, Misdeed], version: str = ""
) -> Finished:
    """As if the provider's host were the loopback."""
    preset = presets.named(preset_id)
    assert preset is not None
    with Scripted(polite(Mode.STARTTLS, misdeeds)) as server, closing(Cancel()) as cancel:
        monkeypatch.setattr(presets, "_read", [preset._replace(hosts=(HOST,))])
        monkeypatch.setattr(domains, "_LOCAL_PORTS", {server.port})
        asked = request(server.port, Mode.STARTTLS)._replace(bitbucket_version=version)
        *_, last = trial.run(asked, Secrets(PASSWORD), cancel, today=date(2026, 12, 21))
    assert isinstance(last, Finished)
    return last


def test_a_tenant_that_takes_no_passwords_gets_the_ways_out_of_this_bitbucket(monkeypatch: pytest.MonkeyPatch) -> None:
    found = finished(monkeypatch, "microsoft365", {Stage.PASSWORD: DISABLED}, "9.4")
    assert found.diagnosis.cause is not None
    assert found.diagnosis.cause.value == "auth.basic-disabled"
    assert "Turn off SMTP AUTH protocol" in found.card.fixes[0]
    assert any("smtp.azurecomm.net" in fix for fix in found.card.fixes)
    assert "(10 days from today)" in found.card.why
    assert found.provider is not None
    assert found.provider.id == "microsoft365"


def test_an_accepted_mail_is_warned_that_passwords_end(monkeypatch: pytest.MonkeyPatch) -> None:
    found = finished(monkeypatch, "microsoft365", {})
    assert [warning.value for warning in found.diagnosis.warnings] == ["provider.basic-ends"]
    assert "(10 days from today)" in found.card.warnings[0]
    assert found.card.mood == "warn"


def test_a_user_that_is_not_apikey_is_named_first(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = says(b"535 Authentication failed: Bad username / password\r\n")
    found = finished(monkeypatch, "sendgrid", {Stage.PASSWORD: refusal})
    assert found.card.fixes[0].startswith("Set the user name to apikey")


def test_a_server_of_nobodys_is_as_it_was() -> None:
    with Scripted(polite(Mode.STARTTLS)) as server, closing(Cancel()) as cancel:
        *_, last = trial.run(request(server.port, Mode.STARTTLS), Secrets(PASSWORD), cancel)
    assert isinstance(last, Finished)
    assert (last.provider, last.card.mood) == (None, "ok")

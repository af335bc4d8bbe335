"""Days, times and decimals as a person writes them; JSON and what is kept stay ISO 8601 in every language."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from mailsetup_gui.wording import dates
from tests.cli.running import command, environment

_SAID = """
import sys
from mailsetup_gui.wording import dates, text
from mailsetup_gui.wording.harmless import reason
print(dates.minute('2026-11-18T09:12:33+01:00'), dates.day_of('2026-11-18'), dates.moment(1795000000), sep='|', end='|')
print(dates.of_peer('Nov  8 09:12:00 2026 GMT'), text.milliseconds(0.34), text.milliseconds(4040), sep='|', end='|')
print(reason('reading it takes longer than 3.5 s, so it was given up'))
"""


def said(language: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", _SAID], capture_output=True, encoding="utf-8", env=environment(LANGUAGE=language)
    )
    return ran.stdout.strip().split("|")


def test_german_has_days_first_and_a_comma() -> None:
    *dated, reason = said("de")
    assert dated == [
        *("18.11.2026 09:12", "18.11.2026", "18.11.2026 11:06 UTC"),
        *("08.11.2026 09:12 UTC", "0,3 ms", "4,0 s"),
    ]
    assert "3,5 s" in reason


def test_english_has_years_first_and_a_point() -> None:
    *dated, reason = said("en")
    assert dated == [
        *("2026-11-18 09:12", "2026-11-18", "2026-11-18 11:06 UTC"),
        *("2026-11-08 09:12 UTC", "0.3 ms", "4.0 s"),
    ]
    assert "3.5 s" in reason


@pytest.mark.parametrize("text", ["", "not a date", "2026-99-99T00:00", "12"])
def test_what_is_no_date_comes_out_as_it_is(text: str) -> None:
    assert dates.minute(text) == text.replace("T", " ")


def test_a_certificate_in_json_has_iso_dates_in_german_too(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    told = {
        language: subprocess.run(
            command("certificate", "show", str(path), "--json"),
            capture_output=True,
            encoding="utf-8",
            env=environment(LANGUAGE=language),
        ).stdout
        for language in ("de", "en")
    }
    assert told["de"] == told["en"]
    assert json.loads(told["de"])["not_before"] == "2000-01-01 00:00 UTC"

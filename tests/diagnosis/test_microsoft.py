"""Sign-in with a password at Microsoft 365: its days, and what a version of Bitbucket can do instead."""

from datetime import date

import pytest

from mailsetup_gui.diagnosis.microsoft import Basic, Stage, Way, basic, numbers, ways


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-11-25", Basic(Stage.BEFORE, 36)),
        ("2026-12-30", Basic(Stage.BEFORE, 1)),
        ("2026-12-31", Basic(Stage.BEFORE, 0)),
        ("2027-01-01", Basic(Stage.OFF)),
        ("2027-12-31", Basic(Stage.OFF)),
        ("2028-01-01", Basic(Stage.FINAL_DAY_KNOWN)),
    ],
)
def test_the_days_before_and_after_the_end_of_2026(day: str, wanted: Basic) -> None:
    assert basic(date.fromisoformat(day)) == wanted


@pytest.mark.parametrize("version", ["10.0", "10.0.0", "v10.1", "11.2.3", "10"])
def test_bitbucket_10_and_later_have_oauth_first(version: str) -> None:
    assert ways(version)[0] is Way.OAUTH
    assert Way.PROXY not in ways(version)


@pytest.mark.parametrize("version", ["9.6.5", "8.19", "7.21.0", "9.99"])
def test_bitbucket_before_10_has_no_oauth_of_its_own(version: str) -> None:
    assert Way.OAUTH not in ways(version)
    assert {Way.SWITCH_ON, Way.RELAY, Way.HIGH_VOLUME, Way.AZURE, Way.ON_PREMISES, Way.PROXY} == set(ways(version))


def test_without_a_version_all_ways_are_told() -> None:
    assert set(ways("")) == set(Way)


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(ValueError, match="ten"):
        numbers("ten")

"""Microsoft 365 and sign-in with a password: its days, and the ways out that a version of Bitbucket has.

Announced on 2026-01-27 (Exchange Team; MC786329): no change until the end of December 2026, then off by default for
existing tenants, which may switch it on again; never on by itself for tenants made after that; the day of its final
removal is to be announced in the second half of 2027. High Volume Email takes passwords until September 2028.
Bitbucket Data Center has OAuth 2.0 for outgoing mail since 10.0 (javadoc of MailHostConfiguration.Builder).
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import NamedTuple

OFF_BY_DEFAULT = date(2026, 12, 31)
FINAL_DAY_TOLD_BY = date(2027, 12, 31)
FIRST_WITH_OAUTH = (10, 0)


class Stage(Enum):
    BEFORE = "before"
    OFF = "off by default"
    FINAL_DAY_KNOWN = "the final day should be known"


class Basic(NamedTuple):
    """Where sign-in with a password stands; `days` until it is off by default, 0 on the day and after it."""

    stage: Stage
    days: int = 0


class Way(Enum):
    OAUTH = "oauth"
    SWITCH_ON = "switch on"
    RELAY = "relay"
    HIGH_VOLUME = "high volume"
    AZURE = "azure"
    ON_PREMISES = "on premises"
    PROXY = "proxy"


_WITHOUT_OAUTH = (Way.SWITCH_ON, Way.RELAY, Way.HIGH_VOLUME, Way.AZURE, Way.ON_PREMISES, Way.PROXY)


def basic(today: date) -> Basic:
    if today <= OFF_BY_DEFAULT:
        return Basic(Stage.BEFORE, (OFF_BY_DEFAULT - today).days)
    return Basic(Stage.OFF if today <= FINAL_DAY_TOLD_BY else Stage.FINAL_DAY_KNOWN)


def ways(version: str) -> tuple[Way, ...]:
    """What the version of Bitbucket can do, the best first; all of them when it is not told. Raises ValueError."""
    if not version:
        return (Way.OAUTH, *_WITHOUT_OAUTH)
    if numbers(version) >= FIRST_WITH_OAUTH:
        return (Way.OAUTH, Way.SWITCH_ON, Way.RELAY)
    return _WITHOUT_OAUTH


def numbers(version: str) -> tuple[int, ...]:
    """10.0.1 and 9.4.2-rc1 as numbers. Raises ValueError for what does not begin with a number."""
    import re

    found = re.match(r"v?(\d{1,4})(?:\.(\d{1,4}))?", version.strip(), re.IGNORECASE)
    if found is None:
        raise ValueError(version)
    return int(found[1]), int(found[2] or 0)

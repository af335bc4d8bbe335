"""A profile in mailsetup's own words, to be imported again: TOML and JSON."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from mailsetup_gui.settings import profiles
from mailsetup_gui.settings.profiles import Profile


class Export(NamedTuple):
    """`notes`: what the text cannot say, as sentences. No password is in either."""

    text: str
    notes: tuple[str, ...] = ()


def table(profile: Profile) -> dict[str, Any]:
    """The keys of `profile show --json`."""
    server = profile.server
    return {
        "id": profile.id,
        "name": profile.name,
        "hostname": server.hostname,
        "port": server.port,
        "encryption": server.encryption.value,
        "username": server.username,
        "from": server.sender,
        "ehlo_name": server.ehlo_name,
        "truststore": profile.truststore,
        "to": profile.recipient,
        "last_test": profile.last_test and profile.last_test._asdict(),
    }


def toml(profile: Profile) -> Export:
    return Export(profiles.export(profile._replace(last_test=None)))


def as_json(profile: Profile) -> Export:
    """Without what belongs to this computer's own folder: the id, the last test."""
    found = {key: value for key, value in table(profile).items() if key not in ("id", "last_test")}
    return Export(json.dumps(found, ensure_ascii=False, indent=2) + "\n")

"""mailsetup providers: the mail providers that are known, and what each wants."""

from __future__ import annotations

import sys
from typing import Any

from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.terminal import prepare_stdout
from mailsetup_gui.settings import clock, presets
from mailsetup_gui.settings.presets import Preset
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.wording import providers
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _


def main(arguments: list[str]) -> int:
    prepare_stdout()
    parser = Parser("mailsetup providers", _("The mail providers that are known: host, port, encryption, habits."))
    parser.word("name", "NAME", _("one of them, or a host name; all when not given"), needed=False)
    parser.switch("--json", _("a JSON list; one object with NAME"))
    try:
        options = parser.parse(arguments)
        chosen = None if options.name is None else named(options.name)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(_json(_table(chosen) if chosen else [_table(preset) for preset in presets.every()]))
    elif chosen:
        print("\n".join(_lines(chosen)))
    else:
        print("\n".join(_row(preset) for preset in presets.every()))
    return 0


def named(name: str) -> Preset:
    """By id, name or host. Raises UsageError with the ids that come near."""
    found = presets.named(name) or presets.of_host(name)
    if found is not None:
        return found
    near = presets.near(name)
    meant = _("Did you mean {near}? ").format(near=", ".join(near)) if near else ""
    raise UsageError(
        _("There is no provider “{name}”. {meant}mailsetup providers lists them").format(name=shown(name), meant=meant)
    )


def filled(name: str, hostname: str | None, base: MailServer, port: int | None, implicit: bool | None) -> MailServer:
    """What --provider fills in, where the other options leave it out. Raises UsageError."""
    preset = named(name)
    if preset.placeholder and hostname is None:
        raise UsageError(
            _("--provider {id} wants --hostname too: {hostname}, with your own for {placeholder}").format(
                id=preset.id, hostname=preset.hostname, placeholder=preset.placeholder
            )
        )
    return presets.filled(preset, base, port, implicit)


def lines(server: MailServer) -> list[str]:
    """What `test` tells of the provider before it starts; nothing where the server is none's."""
    preset = presets.of_server(server)
    if preset is None:
        return []
    return [f"{providers.name(preset)}: {providers.quirk(preset, clock.today())}", f"  {providers.checked(preset)}"]


def _row(preset: Preset) -> str:
    kind = "smtps" if preset.encryption is Encryption.IMPLICIT_TLS else "smtp"
    return f"{preset.id:24}  {preset.hostname}:{preset.port}  {kind}  {providers.name(preset)}"


def _lines(preset: Preset) -> list[str]:
    return [
        providers.listens(preset),
        _("  User name: {username}.").format(username=providers.username(preset)),
        f"  {providers.quirk(preset, clock.today())}",
        f"  {providers.checked(preset)}",
        _("  Use it: mailsetup test --provider {id}").format(id=preset.id)
        + (_(" --hostname HOST") if preset.placeholder else ""),
    ]


def _table(preset: Preset) -> dict[str, Any]:
    implicit = preset.encryption is Encryption.IMPLICIT_TLS
    told = providers.provider(preset, clock.today())
    return {
        "id": preset.id,
        "name": preset.name,
        "hosts": list(preset.hosts),
        "hostname": preset.hostname,
        "placeholder": preset.placeholder or None,
        "port": preset.port,
        "other_ports": list(preset.other_ports),
        "protocol": "smtps" if implicit else "smtp",
        "tls": None if implicit else preset.encryption.value,
        "username": preset.username,
        "quirk": told.quirk,
        "confidence": preset.confidence,
        "checked_on": preset.checked_on or None,
        "source": preset.source or None,
    }


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)

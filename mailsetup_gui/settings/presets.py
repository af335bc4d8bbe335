"""Mail providers: where their server listens and what it wants. The list lies in resources/presets.toml."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from mailsetup_gui.settings.domains import may_be_provider, plain
from mailsetup_gui.settings.server import Encryption, MailServer

_FILE = "presets.toml"
_TLS_PORTS = (465, 2465)
_PERSONAL = ("gmail.com", "googlemail.com")


class Preset(NamedTuple):
    """`hosts`: exact, or with one `*`. `confidence` doc: `source` was read on `checked_on`; known: neither is there."""

    id: str
    name: str
    hosts: tuple[str, ...]
    hostname: str
    port: int
    encryption: Encryption
    other_ports: tuple[int, ...] = ()
    username: str = ""
    confidence: str = "known"
    checked_on: str = ""
    source: str = ""

    @property
    def placeholder(self) -> str:
        """The word in `hostname` that the customer's own replaces; '' when it is the same for everybody."""
        found = re.search(r"[A-Z]+", self.hostname)
        return found[0] if found else ""

    @property
    def ports(self) -> tuple[int, ...]:
        return (self.port, *self.other_ports)

    def owns(self, hostname: str) -> bool:
        name = plain(hostname)
        return any(_fits(name, host) for host in self.hosts)


_read: list[Preset] = []


def every() -> tuple[Preset, ...]:
    """In the order of the file; read once. Raises FileNotFoundError where the installation is broken."""
    if not _read:
        import tomllib

        from mailsetup_gui import shipped

        _read.extend(_preset(table) for table in tomllib.loads(shipped.read(_FILE).decode())["preset"])
    return tuple(_read)


def of_host(hostname: str) -> Preset | None:
    """Whose host it is, whatever its case and with or without the root's dot; an exact name before a pattern."""
    owners = _owners(hostname)
    return owners[0] if owners else None


def of_server(server: MailServer) -> Preset | None:
    """The same, and where two share a host, the port and the domain of the user decide."""
    if not may_be_provider(server.hostname, server.effective_port):
        return None
    owners = _owners(server.hostname)
    at_port = [preset for preset in owners if preset.port == server.effective_port]
    best = at_port or owners
    if best and best[0].id == "gmail" and "@" in server.username:
        personal = server.username.rpartition("@")[2].lower() in _PERSONAL
        return best[0] if personal else named("google-workspace")
    return best[0] if best else None


def named(name: str) -> Preset | None:
    """By its id or its name."""
    wanted = name.strip().casefold()
    return next((preset for preset in every() if wanted in (preset.id, preset.name.casefold())), None)


def near(name: str) -> tuple[str, ...]:
    """The ids that `name` may have meant, the nearest first."""
    import difflib

    wanted = name.strip().casefold()
    words = {p.id: f"{p.id} {p.name.casefold()} {' '.join(p.hosts)}" for p in every()}
    inside = [key for key, told in words.items() if wanted and (wanted in told or key in wanted)]
    return tuple(dict.fromkeys((*inside, *difflib.get_close_matches(wanted, words, 3, 0.5))))


def filled(preset: Preset, base: MailServer, port: int | None = None, implicit: bool | None = None) -> MailServer:
    """`base` with the preset's host, port and encryption; `port` and `implicit` (TLS from the first byte) are wishes
    that it follows: port 465 means SMTPS, and SMTPS the port for it."""
    if port is None and implicit is not None and implicit is not (preset.encryption is Encryption.IMPLICIT_TLS):
        port = next((one for one in preset.ports if (one in _TLS_PORTS) is implicit), preset.port)
    port = preset.port if port is None else port
    encryption = preset.encryption
    if port in _TLS_PORTS:
        encryption = Encryption.IMPLICIT_TLS
    elif encryption is Encryption.IMPLICIT_TLS and port in preset.other_ports:
        encryption = Encryption.STARTTLS_REQUIRED
    return base._replace(hostname=preset.hostname, port=port, encryption=encryption)


def part(preset: Preset, hostname: str) -> str:
    """What stands in the place of the `*` or of the placeholder: an Amazon region, a tenant; '' without one."""
    name = plain(hostname)
    for host in preset.hosts:
        before, star, after = host.partition("*")
        if star and _fits(name, host):
            return name[len(before) : len(name) - len(after)]
    return ""


def _owners(hostname: str) -> list[Preset]:
    name = plain(hostname)
    owners = [preset for preset in every() if preset.owns(name)]
    return sorted(owners, key=lambda preset: name not in preset.hosts)


def _fits(name: str, host: str) -> bool:
    before, star, after = host.partition("*")
    if not star:
        return name == host
    middle = name[len(before) : len(name) - len(after)]
    return name.startswith(before) and name.endswith(after) and bool(middle.strip("."))


def _preset(table: dict[str, Any]) -> Preset:
    return Preset(
        **{
            **table,
            "hosts": tuple(table["hosts"]),
            "encryption": Encryption(table["encryption"]),
            "other_ports": tuple(table["other_ports"]),
        }
    )

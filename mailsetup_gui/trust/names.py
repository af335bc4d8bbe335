"""Does a certificate name this host? As Java's HostnameChecker decides (RFC 2818 3.1, RFC 9525 6)."""

from __future__ import annotations

import re


def certifies(names: tuple[str, ...], subject: str, host: str) -> bool:
    """`names`: subjectAltName entries of type DNS and IP; the CN counts only when no DNS name is there, as in Java."""
    if _is_ip(host):
        return any(_is_ip(name) and _same_ip(name, host) for name in names)
    dns = [name for name in names if not _is_ip(name)] or _common_names(subject)
    return any(_matches(name.lower().rstrip("."), host.lower().rstrip(".")) for name in dns)


def _matches(pattern: str, host: str) -> bool:
    """Label by label; `*` stands for one whole left-most label."""
    if not pattern.startswith("*."):
        return pattern == host
    _, dot, rest = host.partition(".")
    return bool(dot) and rest == pattern[2:] and "." in rest


def _common_names(subject: str) -> list[str]:
    """`subject` as RFC 4514 writes it: a comma behind a backslash belongs to the value."""
    return [part[3:] for part in re.split(r"(?<!\\), ", subject) if part.startswith("CN=")]


def _is_ip(text: str) -> bool:
    return ":" in text or text.replace(".", "").isdigit()


def _same_ip(one: str, other: str) -> bool:
    if one == other:
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(one.strip()) == ipaddress.ip_address(other)
    except ValueError:
        return False

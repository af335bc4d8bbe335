"""A record of one test to make reports of. Not a test."""

from __future__ import annotations

from base64 import b64encode

from mailsetup_gui.wording.record import Table
from tests.trust.certificates import Issued

CONTEXT: Table = {
    "event": "context",
    "when": "2026-11-23T00:00:00+01:00",
    "zone": "Europe/Berlin",
    "profile": "Production",
    "settings": {
        "hostname": "mail.example.com",
        "port": 587,
        "encryption": "always",
        "username": "bitbucket",
        "sender": "bitbucket@example.com",
        "ehlo_name": "",
        "to": "you@example.com",
        "message_kind": "plain",
        "check_name": False,
        "timeout": 20.0,
    },
    "java": {"version": "17.0.15", "home": "/opt/java"},
    "truststore": {"path": "/opt/cacerts", "size": 100, "sha256": "abc", "entries": 3, "source": "Java's own"},
    "versions": {
        "mailsetup": "0.1.0",
        "python": "3.11.2",
        "openssl": "OpenSSL 3.0.17",
        "cryptography": "45.0.0",
        "os": "Linux 6.1",
    },
    "chain": [],
    "chain_left_out": 0,
    "told": {"mood": "fail", "warnings": ["Mind that."]},
}
OUTCOME: Table = {
    "event": "outcome",
    "outcome": "rejected",
    "step": "auth",
    "cause": "auth.refused",
    "reply": {"code": 535, "enhanced": "5.7.8", "text": "5.7.8 no"},
    "title": "The server refused <img src=x>",
    "why": "It said “[a](b) `x`”.",
    "fixes": ["Do this."],
    "evidence": ["seen on the wire"],
    "changes": [],
    "last_worked": None,
    "ruled_out": ["tcp.refused"],
    "warnings": [],
    "java": {"verdict": "accepted", "by": "predicted", "version": "17.0.15", "message": None},
    "ms": 412.0,
}


def certificates(*chain: Issued) -> list[str]:
    return [b64encode(one.der).decode() for one in chain]

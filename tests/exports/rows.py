"""Profiles with harmless and hostile values for the tests of this room. Not a test."""

from __future__ import annotations

import importlib
from typing import Any

from hypothesis import strategies as st

from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import Encryption, MailServer

HOSTILE = """o'br"ien$(touch x)`id`\\ü😀${HOME}%{if}#{1};#!&%(USER)s <&> -- {{ x }} @path@"""
VALUES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
MODES = st.sampled_from(Encryption)


def profile(
    encryption: Encryption = Encryption.STARTTLS_REQUIRED, username: str = "bitbucket", port: int | None = 587
) -> Profile:
    server = MailServer(
        "mail.example.com", port, encryption, username, "bitbucket@example.com", "bitbucket.example.com"
    )
    return Profile("production", "Production", server, "/etc/mail-cacerts.jks", "ops@example.com")


def read_yaml(text: str) -> Any:
    """PyYAML comes with ansible-core, without types."""
    return importlib.import_module("yaml").safe_load(text)

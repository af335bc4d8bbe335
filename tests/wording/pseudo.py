"""The pseudo-language for tests: what in a text is plain, and so not marked for translators. Not a test."""

from __future__ import annotations

import re
from pathlib import Path

from tests.wording.translators import collector

TOOL = collector()
LANGUAGE: str = TOOL.PSEUDO
_PLAIN = re.compile(r"[A-Za-z]{2,}")
VERBATIM = re.compile(
    r"""
    --[a-z][a-z-]*                                 # options
  | \b[A-Z][A-Z0-9#_.-]*\b                         # EHLO, TLS, PEM, what an option wants: FILE
  | \bTLSv1(\.\d)?\b | \bv\d+(\.\d+)*\b | \bSSL/TLS\b | \bJava\ \d[\w.+]*
  | (https?|smtps?)://\S+ | \S+@\S+                # addresses
  | \b[\w-]+(\.[\w-]+)*\.(test|com|org|net|example|invalid|arpa)\b | \blocalhost\b
  | (?<![\w⟧])[~.]?/[\w.+@/-]+                     # paths
  | \bmailsetup(-gui)?(\ (test|explain|sandbox|providers|report|help)\b|\ (profile|certificate|truststore)\ [a-z]+
      |\ (bitbucket|java)(\ [a-z]+)?)?
  | \b([0-9A-F]{4}\ ){3,}[0-9A-F]{4}\b | \b[0-9a-f]{32,}\b   # fingerprints
  | \b\w+\.(pem|jks|p12|toml|jsonl?|md|yml|crt)\b
  | \b[a-z]+(\|[a-z]+)+\b                        # show|diff|apply
  | \bms\b | \bs\b
    """,
    re.VERBOSE,
)
"""What is the same in every language."""


def make(folder: Path) -> dict[str, str]:
    """The variables that let a program speak it."""
    TOOL.write_pseudo(folder)
    return {"LANGUAGE": LANGUAGE, "MAILSETUP_TRANSLATIONS": str(folder)}


def left(text: str, *allowed: str) -> list[str]:
    """The plain words of `text` that nobody would translate; `allowed`: patterns of what a test's own values say."""
    for pattern in allowed:
        text = re.sub(pattern, "", text)
    return _PLAIN.findall(VERBATIM.sub("", text))

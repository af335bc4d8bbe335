"""What the rooms below say of files, certificates and a JVM has a translation, shape by shape."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailsetup_gui.wording import reasons
from tests.cli.running import environment
from tests.wording.translators import ROOT

ROOMS = ("trust", "settings", "java")
OF_JAVA = {
    "no data available in passed DER encoded value",
    "too many policies",
    "too many name constraints to merge",
    "non-null policy tree required and policy tree is null",
}
"""Java's own words, or of a rule of its that it says so: they are quoted."""
OF_JAVA_BEGINS = ("name constraints of two CAs", "Narrowing, widening", "encountered a ")
PIECES = {
    "7 (7:7)": "a JSON parser's own word",
    "7 without a certificate7": "PEM without a certificate, and 1 private or secret keys",
    "7; Java reads none": "a signed PKCS#12 file; Java reads none",
    "a PKCS#12 file that asks for 7": "a PKCS#12 file that asks for 7 rounds of key derivation; Java's limit is 7 for one",  # noqa: E501
    "an entry is not a certificate7": "an entry is not a certificate but a PKCS#7 file",
}
"""Put together of more than one literal: an example of each, where it is not a parser's."""


def _text(node: ast.expr) -> str:
    """A literal with 7 in its places."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(one) if isinstance(one, ast.Constant) else "7" for one in node.values)
    return ""


def _raised(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Error"):
            yield from (text for one in node.args if " " in (text := _text(one)))


def _said() -> list[str]:
    found = [text for room in ROOMS for path in (ROOT / "mailsetup_gui" / room).rglob("*.py") for text in _raised(path)]
    return sorted({text for text in found if text not in OF_JAVA and not text.startswith(OF_JAVA_BEGINS)})


def test_every_reason_of_the_rooms_below_has_a_shape() -> None:
    assert len(_said()) > 60
    assert [text for text in _said() if text not in PIECES and not reasons.is_known(text)] == []
    assert [one for one in PIECES.values() if " own word" not in one and not reasons.is_known(one)] == []


_ASKS = "import sys; from mailsetup_gui.wording.harmless import reason; print('|'.join(map(reason, sys.argv[1:])))"


@pytest.mark.parametrize(
    ("finding", "german"),
    [
        ("Permission denied", "keine Berechtigung"),
        ("larger than 5 octets", "größer als 5 Oktette"),
        (
            "damaged PKCS#12: ends inside a value at octet 3",
            "PKCS#12, beschädigt: endet mitten in einem Wert bei Oktett 3",
        ),
        ("something that Java says", "something that Java says"),
    ],
)
def test_a_reason_is_told_in_the_persons_language(finding: str, german: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _ASKS, finding], capture_output=True, encoding="utf-8", env=environment(LANGUAGE="de")
    )
    assert ran.stdout.strip() == german

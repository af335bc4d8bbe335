"""mailsetup java list."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import mailsetup
from tests.java.jvms import needed
from tests.java.test_runtimes import jvm


def test_every_jvm_is_listed_with_whom_it_trusts() -> None:
    home = needed(17).home

    ran = mailsetup("java", "list")

    assert ran.code == 0
    assert f"home      {home}" in ran.out
    assert "certificates in" in ran.out


def test_json_is_one_object_a_jvm() -> None:
    needed(17)

    first = mailsetup("java", "list", "--json").lines[0]

    assert first["cacerts_count"] > 50
    assert first["cacerts_kind"] in ("JKS", "PKCS#12")
    assert first["trouble"] is None


def test_half_a_java_home_is_told(tmp_path: Path) -> None:
    ran = mailsetup("java", "list", JAVA_HOME=str(jvm(tmp_path / "jdk", "17", "java")))

    assert ran.code == 0
    assert "has no bin/java" in ran.out


@pytest.mark.parametrize("words", [(), ("what",), ("list", "--nonsense")])
def test_wrong_words_are_usage(words: tuple[str, ...]) -> None:
    assert mailsetup("java", *words).code == 2

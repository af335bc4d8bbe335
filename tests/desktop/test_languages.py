"""Every window and state in a pseudo-language and in German: nothing is left in English, and nothing is cut off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from mailsetup_gui.desktop import speaking
from tests.cli.running import ROOT, environment
from tests.wording import pseudo

State = dict[str, list[tuple[str, str]]]
GERMAN = "de"
OF_QT = {"Close", "Cancel", "OK", "Discard", "&Help", "&Next", "&Next >", "< &Back", "&Yes", "&No"}
"""Of Qt, which has no pseudo-language; in German they are German."""
VALUES = (
    r"</?qt>|&(lt|gt|amp|quot);",
    r"\b[2345]\d\d[ -][^⟦⟧”]*|localhost ESMTP mailsetup built-in server|Ready to start TLS",  # what a server replies
    r"\b8BITMIME\b|EHLO \S+|\*\*\*\* \((password|user name)\)|\(\d+ octets of message\)",  # what is said to it
    r"(GET|PUT|DELETE) [a-z/-]+|“Authentication failed\.”",  # requests to Bitbucket, and its answer
    r"127\.0\.0\.1: Connection refused|Relay access denied|something else",  # quoted
    r"(java|javax|sun)\.[\w.$]+(: )?|\(certificate_unknown\)|PKIX path building failed(: )?",  # Java's own words
    r"unable to find valid certification path to requested target",
    r"\b(CN|OU|O)=[^⟦⟧”\n]*|[✓✕!] OU=.*",  # names in certificates
    r"\((Debian|Eclipse Adoptium|Oracle|Temurin)[^)]*\)",  # whose JVM
    r"\bbitbucket\b|\bProduction\b|\bStaging\b|\bnode\d\b|example-corp-ca\.pem|mailsetup test \w+",  # typed here
    r"^(Bitbucket: Terraform|Jenkins: Configuration as Code|(Gitea, Forgejo|GitLab|Mattermost|Spring Boot): [a-z.]+)$",
    r"ansible-playbook .*? {3,}|inventory\.yml|site\.yml|-Djavax\.\S+",
)
"""What is the same in every language here."""


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, State]]:
    """Both at the same time: most of it is waiting."""
    folder = tmp_path_factory.mktemp("languages")
    spoken = {pseudo.LANGUAGE: pseudo.make(folder), GERMAN: {"LANGUAGE": GERMAN}}
    words = [sys.executable, "-m", "tests.desktop.walking"]
    running = {
        language: subprocess.Popen(
            words,
            env=environment(
                QT_QPA_PLATFORM="offscreen", MAILSETUP_CONFIG_DIR=str(_made(folder, language)), **variables
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=ROOT,
        )
        for language, variables in spoken.items()
    }
    said = {language: process.communicate(timeout=110) for language, process in running.items()}
    assert [err for out, err in said.values() if not out] == []
    return {language: json.loads(out) for language, (out, _err) in said.items()}


def _made(folder: Path, name: str) -> Path:
    made = folder / f"home-{name}"
    made.mkdir()
    return made


def test_every_state_of_every_window_was_seen(walked: dict[str, dict[str, State]]) -> None:
    assert list(walked[GERMAN]) == list(walked[pseudo.LANGUAGE])
    assert len(walked[GERMAN]) > 35
    assert sum(len(state["read"]) for state in walked[GERMAN].values()) > 2000


def test_every_text_in_a_window_is_translated(walked: dict[str, dict[str, State]]) -> None:
    left = [
        f"{name}: {kind}: {text}"
        for name, state in walked[pseudo.LANGUAGE].items()
        for kind, text in state["read"]
        if text not in OF_QT and pseudo.left(text, *VALUES)
    ]
    assert "\n".join(left) == ""


@pytest.mark.parametrize("language", [GERMAN, pseudo.LANGUAGE])
def test_every_text_has_the_room_that_it_needs(walked: dict[str, dict[str, State]], language: str) -> None:
    cut = [f"{name}: {kind}: {text}" for name, state in walked[language].items() for kind, text in state["cut"]]
    assert "\n".join(cut) == ""


def test_qts_own_words_are_german_too(walked: dict[str, dict[str, State]]) -> None:
    every = {text for state in walked[GERMAN].values() for _, text in state["read"]}
    assert every & OF_QT <= {"OK"}
    assert {"Abbrechen", "Schließen", "< &Zurück", "&Weiter >", "&Hilfe"} <= every


def test_in_a_german_window_no_key_reaches_two_things(walked: dict[str, dict[str, State]]) -> None:
    doubled = [f"{name}: {key}: {texts}" for name, state in walked[GERMAN].items() for key, texts in state["doubled"]]
    assert "\n".join(doubled) == ""


_QT_WORDS = """
from PySide6.QtWidgets import QApplication, QDialogButtonBox
application = QApplication([])
from mailsetup_gui.desktop import speaking
speaking.translate_qt()
box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
print(box.buttons()[0].text())
"""


@pytest.mark.parametrize(("language", "cancel"), [("de_AT:fr", "Abbrechen"), ("fr_FR", "Cancel"), ("en:de", "Cancel")])
def test_one_window_speaks_one_language(language: str, cancel: str) -> None:
    spoken = environment(LANGUAGE=language, QT_QPA_PLATFORM="offscreen")
    ran = subprocess.run([sys.executable, "-c", _QT_WORDS], capture_output=True, encoding="utf-8", env=spoken)
    assert ran.stdout.strip() == cancel


def test_a_double_clicked_program_speaks_as_the_system_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in speaking.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setenv("LANG", "")
    wanted = speaking.wanted(QLocale.system().uiLanguages())
    monkeypatch.setenv("LANGUAGE", "")  # so that what is set is undone
    speaking.settle()
    assert os.environ["LANGUAGE"] == wanted


def test_a_variable_goes_before_the_systems_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LANGUAGE", "de")
    speaking.settle()
    assert os.environ["LANGUAGE"] == "de"


def test_the_systems_languages_are_written_as_gettext_has_them() -> None:
    assert speaking.wanted(["de-DE", "de", "en-US"]) == "de_DE:de:en_US"

"""Every sentence is in one catalogue, and a translation of it reaches both doors; protocol text stays as it is."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog, mofile

from mailsetup_gui.wording import language
from tests.cli.running import command, environment
from tests.wording.translators import ROOT, collector

UNTRANSLATED = re.compile(r"^[^A-Za-z]*$")
"""Glyphs and numbers are the same in every language."""
_WINDOW = """
import sys, json
from pathlib import Path
from PySide6.QtWidgets import QApplication, QAbstractButton, QLabel, QMenu, QComboBox, QLineEdit
from mailsetup_gui.desktop.frame import Frame
from mailsetup_gui.desktop.main_window import MainWindow
from mailsetup_gui.desktop.test_dialog import TestDialog
from mailsetup_gui.desktop.import_wizard import ImportWizard
from mailsetup_gui.desktop.explain_dialog import ExplainDialog
from mailsetup_gui.desktop.workspace import Workspace
from mailsetup_gui.importing import Draft
app = QApplication([])
frame = Frame(lambda frame: MainWindow(frame, Workspace(Path(sys.argv[1]))))
frame.show()
while frame.content is None:
    app.processEvents()
windows = [frame, TestDialog(frame), ImportWizard(Draft(), frame), ExplainDialog(frame)]
found = []
for window in windows:
    for kind in (QAbstractButton, QLabel):
        found += [one.text() for one in window.findChildren(kind)]
    found += [one.placeholderText() for one in window.findChildren(QLineEdit)]
    found += [action.text() for action in window.actions()]
    found.append(window.windowTitle())
print(json.dumps(found))
sys.stdout.flush()
import os
os._exit(0)
"""


@pytest.fixture(scope="module")
def bracketed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A language in which every sentence stands in brackets."""
    catalogue = Catalog(locale="de")
    for message in collector().collected():
        if isinstance(message.id, tuple):
            catalogue.add(message.id, tuple(f"⟦{one}⟧" for one in message.id))
        elif message.id:
            catalogue.add(message.id, f"⟦{message.id}⟧")
    folder = tmp_path_factory.mktemp("translations")
    place = folder / "de" / "LC_MESSAGES"
    place.mkdir(parents=True)
    out = io.BytesIO()
    mofile.write_mo(out, catalogue)
    (place / "mailsetup.mo").write_bytes(out.getvalue())
    return folder


def test_the_catalogue_for_translators_holds_every_sentence_of_today() -> None:
    module = collector()
    assert module.POT.read_bytes() == module.written(module.collected()), "run packaging/translations.py"


def test_places_to_fill_in_have_names() -> None:
    texts = [one.id if isinstance(one.id, str) else one.id[1] for one in collector().collected() if one.id]
    assert not [text for text in texts if re.search(r"(?<!{){}(?!})", text)]


@pytest.mark.parametrize(
    ("variables", "tried"),
    [
        ({"LANG": "de_AT.UTF-8"}, ["de_AT", "de"]),
        ({"LANGUAGE": "pt_BR:fr", "LANG": "en_US"}, ["pt_BR", "pt", "fr"]),
        ({"LC_ALL": "C", "LANG": "de"}, []),
        ({"LANG": "en_GB.UTF-8"}, []),
        ({"LANG": "../../etc"}, []),
        ({}, []),
    ],
)
def test_the_language_is_found_as_gettext_finds_it(variables: dict[str, str], tried: list[str]) -> None:
    assert list(language._languages(variables)) == tried


def test_the_first_language_that_ships_is_spoken() -> None:
    assert language.catalogue({"LANGUAGE": "tlh:de_AT:fr"})[0] == "de"


@pytest.mark.parametrize(("number", "name"), [(0x0407, "de_DE"), (0x0C07, "de_AT"), (0x0409, "en_US"), (0xFFFF, "")])
def test_windows_says_the_language_by_a_number(number: int, name: str) -> None:
    assert language.of_windows(number) == name


def test_without_a_translation_the_sentences_stand_as_they_are() -> None:
    name, spoken = language.catalogue({"LANG": "tlh"})
    assert name == ""
    assert spoken.gettext("Nothing was sent.") == "Nothing was sent."
    assert [spoken.ngettext("{count} day", "{count} days", n) for n in (1, 2)] == ["{count} day", "{count} days"]


def test_the_terminal_speaks_the_language_and_leaves_the_protocol_alone(bracketed: Path) -> None:
    spoken = environment(LANGUAGE="de", MAILSETUP_TRANSLATIONS=str(bracketed))
    words = command("test", "--sandbox", "--to", "nobody@elsewhere.test", "--username", "")
    ran = subprocess.run(words, capture_output=True, encoding="utf-8", env=spoken, timeout=60, check=False)

    lines = ran.stdout.splitlines()
    protocol = [line for line in lines if re.match(r"\s*\d+\.\d+ ", line)]
    assert any("EHLO" in line and "⟦EHLO" not in line for line in protocol)
    left = [line for line in lines if line not in protocol and not UNTRANSLATED.match(line)]
    assert left
    assert [line for line in left if "⟦" not in line] == []


def test_the_window_speaks_the_language_too(bracketed: Path, tmp_path: Path) -> None:
    spoken = environment(LANGUAGE="de", MAILSETUP_TRANSLATIONS=str(bracketed), QT_QPA_PLATFORM="offscreen")
    spoken |= {"MAILSETUP_CONFIG_DIR": str(tmp_path)}
    words = [sys.executable, "-c", _WINDOW, str(tmp_path / "profiles")]
    ran = subprocess.run(words, capture_output=True, encoding="utf-8", env=spoken, timeout=60, check=False, cwd=ROOT)

    found = [text for text in json.loads(ran.stdout) if not UNTRANSLATED.match(text)]
    assert len(found) > 50
    left = [text for text in found if "⟦" not in text and text not in _OF_QT and not _EXAMPLE.fullmatch(text)]
    assert "\n".join(left) == ""


_OF_QT = {
    "SM&TP",
    "S&MTP",
    "SMTP&S",
    "SMTPS",
    "SMTP",
    "Close",
    "Cancel",
    "&Help",
    "< &Back",
    "&Next >",
    "&Next",
    "&Finish",
    "mailsetup",
}
"""Names of protocols, and what Qt itself translates."""
_EXAMPLE = re.compile(r"(\S+@)?\S+\.example\.com|\S+@example\.com|https?:\S+")


def test_no_sentence_is_marked_inside_of_an_f_string() -> None:
    """Collecting does not look into them on every Python."""
    marks = {"_", "noted", "counted"}
    found = [
        f"{path.name}:{call.lineno}"
        for path in (ROOT / "mailsetup_gui").rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in marks
    ]
    assert found == []

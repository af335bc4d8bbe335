"""The recipes for Windows, macOS and the build machines: nothing here can run them, so what they name is held."""

from __future__ import annotations

import ast
import plistlib
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mailsetup_gui import __version__, aside
from mailsetup_gui.desktop import app
from mailsetup_gui.settings import keeper
from mailsetup_gui.trust import confined
from tests.packaging import places
from tests.packaging.places import ID, PACKAGING, ROOT

SPEC = (PACKAGING / "mailsetup.spec").read_text(encoding="utf-8")
INSTALLER = PACKAGING / "windows" / "mailsetup.iss"
WORKFLOW = ROOT / ".github" / "workflows" / "build.yml"
CERTIFICATES = ("pem", "crt", "cer", "der", "p7b", "p7c", "p12", "pfx", "jks")


def test_the_spec_is_python_and_what_it_names_is_there() -> None:
    compile(SPEC, "mailsetup.spec", "exec")
    for name in ("terminal", "window"):
        assert f'"{name}.py"' in SPEC
        compile((PACKAGING / "frozen" / f"{name}.py").read_text(encoding="utf-8"), name, "exec")
    assert (PACKAGING / "macos" / "entitlements.plist").exists()


def test_the_frozen_program_knows_the_words_that_make_it_a_helper() -> None:
    door = (PACKAGING / "frozen" / "door.py").read_text(encoding="utf-8")
    assert all(f'"{word}"' in door for word in (aside.FROZEN_WORD, confined.READER, keeper.MODULE))


def test_the_program_itself_goes_by_the_name_of_its_menu_entry() -> None:
    assert app.APP_ID == ID


def test_windows_shows_the_version_of_the_program() -> None:
    import freezing

    told = ast.parse(freezing.version_resource("1.20.3"), mode="eval")
    assert isinstance(told.body, ast.Call)
    assert ast.unparse(told).count("1.20.3") == 2
    assert "filevers=(1, 20, 3, 0)" in ast.unparse(told)


def test_the_icon_files_hold_every_size_as_png() -> None:
    import icons

    for octets in (icons.ico(), icons.icns()):
        assert octets.count(b"\x89PNG\r\n\x1a\n") >= 7
    assert icons.ico()[:4] == b"\0\0\1\0"
    assert icons.icns()[:4] == b"icns"
    assert int.from_bytes(icons.icns()[4:8], "big") == len(icons.icns())


def test_finder_is_told_the_same_as_the_menu() -> None:
    import freezing

    told: dict[str, Any] = dict(freezing.information(__version__))
    assert (told["CFBundleIdentifier"], told["CFBundleShortVersionString"]) == (ID, __version__)
    assert told["CFBundleLocalizations"] == ["en", "de"]
    (kind,) = told["CFBundleDocumentTypes"]
    assert (tuple(kind["CFBundleTypeExtensions"]), kind["LSHandlerRank"]) == (CERTIFICATES, "Alternate")
    assert plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())


def test_the_installer_takes_only_files_that_are_there_or_built() -> None:
    text = INSTALLER.read_text(encoding="utf-8-sig").replace("{#Made}", r"..\..\dist")
    named = re.findall(r'^(?:LicenseFile=|SetupIconFile=|Source: ")([^"\n]+)', text, re.MULTILINE)
    built = {"mailsetup/*", "mailsetup.ico"}  # packaging/portable.py makes both
    assert len(named) == 3
    for path in (name.replace("\\", "/").removeprefix("../../") for name in named):
        assert path.removeprefix("dist/") in built if path.startswith("dist/") else (ROOT / path).is_file(), path


def test_the_installer_is_made_of_known_sections_and_parameters() -> None:
    known = [
        "Code",
        "CustomMessages",
        "Files",
        "Icons",
        "InstallDelete",
        "Languages",
        "Registry",
        "Run",
        "Setup",
        "Tasks",
    ]
    sections = _sections(INSTALLER.read_text(encoding="utf-8-sig"))
    assert sorted(sections) == known
    for name in ("Setup", "CustomMessages"):
        assert [line for line in sections[name] if not re.fullmatch(r"[\w.]+=.+", line)] == []
    entry = r'\w+: (?:"(?:[^"]|"")*"|[\w ]+)(?:; \w+: (?:"(?:[^"]|"")*"|[\w ]+))*'
    for name in ("Languages", "Tasks", "Files", "Icons", "Registry", "Run"):
        assert [line for line in sections[name] if not re.fullmatch(entry, line)] == [], name
    code = re.sub(r"\{[^}]*\}|'[^']*'", "", "\n".join(sections["Code"]))  # without comments and texts
    assert code.count("begin\n") == len(re.findall(r"\bend\b", code))


def test_the_installer_says_each_sentence_in_both_languages() -> None:
    text = INSTALLER.read_text(encoding="utf-8-sig")
    words = {language: set(re.findall(rf"^{language}\.(\w+)=", text, re.MULTILINE)) for language in ("en", "de")}
    used = set(re.findall(r"\{cm:(\w+)", text)) - {"CreateDesktopIcon", "LaunchProgram"}
    assert words["en"] == words["de"] == used


def test_the_installer_offers_certificates_without_taking_them_over() -> None:
    registry = _sections(INSTALLER.read_text(encoding="utf-8-sig"))["Registry"]
    offered = [match[1] for line in registry if (match := re.search(r"Classes\\\.(\w+)\\OpenWithProgids", line))]
    assert tuple(offered) == CERTIFICATES
    assert [line for line in registry if re.search(r'Classes\\\.\w+"', line)] == []


@pytest.mark.parametrize("script", ["packaging/macos/sign.sh", ".ci/run"])
def test_shell_scripts_are_shell(script: str) -> None:
    assert subprocess.run(["bash", "-n", str(ROOT / script)], capture_output=True).stderr == b""
    assert (ROOT / script).stat().st_mode & 0o100


def test_every_menu_type_is_a_type_of_certificates() -> None:
    types = places.entry()["Desktop Entry"]["MimeType"].strip(";").split(";")
    assert len(types) == len(set(types))
    assert all(kind.startswith("application/") for kind in types)


def test_the_workflow_names_only_files_that_are_there() -> None:
    yaml: Any = pytest.importorskip("yaml")
    read = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert read["permissions"] == {"contents": "read"}
    assert set(read["jobs"]) == {"linux", "windows", "macos"}
    steps = [step for job in read["jobs"].values() for step in job["steps"]]
    lines = "\n".join(step.get("run", "") for step in steps).replace("\\", "/")
    named = set(re.findall(r"(?:packaging|\.ci)/[\w./]+", lines))
    assert named == {".ci/run", "packaging/build.py", *(f"packaging/{name}" for name in _SIGNING)}
    assert [name for name in named if not (ROOT / name).is_file()] == []
    assert [step["uses"] for step in steps if "uses" in step and not re.search(r"@v\d+$", step["uses"])] == []


_SIGNING = ("macos/sign.sh", "windows/sign.ps1", "windows/mailsetup.iss")


@pytest.mark.parametrize("name", ["macos/sign.sh", "windows/sign.ps1"])
def test_signing_has_no_secret_of_its_own(name: str) -> None:
    text = Path(PACKAGING / name).read_text(encoding="utf-8")
    assert re.findall(r"(?i)(?:password|secret|key)\s*=\s*['\"][^$'\"]+['\"]", text) == []


def _sections(text: str) -> dict[str, list[str]]:
    """Without comments and directives."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            current = found.setdefault(heading[1], [])
        elif not line.startswith((";", "#")):
            current.append(line)
    return found

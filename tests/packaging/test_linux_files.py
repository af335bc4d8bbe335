"""The menu entry, the software centre's description, and the manual pages: valid, and true of the program."""

from __future__ import annotations

import shlex
import subprocess
import xml.etree.ElementTree as ET

import pytest

from mailsetup_gui import __version__
from mailsetup_gui.cli import USAGE
from tests.packaging import places
from tests.packaging.places import ENTRY, ID, LINUX

METAINFO = LINUX / f"{ID}.metainfo.xml"


def test_the_menu_entry_is_valid() -> None:
    places.tools("desktop-file-validate")
    done = subprocess.run(["desktop-file-validate", str(ENTRY)], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_metainfo_is_valid() -> None:
    places.tools("appstreamcli")
    done = subprocess.run(["appstreamcli", "validate", "--no-net", str(METAINFO)], capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if line.strip().startswith(("E:", "W:"))]
    assert (done.returncode, found) == (0, []), done.stdout + done.stderr


def test_the_metainfo_tells_of_this_version_and_of_the_same_home_as_the_project() -> None:
    import parts

    described = ET.parse(METAINFO).getroot()  # noqa: S314
    release = described.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__
    assert described.findtext("url") == parts.home_page()


def test_one_name_holds_menu_icon_window_and_description_together() -> None:
    """The window's own class is looked at where it is opened: test_installed.py."""
    described = ET.parse(METAINFO).getroot()  # noqa: S314  our own file
    assert places.entry()["Desktop Entry"]["Icon"] == ID
    assert places.entry()["Desktop Entry"]["StartupWMClass"] == ID
    assert (described.findtext("id"), described.findtext("launchable")) == (ID, f"{ID}.desktop")


def test_every_action_of_the_menu_entry_is_there_in_both_languages() -> None:
    read = places.entry()
    actions = read["Desktop Entry"]["Actions"].strip(";").split(";")
    assert actions == ["send-test", "import-certificate"]
    for section in (f"Desktop Action {action}" for action in actions):
        assert read[section]["Name"]
        assert read[section]["Name[de]"]
        assert shlex.split(read[section]["Exec"])[0] == "mailsetup-gui"


def test_what_is_translated_once_is_translated_everywhere() -> None:
    main = places.entry()["Desktop Entry"]
    assert {f"{key}[de]" for key in ("GenericName", "Comment", "Keywords")} <= set(main)
    described = ET.parse(METAINFO).getroot().find("description")  # noqa: S314
    assert described is not None
    kinds = [item.get("{http://www.w3.org/XML/1998/namespace}lang", "en") for item in described.iter() if item.text]
    assert kinds.count("de") == len([item for item in described.iter() if item.tag in ("p", "li")]) / 2


@pytest.mark.parametrize("option", ["--send-test", "--import-certificate"])
def test_the_manual_tells_the_options_of_the_menu(option: str) -> None:
    assert option.replace("-", r"\-") in (LINUX / "mailsetup-gui.1").read_text(encoding="utf-8")
    assert any(f"mailsetup-gui {option}" == section.get("Exec") for section in places.entry().values())


def test_the_manual_tells_every_command() -> None:
    page = (LINUX / "mailsetup.1").read_text(encoding="utf-8")
    commands = [line.split()[0] for line in USAGE.splitlines() if line.startswith("  ")]
    assert len(commands) > 5
    assert [name for name in commands if f".B {name}\n" not in page] == []

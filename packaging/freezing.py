"""What of all that PyInstaller finds goes into the portable folder, and the facts that Windows shows of it."""

from __future__ import annotations

import fnmatch
import plistlib
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath

import dev
import qt

Entry = tuple[str, str, str]
"""As PyInstaller lists a file: where it goes, where it comes from, of which kind it is."""

_DRIVERS = (
    "libstdc++.so.*",
    "libgcc_s.so.*",
    "libGL*.so.*",
    "libEGL.so.*",
    "libgbm.so.*",
    "libdrm.so.*",
    "libX11.so.*",
    "libxcb.so.1",
    "libwayland-client.so.*",
    "libfontconfig.so.*",
    "libfreetype.so.*",
    "libglib-2.0.so.*",
    "libgthread-2.0.so.*",
    "libdbus-1.so.*",
    "libgssapi_krb5.so.*",
    "libkrb5*.so.*",
    "libk5crypto.so.*",
    "libcom_err.so.*",
    "libkeyutils.so.*",
    "libsystemd.so.*",
)
"""Every desktop has these, and they have to fit its graphics drivers, fonts and sign-in, so they are never brought."""
_ELSEWHERE = (
    "*Qml*",
    "*Quick*",
    "*Pdf*",
    "*VirtualKeyboard*",
    "*opengl32sw*",
    "*Designer*",
    "*ShaderTools*",
    "*qmltooling*",
)
"""Windows and macOS: what the program does not load; the rest stays as PyInstaller found it."""
_WORDS = ("PySide6/Qt/translations/", "PySide6/translations/")


def libraries(found: Iterable[Entry]) -> list[Entry]:
    """On Linux what the modules and the plugins in use need, and theirs; on others all but what is known to be idle."""
    entries = list(found)
    if sys.platform != "linux":
        return [entry for entry in entries if not any(fnmatch.fnmatch(entry[0], pattern) for pattern in _ELSEWHERE)]
    by_name = {PurePath(entry[0]).name: entry for entry in entries if entry[2] != "SYMLINK"}
    wanted: dict[str, Entry] = {}
    waiting = [entry for entry in entries if _is_root(entry[0])]
    while waiting:
        entry = waiting.pop()
        if entry[0] not in wanted:
            wanted[entry[0]] = entry
            needed = () if entry[0].endswith(qt.OPTIONAL) else qt.needs(Path(entry[1]))
            waiting += [by_name[name] for name in needed if name in by_name and not _is_driver(name)]
    return [entry for entry in entries if entry[0] in wanted]


def data(found: Iterable[Entry], kept: Iterable[Entry], languages: Iterable[str]) -> list[Entry]:
    """Qt's own words only in the languages that the program speaks; links only to libraries that are `kept`."""
    spoken = tuple(f"qtbase_{language}.qm" for language in languages)
    there = {place for place, _, _ in kept}
    return [entry for entry in found if _is_wanted(entry, there, spoken)]


def _is_wanted(entry: Entry, there: set[str], spoken: tuple[str, ...]) -> bool:
    place = PurePath(entry[0]).as_posix()
    if entry[2] == "SYMLINK":
        return entry[1] in there or sys.platform != "linux"
    return not place.startswith(_WORDS) or place.endswith(spoken)


def version_resource(version: str) -> str:
    """The text that PyInstaller turns into what Windows shows under Properties, Details."""
    numbers = (*map(int, version.split(".")), 0)
    words = {
        "CompanyName": "mailsetup contributors",
        "FileDescription": "Set up and prove the mail server of Bitbucket Data Center",
        "FileVersion": version,
        "LegalCopyright": "mailsetup contributors, MIT license",
        "OriginalFilename": "mailsetup-gui.exe",
        "ProductName": "mailsetup",
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, OS=0x40004, fileType=0x1),\n"
        f"  kids=[StringFileInfo([StringTable('040904B0', [{strings}])]),\n"
        "  VarFileInfo([VarStruct('Translation', [0x0409, 0x04B0])])])\n"
    )


def information(version: str) -> dict[str, object]:
    """macOS: what Finder and the Dock are told of the program."""
    text = (dev.ROOT / "packaging" / "macos" / "Info.plist").read_text(encoding="utf-8")
    told: dict[str, object] = plistlib.loads(text.replace("@VERSION@", version).encode())
    return told


def _is_root(place: str) -> bool:
    name = PurePath(place).name
    if place.startswith("PySide6/Qt/plugins/"):
        return any(fnmatch.fnmatch(place.removeprefix("PySide6/Qt/plugins/"), pattern) for pattern in qt.PLUGINS)
    if place.startswith("PySide6/"):
        return name.removesuffix(".abi3.so") in qt.MODULES
    return name.startswith("libpython") or "lib-dynload" in place or ".cpython-" in name or ".abi3." in name


def _is_driver(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in _DRIVERS)

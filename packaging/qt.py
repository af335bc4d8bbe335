"""Qt without what this program never loads: 264 MB become about 100."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtSvg", "QtDBus")
"""QtNetwork: a second start tells the first. QtDBus: the portal, and what a screen reader reads."""
PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqwayland*.so",
    "platforms/libqoffscreen.so",
    "platforms/libqminimal.so",
    "platformthemes/*.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "iconengines/libqsvgicon.so",
    "imageformats/libqsvg.so",
    "wayland-decoration-client/*.so",
    "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "wayland-shell-integration/libxdg-shell.so",
    "xcbglintegrations/*.so",
)
OPTIONAL = "libqgtk3.so"
"""Where there is no GTK, Qt passes this plugin over without a word; so its libraries are no dependency."""


def prune(site: Path, languages: Iterable[str]) -> None:
    """Leaves the modules, the plugins, every library that these need, and Qt's own words in `languages`."""
    root = site / "PySide6"
    kept = set(_needed(site, _roots(root)))
    kept.update(root / "Qt" / "translations" / f"qtbase_{language}.qm" for language in languages)
    kept.update(path for path in root.rglob("*.py") if path.parts[len(root.parts)] not in ("scripts", "Qt"))
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()


def strip(site: Path) -> None:
    """Names for debuggers are a third of some libraries."""
    libraries = sorted(str(path) for path in site.rglob("*.so*") if not path.is_symlink())
    subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)


def needs(library: Path) -> list[str]:
    """The libraries that the loader looks for before this one can be used."""
    told = subprocess.run(["readelf", "-dW", str(library)], check=True, capture_output=True, text=True).stdout
    return [line.split("[", 1)[1].rstrip("]") for line in told.splitlines() if "(NEEDED)" in line]


def _roots(root: Path) -> Iterator[Path]:
    for module in MODULES:
        yield root / f"{module}.abi3.so"
    for pattern in PLUGINS:
        found = list((root / "Qt" / "plugins").glob(pattern))
        if not found:
            raise SystemExit(f"PySide6 has no {pattern} any more; look at what replaced it (packaging/qt.py).")
        yield from found


def _needed(site: Path, libraries: Iterable[Path]) -> set[Path]:
    """Of the libraries that are bundled; the system's own are not followed."""
    places = (site / "PySide6" / "Qt" / "lib", site / "PySide6", site / "shiboken6")
    found: set[Path] = set()
    waiting = list(libraries)
    while waiting:
        library = waiting.pop()
        if library not in found:
            found.add(library)
            waiting += [place / name for name in needs(library) for place in places if (place / name).exists()]
    return found

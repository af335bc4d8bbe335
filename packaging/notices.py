"""Whose work is in the package, and under which licence: one file by Debian's format, and the licences as they came."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution
from pathlib import Path

import dev
from packaging.utils import canonicalize_name

_OURS = dev.ROOT / "packaging" / "linux" / "copyright"
_QT = """\

Files: PySide6/* shiboken6/*
Copyright: The Qt Company Ltd. and others
License: LGPL-3
Comment:
 Qt {version} and Qt for Python {version} as they are published, without the names
 for debuggers, as separate libraries that
 may be replaced by others of the same interface: the files are found there by
 their names. Qt holds parts under further licences, among them ICU (Unicode
 licence), HarfBuzz (MIT), libpng, PCRE2 (BSD) and Libjpeg-turbo; Qt's own
 documentation lists them under "Licenses Used in Qt".

License: LGPL-3
 On Debian systems the text is in /usr/share/common-licenses/LGPL-3; it refers to
 the GPL in /usr/share/common-licenses/GPL-3. Elsewhere both are in licenses/qt,
 beside this file.
"""
_PART = """\

Files: {files}
Copyright: {author}
License: {label}
Comment: {name} {version}.
"""


def write(folder: Path, parts: list[Distribution], bundled: Iterable[Path] = ()) -> None:
    """folder/copyright, and folder/licenses/PART/ with every licence text that a part or a library of Debian brings."""
    folder.mkdir(parents=True)
    pieces = [_OURS.read_text(encoding="utf-8"), "\n", _indented("MIT", (dev.ROOT / "LICENSE").read_text("utf-8"))]
    for part in parts:
        name = canonicalize_name(part.name)
        if name == "pyside6-essentials":
            pieces.append(_QT.format(version=part.version))
        elif name != "shiboken6":
            pieces.append(_told(folder / "licenses" / name, part, name))
    pieces += _debian(folder / "licenses", bundled)
    (folder / "copyright").write_text("".join(pieces), encoding="utf-8")


def _debian(folder: Path, libraries: Iterable[Path]) -> Iterator[str]:
    """Which package of the building system each library is from; others say so themselves where they were built."""
    places = [str(place) for library in libraries for place in (library, Path("/", *library.parts[2:]))]
    if not places or shutil.which("dpkg-query") is None:
        return
    # A package's list may name a library without /usr, so both are asked, and one of each pair is not found.
    asked = subprocess.run(["dpkg-query", "-S", *places], check=False, capture_output=True, text=True)
    owners = {line.split(":")[0] for line in asked.stdout.splitlines()}
    for owner in sorted(owners):
        text = Path("/usr/share/doc", owner, "copyright")
        if text.exists():
            (folder / owner).mkdir(parents=True, exist_ok=True)
            (folder / owner / "copyright").write_bytes(text.read_bytes())
            yield f"\nPackage of Debian: {owner}\n The text is in licenses/{owner}/copyright\n"


def _told(folder: Path, part: Distribution, name: str) -> str:
    texts = [path for path in part.files or () if "dist-info" in str(path) and _is_licence(path.name)]
    folder.mkdir(parents=True)
    body = ""
    for path in texts:
        (folder / path.name).write_bytes(path.read_binary())
        body += f" The text is in licenses/{name}/{path.name}, beside this file.\n"
    if not texts:
        raise SystemExit(f"{name} brings no licence text; look into it before it is shipped.")
    author = _said(part, "Author-email") or _said(part, "Author") or f"the authors of {part.name}"
    label = f"{name}-licence"
    tops = sorted({str(path).split("/")[0] for path in part.files or () if path.suffix == ".py"} - {".."})
    files = " ".join(f"{top}{'' if top.endswith('.py') else '/*'}" for top in tops)
    about = _said(part, "License-Expression") or _said(part, "License")
    kind = f" ({about})" if about and "\n" not in about else ""
    stanza = _PART.format(files=files, author=author, label=label, name=part.name, version=f"{part.version}{kind}")
    return f"{stanza}\nLicense: {label}\n{body}"


def _said(part: Distribution, field: str) -> str:
    return str(part.metadata[field]) if field in part.metadata else ""


def _is_licence(name: str) -> bool:
    return name.upper().startswith(("LICEN", "COPYING", "NOTICE", "AUTHORS"))


def _indented(name: str, text: str) -> str:
    return f"License: {name}\n" + "".join(f" {line or '.'}\n" for line in text.strip().splitlines())

#!/usr/bin/env python3
"""Write resources/translations/mailsetup.pot: every sentence of both doors, for translators.

.venv/bin/python packaging/translations.py            write it
.venv/bin/python packaging/translations.py LANGUAGE   and bring LANGUAGE's mailsetup.po up to it, and make its .mo
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages import Catalog, extract, mofile, pofile

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
POT = FOLDER / "mailsetup.pot"


def collected() -> Catalog:
    """Every `_("...")` of the program, in the order of files and lines; no line numbers, which change every day."""
    found = Catalog(project="mailsetup", charset="utf-8", fuzzy=False)
    for path in sorted((ROOT / "mailsetup_gui").rglob("*.py")):
        with path.open("rb") as file:
            for _line, message, comments, _context in extract.extract("python", file, {"_": None}, ["translators:"]):
                found.add(message, locations=[(str(path.relative_to(ROOT)), None)], auto_comments=comments)
    return found


def written(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    pofile.write_po(out, catalogue, omit_header=True, include_lineno=False, width=0, sort_output=False)
    return out.getvalue()


def update(language: str) -> None:
    place = FOLDER / language / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    former = place / "mailsetup.po"
    catalogue = Catalog(locale=language)
    if former.exists():
        with former.open("rb") as file:
            catalogue = pofile.read_po(file, locale=language)
    catalogue.update(collected())
    with former.open("wb") as file:
        pofile.write_po(file, catalogue, include_lineno=False, width=0)
    with (place / "mailsetup.mo").open("wb") as file:
        mofile.write_mo(file, catalogue)


def main(arguments: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    POT.write_bytes(written(collected()))
    for language in arguments:
        update(language)


if __name__ == "__main__":
    main(sys.argv[1:])

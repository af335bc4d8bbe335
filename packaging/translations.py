#!/usr/bin/env python3
"""Every sentence of both doors, for translators: resources/translations/mailsetup.pot, and each language's .po and .mo.

.venv/bin/python packaging/translations.py                  bring all that is there up to the sources
.venv/bin/python packaging/translations.py LANGUAGE         and begin LANGUAGE (de, pt_BR, ...)
.venv/bin/python packaging/translations.py --pseudo FOLDER  make the language xx there, which shows what is not marked

What is new or changed in the sources is empty in a .po until it is translated; nothing is guessed. Written twice, the
files are the same octet by octet: no dates, no line numbers.
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
from pathlib import Path

from babel import Locale
from babel.messages import Catalog, extract, mofile, plurals, pofile

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
PRESETS = ROOT / "resources" / "presets.toml"
POT = FOLDER / "mailsetup.pot"
PSEUDO = "xx"
_OF_PRESETS = ("name", "username")
_MARKS = {"_": None, "noted": None, "counted": (1, 2)}
_GERMANIC = "nplurals=2; plural=(n != 1);"
_LEFT_ALONE = re.compile(r"\{\{|\}\}|\{[^{}]*\}|%[A-Za-z]|--[a-z][a-z-]*|\s+")
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "åƀçđéƒğĥïĵķľɱñöþǫŕšťüṽŵẋýžÅƁÇĐÉƑĞĤÎĴĶĽṀÑÖÞǪŔŠŤÜṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)


class _Catalogue(Catalog):
    """One whose header is the same every day."""

    spoken = ""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        language = [("Language", self.spoken), ("Plural-Forms", _plural_forms(self.spoken))] if self.spoken else []
        return [
            ("Project-Id-Version", "mailsetup"),
            *language,
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def _plural_forms(language: str) -> str:
    if language == PSEUDO:
        return _GERMANIC
    return f"{plurals.get_plural(Locale.parse(language)).plural_forms.rstrip(';')};"


def collected() -> Catalog:
    """Every `_("...")` of the program and the providers' names, in the order of files and lines; no line numbers."""
    found = Catalog(project="mailsetup", charset="utf-8", fuzzy=False)
    for path in sorted((ROOT / "mailsetup_gui").rglob("*.py")):
        with path.open("rb") as file:
            for _line, message, comments, _context in extract.extract("python", file, _MARKS, ["translators:"]):
                found.add(message, locations=[(path.relative_to(ROOT).as_posix(), None)], auto_comments=comments)
    for preset in tomllib.loads(PRESETS.read_text(encoding="utf-8"))["preset"]:
        for key in _OF_PRESETS:
            if key in preset:
                found.add(preset[key], locations=[(PRESETS.relative_to(ROOT).as_posix(), None)])
    return found


def written(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    pofile.write_po(out, catalogue, omit_header=True, include_lineno=False, width=0, sort_output=False)
    return out.getvalue()


def place(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES"


def languages() -> list[str]:
    return sorted(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/mailsetup.po"))


def updated(language: str) -> tuple[bytes, bytes]:
    """The .po and the .mo of today: the sentences of the sources, each with the translation that it has."""
    path = place(FOLDER, language) / "mailsetup.po"
    former = pofile.read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(language)
    fresh = _fresh(language)
    for message in collected():
        known = former.get(message.id)
        if message.id:
            fresh.add(
                message.id, known.string if known else None, message.locations, auto_comments=message.auto_comments
            )
    po = io.BytesIO()
    pofile.write_po(po, fresh, include_lineno=False, width=0)
    return po.getvalue(), _binary(fresh)


def _fresh(language: str) -> _Catalogue:
    catalogue = _Catalogue(None if language == PSEUDO else language, charset="utf-8", fuzzy=False)
    catalogue.header_comment = "# Translation of mailsetup: packaging/translations.py keeps it up to the sources."
    catalogue.spoken = language
    return catalogue


def _binary(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    mofile.write_mo(out, catalogue)
    return out.getvalue()


def pseudo(sentence: str) -> str:
    """⟦Šéñđ⟧: a third longer, each line in brackets; what is filled in, options, blanks and line ends stay."""
    return "".join(_pseudo_line(line) for line in sentence.splitlines(keepends=True))


def _pseudo_line(line: str) -> str:
    text = line.strip()
    if not any(letter.isalpha() for letter in _LEFT_ALONE.sub("", text)):
        return line
    parts, end = [], 0
    for found in _LEFT_ALONE.finditer(text):
        parts += [text[end : found.start()].translate(_ACCENTS), found[0]]
        end = found.end()
    parts.append(text[end:].translate(_ACCENTS))
    longer = "·" * max(1, round(0.35 * len(text)) - 2)
    return line.replace(text, f"⟦{''.join(parts)}{longer}⟧", 1)


def write_pseudo(folder: Path) -> None:
    catalogue = _fresh(PSEUDO)
    for message in collected():
        if isinstance(message.id, tuple):
            catalogue.add(message.id, tuple(map(pseudo, message.id)))
        elif message.id:
            catalogue.add(message.id, pseudo(message.id))
    place(folder, PSEUDO).mkdir(parents=True, exist_ok=True)
    (place(folder, PSEUDO) / "mailsetup.mo").write_bytes(_binary(catalogue))


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--pseudo"]:
        write_pseudo(Path(arguments[1]))
        return
    POT.write_bytes(written(collected()))
    for language in sorted({*languages(), *arguments}):
        po, mo = updated(language)
        place(FOLDER, language).mkdir(parents=True, exist_ok=True)
        (place(FOLDER, language) / "mailsetup.po").write_bytes(po)
        (place(FOLDER, language) / "mailsetup.mo").write_bytes(mo)


if __name__ == "__main__":
    main(sys.argv[1:])

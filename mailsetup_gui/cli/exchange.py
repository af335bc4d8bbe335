"""mailsetup profile export and import: a profile for other programs, and one out of what they have."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import SimpleNamespace

from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.profile import find
from mailsetup_gui.exports import formats
from mailsetup_gui.settings import profiles, recognizing
from mailsetup_gui.settings.recognized import RecognitionError, Recognized
from mailsetup_gui.settings.server import Problem
from mailsetup_gui.wording import problems
from mailsetup_gui.wording import recognizing as told
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _


def run(action: str, purpose: str, arguments: Sequence[str]) -> int:
    """Raises UsageError, LocalError, ProfileError."""
    parser = Parser(f"mailsetup profile {action}", purpose)
    if action == "export":
        parser.word("name", "PROFILE")
        parser.word("file", "FILE", _("standard output when not given"), needed=False, default="-")
        parser.option("--format", help=_("what for; toml when not given"), choices=formats.NAMES, default="toml")
        return _export(parser.parse(arguments))
    parser.word("file", "FILE", _("- is standard input"))
    parser.option("--name", "NAME", _("instead of the name in the file"))
    return _import(parser.parse(arguments))


def _export(options: SimpleNamespace) -> int:
    profile = find(options.name)
    if wrong := formats.refused(profile, options.format):
        return _refused(wrong)
    found = formats.export(profile, options.format)
    if options.file == "-":
        print(found.text, end="")
    else:
        words.write_new(options.file, found.text)
    for note in found.notes:
        print(note, file=sys.stderr)
    return 0


def _import(options: SimpleNamespace) -> int:
    if options.name is not None and (not options.name.strip() or not options.name.isprintable()):
        raise UsageError(_("A profile needs a name of printable characters"))
    found = _recognized(options.file)
    if found.problems:
        return _refused(found.problems)
    profile = found.profile
    where = profiles.folder()
    name = options.name or profile.name or profile.server.hostname
    profiles.save(where, profile._replace(id=profiles.new_id(where, name), name=name))
    print(_("Imported as “{name}”.").format(name=shown(name)))
    for line in told.notes(found):
        print(line, file=sys.stderr)
    return 0


def _recognized(path: str) -> Recognized:
    """Raises LocalError."""
    try:
        return recognizing.recognized_in(0 if path == "-" else path)
    except RecognitionError as error:
        why = told.refusal(error)
        raise words.LocalError(_("Nothing was imported from {file}. {why}").format(file=path, why=why)) from None


def _refused(wrong: Sequence[Problem]) -> int:
    for problem in wrong:
        print(problems.line(problem), file=sys.stderr)
    return 2

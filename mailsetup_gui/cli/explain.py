"""mailsetup explain: a pasted stack trace, log, reply or bounce -> the cause, offline."""

from __future__ import annotations

import os
import sys

from mailsetup_gui.cli.options import LocalError
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.telling import HumanTeller, prepare_stdout
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _

_MOST_OCTETS = 8_000_000
"""Four for each character that is looked at; of a longer file its end is read."""

_AT_ONCE = 1 << 20


def main(arguments: list[str]) -> int:
    """0: a cause is named; 1: none is; 2: wrong usage; 4: the file cannot be read."""
    prepare_stdout()
    try:
        options = _parser().parse(arguments)
        text = _text(options.file)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except LocalError as error:
        print(error, file=sys.stderr)
        return 4
    from mailsetup_gui.diagnosis.causes import Cause
    from mailsetup_gui.diagnosis.explaining import explained
    from mailsetup_gui.wording import explaining

    found = explained(text)
    if options.json:
        print(explaining.json_line(found), flush=True)
    else:
        HumanTeller().card(explaining.card(found))
    return 1 if found.cause is Cause.UNKNOWN else 0


def _parser() -> Parser:
    parser = Parser(
        "mailsetup explain",
        _(
            "The cause behind a pasted error: a stack trace or log of Bitbucket, a mail server's reply, a bounce.\n"
            "Nothing is connected to and nothing is looked up."
        ),
    )
    parser.word("file", "FILE", _("a file of text; - or none is standard input"), needed=False, default="-")
    parser.switch("--json", _("one JSON object"))
    return parser


def _text(path: str) -> str:
    """Raises LocalError. What is not UTF-8 is replaced; a Windows file may be UTF-16."""
    if path == "-":
        return _decoded(_from_stdin())
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > _MOST_OCTETS:
                file.seek(size - _MOST_OCTETS)
            return _decoded(file.read(_MOST_OCTETS))
    except (OSError, ValueError) as error:
        why = reason(error.strerror if isinstance(error, OSError) else error)
        raise LocalError(_("The file {path} cannot be read: {reason}.").format(path=shown(path), reason=why)) from None


def _from_stdin() -> bytes:
    """All of it, of which the end is kept."""
    if sys.stdin is None:
        return b""
    if sys.stdin.isatty():
        from mailsetup_gui.wording.explaining import WAITING

        keys = _("Ctrl+Z and Enter") if sys.platform == "win32" else _("Ctrl+D on a line of its own")
        print(WAITING.format(keys=keys), file=sys.stderr, flush=True)
    kept, piece = b"", b"-" * _AT_ONCE
    while len(piece) == _AT_ONCE:  # a shorter one is the last: asked again, a terminal would want a second Ctrl+D
        piece = sys.stdin.buffer.read(_AT_ONCE)
        kept = (kept + piece)[-_MOST_OCTETS:]
    return kept


def _decoded(octets: bytes) -> str:
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return octets.decode("utf-16", "replace")
    return octets.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")

"""mailsetup report: the last result for a ticket, as Markdown or JSON Lines. Secrets are in none."""

from __future__ import annotations

import sys
from types import SimpleNamespace

from mailsetup_gui.cli import options as words
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.telling import prepare_stdout
from mailsetup_gui.settings import state
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _

_NOTHING = _("There is no result yet{whose}. Test first: mailsetup test")
_UNUSABLE = _("The last result cannot be used: {reason}. Test again: mailsetup test")


def main(arguments: list[str]) -> int:
    prepare_stdout()
    try:
        options = _parser().parse(arguments)
        return _written(_report(options), options.out)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except words.LocalError as error:
        print(shown(str(error)), file=sys.stderr)
        return 4


def _parser() -> Parser:
    parser = Parser("mailsetup report", _("The last result as a report for a ticket. No secret is in it."))
    parser.word("profile", "PROFILE", _("its last result; without one the last of all"), needed=False)
    parser.switch("--json", _("JSON Lines instead of Markdown; the outcome is the last"))
    parser.switch("--pseudonyms", _("other names for hosts, addresses and users: host-1.invalid, address-1, user-1"))
    parser.option("--out", "FILE", _("a new file; standard output when not given"))
    return parser


def _report(options: SimpleNamespace) -> str:
    """Raises LocalError."""
    from mailsetup_gui.wording import record, report

    text = _last(options.profile)
    try:
        found = report.described(record.parsed(text))
        if options.pseudonyms:
            from mailsetup_gui import circumstances
            from mailsetup_gui.wording.pseudonyms import hidden

            found = hidden(found, circumstances.computer())
        return report.json_lines(found) if options.json else report.markdown(found)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise words.LocalError(_UNUSABLE.format(reason=f"{type(error).__name__}: {error}")) from None


def _last(name: str | None) -> str:
    profile_id, whose = "", ""
    if name is not None:
        from mailsetup_gui.cli.profile import find

        profile_id, whose = find(name).id, _(" of “{name}”").format(name=shown(name))
    try:
        return state.last(profile_id)
    except FileNotFoundError:
        raise words.LocalError(_NOTHING.format(whose=whose)) from None
    except OSError as error:
        raise words.LocalError(_UNUSABLE.format(reason=reason(error.strerror or error))) from None
    except ValueError as error:
        raise words.LocalError(_UNUSABLE.format(reason=reason(error))) from None


def _written(text: str, path: str | None) -> int:
    if path is None or path == "-":
        print(text, end="")
        return 0
    words.write_new(path, text)
    return 0

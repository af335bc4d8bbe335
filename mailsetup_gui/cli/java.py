"""mailsetup java: the JVMs of this computer, and whom each trusts by itself; `arguments` is told elsewhere."""

from __future__ import annotations

import sys

from mailsetup_gui.cli.options import LocalError
from mailsetup_gui.cli.parser import Parser, UsageError
from mailsetup_gui.cli.terminal import prepare_stdout
from mailsetup_gui.java import runtimes
from mailsetup_gui.java.runtimes import Runtime
from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.contents import StoreError
from mailsetup_gui.wording import java
from mailsetup_gui.wording.files import unusable
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_USAGE = _("""\
usage: mailsetup java COMMAND [OPTIONS]

  list       the JVMs of this computer, the one that Bitbucket would most likely use first
  arguments  where Bitbucket's JVM is told of a truststore, for each kind of installation

mailsetup java COMMAND --help tells the options.""")


def main(arguments: list[str]) -> int:
    prepare_stdout()
    try:
        return _run(arguments)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except LocalError as error:
        print(error, file=sys.stderr)
        return 4


def _run(arguments: list[str]) -> int:
    action, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    match action:
        case "--help" | "-h":
            print(_USAGE)
            return 0
        case "list":
            return _list(rest)
        case "arguments":
            from mailsetup_gui.cli import arguments as telling

            return telling.main(rest)
    raise UsageError(_USAGE)


def _list(arguments: list[str]) -> int:
    parser = Parser("mailsetup java list", _("The JVMs of this computer, best first. None is started."))
    parser.switch("--json", _("one JSON object a JVM"))
    options = parser.parse(arguments)
    found = runtimes.find()
    for runtime in found:
        print(_json(runtime) if options.json else _block(runtime), flush=True)
    if not found and not options.json:
        print(_("No JVM was found. Set JAVA_HOME, or name one with --java PATH."))
    return 0


def _block(runtime: Runtime) -> str:
    kind, count, trouble = _trusts(runtime)
    lines = [
        java.name(runtime),
        _("  home      {home} (found by {found_by})").format(home=shown(runtime.home), found_by=runtime.found_by),
    ]
    if runtime.cacerts:
        lines.append(
            _("  trusts    {count} certificates in {cacerts} ({kind})").format(
                count=count, cacerts=shown(runtime.cacerts), kind=kind
            )
            if kind
            else f"  ! {trouble}"
        )
    if runtime.jssecacerts:
        lines.append(_("  ! jssecacerts is there, so this Java does not look into cacerts at all"))
    if sentence := java.trouble(runtime):
        lines.append(f"  ! {sentence}")
    return "\n".join(lines)


def _trusts(runtime: Runtime) -> tuple[str, int, str]:
    """(kind of the file, how many certificates, what is wrong with it)."""
    if not runtime.cacerts:
        return "", 0, ""
    try:
        found = truststore.read(runtime.cacerts)
    except StoreError as error:
        return (
            "",
            0,
            unusable(runtime.cacerts, error),
        )
    return found.kind.value, len(found.trusted), ""


def _json(runtime: Runtime) -> str:
    import json

    kind, count, trouble = _trusts(runtime)
    facts = {
        "version": runtime.version or None,
        "vendor": runtime.vendor or None,
        "home": runtime.home,
        "java": runtime.java or None,
        "found_by": runtime.found_by,
        "cacerts": runtime.cacerts or None,
        "cacerts_kind": kind or None,
        "cacerts_count": count,
        "jssecacerts": runtime.jssecacerts,
        "trouble": trouble or java.trouble(runtime) or None,
    }
    return json.dumps(facts, ensure_ascii=False)

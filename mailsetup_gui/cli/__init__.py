"""The terminal door: `mailsetup COMMAND ...`. Scripts rely on it; it never loads Qt."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from mailsetup_gui import __version__
from mailsetup_gui.wording.language import _

USAGE = _("""\
usage: mailsetup COMMAND [OPTIONS]

Prove that your application can send mail.

  test         send a test mail and watch every step
  explain      the cause behind a pasted error: a stack trace, a log, a reply, a bounce
  sandbox      run the built-in mail server: STARTTLS and SMTPS, its own CA, sign-in, an inbox
  providers    the mail providers that are known: host, port, encryption, and what to mind
  report       the last result for a ticket, as Markdown or JSON Lines, without secrets
  profile      list, show, set, remove, export or import named settings
  certificate  fetch the chain that a mail server shows, or show what is in files
  truststore   build a truststore for Bitbucket's Java, show one, verify that it accepts a server
  bitbucket    show what Bitbucket has, save the settings there, undo it
  java         list the JVMs of this computer, and tell where Bitbucket's gets its arguments
  help         what each setting means, and what to mind

mailsetup COMMAND --help tells the options. mailsetup-gui opens the window.
""")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 done, 1 not accepted, 2 wrong usage or settings, 3 unknown, 4 a file here, 130 interrupted."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    command = words[0] if words else ""
    if command in ("--version", "-V"):
        print(f"mailsetup {__version__}")
        return 0
    if command in ("--help", "-h"):
        print(USAGE, end="")
        return 0
    try:
        return _run(command, words[1:])
    except KeyboardInterrupt:
        return _interrupted(command, words[1:])
    except BrokenPipeError:
        sys.stdout = open("/dev/null" if sys.platform != "win32" else "nul", "w")  # noqa: SIM115  the reader left
        return 1


def program() -> NoReturn:
    """The console script. It leaves at once when all is said: what Python would tidy up, the system does."""
    if sys.argv[1:2] == ["test"]:
        gc.disable()  # a test is over before a collection could pay
    code = main()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _interrupted(command: str, words: list[str]) -> int:
    """Before a command had begun: a script that reads JSON gets its outcome even then."""
    if command == "test":
        from mailsetup_gui.cli import test

        return test.interrupted(words)
    print(_("interrupted"), file=sys.stderr)
    return 130


_OTHERS = frozenset(
    ("bitbucket", "certificate", "explain", "help", "java", "profile", "providers", "report", "sandbox", "truststore")
)


def _run(command: str, words: list[str]) -> int:
    """One import per command: a test must not pay for the others."""
    if command == "test":
        from mailsetup_gui.cli import test

        return test.main(words)
    if command in _OTHERS:
        from importlib import import_module

        return int(import_module(f"mailsetup_gui.cli.{command}").main(words))
    print(USAGE, end="", file=sys.stderr)
    if command:
        print(_("\nmailsetup: there is no command “{command}”.").format(command=command), file=sys.stderr)
    return 2

"""What both frozen programs do first: be their own helper process, or else mend the environment."""

from __future__ import annotations

import importlib
import os
import sys

_WORD = "--aside"
_HELPERS = ("mailsetup_gui.trust.child", "mailsetup_gui.settings.keeper")


def open_aside() -> None:
    """Ends the process when it is a helper (mailsetup_gui/aside.py starts it with this word)."""
    if len(sys.argv) == 3 and sys.argv[1] == _WORD and sys.argv[2] in _HELPERS:
        sys.exit(importlib.import_module(sys.argv[2]).main())
    _as_before()


def _as_before() -> None:
    """The starter points the loader at its own libraries. A JVM or browser that is started must not get these."""
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        former = os.environ.pop(f"{name}_ORIG", None)
        if former is not None:
            os.environ[name] = former
        elif os.environ.get(name, "").startswith(os.path.dirname(sys.executable)):
            del os.environ[name]

"""What both frozen programs do first: be their own reader of foreign files, or else mend the environment."""

from __future__ import annotations

import os
import sys

_READER = "--read-certificates"


def open_reader() -> None:
    """Ends the process when it is the reader (mailsetup_gui/trust/confined.py starts it with this word)."""
    if sys.argv[1:] == [_READER]:
        from mailsetup_gui.trust import child

        sys.exit(child.main())
    _as_before()


def _as_before() -> None:
    """The starter points the loader at its own libraries. A JVM or browser that is started must not get these."""
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        former = os.environ.pop(f"{name}_ORIG", None)
        if former is not None:
            os.environ[name] = former
        elif os.environ.get(name, "").startswith(os.path.dirname(sys.executable)):
            del os.environ[name]

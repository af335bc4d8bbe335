"""What is wrong with a file of certificates, as a sentence."""

from __future__ import annotations

from mailsetup_gui.trust.contents import StoreError, Trouble
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _

_TROUBLES = {
    Trouble.MISSING: _("does not exist"),
    Trouble.UNREADABLE: _("cannot be read"),
    Trouble.PASSWORD: _("does not open with this password"),
    Trouble.NO_ENTRIES: _("has no certificate that can be seen"),
    Trouble.NOT_A_STORE: _("cannot be used"),
}


def unusable(path: str, error: StoreError) -> str:
    """What is wrong with a file of certificates."""
    why = f": {reason(error.reason)}." if error.reason else "."
    return f"{shown(path)} {_TROUBLES[error.trouble]}{why}"

"""Every cause with its title, why and fixes."""

from __future__ import annotations

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.wording.encrypting import ENCRYPTING, IMPORT, TRUST
from mailsetup_gui.wording.reaching import REACHING, Words
from mailsetup_gui.wording.sending import SENDING

CATALOGUE: dict[Cause, Words] = {**REACHING, **ENCRYPTING, **SENDING}

__all__ = ["CATALOGUE", "IMPORT", "TRUST"]

"""What the built-in mail server kept, held against what was sent."""

from typing import TYPE_CHECKING

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp.events import Direction, Line, Outcome, Result, Step
from mailsetup_gui.smtp.message import Mail
from mailsetup_gui.wording.text import read_back

if TYPE_CHECKING:
    from mailsetup_gui.smtp.sandbox import Sandbox


def compared(outcome: Outcome, mail: Mail, sandbox: "Sandbox | None") -> tuple[tuple[Line, ...], tuple[Cause, ...]]:
    """A line to tell, and a warning if the two differ; nothing where no built-in server took the message."""
    if sandbox is None or outcome.result is not Result.ACCEPTED or outcome.until is not None:
        return (), ()
    equal = any(received.octets == mail.octets for received in sandbox.inbox)
    line = Line(Direction.INFO, outcome.encrypted, read_back(equal, len(mail.octets)), outcome.at, Step.QUIT)
    return (line,), () if equal else (Cause.SANDBOX_DIFFERS,)

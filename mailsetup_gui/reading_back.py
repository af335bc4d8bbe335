"""What the built-in mail server kept, held against what was sent."""

from typing import TYPE_CHECKING

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.smtp.events import Direction, Line, Outcome, Result, Step
from mailsetup_gui.smtp.message import Mail

if TYPE_CHECKING:
    from mailsetup_gui.smtp.sandbox import Sandbox


def compared(outcome: Outcome, mail: Mail, sandbox: "Sandbox | None") -> tuple[tuple[Line, ...], tuple[Cause, ...]]:
    """A line to tell, and a warning if the two differ; nothing where no built-in server took the message."""
    if sandbox is None or outcome.result is not Result.ACCEPTED or outcome.until is not None:
        return (), ()
    equal = any(received.octets == mail.octets for received in sandbox.inbox)
    verdict = "equal to what was sent" if equal else "NOT equal to what was sent"
    text = f"read back from the built-in server: {verdict}, {len(mail.octets)} octets"
    line = Line(Direction.INFO, outcome.encrypted, text, outcome.at, Step.QUIT)
    return (line,), () if equal else (Cause.SANDBOX_DIFFERS,)

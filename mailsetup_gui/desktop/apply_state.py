"""What the apply dialog knows of Bitbucket, and why nothing can be saved yet; without a widget."""

from __future__ import annotations

from typing import NamedTuple

from mailsetup_gui.bitbucket import change
from mailsetup_gui.bitbucket.applying import Applied
from mailsetup_gui.bitbucket.change import Row, Setting, State
from mailsetup_gui.bitbucket.exchange import Failure
from mailsetup_gui.bitbucket.reading import Found
from mailsetup_gui.bitbucket.records import Record
from mailsetup_gui.bitbucket.rest import Mail
from mailsetup_gui.bitbucket.troubles import RestError
from mailsetup_gui.desktop.apply_session import Access
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.wording import bitbucket as telling
from mailsetup_gui.wording import rest
from mailsetup_gui.wording.bitbucket import Told
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_READ_FIRST = _("Read what Bitbucket has first. That changes nothing.")
_READ_AGAIN = _("The fields were changed since it was read. Read again before anything is saved.")
_SAME = _("Nothing to change: Bitbucket has these settings already.")
BUSY = Told(
    "warn", _("Bitbucket is being changed. This window can be closed when that is over: within 20 s for each request.")
)


class Known(NamedTuple):
    """`seen`: all that was read last, which a change starts from; `is_fresh`: nothing was changed or edited since."""

    access: Access | None = None
    found: Found | None = None
    seen: Mail | None = None
    record: Record | None = None
    is_fresh: bool = False

    @property
    def may_undo(self) -> bool:
        return self.access is not None and self.seen is not None and self.record is not None

    def after_reading(self, found: Found) -> Known:
        return self._replace(found=found, seen=found.mail, is_fresh=True)

    def after_editing(self) -> Known:
        return self._replace(seen=None, record=None, is_fresh=False)

    def after_changing(self, applied: Applied) -> Known:
        """Where Bitbucket could not be read nobody knows what is there; the next change needs a Read either way."""
        mail, found = applied.mail, self.found
        if mail is None or found is None:
            return self._replace(seen=None, is_fresh=False)
        seen = mail if self.seen is not None else None
        return self._replace(found=found._replace(mail=seen, sender=mail.sender), seen=seen, is_fresh=False)

    def rows(self, wanted: MailServer | None) -> tuple[Row, ...]:
        """`wanted` None: what is there now, and nothing will become of it."""
        if self.found is None:
            return ()
        mail = self.found.mail
        if mail is None:
            sender = wanted.sender if wanted else self.found.sender
            state = State.SAME if (self.found.sender or "") == (sender or "") else State.CHANGED
            return (Row(Setting.SENDER, self.found.sender, sender, state),)
        return change.rows(mail, wanted or change.server(mail) or MailServer())

    def hindrance(self, wanted: MailServer, password: str) -> str | None:
        """Why these settings cannot be saved now; '' where that needs no words, None where they can."""
        if self.found is None:
            return _READ_FIRST
        if not self.is_fresh:
            return _READ_AGAIN if self.seen is None and self.record is None else ""
        differs = any(row.state is State.CHANGED for row in self.rows(wanted))
        if self.seen is not None and wanted.username:
            return None if password else telling.PASSWORD_MISSING.format(user=shown(wanted.username))
        return None if differs else _SAME


def read(found: Found, access: Access) -> Told:
    """What stands in the way of the rest; empty where all was read."""
    if found.error is None:
        return Told("", "")
    return Told("warn", _("This user sees Email from only."), (rest.trouble(found.error, access.where),))


def unread(error: RestError, access: Access) -> Told:
    """Why a reading came to nothing."""
    if error.failure is Failure.CANCELLED:
        return Told("warn", _("Stopped: nothing is known."))
    return Told("fail", _("Bitbucket's settings could not be read."), (rest.trouble(error, access.where),))


def crashed(kind: str) -> Told:
    """A bug of ours: nothing is known of Bitbucket."""
    words = _("mailsetup itself failed ({kind}). Look at Bitbucket's own page, and please report this.")
    return Told("fail", words.format(kind=kind))

"""What undoing the last change brings back: the target, and the question that tells it."""

from __future__ import annotations

from mailsetup_gui.bitbucket import change, records
from mailsetup_gui.bitbucket.change import Setting, State
from mailsetup_gui.bitbucket.records import Record
from mailsetup_gui.bitbucket.rest import Mail
from mailsetup_gui.bitbucket.writing import Target
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.wording import bitbucket as telling
from mailsetup_gui.wording.dates import minute
from mailsetup_gui.wording.harmless import shown
from mailsetup_gui.wording.language import _

_PASSWORD_LOST = _(
    "The password of “{user}” at that time is kept nowhere, as Bitbucket never shows it: "
    "set it on Bitbucket's own page afterwards."
)
_PASSWORD_GIVEN = _("The password of “{user}” will be the one in this window.")
_SOMEBODY_ELSE = _("Bitbucket's settings were changed again since then; that is lost.")


def target(record: Record, known: MailServer, password: str) -> Target:
    """With the password only where it is of the same user at the same host: nobody else is told it."""
    former = records.target_server(record)
    same = former is not None and (former.hostname, former.username) == (known.hostname, known.username)
    return Target(former, password if same and known.username else "", record.former)


def question(record: Record, seen: Mail, back: Target) -> str:
    """Everything that will be otherwise than it is now."""
    made = minute(record.made)
    lines = [_("Put back what Bitbucket had before the change of {made} (UTC)?").format(made=made), ""]
    if back.server is None:
        lines.append(_("Nothing was configured then: the mail server is removed from Bitbucket."))
    else:
        lines += [
            f"{telling.setting(row.setting)}: {telling.value(row.now)} → {telling.value(row.wanted)}"
            for row in change.rows(seen, back.server)
            if row.state is State.CHANGED and row.setting is not Setting.SIGN_IN
        ]
        if back.server.username:
            words = _PASSWORD_GIVEN if back.password else _PASSWORD_LOST
            lines += ["", words.format(user=shown(back.server.username))]
    if record.after is not None and record.after != seen:
        lines += ["", _SOMEBODY_ELSE]
    return "\n".join(lines)

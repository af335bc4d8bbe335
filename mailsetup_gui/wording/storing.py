"""Where the password is, why it is not kept, and what became of damaged profiles, as sentences."""

from __future__ import annotations

from mailsetup_gui.settings.credentials import KeyringTrouble, Obstacle
from mailsetup_gui.settings.profiles import Failed, ProfileError, Unusable
from mailsetup_gui.settings.state import Trouble
from mailsetup_gui.wording.harmless import reason, shown
from mailsetup_gui.wording.language import _

_OBSTACLES = {
    Obstacle.NO_STORE: _("There is no password store to trust."),
    Obstacle.LOCKED: _("The password store is locked. Unlock it, then try again."),
    Obstacle.SILENT: _("The password store does not answer: it may be asking to be unlocked somewhere."),
    Obstacle.DENIED: _("The password store is closed to this program, by a policy of this computer or a sandbox."),
    Obstacle.NOT_KEPT: _("The password store took the password and then did not have it."),
    Obstacle.FAILED: _("The password store failed."),
}
_FAILED = {
    Failed.LIST: _("The profiles in {where} cannot be listed: {reason}."),
    Failed.WRITE: _("The profile cannot be written to {where}: {reason}."),
    Failed.REMOVE: _("The profile {profile_id} in {where} cannot be removed: {reason}."),
}
MEMORY_ONLY = _("Kept in memory only.")


def obstacle(trouble: KeyringTrouble) -> str:
    said = _OBSTACLES[trouble.obstacle]
    return f"{said} ({shown(trouble.reason)})" if trouble.obstacle is Obstacle.FAILED and trouble.reason else said


def failed(error: ProfileError) -> str:
    """What the disk refused of a profile."""
    return _FAILED[error.failed].format(where=error.where, reason=reason(error.reason), profile_id=error.profile_id)


def set_aside(unusable: Unusable) -> str:
    why = reason(unusable.reason)
    if unusable.kept_as == unusable.path:
        return _("{path} is not used and was left as it is: {reason}.").format(path=unusable.path, reason=why)
    return _("{path} is damaged ({reason}). It is kept as {name}; nothing was lost.").format(
        path=unusable.path, reason=why, name=unusable.kept_as.name
    )


def not_used(trouble: Trouble) -> str:
    """Of a file that tells how it was when it last worked."""
    said = _("How it was when it last worked is not known: {path} cannot be used ({reason}).").format(
        path=trouble.path, reason=reason(trouble.reason)
    )
    kept_as = trouble.kept_as
    return said if kept_as == trouble.path else _("{said} It is kept as {name}.").format(said=said, name=kept_as)


def not_kept(error: OSError) -> str:
    where = _(" in {filename}").format(filename=error.filename) if error.filename else ""
    return _("The result of this test is told, but not kept{where}: {strerror}.").format(
        where=where, strerror=reason(error.strerror or error)
    )


def no_way_back(error: OSError) -> str:
    """Of a change in Bitbucket that was not begun."""
    return _(
        "Nothing was changed: the former settings cannot be kept in {filename} ({strerror}), and without them there is no way back."
    ).format(filename=error.filename or "?", strerror=reason(error.strerror or error))

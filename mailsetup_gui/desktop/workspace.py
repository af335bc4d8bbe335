"""The profiles on the screen, saved and unsaved, without a widget: what the list and the form show."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mailsetup_gui.settings import profiles, state
from mailsetup_gui.settings.profiles import Home, LastTest, Profile, Unusable
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.wording.language import _

SANDBOX_ID = "built-in server"
"""No file can have this id: new_id makes no blanks."""


class Draft(NamedTuple):
    """What is on the form: a profile and its password, which is no part of the profile."""

    profile: Profile
    password: str = ""

    def __repr__(self) -> str:
        return f"Draft({self.profile!r}, ****)"


class Workspace:
    """Every change goes through here; nothing is written but by `save`, `remove` and `remember_test`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._made = 0
        self._saved: dict[str, Draft] = {}
        self._drafts: dict[str, Draft] = {}
        self._blank: dict[str, Draft] = {}

    @property
    def folder(self) -> Path:
        """The platform's own place when none was given; looked up when first wanted, not before the first paint."""
        if self._folder is None:
            self._folder = profiles.folder()
        return self._folder

    def load(self) -> tuple[Unusable, ...]:
        """Raises ProfileError when the folder cannot be listed."""
        found, unusable = profiles.load(self.folder)
        self._saved = {profile.id: Draft(profile) for profile in found}
        if found:  # the empty profile of the first moment is not needed, unless somebody has begun to fill it in
            self._drafts = {key: draft for key, draft in self._drafts.items() if self.is_dirty(key)}
        self._drafts.update(self._saved)
        return unusable

    @property
    def drafts(self) -> tuple[Draft, ...]:
        return tuple(sorted(self._drafts.values(), key=lambda d: d.profile.name.casefold()))

    def draft(self, profile_id: str) -> Draft:
        return self._drafts[profile_id]

    def is_dirty(self, profile_id: str) -> bool:
        if profile_id == SANDBOX_ID:
            return False
        return self._drafts.get(profile_id) != self._saved.get(profile_id, self._blank.get(profile_id))

    def is_saved(self, profile_id: str) -> bool:
        return profile_id in self._saved

    def saved(self, profile_id: str) -> Profile | None:
        """As it is on the disk."""
        saved = self._saved.get(profile_id)
        return saved.profile if saved else None

    def knows_password(self, profile_id: str) -> bool:
        """The saved one: typed in this window, or told by the password store."""
        saved = self._saved.get(profile_id)
        return saved is not None and bool(saved.password)

    @property
    def dirty(self) -> tuple[Draft, ...]:
        return tuple(draft for draft in self.drafts if self.is_dirty(draft.profile.id))

    def add(self, name: str = _("New mail server")) -> Draft:
        """A new, empty profile with a name of its own: not saved, and nothing to lose yet."""
        name = self._free_name(name)
        draft = Draft(Profile(self._new_id(), name))
        self._drafts[draft.profile.id] = self._blank[draft.profile.id] = draft
        return draft

    def add_sandbox(self, server: MailServer, password: str) -> Draft:
        """The built-in server's own profile: never saved, gone with the window."""
        profile = Profile(SANDBOX_ID, _("Built-in server"), server, recipient="you@example.test")
        self._drafts[SANDBOX_ID] = Draft(profile, password)
        return self._drafts[SANDBOX_ID]

    def take(self, profile: Profile) -> Draft:
        """What was read somewhere, under its name or one like it: not saved, and without a password."""
        draft = self.add(profile.name)
        taken = profile._replace(id=draft.profile.id, name=draft.profile.name)
        self._drafts[taken.id] = Draft(taken)
        return self._drafts[taken.id]

    def duplicate(self, profile_id: str) -> Draft:
        source = self.draft(profile_id)
        name = self._free_name(_("{name} copy").format(name=source.profile.name))
        profile = source.profile._replace(id=self._new_id(), name=name, last_test=None)
        self._drafts[profile.id] = Draft(profile, source.password)
        return self._drafts[profile.id]

    def change(self, draft: Draft) -> Draft:
        """What the form now says of server, truststore and password; the rest of a profile is not on it."""
        edited, known = draft.profile, self._drafts[draft.profile.id].profile
        profile = known._replace(server=edited.server, truststore=edited.truststore)
        self._drafts[profile.id] = Draft(profile, draft.password)
        return self._drafts[profile.id]

    def remember_home(self, profile_id: str, home: Home) -> None:
        """Where the Bitbucket of this profile is; on the disk when the profile is saved."""
        if draft := self._drafts.get(profile_id):
            self._drafts[profile_id] = draft._replace(profile=draft.profile._replace(bitbucket=home))

    def recalled(self, profile_id: str, password: str) -> None:
        """The keyring's answer, unless somebody has typed meanwhile."""
        saved = self._saved.get(profile_id)
        if saved is None or self._drafts[profile_id].password:
            return
        self._saved[profile_id] = saved._replace(password=password)
        self._drafts[profile_id] = self._drafts[profile_id]._replace(password=password)

    def rename(self, profile_id: str, name: str) -> None:
        """At once on disk where the profile is there already: a name is not part of what is tested."""
        draft = self.draft(profile_id)
        self._drafts[profile_id] = draft._replace(profile=draft.profile._replace(name=name))
        if saved := self._saved.get(profile_id):
            self._store(saved._replace(profile=saved.profile._replace(name=name)))

    def save(self, profile_id: str) -> Draft:
        """What is saved now; a profile saved for the first time gets the id it keeps. Raises ProfileError."""
        profile, password = self.draft(profile_id)
        saved = self._saved.get(profile_id)
        if saved is None:
            profile = profile._replace(id=profiles.new_id(self.folder, profile.name))
        elif saved.profile.server != profile.server:
            profile = profile._replace(last_test=None)
        self._store(Draft(profile, password))
        del self._drafts[profile_id]
        self._drafts[profile.id] = Draft(profile, password)
        return self._drafts[profile.id]

    def revert(self, profile_id: str) -> Draft | None:
        """None when there is nothing to go back to: an unsaved profile goes away."""
        saved = self._saved.get(profile_id)
        if saved is None:
            del self._drafts[profile_id]
            return None
        self._drafts[profile_id] = saved
        return saved

    def remove(self, profile_id: str) -> None:
        """Raises ProfileError; the profile stays then."""
        if profile_id in self._saved:
            profiles.remove(self.folder, profile_id)
            with suppress(OSError):  # what its tests left tells nothing without it
                state.forget(profile_id)
            del self._saved[profile_id]
        self._drafts.pop(profile_id, None)

    def remember_test(self, tested: Profile, recipient: str, test: LastTest) -> None:
        """Beside the profile that was tested; on disk only when what was tested is what is saved."""
        draft, saved = self._drafts.get(tested.id), self._saved.get(tested.id)
        if draft is not None and draft.profile.server == tested.server:
            profile = draft.profile._replace(last_test=test, recipient=recipient)
            self._drafts[tested.id] = draft._replace(profile=profile)
        if saved is not None and saved.profile.server == tested.server:
            profile = saved.profile._replace(last_test=test, recipient=recipient)
            self._store(saved._replace(profile=profile))

    def _store(self, draft: Draft) -> None:
        profiles.save(self.folder, draft.profile)
        self._saved[draft.profile.id] = draft

    def _free_name(self, wanted: str) -> str:
        taken = {draft.profile.name for draft in self._drafts.values()}
        names = (wanted if number == 1 else f"{wanted} {number}" for number in range(1, 10_000))
        return next(name for name in names if name not in taken)

    def _new_id(self) -> str:
        """Until it is saved; no file can have a blank in its id."""
        self._made += 1
        return f"new {self._made}"

"""The profiles on the screen, without a widget."""

from pathlib import Path

import pytest

from mailsetup_gui.desktop.workspace import SANDBOX_ID, Draft, Workspace
from mailsetup_gui.settings.profiles import LastTest, ProfileError
from mailsetup_gui.settings.server import Encryption, MailServer

SERVER = MailServer("mail.example.com", 587, Encryption.STARTTLS_REQUIRED, "bitbucket", "noreply@example.com")
TESTED = LastTest("accepted", "2026-11-23T10:00:00+00:00", "accepted")


def filled(workspace: Workspace, server: MailServer = SERVER, password: str = "") -> str:
    draft = workspace.add()
    workspace.change(Draft(draft.profile._replace(server=server), password))
    return draft.profile.id


def saved(workspace: Workspace, server: MailServer = SERVER) -> str:
    return workspace.save(filled(workspace, server)).profile.id


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "profiles")


def test_an_empty_new_profile_is_nothing_to_lose(workspace: Workspace) -> None:
    assert not workspace.is_dirty(workspace.add().profile.id)
    assert not workspace.folder.exists()


def test_a_filled_profile_is_unsaved_until_it_is_saved(workspace: Workspace) -> None:
    profile_id = filled(workspace)
    assert workspace.is_dirty(profile_id)
    profile_id = workspace.save(profile_id).profile.id
    assert not workspace.is_dirty(profile_id)
    again = Workspace(workspace.folder)
    again.load()
    assert again.draft(profile_id).profile.server == SERVER


def test_a_password_makes_a_profile_unsaved_and_never_reaches_the_disk(workspace: Workspace) -> None:
    profile_id = saved(workspace)
    workspace.change(workspace.draft(profile_id)._replace(password="hunter2-planted"))
    assert workspace.is_dirty(profile_id)
    workspace.save(profile_id)
    assert not any(b"hunter2" in path.read_bytes() for path in workspace.folder.iterdir())
    assert "hunter2" not in repr(workspace.draft(profile_id))


def test_two_profiles_of_one_name_get_files_of_their_own(workspace: Workspace) -> None:
    for _ in range(2):
        profile_id = filled(workspace)
        workspace.rename(profile_id, "Production")
        workspace.save(profile_id)
    assert sorted(path.name for path in workspace.folder.iterdir()) == ["production-2.toml", "production.toml"]


def test_new_profiles_get_names_and_ids_of_their_own(workspace: Workspace) -> None:
    first, second = workspace.add().profile, workspace.add().profile
    copy = workspace.duplicate(first.id).profile
    assert len({first.name, second.name, copy.name}) == 3
    assert len({first.id, second.id, copy.id}) == 3


def test_a_duplicate_has_the_settings_and_no_history(workspace: Workspace) -> None:
    profile_id = saved(workspace)
    workspace.remember_test(workspace.draft(profile_id).profile, "ops@example.com", TESTED)
    copy = workspace.duplicate(profile_id).profile
    assert (copy.server, copy.last_test) == (SERVER, None)


def test_revert_brings_back_what_is_saved(workspace: Workspace) -> None:
    profile_id = saved(workspace)
    workspace.change(Draft(workspace.draft(profile_id).profile._replace(server=SERVER._replace(port=25))))
    kept = workspace.revert(profile_id)
    assert kept is not None
    assert kept.profile.server == SERVER


def test_revert_of_a_profile_that_was_never_saved_lets_it_go(workspace: Workspace) -> None:
    profile_id = filled(workspace)
    assert workspace.revert(profile_id) is None
    assert workspace.drafts == ()


def test_rename_reaches_the_disk_at_once_and_keeps_unsaved_edits_unsaved(workspace: Workspace) -> None:
    profile_id = saved(workspace)
    workspace.change(Draft(workspace.draft(profile_id).profile._replace(server=SERVER._replace(port=2525))))
    workspace.rename(profile_id, "Production")
    again = Workspace(workspace.folder)
    again.load()
    assert (again.draft(profile_id).profile.name, again.draft(profile_id).profile.server) == ("Production", SERVER)
    assert workspace.is_dirty(profile_id)


def test_a_test_of_unsaved_settings_is_not_written_beside_the_saved_ones(workspace: Workspace) -> None:
    profile_id = saved(workspace)
    other = SERVER._replace(port=2525)
    workspace.change(Draft(workspace.draft(profile_id).profile._replace(server=other)))
    workspace.remember_test(workspace.draft(profile_id).profile, "ops@example.com", TESTED)
    again = Workspace(workspace.folder)
    again.load()
    assert workspace.draft(profile_id).profile.last_test == TESTED
    assert again.draft(profile_id).profile.last_test is None


def test_changed_settings_forget_the_test_of_the_former_ones(workspace: Workspace) -> None:
    profile_id = saved(workspace)
    workspace.remember_test(workspace.draft(profile_id).profile, "ops@example.com", TESTED)
    profile = workspace.draft(profile_id).profile._replace(server=SERVER._replace(hostname="other.example.com"))
    workspace.change(Draft(profile))
    assert workspace.save(profile_id).profile.last_test is None


def test_the_built_in_server_is_never_written(workspace: Workspace) -> None:
    workspace.add_sandbox(SERVER, "try-it-out")
    workspace.remember_test(workspace.draft(SANDBOX_ID).profile, "ops@example.com", TESTED)
    assert not workspace.is_dirty(SANDBOX_ID)
    assert not workspace.folder.exists()
    assert workspace.draft(SANDBOX_ID).profile.last_test == TESTED


def test_a_disk_that_refuses_leaves_the_edits_on_the_form(workspace: Workspace) -> None:
    profile_id = filled(workspace)
    workspace.folder.parent.mkdir(exist_ok=True)
    workspace.folder.write_text("a file where the folder should be")
    with pytest.raises(ProfileError):
        workspace.save(profile_id)
    assert workspace.is_dirty(profile_id)
    assert workspace.draft(profile_id).profile.server == SERVER


def test_an_edit_keeps_what_is_not_on_the_form(workspace: Workspace) -> None:
    profile_id = saved(workspace)
    on_the_form = workspace.draft(profile_id)
    workspace.remember_test(on_the_form.profile, "ops@example.com", TESTED)
    workspace.change(on_the_form)
    profile = workspace.draft(profile_id).profile
    assert (profile.last_test, profile.recipient) == (TESTED, "ops@example.com")
    assert not workspace.is_dirty(profile_id)


def test_the_keyring_answer_does_not_overwrite_what_was_typed(workspace: Workspace) -> None:
    profile_id = saved(workspace)
    workspace.change(workspace.draft(profile_id)._replace(password="typed"))
    workspace.recalled(profile_id, "kept")
    assert workspace.draft(profile_id).password == "typed"


def test_a_recalled_password_is_no_unsaved_change(workspace: Workspace) -> None:
    profile_id = saved(workspace)
    workspace.recalled(profile_id, "kept")
    assert workspace.draft(profile_id).password == "kept"
    assert not workspace.is_dirty(profile_id)

"""mailsetup: the words before the command."""

from mailsetup_gui import __version__
from tests.cli.running import mailsetup


def test_help_and_version_are_0() -> None:
    assert mailsetup("--help").out.startswith("usage: mailsetup COMMAND")
    assert mailsetup("--version").out == f"mailsetup {__version__}\n"


def test_no_command_and_an_unknown_one_are_2_and_tell_the_commands() -> None:
    for words in ((), ("frobnicate",)):
        ran = mailsetup(*words)
        assert ran.code == 2
        assert "sandbox" in ran.err


def test_every_command_has_help() -> None:
    for name in ("test", "sandbox", "profile"):
        ran = mailsetup(name, "--help")
        assert ran.code == 0
        assert ran.out.startswith(f"usage: mailsetup {name}")

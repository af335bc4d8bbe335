"""What a whole `mailsetup test` costs against servers that say more than anybody wants to hear."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.running import command, environment
from tests.smtp.misdeeds import PROMPT, endless_challenges, flood_lines, floods
from tests.smtp.polite import PASSWORD, Misdeed, Mode, Stage, polite, says
from tests.smtp.scripted import Script, Scripted
from tests.smtp.tls_misdeeds import SHAKING
from tests.smtp.trying import ca_file

LIMIT = 16 * 1024
"""KiB above a normal test."""
LONG_LINES = (b"250-" + b"y" * 4000 + b"\r\n") * 255 + b"250 x\r\n"
MODES = {
    Mode.CLEAR: [],
    Mode.STARTTLS: ["--tls", "always", "--username", "bitbucket", "--password-env", "SMTP_PASSWORD"],
    Mode.SMTPS: ["--protocol", "smtps", "--username", "bitbucket", "--password-env", "SMTP_PASSWORD"],
}


@pytest.fixture(scope="module")
def normal() -> dict[Mode, int]:
    return {mode: peak(polite(mode), mode) for mode in MODES}


@pytest.mark.parametrize(
    ("mode", "stage", "misdeed"),
    [
        (Mode.CLEAR, Stage.GREETING, floods(b"2" * 65536)),
        (Mode.CLEAR, Stage.EHLO, flood_lines),
        (Mode.CLEAR, Stage.EHLO, PROMPT["100,000 keywords"]),
        (Mode.CLEAR, Stage.DATA, floods(bytes(65536))),
        (Mode.STARTTLS, Stage.EHLO_INSIDE, says(LONG_LINES)),
        (Mode.STARTTLS, Stage.AUTH, PROMPT["a huge 334"]),
        (Mode.STARTTLS, Stage.PASSWORD, endless_challenges),
        (Mode.STARTTLS, Stage.DOT, flood_lines),
        (Mode.SMTPS, Stage.HANDSHAKE, SHAKING["endless records"]),
        (Mode.SMTPS, Stage.HANDSHAKE, SHAKING["endless empty records"]),
        (Mode.SMTPS, Stage.QUIT, floods(b"\n" * 65536)),
    ],
    ids=[
        "an endless greeting",
        "endless lines",
        "100,000 keywords",
        "endless NULs",
        "256 long lines",
        "a huge challenge",
        "endless challenges",
        "an endless reply to the dot",
        "endless TLS records",
        "endless empty TLS records",
        "endless empty lines at the end",
    ],
)
def test_a_flood_costs_at_most_16_mb_more_than_a_normal_test(
    mode: Mode, stage: Stage, misdeed: Misdeed, normal: dict[Mode, int]
) -> None:
    assert peak(polite(mode, {stage: misdeed}), mode) - normal[mode] <= LIMIT


def peak(script: Script, mode: Mode) -> int:
    """KiB of resident memory at most, of one whole process."""
    program = (
        "import os, sys\n"
        "quiet = [(os.POSIX_SPAWN_OPEN, 1, '/dev/null', os.O_WRONLY, 0)]\n"
        "pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)\n"
        "print(os.wait4(pid, 0)[2].ru_maxrss)\n"
    )
    with Scripted(script) as server:
        where = ["--hostname", f"127.0.0.1:{server.port}", "--truststore", ca_file(), "--timeout", "5", *MODES[mode]]
        who = ["--from", "a@example.test", "--to", "b@example.test", "--json"]
        done = subprocess.run(
            [sys.executable, "-c", program, *command("test", *where, *who)],
            capture_output=True,
            encoding="utf-8",
            env=environment(SMTP_PASSWORD=PASSWORD),
            check=True,
        )
    return int(done.stdout)

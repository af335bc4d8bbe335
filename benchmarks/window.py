"""`mailsetup-gui` beside a bare PySide6 window of the same size: from process start to the end of the first paint."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.figures import Compared, Skipped
from benchmarks.peers import RECIPIENT, SENDER, Usage
from mailsetup_gui.settings import profiles
from mailsetup_gui.settings.profiles import Profile
from mailsetup_gui.settings.server import MailServer

_BAR = "wall at most 1.30"


def compared(rounds: int) -> Iterator[Compared | Skipped]:
    with peers.display() as (screen, env), tempfile.TemporaryDirectory(prefix="mailsetup-bench-") as folder:
        for words, count in (("no profile", 0), ("three profiles", 3)):
            config = Path(folder, str(count))
            _keep_profiles(config / "profiles", count)
            ours, bare = _measured({**env, "MAILSETUP_CONFIG_DIR": str(config)}, rounds)
            walls, cpus = ([tuple(u[at] for u in side) for side in (ours, bare)] for at in (0, 1))
            yield Compared(f"wall, {words} ({screen})", walls[0], walls[1], bar=_BAR)
            yield Compared(f"CPU, {words} ({screen})", cpus[0], cpus[1])


def _measured(env: dict[str, str], rounds: int) -> tuple[list[Usage], list[Usage]]:
    here = Path(__file__).parent
    own, bare = ([sys.executable, str(here / name)] for name in ("own_window.py", "bare_window.py"))
    for command in (own, bare, own, bare):
        peers.tried(command, env)
    pairs = [(peers.usage(own, env), peers.usage(bare, env)) for _ in range(rounds)]
    return [ours for ours, _ in pairs], [other for _, other in pairs]


def _keep_profiles(folder: Path, count: int) -> None:
    for number in range(1, count + 1):
        server = MailServer(f"mail{number}.example.test", 587, username="bitbucket", sender=SENDER)
        profiles.save(folder, Profile(f"p{number}", f"Mail server {number}", server, recipient=RECIPIENT))

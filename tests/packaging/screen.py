"""A screen with a window manager that nobody sees, a hand for its mouse, and the windows on it."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from tests.packaging import places

PATIENCE = 30.0


class Screen(NamedTuple):
    name: str

    def window(self, kind: str, *, within: float = PATIENCE) -> str:
        """The first visible window of this class; empty when there is none in time."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if found := self._asked("search", "--onlyvisible", "--classname", f"^{kind}$").split():
                return found[0]
            time.sleep(0.05)
        return ""

    def title(self, window: str) -> str:
        """Once there is more in it than the program's name: at its first paint the window is an empty frame."""
        deadline = time.monotonic() + PATIENCE
        while (told := self._asked("getwindowname", window).strip()) == "mailsetup" and time.monotonic() < deadline:
            time.sleep(0.05)
        return told

    def double_click(self, window: str, x: int, y: int) -> None:
        self._asked("mousemove", "--window", window, str(x), str(y), "click", "--repeat", "2", "--delay", "80", "1")

    def _asked(self, *words: str) -> str:
        """What xdotool says; a search that finds nothing ends with 1 and no words."""
        environment = {**os.environ, "DISPLAY": self.name}
        return subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True).stdout


@contextmanager
def shown() -> Iterator[Screen]:
    places.tools("Xvfb", "openbox", "xdotool")
    hear, say = os.pipe()
    command = ["Xvfb", "-displayfd", str(say), "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[say], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(say)
    try:
        ready, _, _ = select.select([hear], [], [], PATIENCE)
        name = f":{os.read(hear, 16).decode().strip()}" if ready else ""
        assert name, "Xvfb did not start"
        with running(["openbox"], {**os.environ, "DISPLAY": name}):
            yield Screen(name)
    finally:
        os.close(hear)
        server.terminate()
        server.wait(PATIENCE)


@contextmanager
def running(command: Sequence[str], environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Killed at the end, whatever it does."""
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdin=silent, stdout=silent, stderr=silent, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)

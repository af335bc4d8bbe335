"""What runs on the hosts that the role is played on: a JVM as Bitbucket, a systemctl that writes down. Not a test."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from mailsetup_gui import shipped
from tests.bitbucket.playing import Fleet
from tests.java.jvms import needed

RESTART = """\
kill "$(cat pid)"
"$1" -Xmx32m "-Djavax.net.ssl.trustStore=$2" -cp "$4" Proof "$3" <>waiting >/dev/null 2>&1 &
echo $! >pid
until grep -qa trustStore "/proc/$!/cmdline"; do :; done
"""
"""A JVM that waits for its input stands for Bitbucket."""
SYSTEMCTL = """\
#!/bin/sh
echo "$@" >>"{log}"
case $* in
    *--property=Environment*) cat "{drop_in}" ;;
    show*) printf 'LoadState=loaded\\nActiveState=active\\n' ;;
esac
"""


class Bitbucket:
    """A JVM with the words of one host in its command line, and the status address of a node that is starting."""

    def __init__(self, fleet: Fleet, host: str, status: HTTPServer) -> None:
        self.folder = fleet.folder / "process"
        self.folder.mkdir()
        os.mkfifo(self.folder / "waiting")
        words, java = fleet.hosts[host]["mailsetup_process"], needed(17).java
        classes = str(Path(shipped.path("Proof.class")).parent)
        (self.folder / "pid").write_text("")
        (self.folder / "restart.sh").write_text(f'cd "{self.folder}"\n{RESTART}')
        command = ["sh", str(self.folder / "restart.sh"), java, str(fleet.store(host)), words, classes]
        subprocess.run([*command[:3], "/of/another.jks", *command[4:]], check=True, stderr=subprocess.DEVNULL)
        self.first = self.pid
        self.asked: list[str] = []
        status.expect_request("/status").respond_with_handler(self._answer)
        fleet.hosts[host] |= {
            "mailsetup_restart_command": command,
            "mailsetup_status_url": status.url_for("/status"),
            "mailsetup_java_home": needed(17).home,
        }

    @property
    def pid(self) -> int:
        return int((self.folder / "pid").read_text())

    def stop(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def _answer(self, _request: Request) -> Response:
        self.asked.append("STARTING" if not self.asked else "RUNNING")
        return Response(f'{{"state":"{self.asked[-1]}"}}', content_type="application/json")


def with_systemd(fleet: Fleet, host: str, status: HTTPServer) -> Path:
    """A systemctl that writes down what it is asked, for the one host where systemd runs; the path of that."""
    log = fleet.folder / "systemctl.log"
    log.touch()
    (fleet.root(host) / "run").mkdir()
    (fleet.folder / "bin").mkdir()
    program = fleet.folder / "bin" / "systemctl"
    program.write_text(SYSTEMCTL.format(log=log, drop_in=fleet.drop_in(host)))
    program.chmod(0o755)
    fleet.hosts[host]["mailsetup_status_url"] = status.url_for("/status")
    return log

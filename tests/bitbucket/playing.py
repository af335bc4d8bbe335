"""Three hosts below one folder, played on by the real ansible-playbook over local connections. Not a test."""

from __future__ import annotations

import grp
import json
import os
import pwd
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mailsetup_gui.bitbucket import role, unpacking
from mailsetup_gui.settings.server import Encryption, MailServer
from tests.java.jvms import needed

HOSTS = ("bb1", "bb2", "bb3")
_RECAP = re.compile(r"^(\S+)\s+: ok=\d+\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)", re.MULTILINE)


class Played(NamedTuple):
    """What ansible-playbook said. `changed`, `failed`: by host, out of its recap."""

    code: int
    said: str
    changed: dict[str, int]
    failed: dict[str, int]


def playbook() -> str:
    """Beside this Python; a machine without it tests nothing of the role, and that is a failure."""
    found = Path(sys.executable).parent / "ansible-playbook"
    if not found.is_file():
        pytest.fail("ansible-playbook is missing: install the development dependencies")
    return str(found)


class Fleet:
    """A project as it is written out, and three hosts with folders of their own."""

    def __init__(self, folder: Path, store: bytes, port: int) -> None:
        self.folder = folder
        self.project = folder / "project"
        server = MailServer("localhost", port, Encryption.STARTTLS_REQUIRED)
        unpacking.write(str(self.project), role.files(role.Wanted(store, HOSTS, server)))
        self.hosts = {name: self._host(name) for name in HOSTS}

    def root(self, host: str) -> Path:
        return self.folder / host

    def store(self, host: str) -> Path:
        return self.root(host) / "var" / "mail-cacerts.jks"

    def drop_in(self, host: str) -> Path:
        return self.root(host) / "etc" / "atlbitbucket.service.d" / "mailsetup-truststore.conf"

    def tree(self) -> dict[str, tuple[int, bytes]]:
        """Every path of all hosts, with its mode and its octets."""
        paths = [path for host in HOSTS for path in sorted(self.root(host).rglob("*"))]
        return {str(path): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"") for path in paths}

    def play(self, *words: str, **variables: object) -> Played:
        """`variables` are those of the command line: they win over all others."""
        local = self.folder / "local.json"
        local.write_text(json.dumps({"bitbucket": {"hosts": self.hosts}}))
        done = subprocess.run(
            [playbook(), "-i", "inventory.yml", "-i", str(local), "site.yml", "-e", json.dumps(variables), *words],
            cwd=self.project,
            env=self.environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=100,
        )
        rows = _RECAP.findall(done.stdout)
        return Played(
            done.returncode,
            done.stdout + done.stderr,
            {host: int(changed) for host, changed, _gone, _failed in rows},
            {host: int(gone) + int(failed) for host, _changed, gone, failed in rows},
        )

    def _host(self, name: str) -> dict[str, Any]:
        for part in ("etc", "tmp"):
            (self.root(name) / part).mkdir(parents=True)
        return {
            "ansible_connection": "local",
            "ansible_python_interpreter": sys.executable,
            "ansible_become": False,
            "mailsetup_truststore_path": str(self.store(name)),
            "mailsetup_systemd_folders": [str(self.root(name) / "etc"), str(self.root(name) / "lib")],
            "mailsetup_systemd_running": str(self.root(name) / "run"),
            "mailsetup_temporary_folder": str(self.root(name) / "tmp"),
            "mailsetup_process": f"the Bitbucket of {self.root(name)}",
            "mailsetup_java_candidates": [needed(17).home],
            "mailsetup_owner": pwd.getpwuid(os.getuid()).pw_name,
            "mailsetup_group": grp.getgrgid(os.getgid()).gr_name,
            "mailsetup_status_delay": 0,
        }

    def environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_LOCAL_TEMP": str(self.folder / "ansible" / "tmp"),
            "ANSIBLE_REMOTE_TMP": str(self.folder / "ansible" / "remote"),
            "ANSIBLE_FORKS": "3",
            "ANSIBLE_PIPELINING": "true",
            "ANSIBLE_NOCOLOR": "true",
            "ANSIBLE_LOCALHOST_WARNING": "false",
        }

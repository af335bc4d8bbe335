"""A bare Debian of this machine's release in a folder. Mounts and processes end with the command that runs in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.packaging import places

PERSON = "person"
"""Who uses the program there: not root, who could write compiled code where others cannot."""
_NUMBER = 1000
_LEAN = ["--dpkgopt=force-unsafe-io", '--aptopt=APT::Install-Recommends "false"', '--aptopt=Acquire::Languages "none"']
_LEAN += ['--aptopt=Acquire::Check-Valid-Until "false"', '--aptopt=Acquire::Check-Date "false"']
_WITHIN = """\
mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && cd / && exec chroot "$@"
"""


class Root(NamedTuple):
    path: Path

    def command(self, words: Sequence[str], *, user: str = PERSON, **environment: str) -> list[str]:
        """In namespaces of its own: when the first process ends, the mounts and all other processes are gone."""
        given = [f"{name}={value}" for name, value in environment.items()]
        home = "/root" if user == "root" else f"/home/{user}"
        clean = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", f"HOME={home}", "LANG=C.UTF-8", *given]
        change = [] if user == "root" else ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child=KILL"]
        return [*alone, "sh", "-c", _WITHIN, "sh", str(self.path), *clean, *change, *words]

    def run(self, *words: str, user: str = PERSON, **environment: str) -> subprocess.CompletedProcess[str]:
        command = self.command(words, user=user, **environment)
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180)

    def install(self, *packages: Path | str) -> None:
        names = []
        for package in packages:
            if isinstance(package, Path):
                shutil.copy(package, self.path / package.name)
            names.append(f"./{package.name}" if isinstance(package, Path) else package)
        done = self.run("apt-get", "install", "--yes", "-qq", *names, user="root", DEBIAN_FRONTEND="noninteractive")
        assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def root() -> Iterator[Root]:
    places.tools("mmdebstrap", "unshare", "chroot")
    if os.geteuid() != 0:
        pytest.skip("only root can make and enter a root file system")
    folder = Path(tempfile.mkdtemp(prefix="mailsetup-root-"))
    try:
        yield _made(folder)
    finally:
        assert str(folder) not in Path("/proc/self/mountinfo").read_text(encoding="utf-8")  # before anything is deleted
        shutil.rmtree(folder)


def unpacked(package: Path, folder: Path) -> Path:
    subprocess.run(["dpkg-deb", "-x", str(package), str(folder)], check=True)
    return folder


def _made(folder: Path) -> Root:
    folder.chmod(0o755)  # other users go through it
    release, mirrors = _sources()
    command = [
        "mmdebstrap",
        "--quiet",
        "--mode=root",
        "--variant=apt",
        "--skip=cleanup/apt",
        *_LEAN,
        release,
        str(folder),
        *mirrors,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    _settle(folder)
    return Root(folder)


def _settle(folder: Path) -> None:
    """Somebody lives there; a bare Debian 13 has no useradd."""
    with (folder / "etc/passwd").open("a", encoding="utf-8") as file:
        file.write(f"{PERSON}:x:{_NUMBER}:{_NUMBER}::/home/{PERSON}:/bin/sh\n")
    with (folder / "etc/group").open("a", encoding="utf-8") as file:
        file.write(f"{PERSON}:x:{_NUMBER}:\n")
    home = folder / "home" / PERSON
    home.mkdir()
    os.chown(home, _NUMBER, _NUMBER)


def _sources() -> tuple[str, list[str]]:
    """This machine's release, and where it gets Debian's packages from; other sources stay out."""
    facts = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text("utf-8").splitlines() if "=" in line)
    if facts["ID"] != "debian":
        pytest.skip("this is no Debian, so it has no sources for one")
    release = facts["VERSION_CODENAME"].strip('"')
    wanted = [
        "--format",
        "$(REPO_URI) $(SUITE)|$(CODENAME)",
        "Created-By: Packages",
        "Component: main",
        "Origin: Debian",
    ]
    told = subprocess.run(["apt-get", "indextargets", *wanted], check=True, capture_output=True, text=True).stdout
    for line in dict.fromkeys(told.splitlines()):
        address, _, names = line.partition(" ")
        if release in names.split("|"):
            return release, [f"deb {address} {release} main"]
    pytest.skip(f"apt here knows no source of Debian's {release}")

"""The portable folder: both programs and their own Python, to be unpacked anywhere."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Callable
from pathlib import Path

import dev
import notices
import parts

_SPEC = dev.ROOT / "packaging" / "mailsetup.spec"
_XZ = ["xz", "--threads=0", "--block-size=24MiB", "--stdout"]


def build(dist: Path, work: Path, moment: int) -> Path:
    """On Linux a .tar.xz; on Windows and macOS what `folder` makes, which is signed and wrapped by the next step."""
    if sys.platform != "linux":
        return folder(dist, work, moment)
    return _packed(_made(work, moment), dist, moment)


def folder(dist: Path, work: Path, moment: int) -> Path:
    """dist/mailsetup/ (macOS: dist/mailsetup.app/), in place of what is there."""
    made = _made(work, moment)
    target = dist / made.name
    if sys.platform == "win32":  # the installer's own icon
        shutil.copyfile(work / "build" / "mailsetup" / "mailsetup.ico", dist / "mailsetup.ico")
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(made, target, symlinks=True))


def _made(work: Path, moment: int) -> Path:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment), "PYTHONHASHSEED": "0"}
    where = ["--distpath", str(work / "made"), "--workpath", str(work / "build")]
    command = [str(dev.PYTHON), "-m", "PyInstaller", str(_SPEC), *where, "--noconfirm", "--log-level", "ERROR"]
    subprocess.run(command, check=True, env=environment)
    is_mac = sys.platform == "darwin"
    made = work / "made" / ("mailsetup.app" if is_mac else "mailsetup")
    _papers(made / "Contents" / "Resources" if is_mac else made, work)
    return made


def _papers(folder: Path, work: Path) -> None:
    """Licences of all that is in the folder: the parts, Python itself, and the system's libraries."""
    shutil.copyfile(dev.ROOT / "CHANGELOG.md", folder / "CHANGELOG.md")
    papers = work / "papers"
    notices.write(papers, parts.running(), _system_libraries(folder) if sys.platform == "linux" else ())
    shutil.copytree(papers, folder, dirs_exist_ok=True)
    shutil.copytree(dev.ROOT / "packaging" / "licenses", folder / "licenses" / "qt")
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if text.exists():
        (folder / "licenses" / "python").mkdir()
        shutil.copyfile(text, folder / "licenses" / "python" / "LICENSE")


def _system_libraries(folder: Path) -> list[Path]:
    """Where the loader finds what was copied from it."""
    copied = {path.name for path in (folder / "_internal").glob("*.so*") if not path.is_symlink()}
    told = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    places = (Path(line.rpartition("=> ")[2]) for line in told.splitlines() if "=> " in line)
    return sorted({place.resolve() for place in places if place.name in copied})


def _packed(made: Path, dist: Path, moment: int) -> Path:
    """xz itself uses every processor; in blocks of one size, so that the number of processors changes no octet."""
    archive = dist / f"mailsetup-{parts.version()}-linux-{platform.machine()}.tar.xz"
    with (
        archive.open("wb") as out,
        subprocess.Popen(_XZ, stdin=subprocess.PIPE, stdout=out) as process,
        tarfile.open(fileobj=process.stdin, mode="w|", format=tarfile.GNU_FORMAT) as file,
    ):
        file.add(made, "mailsetup", filter=_plain(moment))  # in the order of names, as tarfile does
    if process.returncode:
        sys.exit(f"xz ended with {process.returncode}.")
    return archive


def _plain(moment: int) -> Callable[[tarfile.TarInfo], tarfile.TarInfo]:
    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = moment
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    return plain

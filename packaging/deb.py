"""The Debian package: one file for Debian 12, 13 and what descends from them, on the system's own Python."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import time
from pathlib import Path

import control
import dev
import icons
import notices
import parts
import qt

ID = "io.github.mailsetup.MailSetup"
LINUX = dev.ROOT / "packaging" / "linux"
PACKAGE = "mailsetup"
_UNSHIPPED = shutil.ignore_patterns("*.pot", "*.po", "__pycache__")


def build(dist: Path, work: Path, moment: int) -> Path:
    """dist/mailsetup_VERSION_ARCHITECTURE.deb; the same octets for the same commit."""
    root = work / "deb"
    site = root / "usr" / "lib" / PACKAGE
    site.mkdir(parents=True)
    parts.install(site)
    notices.write(_documents(root), parts.parts(site))
    c_library = parts.c_library(site)
    parts.clean(site)
    qt.prune(site, languages())
    qt.strip(site)
    program(site)
    _desktop(root, moment)
    _papers(root, moment)
    _control(root, control.depends(site, c_library))
    _settle(root, moment)
    return _packed(root, dist, moment)


def program(site: Path) -> None:
    """Our own package with resources/ inside it, as in the wheel."""
    shutil.copytree(dev.ROOT / "mailsetup_gui", site / "mailsetup_gui", ignore=_UNSHIPPED)
    shutil.copytree(dev.ROOT / "resources", site / "mailsetup_gui" / "resources", ignore=_UNSHIPPED)


def languages() -> list[str]:
    """German is there for Qt's own buttons from the first; others come with their translation of the program."""
    ours = (dev.ROOT / "resources" / "translations").glob("*/LC_MESSAGES/mailsetup.mo")
    return sorted({"de", *(path.parts[-3] for path in ours)})


def _desktop(root: Path, moment: int) -> None:
    share = root / "usr" / "share"
    _copy(LINUX / f"{ID}.desktop", share / "applications" / f"{ID}.desktop")
    _copy(LINUX / f"{ID}.metainfo.xml", share / "metainfo" / f"{ID}.metainfo.xml")
    icons.hicolor(share / "icons" / "hicolor", ID)
    for name in ("mailsetup", "mailsetup-gui"):
        _copy(LINUX / name, root / "usr" / "bin" / name, 0o755)
        page = share / "man" / "man1" / f"{name}.1"
        _fill(LINUX / f"{name}.1", page, moment)
        _compress(page)
    _copy(LINUX / "rtupdate", share / "python3" / "runtime.d" / f"{PACKAGE}.rtupdate", 0o755)


def _documents(root: Path) -> Path:
    return root / "usr" / "share" / "doc" / PACKAGE


def _papers(root: Path, moment: int) -> None:
    day = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(moment))
    head = f"{PACKAGE} ({parts.version()}) stable; urgency=medium"
    entry = f"{head}\n\n  * See changelog.gz.\n\n -- {control.MAINTAINER}  {day}\n"
    log = _documents(root) / "changelog"
    _copy(dev.ROOT / "CHANGELOG.md", log)
    _compress(log)
    debian = _documents(root) / "changelog.Debian"
    debian.write_text(entry, encoding="utf-8")
    _compress(debian)
    _copy(LINUX / "lintian-overrides", root / "usr" / "share" / "lintian" / "overrides" / PACKAGE)


def _control(root: Path, depends: list[str]) -> None:
    folder = root / "DEBIAN"
    for name in ("postinst", "prerm"):
        _copy(LINUX / name, folder / name, 0o755)
    files = sorted(path for path in (root / "usr").rglob("*") if path.is_file())
    size = sum(-(-path.stat().st_size // 1024) for path in files) + sum(1 for p in root.rglob("*") if p.is_dir())
    (folder / "control").write_text(control.text(parts.version(), size, depends), encoding="utf-8")
    sums = (f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files)  # noqa: S324  dpkg's
    (folder / "md5sums").write_text("".join(sums), encoding="utf-8")


def _settle(root: Path, moment: int) -> None:
    """Owner may write, all may read; nothing but the two programs and the scripts can be run; one time for all."""
    runnable = {root / "usr/bin/mailsetup", root / "usr/bin/mailsetup-gui", *(root / "DEBIAN").glob("p*")}
    runnable.update((root / "usr/share/python3/runtime.d").glob("*"))
    for path in sorted(root.rglob("*"), reverse=True):
        path.chmod(0o755 if path.is_dir() or path in runnable else 0o644)
        os.utime(path, (moment, moment))


def _packed(root: Path, dist: Path, moment: int) -> Path:
    package = dist / f"{PACKAGE}_{parts.version()}_{control.architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return package


def _fill(source: Path, target: Path, moment: int) -> None:
    """The file with version and day in it."""
    day = time.strftime("%Y-%m-%d", time.gmtime(moment))
    text = source.read_text(encoding="utf-8").replace("@VERSION@", parts.version()).replace("@DATE@", day)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _compress(path: Path) -> None:
    """As gzip -9n: without a name and a time in it."""
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    path.unlink()


def _copy(source: Path, target: Path, mode: int = 0o644) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)

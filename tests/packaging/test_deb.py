"""The Debian package as a file: what is in it, and that nothing is missing or left over."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging import places

MOST = 35_000_000


def test_the_package_is_small_enough_to_be_mailed(package: Path) -> None:
    assert package.stat().st_size < MOST


def test_everything_lies_under_usr_and_belongs_to_root(package: Path) -> None:
    listed = subprocess.run(["dpkg-deb", "-c", str(package)], check=True, capture_output=True, text=True).stdout
    lines = [line.split() for line in listed.splitlines()]
    assert {line[1] for line in lines} == {"root/root"}
    assert {line[0] for line in lines} == {"drwxr-xr-x", "-rw-r--r--", "-rwxr-xr-x"}
    assert [line[5] for line in lines if not line[5].startswith("./usr") and line[5] != "./"] == []


def test_only_programs_and_scripts_can_be_run(unpacked: Path) -> None:
    runnable = {path.name for path in unpacked.rglob("*") if path.is_file() and path.stat().st_mode & 0o111}
    assert runnable == {"mailsetup", "mailsetup-gui", "mailsetup.rtupdate"}


def test_nothing_of_a_build_or_of_development_is_left_in_it(unpacked: Path) -> None:
    names = [path.name for path in unpacked.rglob("*")]
    assert [name for name in names if name == "__pycache__" or name.endswith((".pyc", ".pyi", ".po", ".pot"))] == []
    tops = {path.name for path in (unpacked / "usr/lib/mailsetup").iterdir()}
    assert tops.isdisjoint({"pytest", "_pytest", "mypy", "ruff", "hypothesis", "babel", "PyInstaller", "pip", "bin"})


def test_every_library_is_in_the_package_or_in_a_package_it_depends_on(package: Path, unpacked: Path) -> None:
    import control

    site = unpacked / "usr/lib/mailsetup"
    depends = _field(package, "Depends")
    wanted = {control.PROVIDERS.get(name, name) for _, name in control.foreign(site)}
    assert sorted(name for name in wanted if not re.search(rf"(^|, ){re.escape(name)}( \(|,|$)", depends)) == []
    assert list(site.rglob("lib*Qml*")) == []


def test_no_extension_serves_one_python_only(unpacked: Path) -> None:
    assert [path.name for path in unpacked.rglob("*.so") if re.search(r"\.(cpython|cp\d)", path.name)] == []


def test_every_python_finds_all_that_its_parts_ask_for(unpacked: Path) -> None:
    import parts

    found = list(distributions(path=[str(unpacked / "usr/lib/mailsetup")]))
    there = {canonicalize_name(part.name) for part in found} | {"cffi"}
    missing = set()
    for python in parts.PYTHONS:
        for line in (line for part in found for line in part.requires or ()):
            needed = Requirement(line)
            environment = {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}
            if needed.marker is None or needed.marker.evaluate(environment):
                missing |= {canonicalize_name(needed.name)} - there
    assert missing == set()


def test_each_part_comes_with_its_licence(unpacked: Path) -> None:
    papers = unpacked / "usr/share/doc/mailsetup"
    told = (papers / "copyright").read_text(encoding="utf-8")
    names = re.findall(r"licenses/([^/]+)/([^, ]+), beside", told)
    assert len(names) > 20
    assert [name for name in names if not (papers / "licenses" / name[0] / name[1]).stat().st_size] == []
    assert "LGPL-3" in told


def test_lintian_has_nothing_to_say(package: Path) -> None:
    places.tools("lintian")
    done = subprocess.run(["lintian", "--allow-root", str(package)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def _field(package: Path, name: str) -> str:
    told = subprocess.run(["dpkg-deb", "-f", str(package), name], check=True, capture_output=True, text=True).stdout
    return told.strip()

"""The Python parts that ship with the program: what it needs at run time, at the locked versions, for every Python."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import dev
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""One package serves all of these: what only one of them asks for is in it."""
_FROM_DEBIAN = frozenset(("cffi", "pycparser"))
"""cffi's extension is bound to one Python, so Debian's own (python3-cffi-backend) is used; pycparser builds only."""
_USELESS = ("*.pyi", "py.typed", "__pycache__", "tests", "docs", "bin")
_TOLD = frozenset(("METADATA", "entry_points.txt"))
"""What importlib.metadata reads of a part."""


def project() -> Mapping[str, object]:
    with (dev.ROOT / "pyproject.toml").open("rb") as file:
        table: Mapping[str, object] = tomllib.load(file)["project"]
    return table


def version() -> str:
    return str(project()["version"])


def home_page() -> str:
    urls = project()["urls"]
    return str(urls["Homepage"]) if isinstance(urls, dict) else ""


def install(target: Path) -> None:
    """Every part, its parts, and theirs, into `target`; each round reads from what came what else is wanted."""
    locked = dict(_locked())
    present = set(_FROM_DEBIAN)
    wanted = set(_names(str(line) for line in _list(project()["dependencies"])))
    while missing := sorted(wanted - present):
        dev.tell(f"fetching {', '.join(missing)}")
        _fetch(target, [locked[name] for name in missing])
        present.update(missing)
        for part in parts(target):
            wanted.update(_names(part.requires or ()))


def parts(target: Path) -> list[Distribution]:
    """By name; the same order each time, so that what is written from it is the same too."""
    return sorted(distributions(path=[str(target)]), key=lambda part: canonicalize_name(part.name))


def c_library(target: Path) -> str:
    """The oldest glibc that serves every part, from their wheels' tags; before `clean`."""
    oldest = [(2, 17)]
    for wheel in target.glob("*.dist-info/WHEEL"):
        tags = re.findall(r"manylinux_(\d+)_(\d+)_", wheel.read_text(encoding="ascii"))
        if tags:
            oldest.append(min((int(major), int(minor)) for major, minor in tags))
    return ".".join(map(str, max(oldest)))


def running() -> list[Distribution]:
    """The same parts as they are installed in .venv, for the Python and the system that run this."""
    wanted = set(_names((str(line) for line in _list(project()["dependencies"])), here=True))
    found: dict[str, Distribution] = {}
    while missing := sorted(wanted - set(found)):
        for name in missing:
            found[name] = distribution(name)
            wanted.update(_names(found[name].requires or (), here=True))
    return [found[name] for name in sorted(found)]


def clean(target: Path) -> None:
    """Without what no program reads at run time; licences have to be taken out before."""
    for pattern in _USELESS:
        for path in list(target.rglob(pattern)):
            _remove(path)
    for path in list(target.glob("*.dist-info/*")):
        if path.name not in _TOLD:
            _remove(path)
    bound = [path for path in target.rglob("*.so") if re.search(r"\.(cpython|cp\d)[^/]*\.so$", path.name)]
    if bound:
        names = ", ".join(str(path.relative_to(target)) for path in bound)
        sys.exit(f"{names}: this serves one version of Python only, and the package has to serve several.")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"a list was expected: {value!r}")
    return value


def _names(lines: Iterable[str], *, here: bool = False) -> Iterator[str]:
    """Who is required by any of the Pythons, or by this one; extras are never asked for."""
    environments = [{"extra": ""}] if here else [_environment(python) for python in PYTHONS]
    for requirement in map(Requirement, lines):
        marker = requirement.marker
        if marker is None or any(map(marker.evaluate, environments)):
            yield canonicalize_name(requirement.name)


def _environment(python: str) -> dict[str, str]:
    return {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux", "extra": ""}


def _locked() -> Iterator[tuple[str, str]]:
    """Name, and the line for pip without its marker: the lock is for one Python at a time, the package for all."""
    for entry in dev.LOCK.read_text(encoding="ascii").replace("\\\n", " ").splitlines():
        pinned, *hashes = entry.split(" --hash=")
        requirement = Requirement(pinned)
        options = "".join(f" --hash={value.strip()}" for value in hashes)
        yield canonicalize_name(requirement.name), f"{requirement.name}{requirement.specifier}{options}"


def _fetch(target: Path, lines: list[str]) -> None:
    """Into a folder of its own first: pip leaves out what is there already, and some parts share a folder."""
    with tempfile.TemporaryDirectory(prefix="mailsetup-parts-", dir=target.parent) as folder:
        listed = Path(folder, "requirements.txt")
        listed.write_text("\n".join(lines) + "\n", encoding="ascii")
        words = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--no-compile")
        dev.pip(*words, "--target", f"{folder}/site", "--requirement", str(listed))
        shutil.copytree(f"{folder}/site", target, dirs_exist_ok=True)

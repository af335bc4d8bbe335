"""The JVMs of this computer, found without starting one: where they lie, their version, the trust anchors they use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

_JAVA = "java.exe" if sys.platform == "win32" else "java"
_MOST = 100
_LARGEST_RELEASE = 20_000


class Trouble(Enum):
    """What is missing of a JVM; wording.java has the sentences."""

    NO_FOLDER = "no folder"
    NO_JAVA = "no java"
    NO_CACERTS = "no cacerts"


class Runtime(NamedTuple):
    """One JVM. `version`, `vendor`: of its `release` file, '' where that says nothing.

    `cacerts`: the file whose certificates it trusts by itself, '' where there is none; a jssecacerts beside cacerts
    replaces it (facts: truststore 5).
    """

    home: str
    java: str
    version: str = ""
    vendor: str = ""
    found_by: str = ""
    cacerts: str = ""
    jssecacerts: bool = False
    trouble: Trouble | None = None


class Roots(NamedTuple):
    """Where this system keeps JVMs: (how it is called, folder whose subfolders are homes)."""

    folders: tuple[tuple[str, str], ...]

    @classmethod
    def of_this_system(cls) -> Roots:
        if sys.platform == "win32":
            programs = {os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)")} - {""}
            makers = ("Java", "Eclipse Adoptium", "Microsoft", "Amazon Corretto", "Zulu", "BellSoft")
            found = [("Program Files", os.path.join(one, maker)) for one in sorted(programs) for maker in makers]
            return cls((("Bitbucket", "C:\\Atlassian\\Bitbucket"), *found))
        if sys.platform == "darwin":
            return cls((("/Library/Java", "/Library/Java/JavaVirtualMachines"),))
        return cls(
            (
                ("Bitbucket", "/opt/atlassian/bitbucket"),
                ("Bitbucket", "/opt/atlassian"),
                ("/opt/java", "/opt/java"),
                ("/usr/lib/jvm", "/usr/lib/jvm"),
            )
        )


def find(environment: Mapping[str, str] = os.environ, roots: Roots | None = None) -> tuple[Runtime, ...]:
    """Bitbucket's own first, then JAVA_HOME, the PATH and the rest; each once, by the way it was found first."""
    found: dict[str, Runtime] = {}
    for found_by, home in _candidates(environment, roots or Roots.of_this_system()):
        real = os.path.realpath(home)
        if real not in found and len(found) < _MOST:
            found[real] = _look(home, found_by)
    return tuple(found.values())


def default(environment: Mapping[str, str] = os.environ, roots: Roots | None = None) -> Runtime | None:
    """The first JVM that can be run and has trust anchors."""
    for found_by, home in _candidates(environment, roots or Roots.of_this_system()):
        found = _look(home, found_by)
        if found.trouble is None:
            return found
    return None


def at(path: str) -> Runtime:
    """What a person names: a home, the java executable in it, or a command of the PATH. `trouble`: what is missing."""
    named = os.path.abspath(os.path.expanduser(path))
    if not os.path.exists(named) and os.path.basename(path) == path:
        import shutil

        named = shutil.which(path) or named
    if os.path.isfile(named):
        real = os.path.realpath(named)
        home = os.path.dirname(os.path.dirname(real))
        return _look(home, "named")._replace(java=named if os.access(named, os.X_OK) else "")
    return _look(named, "named")


def _candidates(environment: Mapping[str, str], roots: Roots) -> Iterator[tuple[str, str]]:
    """(found by, home), the best first; a JAVA_HOME counts even where it is empty, for that is worth telling."""
    yield from _below(roots, bitbucket=True)
    if home := environment.get("JAVA_HOME"):
        yield "JAVA_HOME", home
    for folder in environment.get("PATH", "").split(os.pathsep):
        executable = os.path.join(folder, _JAVA) if folder else ""
        if executable and os.path.isfile(executable):
            yield "PATH", os.path.dirname(os.path.dirname(os.path.realpath(executable)))
            break
    yield from _below(roots, bitbucket=False)
    yield from _registry()


def _below(roots: Roots, bitbucket: bool) -> Iterator[tuple[str, str]]:
    for found_by, folder in roots.folders:
        if (found_by == "Bitbucket") == bitbucket:
            for home in _homes(folder):
                yield found_by, home


def _homes(folder: str) -> Iterable[str]:
    """The folders that look like a JVM: itself, its subfolders, their `jre` (Bitbucket) or Contents/Home (macOS)."""
    try:
        names = sorted(os.listdir(folder), reverse=True)[:_MOST]
    except OSError:
        return
    for place in (folder, *(os.path.join(folder, name) for name in names)):
        for home in (place, os.path.join(place, "jre"), os.path.join(place, "Contents", "Home")):
            if os.path.isfile(os.path.join(home, "bin", _JAVA)):
                yield home
                break


def _registry() -> Iterator[tuple[str, str]]:
    """What installers wrote below HKEY_LOCAL_MACHINE on Windows."""
    yield from ()
    if sys.platform == "win32":
        import winreg

        for key in (
            "SOFTWARE\\JavaSoft\\JDK",
            "SOFTWARE\\JavaSoft\\JRE",
            "SOFTWARE\\JavaSoft\\Java Runtime Environment",
        ):
            try:
                with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
                    for number in range(winreg.QueryInfoKey(opened)[0]):
                        with winreg.OpenKey(opened, winreg.EnumKey(opened, number)) as one:
                            yield "Windows registry", str(winreg.QueryValueEx(one, "JavaHome")[0])
            except OSError:
                continue


def _look(home: str, found_by: str) -> Runtime:
    java = os.path.join(home, "bin", _JAVA)
    java = java if os.path.isfile(java) and os.access(java, os.X_OK) else ""
    stores = [_existing(home, name) for name in ("jssecacerts", "cacerts")]
    cacerts = next((path for path in stores if path), "")
    released = _release(home)
    trouble = None
    if not os.path.isdir(home):
        trouble = Trouble.NO_FOLDER
    elif not java:
        trouble = Trouble.NO_JAVA
    elif not cacerts:
        trouble = Trouble.NO_CACERTS
    version, vendor = released.get("JAVA_VERSION", ""), released.get("IMPLEMENTOR", "")
    return Runtime(home, java, version, vendor, found_by, cacerts, bool(stores[0]), trouble)


def _existing(home: str, name: str) -> str:
    """In lib/security, or jre/lib/security as JDK 8 has it."""
    for folder in (("lib", "security"), ("jre", "lib", "security")):
        path = os.path.join(home, *folder, name)
        if os.path.isfile(path):
            return path
    return ""


def _release(home: str) -> dict[str, str]:
    """The lines KEY="value" of the file `release`."""
    path = os.path.join(home, "release")
    if not os.path.isfile(path):  # opening a pipe would wait for ever
        return {}
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read(_LARGEST_RELEASE).splitlines()
    except (OSError, ValueError):
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {key.strip(): value.strip().strip('"') for key, _, value in pairs}

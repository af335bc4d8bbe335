"""JVMs found without starting one; half of a JVM is an answer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailsetup_gui.java import runtimes
from mailsetup_gui.java.runtimes import Roots, Runtime, Trouble, at, default, find

NOWHERE = Roots(())


def jvm(home: Path, version: str = "17.0.1", *missing: str, security: str = "lib/security") -> Path:
    """A folder that looks like a JVM, but for what is missing."""
    (home / "bin").mkdir(parents=True)
    (home / security).mkdir(parents=True)
    if "java" not in missing:
        (home / "bin" / "java").write_text("#!/bin/sh\n")
        (home / "bin" / "java").chmod(0o755)
    if "cacerts" not in missing:
        (home / security / "cacerts").write_bytes(b"\xfe\xed\xfe\xed")
    if "release" not in missing:
        (home / "release").write_text(f'IMPLEMENTOR="Maker"\nJAVA_VERSION="{version}"\n')
    return home


def only(found: tuple[Runtime, ...]) -> Runtime:
    assert len(found) == 1
    return found[0]


def test_java_home_is_found_with_its_version_and_maker(tmp_path: Path) -> None:
    found = only(find({"JAVA_HOME": str(jvm(tmp_path / "jdk"))}, NOWHERE))

    assert (found.version, found.vendor, found.found_by, found.trouble) == ("17.0.1", "Maker", "JAVA_HOME", None)
    assert found.cacerts.endswith("lib/security/cacerts")


@pytest.mark.parametrize(
    ("missing", "trouble"), [("java", Trouble.NO_JAVA), ("cacerts", Trouble.NO_CACERTS), ("folder", Trouble.NO_FOLDER)]
)
def test_half_a_java_home_is_an_answer(missing: str, trouble: Trouble, tmp_path: Path) -> None:
    home = tmp_path / "jdk"
    if missing != "folder":
        jvm(home, "17", missing)

    assert only(find({"JAVA_HOME": str(home)}, NOWHERE)).trouble is trouble
    assert default({"JAVA_HOME": str(home)}, NOWHERE) is None


def test_the_path_leads_through_links_to_the_home(tmp_path: Path) -> None:
    home = jvm(tmp_path / "jdk")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").symlink_to(home / "bin" / "java")

    found = only(find({"PATH": f"{tmp_path}/none:{tmp_path}/bin"}, NOWHERE))

    assert (found.home, found.found_by) == (str(home), "PATH")


def test_bitbuckets_own_comes_first_and_each_once(tmp_path: Path) -> None:
    bundled = jvm(tmp_path / "bitbucket" / "9.4.2" / "jre", "17.0.15")
    other = jvm(tmp_path / "jvm" / "java-21", "21.0.8")
    roots = Roots((("Bitbucket", str(tmp_path / "bitbucket")), ("/usr/lib/jvm", str(tmp_path / "jvm"))))

    found = find({"JAVA_HOME": str(other)}, roots)

    assert [(one.home, one.found_by) for one in found] == [(str(bundled), "Bitbucket"), (str(other), "JAVA_HOME")]
    chosen = default({"JAVA_HOME": str(other)}, roots)
    assert chosen is not None
    assert chosen.home == str(bundled)


def test_jssecacerts_takes_the_place_of_cacerts(tmp_path: Path) -> None:
    home = jvm(tmp_path / "jdk")
    (home / "lib" / "security" / "jssecacerts").write_bytes(b"")

    found = at(str(home))

    assert found.jssecacerts
    assert found.cacerts.endswith("jssecacerts")


def test_a_jdk_8_has_its_cacerts_below_jre(tmp_path: Path) -> None:
    found = at(str(jvm(tmp_path / "jdk8", "1.8.0_402", security="jre/lib/security")))

    assert found.trouble is None
    assert found.cacerts.endswith("jre/lib/security/cacerts")


@pytest.mark.parametrize("release", [None, b"", b"\xff\xfe\x00", b"JAVA_VERSION\n=\n", b"x" * 1_000_000])
def test_a_release_file_that_says_nothing_leaves_the_version_open(release: bytes | None, tmp_path: Path) -> None:
    home = jvm(tmp_path / "jdk", "17", "release")
    if release is not None:
        (home / "release").write_bytes(release)

    assert at(str(home)).version == ""


def test_a_release_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    home = jvm(tmp_path / "jdk", "17", "release")
    os.mkfifo(home / "release")

    assert at(str(home)).version == ""


def test_a_bare_name_is_looked_for_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = jvm(tmp_path / "jdk")
    monkeypatch.setenv("PATH", str(home / "bin"))

    assert (at("java").home, at("java").trouble) == (str(home), None)
    assert at("javva").trouble is Trouble.NO_FOLDER


def test_a_java_executable_names_its_home(tmp_path: Path) -> None:
    home = jvm(tmp_path / "jdk")

    assert at(str(home / "bin" / "java")).home == str(home)


@pytest.mark.parametrize("path", ["/nowhere/at/all", "", "a\0b"[:1]])
def test_nonsense_has_a_trouble(path: str) -> None:
    assert at(path or "/nowhere").trouble is not None


def test_this_computers_own_are_found_and_usable() -> None:
    found = runtimes.find()

    assert all(one.java for one in found if one.trouble is None)
    assert len({Path(one.home).resolve() for one in found}) == len(found)

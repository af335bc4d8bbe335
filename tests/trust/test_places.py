from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailsetup_gui.trust.places import open_to_all, target_of
from tests.trust.refusing import refused


@pytest.mark.parametrize(
    "path",
    [
        "/usr/lib/jvm/any-17/lib/security/cacerts",
        "/opt/atlassian/bitbucket/9.4.0/jre/lib/security/jssecacerts",
        "/opt/../opt/jre/lib/security/../security/cacerts",
        "/etc/ssl/certs/java/cacerts",
        "/etc/pki/java/cacerts",
        "/etc/pki/ca-trust/extracted/java/cacerts",
    ],
)
def test_a_jvms_own_truststore_is_never_written(path: str) -> None:
    for follow in (True, False):
        with refused("a JVM's own truststore"):
            target_of(path, follow)


def test_a_jvms_own_truststore_is_known_behind_links(tmp_path: Path) -> None:
    security = tmp_path / "jre" / "lib" / "security"
    security.mkdir(parents=True)
    (security / "cacerts").write_text("")
    (tmp_path / "link").symlink_to(security / "cacerts")
    (tmp_path / "folder").symlink_to(security)

    for path in (tmp_path / "link", tmp_path / "folder" / "cacerts", tmp_path / "folder" / "jssecacerts"):
        with refused("a JVM's own truststore"):
            target_of(str(path), True)


def test_a_link_is_refused_unless_it_is_to_be_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("")
    (tmp_path / "link").symlink_to("real")

    with refused(r"link is a symbolic link to .*real"):
        target_of(str(tmp_path / "link"), False)
    assert target_of(str(tmp_path / "link"), True) == tmp_path.resolve() / "real"


def test_links_in_a_circle_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    for follow in (True, False):
        with refused("a"):
            target_of(str(tmp_path / "a"), follow)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("folder", "is a folder. Give the name of a file in it"),
        ("pipe", "is not a regular file"),
        ("none/store", "does not exist. Make it"),
        ("file/store", "is not a folder"),
        ("x" * 300, "cannot be looked at: File name too long"),
        ("nul\0", "is no path"),
    ],
    ids=["folder", "pipe", "no folder", "file for a folder", "too long", "NUL"],
)
def test_what_cannot_be_a_truststore_is_said(path: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")

    with refused(said):
        target_of(str(tmp_path / path), False)


def test_a_folder_that_everyone_can_write_to_is_unwise_unless_it_is_sticky(tmp_path: Path) -> None:
    for mode, unwise in ((0o777, True), (0o1777, False), (0o755, False)):
        tmp_path.chmod(mode)

        assert bool(open_to_all(tmp_path / "store")) is unwise

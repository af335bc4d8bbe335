"""The project that is written out: complete, quoted, whole or not at all; what cannot be said in it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailsetup_gui import shipped
from mailsetup_gui.bitbucket import role, unpacking
from mailsetup_gui.bitbucket.role import Refused, RoleError, Wanted
from mailsetup_gui.settings.server import Encryption, MailServer

STORE = b"octets of a truststore"
SMTPS = MailServer("[::1]", 465, Encryption.IMPLICIT_TLS)


def test_the_project_is_complete() -> None:
    found = role.files(Wanted(STORE))

    assert {"README.md", "site.yml", "inventory.yml"} < found.keys()
    parts = {name.split("/")[2] for name in found if name.startswith("roles/mailsetup_truststore/")}
    assert parts >= {"tasks", "handlers", "defaults", "meta", "files", "templates", "README.md"}
    assert found["roles/mailsetup_truststore/files/mail-truststore"] == STORE
    assert found["roles/mailsetup_truststore/files/Proof.class"] == shipped.read("Proof.class")


def test_the_inventory_has_the_nodes_and_every_value() -> None:
    wanted = Wanted(STORE, ("bb1", "bb2", "bb1"), SMTPS, "/srv/50%/m.jks", "bitbucket", "/opt/java")

    found = role.files(wanted)["inventory.yml"].decode()

    assert found.count('    "bb1":\n') == 1
    assert '    "bb2":\n' in found
    for line in (
        'mailsetup_truststore_path: "/srv/50%/m.jks"',
        'mailsetup_service: "bitbucket"',
        'mailsetup_mail_hostname: "::1"',
        "mailsetup_mail_port: 465",
        "mailsetup_mail_starttls: false",
        'mailsetup_java_home: "/opt/java"',
    ):
        assert f"    {line}\n" in found
    assert "@" not in found


def test_without_nodes_there_is_an_example_to_replace() -> None:
    assert '"bitbucket-node1.example.com":' in role.files(Wanted(STORE))["inventory.yml"].decode()


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        (Wanted(STORE, ("a b",)), Refused.NODE),
        (Wanted(STORE, ("{{ x }}",)), Refused.NODE),
        (Wanted(STORE, ("a:\n  b",)), Refused.NODE),
        (Wanted(STORE, ("-e",)), Refused.NODE),
        (Wanted(STORE, service="a/../b"), Refused.SERVICE),
        (Wanted(STORE, service=""), Refused.SERVICE),
        (Wanted(STORE, path="mail.jks"), Refused.PATH),
        (Wanted(STORE, path="/var/a b"), Refused.PATH),
        (Wanted(STORE, path="/var/{{x}}"), Refused.PATH),
        (Wanted(STORE, path="C:\\mail.jks"), Refused.PATH),
        (Wanted(STORE, path="/var/a\x1bb"), Refused.PATH),
        (Wanted(STORE, java="java"), Refused.JAVA),
        (Wanted(STORE, server=MailServer("mail", 25, Encryption.NONE)), Refused.CLEAR),
    ],
)
def test_what_cannot_be_said_is_refused(wanted: Wanted, refused: Refused) -> None:
    with pytest.raises(RoleError) as caught:
        role.files(wanted)

    assert caught.value.refused is refused


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("words")

    with pytest.raises(RoleError) as caught:
        unpacking.write(str(tmp_path), {"site.yml": b""})

    assert caught.value.refused is Refused.NOT_EMPTY
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_write_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    project = {"a": b"1", "b": b"2", "b/c": b"a file cannot be a folder"}

    with pytest.raises(RoleError) as caught:
        unpacking.write(str(tmp_path / "out"), project)

    assert caught.value.refused is Refused.NOT_WRITTEN
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled_and_a_missing_one_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    for name in ("empty", "missing"):
        folder = unpacking.write(str(tmp_path / name), {"a/b": b"1"})
        assert (Path(folder) / "a" / "b").read_bytes() == b"1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "missing"]

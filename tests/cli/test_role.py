"""mailsetup truststore role."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailsetup_gui.trust import writers
from mailsetup_gui.trust.contents import Entry
from tests.cli.running import mailsetup
from tests.trust.certificates import root

ENTRIES = (Entry("mail", root().der),)


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "mail-cacerts.jks"
    path.write_bytes(writers.jks(ENTRIES, 0))
    return str(path)


def test_a_project_is_written_with_the_nodes_and_the_server(store: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("--node", "bb1", "--node", "bb2", "--hostname", "mail.example.com:587", "--service", "bitbucket")

    ran = mailsetup("truststore", "role", store, "--out", str(out), *words)

    assert ran.code == 0
    assert f"The Ansible project is in {out}" in ran.out
    inventory = (out / "inventory.yml").read_text()
    for line in ('"bb1":', '"bb2":', 'mail_hostname: "mail.example.com"', "mail_port: 587", 'service: "bitbucket"'):
        assert line in inventory
    copied = out / "roles/mailsetup_truststore/files/mail-truststore"
    assert copied.read_bytes() == Path(store).read_bytes()


def test_a_folder_that_is_not_empty_is_refused(store: str, tmp_path: Path) -> None:
    ran = mailsetup("truststore", "role", store, "--out", str(tmp_path))

    assert ran.code == 4
    assert "is there already and is no empty folder" in ran.err


def test_an_encrypted_store_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "store.p12"
    path.write_bytes(writers.pkcs12_encrypted(ENTRIES, "correct horse"))

    ran = mailsetup("truststore", "role", str(path), "--out", str(tmp_path / "out"))

    assert ran.code == 4
    assert "makes a JKS of it" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [(), ("--out", "x", "--node", "a b"), ("--out", "x", "--path", "m.jks"), ("--out", "x", "--hostname", "a b")],
    ids=["no folder", "node", "path", "host"],
)
def test_wrong_words_are_usage_and_nothing_is_written(store: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    placed = tuple(str(tmp_path / "out") if word == "x" else word for word in words)

    ran = mailsetup("truststore", "role", store, *placed)

    assert ran.code == 2
    assert not (tmp_path / "out").exists()

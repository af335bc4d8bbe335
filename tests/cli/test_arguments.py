"""mailsetup java arguments."""

from __future__ import annotations

import hashlib
import json
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


def test_every_kind_of_installation_is_told_and_every_node_has_a_box(store: str) -> None:
    path = "/var/atlassian/mail-cacerts.jks"

    ran = mailsetup("java", "arguments", store, "--path", path, "--node", "bb1", "--node", "bb2")

    assert ran.code == 0
    for title in ("systemd", "by a script", "Windows service", "Docker", "Kubernetes"):
        assert title in ran.out
    assert f'Environment="JVM_SUPPORT_RECOMMENDED_ARGS=-Djavax.net.ssl.trustStore={path}"' in ran.out
    assert ran.out.count("[ ] bb1  [ ] bb2") == 5
    assert hashlib.sha256(Path(store).read_bytes()).hexdigest() in ran.out


def test_a_store_in_a_temporary_folder_is_warned_of(store: str) -> None:
    ran = mailsetup("java", "arguments", store, "--path", "/tmp/mail.jks", "--kind", "systemd")

    assert ran.out.startswith("! /tmp/mail.jks lies in a temporary folder")


def test_a_blank_in_the_path_is_told_where_it_parts_the_argument(store: str) -> None:
    ran = mailsetup("java", "arguments", store, "--path", "/var/my store.jks", "--json")

    [found] = ran.lines
    assert {one["kind"]: bool(one["not_possible"]) for one in found["places"]}["systemd"]
    assert "takes the argument apart" in found["places"][0]["not_possible"]


def test_json_has_all_that_a_script_needs(store: str) -> None:
    words = ("--hostname", "mail.example.com:587", "--kind", "systemd", "--node", "bb1", "--json")

    found = json.loads(mailsetup("java", "arguments", store, *words).out)

    assert found["arguments"] == [f"-Djavax.net.ssl.trustStore={store}"]
    assert found["places"][0]["file"].endswith("atlbitbucket.service.d/mailsetup-truststore.conf")
    assert found["sha256"] == hashlib.sha256(Path(store).read_bytes()).hexdigest()
    assert "--hostname mail.example.com --port 587" in found["checklist"][-1]["command"]


def test_an_encrypted_store_needs_its_password_as_an_argument(tmp_path: Path) -> None:
    path = tmp_path / "store.p12"
    path.write_bytes(writers.pkcs12_encrypted(ENTRIES, "correct horse"))

    ran = mailsetup("java", "arguments", str(path), "--kind", "systemd")

    assert "-Djavax.net.ssl.trustStorePassword=PASSWORD" in ran.out
    assert "Every user of the node can see it" in ran.out


def test_what_is_no_truststore_to_java_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes(root().pem)

    ran = mailsetup("java", "arguments", str(path))

    assert ran.code == 4
    assert "no truststore to Java" in ran.err


@pytest.mark.parametrize("words", [(), ("x", "--kind", "solaris"), ("x", "y")])
def test_wrong_words_are_usage(words: tuple[str, ...]) -> None:
    assert mailsetup("java", "arguments", *words).code == 2


def test_a_file_that_is_not_there_is_a_local_error(tmp_path: Path) -> None:
    assert mailsetup("java", "arguments", str(tmp_path / "nothing.jks")).code == 4

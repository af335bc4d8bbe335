"""Places that lose a truststore are named, and the checks of a node are commands that say what they are said to say."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from mailsetup_gui.bitbucket.install import Store
from mailsetup_gui.bitbucket.rollout import Check, Risk, checks, risks
from mailsetup_gui.settings.server import Encryption, MailServer

SMTPS = MailServer("mail.example.com", 465, Encryption.IMPLICIT_TLS)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/var/atlassian/mail-cacerts.jks", ()),
        ("/var/atlassian/application-data/bitbucket/shared/mail-cacerts.jks", ()),
        ("/opt/atlassian/bitbucket/9.4.1/mail.jks", (Risk.INSTALLATION,)),
        ("/opt/atlassian/bitbucket/9.4.1/jre/lib/security/mail.jks", (Risk.INSTALLATION, Risk.JVM)),
        ("c:\\atlassian\\Bitbucket\\9.4.1\\mail.jks", (Risk.INSTALLATION,)),
        ("C:\\Atlassian\\mail.jks", ()),
        ("/usr/lib/jvm/java-17/mail.jks", (Risk.JVM,)),
        ("C:\\Program Files\\Java\\jdk-17\\mail.jks", (Risk.JVM,)),
        ("/tmp/mail.jks", (Risk.TEMPORARY,)),
        ("C:\\Users\\me\\AppData\\Local\\Temp\\mail.jks", (Risk.TEMPORARY,)),
        ("/home/me/mail.jks", (Risk.HOME,)),
        ("/root/mail.jks", (Risk.HOME,)),
        ("C:\\Users\\me\\mail.jks", (Risk.HOME,)),
        ("/srv/bitbucket/conf/mail.jks", (Risk.INSTALLATION,)),
        ("/srv/java17/conf/mail.jks", (Risk.JVM,)),
        ("/srv/bitbucket-data/mail.jks", ()),
    ],
)
def test_a_place_that_is_replaced_emptied_or_closed_is_named(path: str, expected: tuple[Risk, ...]) -> None:
    assert risks(path, "/srv/bitbucket/", ("/srv/java17",)) == expected


def test_the_checksum_is_one_that_the_system_agrees_with(tmp_path: Path) -> None:
    path = tmp_path / "it's a store"
    path.write_bytes(b"octets")
    found = {
        todo.check: todo.command for todo in checks(Store(str(path)), hashlib.sha256(b"octets").hexdigest(), SMTPS)
    }

    assert subprocess.run(["sh", "-c", found[Check.SAME]], capture_output=True).returncode == 0
    path.write_bytes(b"other octets")
    assert subprocess.run(["sh", "-c", found[Check.SAME]], capture_output=True).returncode == 1


@pytest.mark.parametrize("path", ["/var/m.jks", "C:\\m.jks"])
def test_every_check_has_a_command_on_each_system(path: str) -> None:
    found = checks(Store(path), "00", SMTPS)

    assert [todo.check for todo in found] == list(Check)
    assert all(path in todo.command for todo in found)


def test_a_file_whose_octets_are_not_known_is_not_compared() -> None:
    assert Check.SAME not in {todo.check for todo in checks(Store("/var/m.jks"), "", SMTPS)}


def test_the_proof_is_asked_of_the_nodes_own_java() -> None:
    found = checks(Store("/var/m.jks", password=True), "00", SMTPS, "/opt/atlassian/bitbucket/9.4.1")[-1]

    assert found.command == (
        "mailsetup truststore verify /var/m.jks --hostname mail.example.com --port 465 --protocol smtps "
        "--java /opt/atlassian/bitbucket/9.4.1/jre --password-file FILE"
    )

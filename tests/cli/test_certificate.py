"""mailsetup certificate: the chain of a server, and what is in files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from mailsetup_gui.trust import truststore
from tests.cli.running import mailsetup
from tests.smtp.polite import Mode, polite
from tests.smtp.scripted import Scripted
from tests.trust.certificates import intermediate, leaf, root
from tests.trust.keystores import PASSWORD, jks, pkcs12_store


def test_a_fetched_chain_is_shown_and_written_leaf_first(tmp_path: Path) -> None:
    out = tmp_path / "chain.pem"
    with Scripted(polite(Mode.STARTTLS), leaf().server_context(tmp_path, intermediate(), root())) as server:
        ran = mailsetup(
            "certificate", "fetch", "--hostname", "127.0.0.1", "--port", str(server.port), "--out", str(out)
        )

    assert ran.code == 0
    assert [e.der for e in truststore.read(str(out)).entries] == [leaf().der, intermediate().der, root().der]
    assert ran.out.index("Test Root") < ran.out.index("Test Intermediate") < ran.out.rindex("mail.example.test")
    assert "None is trusted by looking at it." in ran.out


def test_json_lines_end_with_the_outcome_and_the_chain(tmp_path: Path) -> None:
    with Scripted(polite(Mode.SMTPS), leaf().server_context(tmp_path, intermediate())) as server:
        words = ("--hostname", "127.0.0.1", "--port", str(server.port), "--protocol", "smtps", "--json")
        ran = mailsetup("certificate", "fetch", *words)

    assert ran.code == 0
    assert ran.outcome["event"] == "outcome"
    assert [one["subject"] for one in ran.outcome["chain"]] == ["CN=mail.example.test", "CN=Test Intermediate"]
    assert ran.outcome["second_fetch_differs"] is False


def test_a_server_that_shows_nothing_is_a_cause_and_no_file(tmp_path: Path) -> None:
    out = tmp_path / "chain.pem"
    with Scripted(polite(Mode.CLEAR)) as server:
        words = ("--hostname", "127.0.0.1", "--port", str(server.port), "--out", str(out), "--json")
        ran = mailsetup("certificate", "fetch", *words)

    assert ran.code == 1
    assert ran.outcome["cause"] == "tls.starttls-not-offered"
    assert not out.exists()


@pytest.mark.parametrize(
    "words", [(), ("--hostname", "a b"), ("--hostname", "x", "--port", "70000"), ("--timeout", "0")]
)
def test_wrong_words_are_usage(words: tuple[str, ...]) -> None:
    assert mailsetup("certificate", "fetch", *words).code == 2


def test_every_kind_of_file_is_shown_with_the_keys_that_are_not_read(tmp_path: Path) -> None:
    files = {
        "pem": b"words\r\n" + root().pem.replace(b"\n", b"\r\n") + leaf().key_pem,
        "der": root().der,
        "jks": jks({"root": root().der}),
        "p12": pkcs12_store({"root": root()}, None),
    }
    for name, octets in files.items():
        (tmp_path / name).write_bytes(octets)

    ran = mailsetup("certificate", "show", *(str(tmp_path / name) for name in files))

    assert ran.code == 0
    assert ran.out.count("Subject    CN=Test Root") == 4
    assert "1 private key, not read" in ran.out
    assert "PRIVATE" not in ran.out


def test_json_shows_one_object_a_certificate(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(root().pem + leaf().pem)

    ran = mailsetup("certificate", "show", str(tmp_path / "x"), "--json")

    assert [(line["number"], line["subject"]) for line in ran.lines] == [
        (1, "CN=Test Root"),
        (2, "CN=mail.example.test"),
    ]
    assert ran.lines[1]["names"] == ["mail.example.test", "127.0.0.1"]


def test_standard_input_and_an_encrypted_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(pkcs12_store({"root": root()}))
    (tmp_path / "password").write_text(PASSWORD)

    piped = mailsetup("certificate", "show", "-", stdin=root().pem.decode())
    encrypted = mailsetup("certificate", "show", str(tmp_path / "store"), "--password-file", str(tmp_path / "password"))

    assert "CN=Test Root" in piped.out
    assert "CN=Test Root" in encrypted.out


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"hello",
        b"\x30\x82\xff\xff",
        os.urandom(5000),
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ],
    ids=["empty", "text", "broken", "noise", "no certificate"],
)
def test_a_bad_file_is_a_sentence_and_code_4(octets: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(octets)

    ran = mailsetup("certificate", "show", str(tmp_path / "x"))

    assert ran.code in (0, 4)
    assert "Traceback" not in ran.err + ran.out
    assert ran.code == 0 or str(tmp_path / "x") in ran.err


def test_hostile_names_are_plain_text(tmp_path: Path) -> None:
    from tests.trust import forged
    from tests.trust.forged import Wanted

    evil = forged.name("\x1b[31mred\u202egnp.exe\x00")
    (tmp_path / "x").write_bytes(forged.certificate(Wanted(evil, evil, "p256-a", "p256-a")))

    ran = mailsetup("certificate", "show", str(tmp_path / "x"))

    assert ran.code == 0
    assert not {"\x1b", "\u202e", "\x00"} & set(ran.out)
    assert json.loads(mailsetup("certificate", "show", str(tmp_path / "x"), "--json").out)

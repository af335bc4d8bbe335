"""mailsetup truststore build and show, as scripts and people run them."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from mailsetup_gui.trust import truststore, writers
from mailsetup_gui.trust.contents import Entry
from tests.cli.running import mailsetup
from tests.trust.certificates import intermediate, leaf, root, stranger
from tests.trust.keystores import PASSWORD, pkcs12_store

ROOT, BETWEEN, OTHER, LEAF = root(), intermediate(), stranger(), leaf()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "two.pem").write_bytes(BETWEEN.pem + OTHER.pem)
    (tmp_path / "root.der").write_bytes(ROOT.der)
    (tmp_path / "base.jks").write_bytes(writers.jks([Entry("first", ROOT.der)], 0))
    (tmp_path / "secret").write_text("secret6\n")
    return tmp_path


def build(folder: Path, *words: str) -> tuple[int, str, str]:
    ran = mailsetup("truststore", "build", "--out", str(folder / "out"), *words)
    return ran.code, ran.out, ran.err


def test_a_build_says_what_was_added_what_was_there_and_what_to_do_next(folder: Path) -> None:
    adds = ("--add", str(folder / "two.pem"), "--add", str(folder / "root.der"))

    code, out, _ = build(folder, "--base", str(folder / "base.jks"), *adds, "--alias", "Mail CA")

    assert code == 0
    assert [tuple(entry[:2]) for entry in truststore.read(str(folder / "out"), PASSWORD).entries] == [
        ("first", ROOT.der),
        ("mail ca", BETWEEN.der),
        ("mail ca-2", OTHER.der),
    ]
    assert "Already there:\n  first  SHA-256" in out
    assert f"-Djavax.net.ssl.trustStore={folder / 'out'}\n" in out
    assert "restart Bitbucket on every node" in out


def test_json_is_one_object(folder: Path) -> None:
    (folder / "out").write_bytes(writers.jks([Entry("gone", LEAF.der)], 0))

    code, out, _ = build(folder, "--base", "none", "--add", f"{folder / 'two.pem'}#2", "--format", "pkcs12", "--json")

    told = json.loads(out)
    assert code == 0
    assert (told["written"], told["entries"], told["format"]) == (str(folder / "out"), 1, "pkcs12")
    assert [entry["sha256"] for entry in told["added"]] == [sha256(OTHER.der).hexdigest()]
    assert Path(told["backup"]).read_bytes() == writers.jks([Entry("gone", LEAF.der)], 0)
    assert told["jvm_arguments"] == [f"-Djavax.net.ssl.trustStore={folder / 'out'}"]
    assert len(told["warnings"]) == 2
    assert "Public CAs are not in it" in told["warnings"][0]
    assert "1 certificates of the earlier file" in told["warnings"][1]


def test_an_encrypted_truststore_needs_a_password_file_and_says_what_java_needs(folder: Path) -> None:
    words = ("--base", str(folder / "base.jks"), "--format", "pkcs12", "--encrypt")

    assert build(folder, *words)[0] == 2
    code, out, err = build(folder, *words, "--password-file", str(folder / "secret"))

    assert code == 0
    assert "-Djavax.net.ssl.trustStorePassword=PASSWORD" in out
    assert "secret6" not in out + err
    assert truststore.read(str(folder / "out"), "secret6").trusted == (Entry("first", ROOT.der),)


@pytest.mark.parametrize("base", ["java", "certifi"])
def test_a_base_of_public_cas_is_at_hand(base: str, folder: Path) -> None:
    code, out, err = build(folder, "--base", base, "--add", str(folder / "two.pem"), "--json")

    assert code == 0, err
    assert json.loads(out)["entries"] > 90


@pytest.mark.parametrize("form", ["jks", "pkcs12", "pem"])
def test_every_format_is_written(form: str, folder: Path) -> None:
    code, out, _ = build(folder, "--base", str(folder / "base.jks"), "--add", str(folder / "two.pem"), "--format", form)

    found = truststore.read(str(folder / "out"))
    assert code == 0
    assert [entry.der for entry in found.entries] == [ROOT.der, BETWEEN.der, OTHER.der]
    assert ("Java cannot use a PEM file" in out) is (form == "pem")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--base", "none"], 2, "--add is missing"),
        (["--add", "two.pem#0"], 2, "the first certificate is #1"),
        (["--format", "bks"], 2, "it takes jks, pkcs12, pem"),
        (["--password-file", "secret"], 2, "--password-file is for --encrypt"),
        (["--base", "none", "--add", "root.der#2"], 4, "has 1 certificate, so there is no number 2"),
        (["--base", "none", "--add", "two.pem#3"], 4, "has 2 certificates, so there is no number 3"),
        (["--base", "none", "--add", "nothing.pem"], 4, "nothing.pem does not exist"),
        (["--base", "key.pem", "--add", "two.pem"], 4, "holds private or secret keys"),
        (["--base", "none", "--add", "secret"], 4, "neither JKS nor PKCS#12 nor PEM"),
        (["--base", "closed.p12", "--add", "two.pem"], 4, "without its password"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_a_sentence_and_nothing_is_written(
    words: list[str], code: int, said: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "key.pem").write_bytes(LEAF.pem + LEAF.key_pem)
    (folder / "closed.p12").write_bytes(pkcs12_store({"root": ROOT}))
    monkeypatch.chdir(folder)

    found, out, err = build(folder, *words)

    assert (found, out) == (code, "")
    assert said in err
    assert not (folder / "out").exists()


def test_a_link_is_followed_only_when_asked(folder: Path) -> None:
    (folder / "real").write_bytes(writers.jks([Entry("old", LEAF.der)], 0))
    (folder / "out").symlink_to("real")
    words = ("--base", str(folder / "base.jks"))

    refused, _, err = build(folder, *words)
    followed, _, _ = build(folder, *words, "--follow")

    assert (refused, followed) == (4, 0)
    assert "--follow" in err
    assert (folder / "out").is_symlink()
    assert truststore.read(str(folder / "real")).entries == (Entry("first", ROOT.der),)


def test_a_failure_is_an_object_for_scripts_too(folder: Path) -> None:
    code, out, _ = build(folder, "--base", "none", "--add", str(folder / "secret"), "--json")

    assert code == 4
    assert json.loads(out)["written"] is None


def test_show_tells_what_java_trusts_and_why_not(folder: Path) -> None:
    (folder / "store").write_bytes(writers.jks([Entry("Upper", ROOT.der), Entry("lower", OTHER.der)], 0))

    ran = mailsetup("truststore", "show", str(folder / "store"))
    told = json.loads(mailsetup("truststore", "show", str(folder / "store"), "--json").out)

    assert ran.code == 0
    assert "2 certificates, of which Java trusts 1" in ran.out
    assert "CN=Some Other Root" in ran.out
    assert "Java does not trust it: its alias has upper-case letters" in ran.out
    assert [entry["trusted"] for entry in told["entries"]] == [False, True]
    assert told["entries"][0]["sha256"] == sha256(ROOT.der).hexdigest()


def test_show_quotes_java_on_what_it_cannot_use(folder: Path) -> None:
    (folder / "closed.p12").write_bytes(pkcs12_store({"root": ROOT}))

    pem = mailsetup("truststore", "show", str(folder / "two.pem"))
    closed = mailsetup("truststore", "show", str(folder / "closed.p12"))

    assert (pem.code, closed.code) == (0, 4)
    assert "toDerInputStream rejects tag type 45" in pem.out
    assert "the trustAnchors parameter must be non-empty" in closed.err


def test_foreign_text_in_an_alias_is_made_harmless(folder: Path) -> None:
    (folder / "store").write_bytes(writers.jks([Entry("\x1b[31mred\u202e", ROOT.der)], 0))

    shown = mailsetup("truststore", "show", str(folder / "store")).out
    _, built, _ = build(folder, "--base", "none", "--add", str(folder / "store"))

    assert "\x1b" not in shown + built
    assert "\u202e" not in shown + built

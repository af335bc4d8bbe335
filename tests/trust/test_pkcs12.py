"""PKCS#12 files as OpenSSL, keytool and cryptography write them, and as nobody should."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12 as library

from mailsetup_gui.trust import pkcs12, rc2, writers
from mailsetup_gui.trust.contents import Contents, Entry, Kind, StoreError, Trouble, Unseen
from mailsetup_gui.trust.der import INTEGER, OCTET_STRING, SEQUENCE, encoded
from tests.trust.certificates import Issued, intermediate, leaf, root, stranger
from tests.trust.keystores import PASSWORD, asking_for, keytool, needs_keytool

ROOT, BETWEEN, OTHER, LEAF = root(), intermediate(), stranger(), leaf()
STRANGE = "ümläut 中文 \U0001f600"


def by_openssl(
    folder: Path, *words: str, chain: tuple[Issued, ...] = (), key: bool = True, password: str = PASSWORD
) -> bytes:
    """A PKCS#12 file with the leaf, its key and `chain`."""
    (folder / "in.pem").write_bytes(LEAF.pem + (LEAF.key_pem if key else b"") + b"".join(one.pem for one in chain))
    command = [
        "openssl",
        "pkcs12",
        "-export",
        "-in",
        "in.pem",
        "-out",
        "out.p12",
        "-passout",
        f"pass:{password}",
        *words,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=30, cwd=folder)
    return (folder / "out.p12").read_bytes()


def seen(found: Contents) -> list[tuple[str, bytes, Unseen | None]]:
    return [(entry.alias, entry.der, entry.unseen) for entry in found.entries]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param((), id="PBES2, AES-256"),
        pytest.param(("-legacy",), id="RC2-40"),
        pytest.param(("-certpbe", "PBE-SHA1-3DES", "-macalg", "sha512"), id="3DES, SHA-512"),
        pytest.param(("-certpbe", "PBE-SHA1-RC2-128", "-legacy", "-macalg", "sha1"), id="RC2-128, SHA-1"),
        pytest.param(("-certpbe", "AES-128-CBC"), id="AES-128"),
        pytest.param(("-certpbe", "des-ede3-cbc", "-macalg", "sha384"), id="PBES2 with 3DES, SHA-384"),
        pytest.param(("-certpbe", "NONE"), id="certificates in clear"),
    ],
)
def test_a_key_with_its_chain_is_seen_as_java_sees_it(words: tuple[str, ...], tmp_path: Path) -> None:
    octets = by_openssl(tmp_path, "-name", "Me", *words, chain=(ROOT, BETWEEN, OTHER))

    found = pkcs12.contents(octets, PASSWORD)

    chain = [("me", LEAF.der, None), ("me", BETWEEN.der, Unseen.CHAIN), ("me", ROOT.der, Unseen.CHAIN)]
    assert seen(found) == [*chain, ("", OTHER.der, Unseen.NO_TRUST_ATTRIBUTE)]
    assert (found.kind, found.keys, found.encrypted) == (Kind.PKCS12, 1, "NONE" not in words)


@pytest.mark.parametrize("words", [(), ("-legacy",)], ids=["PBES2", "RC2-40"])
@pytest.mark.parametrize("password", ["", "ünïcode€"])
def test_passwords_that_java_does_not_take_open_it_here(words: tuple[str, ...], password: str, tmp_path: Path) -> None:
    octets = by_openssl(tmp_path, *words, password=password)

    assert pkcs12.contents(octets, password).entries[0].der == LEAF.der
    with pytest.raises(StoreError) as caught:
        pkcs12.contents(octets, "wrong")
    assert caught.value.trouble is Trouble.PASSWORD


def test_certificates_without_the_trust_attribute_are_there_and_unseen(tmp_path: Path) -> None:
    octets = by_openssl(tmp_path, "-nokeys", key=False)

    assert seen(pkcs12.contents(octets, PASSWORD)) == [("", LEAF.der, Unseen.NO_TRUST_ATTRIBUTE)]


@needs_keytool
def test_secret_keys_and_a_second_private_key_are_counted(tmp_path: Path) -> None:
    path = ("-keystore", str(tmp_path / "store"), "-storetype", "PKCS12")
    keytool("-genseckey", "-alias", "secret", "-keyalg", "AES", "-keysize", "128", *path)
    for alias in ("one", "two"):
        keytool("-genkeypair", "-alias", alias, "-dname", f"CN={alias}", "-keyalg", "EC", *path)

    found = pkcs12.contents((tmp_path / "store").read_bytes(), PASSWORD)

    assert found.keys == 3
    assert {(entry.alias, entry.unseen) for entry in found.entries} == {("one", None), ("two", None)}


@needs_keytool
def test_what_the_keytool_of_old_encrypted_with_rc2_is_read(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(ROOT.pem)
    path = ("-keystore", str(tmp_path / "store"), "-storetype", "PKCS12", "-file", str(tmp_path / "root.pem"))
    keytool("-J-Dkeystore.pkcs12.legacy", "-importcert", "-alias", "Root", *path)

    assert seen(pkcs12.contents((tmp_path / "store").read_bytes(), PASSWORD)) == [("root", ROOT.der, None)]


@pytest.mark.parametrize(
    ("key", "clear", "secret"),
    [
        ("88bca90e90875a7f0f79c384627bafb2", "0000000000000000", "2269552ab0f85ca6"),
        ("ffffffffffffffff", "ffffffffffffffff", "278b27e42e2f0d49"),
    ],
)
def test_rc2_is_that_of_its_rfc(key: str, clear: str, secret: str) -> None:
    assert rc2.decrypted(bytes.fromhex(secret), bytes.fromhex(key), bytes(8)).hex() == clear


def test_aliases_are_folded_and_the_later_of_two_stays_as_in_java() -> None:
    octets = writers.pkcs12([Entry("Same", ROOT.der), Entry(STRANGE, OTHER.der), Entry("sAME", LEAF.der)])

    assert seen(pkcs12.contents(octets, None)) == [(STRANGE, OTHER.der, None), ("same", LEAF.der, None)]


def test_a_file_without_macdata_opens_with_any_password() -> None:
    octets = writers.pkcs12([Entry("root", ROOT.der)])

    assert all(pkcs12.contents(octets, password).entries for password in (None, "", "whatever"))


def test_what_is_written_encrypted_is_what_cryptography_reads() -> None:
    octets = writers.pkcs12_encrypted([Entry("root", ROOT.der), Entry("other", OTHER.der)], PASSWORD)

    found = library.load_pkcs12(octets, PASSWORD.encode())

    assert [(one.friendly_name, one.certificate) for one in found.additional_certs] == [
        (b"root", ROOT.certificate),
        (b"other", OTHER.certificate),
    ]


def test_a_file_in_ber_as_others_write_it_is_read() -> None:
    octets = writers.pkcs12([Entry("root", ROOT.der)])

    assert pkcs12.contents(in_ber(octets), None).entries == (Entry("root", ROOT.der),)


def test_a_thousand_safes_are_too_many() -> None:
    many = encoded(SEQUENCE, b"\x30\x03\x06\x01\x2a" * 100_000)
    data = bytes.fromhex("06092a864886f70d010701")
    info = encoded(SEQUENCE, data + encoded(0xA0, encoded(OCTET_STRING, many)))

    with pytest.raises(StoreError, match="100000 safes"):
        pkcs12.contents(encoded(SEQUENCE, encoded(INTEGER, b"\3") + info), None)


@pytest.mark.parametrize("rounds", [5_000_001, 2**31 - 1, 2**31, 2**63, 2**200])
def test_endless_work_is_refused_before_it_begins(rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.process_time()

    with pytest.raises(StoreError, match="rounds of key derivation; Java's limit is 5000000"):
        pkcs12.contents(asking_for(rounds, monkeypatch), PASSWORD)

    assert time.process_time() - began < 0.5


def in_ber(der: bytes) -> bytes:
    """The outer structures with indefinite lengths, and the string between them in pieces."""
    outer = _content(der)
    version, info = outer[:3], _content(outer[3:])
    kind, explicit = info[:11], _content(info[11:])
    string = _content(explicit)
    pieces = b"".join(encoded(OCTET_STRING, string[at : at + 100]) for at in range(0, len(string), 100))
    end = b"\0\0"
    content = b"\xa0\x80" + b"\x24\x80" + pieces + end + end
    return b"\x30\x80" + version + b"\x30\x80" + kind + content + end + end


def _content(der: bytes) -> bytes:
    size = der[1]
    if size < 0x80:
        return der[2 : 2 + size]
    octets = size & 0x7F
    return der[2 + octets : 2 + octets + int.from_bytes(der[2 : 2 + octets], "big")]

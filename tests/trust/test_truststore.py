from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mailsetup_gui.trust import truststore
from mailsetup_gui.trust.truststore import Entry, StoreError, Trouble, contents, trusted
from tests.trust.certificates import intermediate, leaf, root, stranger
from tests.trust.keystores import PASSWORD, by_keytool, jks, keytool, needs_keytool, pkcs12_store

ROOT, BETWEEN, OTHER, LEAF = root(), intermediate(), stranger(), leaf()
JKS = jks({"root": ROOT.der, "other": OTHER.der})
P12 = pkcs12_store({"root": ROOT, "other": OTHER})
PEM = ROOT.pem + OTHER.pem
CLEAR_P12 = pkcs12_store({"root": ROOT}, None)


def parse(data: bytes, password: str | None = None) -> tuple[Entry, ...]:
    return contents(data, password).trusted


def trouble_with(data: bytes, password: str | None = PASSWORD) -> Trouble:
    with pytest.raises(StoreError) as caught:
        parse(data, password)
    return caught.value.trouble


def trouble_with_file(path: Path | str, password: str | None = PASSWORD) -> Trouble:
    with pytest.raises(StoreError) as caught:
        trusted(str(path), password)
    return caught.value.trouble


@pytest.mark.parametrize("data", [JKS, P12], ids=["JKS", "PKCS#12"])
def test_a_store_gives_its_certificates_with_their_aliases(data: bytes) -> None:
    assert set(parse(data, PASSWORD)) == {Entry("root", ROOT.der), Entry("other", OTHER.der)}


def test_pem_gives_every_certificate_and_ignores_the_words_around_them() -> None:
    data = b"# root\r\n" + ROOT.pem.replace(b"\n", b"\r\n") + b"Bag Attributes\n friendlyName: x\n" + OTHER.pem

    assert parse(data) == (Entry("", ROOT.der), Entry("", OTHER.der))


def test_a_private_key_beside_the_certificates_in_pem_is_passed_over() -> None:
    assert parse(LEAF.key_pem + LEAF.pem) == (Entry("", LEAF.der),)


@needs_keytool
@pytest.mark.parametrize("kind", ["JKS", "JCEKS", "PKCS12"])
def test_what_keytool_writes_is_read(kind: str, tmp_path: Path) -> None:
    path = by_keytool(tmp_path / "store", kind, root=ROOT, other=OTHER)

    assert {entry.der for entry in trusted(str(path), PASSWORD)} == {ROOT.der, OTHER.der}
    assert {entry.alias for entry in trusted(str(path), PASSWORD)} == {"root", "other"}
    assert trouble_with_file(path, "wrong password") is Trouble.PASSWORD


@needs_keytool
@pytest.mark.parametrize("kind", ["JKS", "PKCS12"])
def test_of_a_private_key_made_by_keytool_the_first_certificate_is_trusted(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "store"
    words = ("-genkeypair", "-alias", "server", "-dname", "CN=x", "-keyalg", "EC", "-keypass", PASSWORD)
    keytool(*words, "-keystore", str(path), "-storetype", kind)

    assert len(trusted(str(path), PASSWORD)) == 1


@pytest.mark.parametrize("data", [JKS, P12], ids=["JKS", "PKCS#12"])
@pytest.mark.parametrize("password", ["wrong", "", "changei", "changeit ", "ünïcode€"])
def test_a_wrong_password_is_named(data: bytes, password: str) -> None:
    assert trouble_with(data, password) is Trouble.PASSWORD


def test_a_jks_file_opens_without_its_password_as_in_java() -> None:
    assert len(parse(JKS, None)) == 2


def test_an_encrypted_pkcs12_file_looks_empty_without_its_password_as_in_java() -> None:
    assert trouble_with(P12, None) is Trouble.NO_ENTRIES


@pytest.mark.parametrize("password", [None, ""])
def test_a_pkcs12_file_without_a_password_opens(password: str | None) -> None:
    assert parse(CLEAR_P12, password) == (Entry("root", ROOT.der),)


def test_an_alias_in_upper_case_is_not_trusted_in_jks_as_in_java() -> None:
    data = jks({"Root": ROOT.der, "other": OTHER.der})

    assert parse(data, PASSWORD) == (Entry("other", OTHER.der),)


def test_the_older_version_of_jks_is_read() -> None:
    assert parse(jks({"root": ROOT.der}, version=1), PASSWORD) == (Entry("root", ROOT.der),)


NO_STORES = {
    "nothing": b"",
    "half a magic": b"\xfe\xed",
    "a text": b"hello, world",
    "zeros": b"\x00" * 1000,
    "the head of a JKS": JKS[:100],
    "a JKS without its tail": JKS[:-100],
    "a JKS of fewer entries": jks({"root": ROOT.der}, count=7),
    "a JKS of 2^31 entries": jks({"root": ROOT.der}, count=2**31),
    "the head of a PKCS#12": P12[:200],
    "indefinite length": b"\x30\x80" + P12[4:],
    "endless length": b"\x30\x84\xff\xff\xff\xff" + P12[4:],
    "beginnings of sequences": b"\x30" * 50_000,
    "PEM of nothing": b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
    "PEM of one character": b"-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----",
    "PEM of zeros": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "beginnings of PEM": b"-----BEGIN CERTIFICATE-----\n" * 10_000,
    "PEM and damaged PEM": ROOT.pem + ROOT.pem.replace(b"MII", b"AAA"),
    "a JKS of no certificate": jks({"root": b"no certificate"}),
    "a private key": LEAF.key_pem,
}


@pytest.mark.parametrize("data", NO_STORES.values(), ids=NO_STORES)
def test_what_is_no_store_is_called_so(data: bytes) -> None:
    assert trouble_with(data, None) in (Trouble.NOT_A_STORE, Trouble.NO_ENTRIES)


def test_a_store_without_entries_has_none() -> None:
    assert trouble_with(jks({})) is Trouble.NO_ENTRIES


@pytest.mark.parametrize(
    ("data", "password"), [(JKS, None), (JKS, PASSWORD), (P12, PASSWORD), (CLEAR_P12, None), (PEM, None)]
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(at=st.floats(0, 1), octets=st.binary(min_size=1, max_size=4))
@example(at=0.5, octets=b"\xff\xff\xff\xff")
def test_damage_is_a_finding_or_harmless_and_never_an_accident(
    data: bytes, password: str | None, at: float, octets: bytes
) -> None:
    position = int(at * (len(data) - 1))
    damaged = data[:position] + octets + data[position + len(octets) :]

    try:
        entries = parse(damaged, password)
    except StoreError:
        entries = ()

    assert all(entry.der[:1] == b"\x30" for entry in entries)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce", b"\x30", b"\x30\x82", b""]))
def test_random_octets_are_a_finding(tail: bytes, head: bytes) -> None:
    with pytest.raises(StoreError):
        parse(head + tail, PASSWORD)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    assert trouble_with_file(tmp_path / "none.jks") is Trouble.MISSING


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    assert trouble_with_file(tmp_path) is Trouble.UNREADABLE


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000], ids=["NUL", "too long"])
def test_a_path_that_cannot_be_one_is_a_finding(path: str) -> None:
    assert trouble_with_file(path) in (Trouble.MISSING, Trouble.UNREADABLE)


def test_a_pipe_that_nobody_writes_to_does_not_hold_the_test_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found: list[Trouble] = []
    thread = threading.Thread(target=lambda: found.append(trouble_with_file(tmp_path / "pipe")), daemon=True)

    thread.start()
    thread.join(2)

    assert found == [Trouble.UNREADABLE]


def test_a_device_without_end_is_not_read() -> None:
    assert trouble_with_file("/dev/zero") is Trouble.UNREADABLE


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(truststore.LARGEST_FILE + 1)

    assert trouble_with_file(tmp_path / "huge") is Trouble.NOT_A_STORE


def test_the_systems_own_store_is_read_when_there_is_one() -> None:
    paths = [
        path for path in ("/etc/ssl/certs/java/cacerts", "/etc/ssl/certs/ca-certificates.crt") if Path(path).exists()
    ]

    assert all(len(trusted(path, None)) > 50 for path in paths)

from __future__ import annotations

import hashlib
import importlib
import struct
from pathlib import Path

import pytest

from mailsetup_gui.trust import jks, writers
from mailsetup_gui.trust.contents import Entry, Kind, StoreError, Trouble, Unseen
from tests.trust.certificates import intermediate, leaf, root, stranger
from tests.trust.keystores import PASSWORD, keytool, needs_keytool
from tests.trust.keystores import jks as by_hand

oracle = importlib.import_module("jks")  # purejks; it has no types
ROOT, OTHER = root(), stranger()
STRANGE = "ümläut 中文"  # purejks knows no modified UTF-8; what lies beyond is for Java itself, in test_writers


def test_an_alias_in_upper_case_is_there_and_unseen_by_java() -> None:
    found = jks.contents(by_hand({"Root": ROOT.der, "other": OTHER.der}), PASSWORD)

    assert found.entries == (Entry("Root", ROOT.der, Unseen.UPPER_CASE_ALIAS), Entry("other", OTHER.der))
    assert found.trusted == (Entry("other", OTHER.der),)


def test_of_two_entries_with_one_alias_java_keeps_the_later() -> None:
    one, two = (writers.jks([Entry("same", issued.der)], 0) for issued in (ROOT, OTHER))
    both = jks.JKS_MAGIC + struct.pack(">II", 2, 2) + one[12:-20] + two[12:-20]

    found = jks.contents(both + jks.digest(both, PASSWORD), PASSWORD)

    assert found.entries == (Entry("same", OTHER.der),)


@needs_keytool
@pytest.mark.parametrize("kind", ["JKS", "JCEKS"])
def test_of_a_keys_chain_java_trusts_the_first_certificate(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "store"
    words = ("-keystore", str(path), "-storetype", kind)
    keytool("-genkeypair", "-alias", "me", "-dname", "CN=x", "-keyalg", "EC", "-keypass", PASSWORD, *words)

    found = jks.contents(path.read_bytes(), PASSWORD)

    assert (found.kind, found.keys) == (Kind[kind], 1)
    assert [(entry.alias, entry.unseen) for entry in found.entries] == [("me", None)]


def test_further_certificates_of_a_keys_chain_are_unseen() -> None:
    chain = (leaf().der, intermediate().der)
    certificates = b"".join(struct.pack(">H5sI", 5, b"X.509", len(der)) + der for der in chain)
    entry = struct.pack(">IH2sQI3sI", 1, 2, b"me", 0, 3, b"key", len(chain)) + certificates
    body = jks.JKS_MAGIC + struct.pack(">II", 2, 1) + entry

    found = jks.contents(body + jks.digest(body, PASSWORD), PASSWORD)

    assert found.entries == (Entry("me", chain[0]), Entry("me", chain[1], Unseen.CHAIN))


@needs_keytool
def test_secret_keys_are_named(tmp_path: Path) -> None:
    path = tmp_path / "store"
    keytool(
        "-genseckey", "-keystore", str(path), "-storetype", "JCEKS", "-alias", "x", "-keyalg", "AES", "-keysize", "128"
    )

    with pytest.raises(StoreError, match="secret keys") as caught:
        jks.contents(path.read_bytes(), PASSWORD)
    assert caught.value.trouble is Trouble.NOT_A_STORE


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (by_hand({"root": ROOT.der}, count=2**31), "2147483648 entries are announced"),
        (by_hand({"root": ROOT.der}, version=9), "version 9"),
        (by_hand({"root": ROOT.der}, count=2), "ends inside an entry"),
        (by_hand({"root": b"no certificate"}), "not a certificate"),
    ],
)
def test_damage_is_named(octets: bytes, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        jks.contents(octets, None)


def test_what_is_written_is_what_purejks_reads() -> None:
    octets = writers.jks([Entry("root", ROOT.der), Entry(STRANGE, OTHER.der)], 1_700_000_000)

    store = oracle.KeyStore.loads(octets, PASSWORD)

    assert {alias: entry.cert for alias, entry in store.certs.items()} == {"root": ROOT.der, STRANGE: OTHER.der}
    assert {entry.timestamp for entry in store.certs.values()} == {1_700_000_000_000}


def test_what_purejks_writes_is_what_is_read() -> None:
    entries = [oracle.TrustedCertEntry.new(alias, issued.der) for alias, issued in (("root", ROOT), (STRANGE, OTHER))]
    octets = oracle.KeyStore.new("jks", entries).saves(PASSWORD)

    assert set(jks.contents(octets, PASSWORD).entries) == {Entry("root", ROOT.der), Entry(STRANGE, OTHER.der)}


def test_the_digest_is_the_one_that_java_computes() -> None:
    body = by_hand({"root": ROOT.der})[:-20]

    assert jks.digest(body, "pä") == hashlib.sha1("pä".encode("utf-16-be") + b"Mighty Aphrodite" + body).digest()  # noqa: S324

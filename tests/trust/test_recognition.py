"""Every kind of file is told by what is in it, and what is none is named."""

from __future__ import annotations

import subprocess
from base64 import encodebytes
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs7,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailsetup_gui.trust import writers
from mailsetup_gui.trust.contents import Entry, Kind, StoreError, Trouble
from mailsetup_gui.trust.java_words import java_says
from mailsetup_gui.trust.recognition import contents, is_plain
from tests.trust.certificates import NOW, YEAR, leaf, root, stranger
from tests.trust.keystores import PASSWORD, pkcs12_store
from tests.trust.keystores import jks as by_hand

ROOT, OTHER, LEAF = root(), stranger(), leaf()
BOTH = [ROOT.certificate, OTHER.certificate]
ENTRIES = (Entry("", ROOT.der), Entry("", OTHER.der))
KEY = LEAF.key
REQUEST = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(KEY, hashes.SHA256())
REVOKED = (
    x509.CertificateRevocationListBuilder()
    .issuer_name(ROOT.certificate.subject)
    .last_update(NOW)
    .next_update(NOW + YEAR)
    .sign(ROOT.key, hashes.SHA256())
)
KINDS = {
    "JKS": (writers.jks(ENTRIES[:1], 0), Kind.JKS),
    "JCEKS": (b"\xce\xce\xce\xce" + by_hand({"x": ROOT.der})[4:], Kind.JCEKS),
    "PKCS#12": (writers.pkcs12([Entry("x", ROOT.der)]), Kind.PKCS12),
    "PEM": (ROOT.pem, Kind.PEM),
    "PEM behind a zero": (b"0 s:CN=x\n" + ROOT.pem, Kind.PEM),
    "DER": (ROOT.der, Kind.DER),
    "Base64 without its lines": (encodebytes(ROOT.der), Kind.DER),
    "PKCS#7": (pkcs7.serialize_certificates(BOTH[:1], Encoding.DER), Kind.PKCS7),
    "PKCS#7 as text": (pkcs7.serialize_certificates(BOTH[:1], Encoding.PEM), Kind.PKCS7),
    "PKCS#7 called a certificate": (
        pkcs7.serialize_certificates(BOTH[:1], Encoding.PEM).replace(b"PKCS7", b"CERTIFICATE"),
        Kind.PKCS7,
    ),
}
STRANGERS = {
    "an empty file": b"",
    "UTF-16": ROOT.pem.decode().encode("utf-16"),
    "a web page": b"\xef\xbb\xbf\r\n <!DOCTYPE html><html>",
    "zero octets only": bytes(500),
    "ZIP": b"PK\x03\x04" + bytes(50),
    "a BKS key store": b"\0\0\0\2" + b"\0\0\0\x14" + bytes(20) + b"\0\0\4\0" + b"\1\0\4root",
    "an UBER key store": b"\0\0\0\1" + b"\0\0\0\x14" + bytes(20) + b"\0\0\4\0" + b"\xd1\xe0\xff",
    "a BCFKS key store": bytes.fromhex("3081a0306f300b06092a864886f70d01050d0460")
    + bytes(0x60)
    + bytes.fromhex("302d" + "00" * 45),
    "a request for a certificate": REQUEST.public_bytes(Encoding.DER),
    "CRL": REVOKED.public_bytes(Encoding.DER),
    "a public key alone": KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    "a private key alone": KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
    "a private key alone, keep": KEY.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()),
    "a private key alone,": KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")),
    "damaged or cut off": ROOT.der[:200],
    "neither JKS nor": b"some words",
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_recognised(name: str) -> None:
    octets, kind = KINDS[name]

    found = contents(octets)

    assert (found.kind, [entry.der for entry in found.entries]) == (kind, [ROOT.der])
    assert is_plain(octets, None)


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_no_certificate_is_named(name: str) -> None:
    with pytest.raises(StoreError) as caught:
        contents(STRANGERS[name])

    assert caught.value.trouble is Trouble.NOT_A_STORE
    assert name.split(",")[0] in caught.value.reason


def test_several_certificates_in_der_are_one_behind_the_other() -> None:
    assert contents(ROOT.der + OTHER.der).entries == ENTRIES


def test_pkcs7_as_openssl_streams_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "in.pem").write_bytes(LEAF.pem + LEAF.key_pem)
    words = ["openssl", "cms", "-sign", "-stream", "-nodetach", "-signer", "in.pem", "-outform", "DER"]
    octets = subprocess.run(words, input=b"hello", check=True, capture_output=True, timeout=30, cwd=tmp_path).stdout

    assert octets[:2] == b"\x30\x80"
    assert contents(octets).entries == (Entry("", LEAF.der),)


@pytest.mark.parametrize(
    ("octets", "password", "said"),
    [
        (writers.jks([Entry("x", ROOT.der)], 0), None, ""),
        (writers.jks([Entry("X", ROOT.der)], 0), None, "the trustAnchors parameter must be non-empty"),
        (writers.jks([Entry("x", ROOT.der)], 0), "wrong", "Keystore was tampered with, or password was incorrect"),
        (pkcs12_store({"x": ROOT}), None, "the trustAnchors parameter must be non-empty"),
        (pkcs12_store({"x": ROOT}), "wrong", "keystore password was incorrect"),
        (pkcs12_store({"x": ROOT}), PASSWORD, ""),
        (ROOT.pem, None, "toDerInputStream rejects tag type 45"),
        (ROOT.der, None, "DerValue.getBigIntegerInternal, not expected 48"),
        (b"words", None, ""),
    ],
)
def test_java_is_quoted(octets: bytes, password: str | None, said: str) -> None:
    try:
        quoted = java_says(contents(octets, password))
    except StoreError as error:
        quoted = java_says(error)

    assert quoted.removeprefix("java.io.IOException: ") == said


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    places=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=3),
    cut=st.floats(0.3, 1),
)
def test_whatever_is_damaged_is_a_finding_or_harmless(name: str, places: list[tuple[float, bytes]], cut: float) -> None:
    octets = KINDS[name][0]
    for at, other in places:
        place = int(at * len(octets))
        octets = octets[:place] + other + octets[place + len(other) :]

    try:
        found = contents(octets[: int(len(octets) * cut)], PASSWORD).entries
    except StoreError:
        found = ()

    assert all(entry.der[:1] == b"\x30" for entry in found)

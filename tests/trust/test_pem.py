from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailsetup_gui.trust import pem
from mailsetup_gui.trust.contents import Entry, Kind, StoreError, Trouble
from tests.trust.certificates import leaf, root, stranger

ROOT, OTHER, LEAF = root(), stranger(), leaf()


def quoted(text: bytes) -> bytes:
    return b"".join(b"> " + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda text: text, id="as it is"),
        pytest.param(lambda text: b"\xef\xbb\xbf" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace(b"\n", b"\r"), id="CR"),
        pytest.param(lambda text: text.replace(b"\n", b"\\n"), id="out of JSON"),
        pytest.param(lambda text: text.replace(b"\n", b"\n    "), id="indented"),
        pytest.param(quoted, id="quoted in a mail"),
        pytest.param(lambda text: text.replace(b"\n", b" "), id="one line"),
        pytest.param(lambda text: text.replace(b"CERTIFICATE", b"X509 CERTIFICATE"), id="X509 CERTIFICATE"),
        pytest.param(lambda text: text.replace(b"CERTIFICATE", b"TRUSTED CERTIFICATE"), id="TRUSTED CERTIFICATE"),
        pytest.param(
            lambda text: b"depth=0\r\n" + text.replace(b"-----\n-----", b"-----\n i: x\n-----"), id="words around"
        ),
        pytest.param(lambda text: text.replace(b"-----\nMI", b"-----\nComment: x\n\nMI"), id="headers"),
    ],
)
def test_certificates_are_found_however_they_were_pasted(changed: Callable[[bytes], bytes]) -> None:
    found = pem.contents(changed(ROOT.pem + OTHER.pem))

    assert found.entries == (Entry("", ROOT.der), Entry("", OTHER.der))
    assert found.kind is Kind.PEM


def test_a_private_key_is_counted_and_passed_over() -> None:
    found = pem.contents(LEAF.key_pem + LEAF.pem)

    assert (found.entries, found.keys) == ((Entry("", LEAF.der),), 1)


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (LEAF.key_pem, "private key alone"),
        (b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "public key alone"),
        (b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----", "CSR"),
        (b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----", "CRL"),
        (b"-----BEGIN OPENSSH SOMETHING-----\nAAAA\n-----END OPENSSH SOMETHING-----", "OPENSSH SOMETHING"),
        (b"-----BEGIN CERTIFICATE-----\n", "without its END line"),
        (ROOT.pem[:-30], "without its END line"),
        (ROOT.pem + OTHER.pem.replace(b"MII", b"!II", 1), "certificate 2 is damaged"),
        (ROOT.pem.replace(b"MII", b"AII"), "not a certificate"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_certificate_is_named(octets: bytes, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        pem.contents(octets)

    assert caught.value.trouble is Trouble.NOT_A_STORE


@pytest.mark.parametrize(
    "octets",
    [
        b"-----BEGIN CERTIFICATE-----\n" * 60_000,
        b"-----BEGIN PRIVATE KEY-----\n" * 60_000,
        b"-----BEGIN " * 150_000,
        b"-----BEGIN A" + b"A" * 1_600_000,
        b"-" * 1_600_000,
        (b"-----BEGIN CERTIFICATE-----" + b"-----END CERTIFICATE-----") * 30_000,
        b"-----BEGIN CERTIFICATE-----" + b" \n" * 800_000 + b"-----END CERTIFICATE-----",
        b"-----BEGIN CERTIFICATE-----" + b"a:\n" * 500_000 + b"-----END CERTIFICATE-----",
    ],
    ids=lambda octets: repr(octets[:24]),
)
def test_the_time_grows_with_the_length_only(octets: bytes) -> None:
    began = time.process_time()

    with pytest.raises(StoreError):
        pem.contents(octets)

    assert time.process_time() - began < 1.5


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([ROOT.pem, LEAF.key_pem, ROOT.pem[:200], ROOT.pem[200:], b"-----", b"words\n"])))
def test_any_order_of_pieces_is_a_finding_or_certificates(pieces: list[bytes]) -> None:
    try:
        found = pem.contents(b"".join(pieces)).entries
    except StoreError:
        found = ()

    assert set(found) <= {Entry("", ROOT.der)}

"""tls.intercepted: by the name of a product, or by another CA than when it last worked."""

from __future__ import annotations

import time

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.intercepting import PRODUCTS, Interception, judged, named
from mailsetup_gui.diagnosis.trusting import Finding, find
from mailsetup_gui.trust.certificate import read
from mailsetup_gui.trust.path import Anchors
from tests.trust.certificates import Issued, Wish, issue, leaf, root

ANCHORS = Anchors((root().der,))


def chain(issuer: str, subject: str = "mail.example.test") -> tuple[bytes, ...]:
    authority = issue(Wish(issuer, is_ca=True))
    return (issue(Wish(subject, authority)).der, authority.der)


def finding(sent: tuple[bytes, ...], former: tuple[bytes, ...] = ()) -> Finding:
    return judged(find(sent, ANCHORS, time.time(), (17, 15)), former)


@pytest.mark.parametrize(
    ("issuer", "product"),
    [
        ("Zscaler Intermediate Root CA (zscaler.net)", "Zscaler"),
        ("Fortinet_CA_SSL", "Fortinet FortiGate"),
        ("ca.acme.goskope.com", "Netskope"),
        ("Cisco Umbrella Primary SubCA", "Cisco Umbrella"),
        ("Check Point Gateway CA", "Check Point"),
        ("Gateway CA - Cloudflare Managed G1 abc", "Cloudflare Gateway"),
        ("DO_NOT_TRUST_FiddlerRoot", "Fiddler"),
        ("PortSwigger CA", "Burp Suite"),
        ("mitmproxy", "mitmproxy"),
        ("Dr.Web for Linux", "Dr.Web"),
        ("Acme SSL Inspection CA", "ssl inspection"),
    ],
)
def test_the_name_of_an_inspecting_product_tells(issuer: str, product: str) -> None:
    found = finding(chain(issuer))
    assert (found.cause, found.interception) == (Cause.INTERCEPTED, Interception(product))
    assert found.verdict.accepted is False


@pytest.mark.parametrize(
    "issuer",
    ["Fort Knox Bank CA", "Example Corp Root CA", "Catology CA", "Esetta CA", "Charles Schmidt CA", "Symantec Class 3"],
)
def test_a_company_whose_name_only_begins_like_a_product_is_none(issuer: str) -> None:
    assert finding(chain(issuer)).cause is Cause.UNTRUSTED_ROOT


def test_a_products_own_certificate_is_not_one_that_it_forged() -> None:
    assert finding(chain("Fortinet CA 2", "FortiMail by Fortinet")).cause is Cause.UNTRUSTED_ROOT


def test_a_trusted_chain_is_never_intercepted() -> None:
    authority = issue(Wish("Zscaler Root CA", is_ca=True))
    sent = (issue(Wish("mail.example.test", authority)).der, authority.der)
    found = judged(find(sent, Anchors((authority.der,)), time.time(), (17, 15)), (leaf().der,))
    assert found.cause is None


def test_a_self_signed_certificate_is_never_intercepted() -> None:
    assert finding((issue(Wish("Zscaler")).der,), chain("Former CA")).cause is Cause.SELF_SIGNED


def test_another_ca_than_before_tells_which_it_was() -> None:
    found = finding(chain("New Root"), chain("Former Root"))
    assert (found.cause, found.interception) == (Cause.INTERCEPTED, Interception(formerly="Former Root"))


def test_a_ca_of_the_same_organisation_is_not_another() -> None:
    before = (_of_organisation("Example R10").der,)
    now = (_of_organisation("Example R11").der,)
    assert finding(now, before).cause in (Cause.MISSING_INTERMEDIATE, Cause.UNTRUSTED_ROOT)


def test_what_cannot_be_read_of_a_former_chain_tells_nothing() -> None:
    assert finding(chain("New Root"), (b"no certificate",)).cause is Cause.UNTRUSTED_ROOT


def test_every_sign_is_of_words_as_names_are_taken_apart() -> None:
    signs = [sign for words in PRODUCTS.values() for sign in words]
    assert all(sign == " ".join(sign.lower().split()) and sign.replace(" ", "").isalnum() for sign in signs)
    assert all(named(read(issue(Wish(sign)).der).subject) for sign in signs)


def _of_organisation(issuer: str) -> Issued:
    """A leaf whose issuer has an organisation and is not sent."""
    made = issue(Wish("x", is_ca=True))
    name = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example"), x509.NameAttribute(NameOID.COMMON_NAME, issuer)]
    )

    class Named:
        subject = name

    return issue(Wish("mail.example.test", Issued(Named(), made.key)))  # type: ignore[arg-type]  # its subject is all

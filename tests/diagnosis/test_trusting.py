"""One mistake behind every refused chain, each told apart from its neighbours."""

from __future__ import annotations

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.trusting import find, unwise
from mailsetup_gui.trust import certificate
from mailsetup_gui.trust.path import USUAL_JAVA, Anchors
from tests.trust import forged
from tests.trust.forged import DAY, NOW, Wanted

CA = (forged.basic(), forged.usage(5, 6))
TOP, CA_NAME, OWN_NAME = (
    forged.name(("2.5.4.10", "Corp"), "Corp Root CA"),
    forged.name(("2.5.4.10", "Corp"), "Corp Issuing"),
    forged.name("mail"),
)
ROOT = forged.certificate(Wanted(TOP, TOP, "p256-a", "p256-a", CA))
RENEWED_ROOT = forged.certificate(Wanted(TOP, TOP, "p256-d", "p256-d", CA))
MIDDLE = forged.certificate(Wanted(CA_NAME, TOP, "p256-b", "p256-a", CA))
LEAF = forged.certificate(Wanted(OWN_NAME, CA_NAME, "p256-c", "p256-b"))
OTHER = forged.certificate(Wanted(forged.name("Other"), forged.name("Other"), "p256-d", "p256-d", CA))
OWN = forged.certificate(Wanted(OWN_NAME, OWN_NAME, "p256-c", "p256-c"))
OWN_BEFORE = forged.certificate(Wanted(OWN_NAME, OWN_NAME, "p256-d", "p256-d"))
EXPIRED = forged.certificate(Wanted(OWN_NAME, CA_NAME, "p256-c", "p256-b", begins=NOW - 9 * DAY, ends=NOW - DAY))
EARLY = forged.certificate(Wanted(OWN_NAME, CA_NAME, "p256-c", "p256-b", begins=NOW + DAY))
OLD_MIDDLE = forged.certificate(Wanted(CA_NAME, TOP, "p256-b", "p256-a", CA, begins=NOW - 9 * DAY, ends=NOW - DAY))
CLIENT = forged.certificate(Wanted(OWN_NAME, CA_NAME, "p256-c", "p256-b", (forged.extended("1.3.6.1.5.5.7.3.2"),)))
NO_CA = forged.certificate(Wanted(CA_NAME, TOP, "p256-b", "p256-a", (forged.basic(False),)))
SPOILED = forged.certificate(Wanted(OWN_NAME, CA_NAME, "p256-c", "p256-b", spoiled=True))
SHORT_KEY = forged.certificate(Wanted(OWN_NAME, CA_NAME, "p192-a", "p256-b"))
UNKNOWN_CA = forged.certificate(
    Wanted(OWN_NAME, forged.name(("2.5.4.10", "Corp"), "Corp Root CA 2"), "p256-c", "p256-d")
)
SHA1 = forged.certificate(Wanted(OWN_NAME, CA_NAME, "p256-c", "p256-b", digest="SHA1"))


@pytest.mark.parametrize(
    ("sent", "anchors", "cause"),
    [
        ((LEAF, MIDDLE), (ROOT,), None),
        ((OWN,), (OTHER,), Cause.SELF_SIGNED),
        ((OWN,), (OWN_BEFORE,), Cause.SELF_SIGNED),
        ((LEAF, MIDDLE), (OTHER,), Cause.UNTRUSTED_ROOT),
        ((LEAF, MIDDLE, ROOT), (OTHER,), Cause.UNTRUSTED_ROOT),
        ((LEAF, MIDDLE), (RENEWED_ROOT,), Cause.UNTRUSTED_ROOT),
        ((UNKNOWN_CA,), (OTHER,), Cause.UNTRUSTED_ROOT),
        ((LEAF,), (ROOT,), Cause.MISSING_INTERMEDIATE),
        ((LEAF, ROOT), (ROOT,), Cause.MISSING_INTERMEDIATE),
        ((EXPIRED, MIDDLE), (ROOT,), Cause.EXPIRED),
        ((EXPIRED, OTHER, MIDDLE), (ROOT,), Cause.EXPIRED),
        ((LEAF, OLD_MIDDLE), (ROOT,), Cause.EXPIRED),
        ((EARLY, MIDDLE), (ROOT,), Cause.NOT_YET_VALID),
        ((CLIENT, MIDDLE), (ROOT,), Cause.NOT_FOR_SERVERS),
        ((LEAF, NO_CA), (ROOT,), Cause.BAD_CA),
        ((LEAF, OTHER, NO_CA), (ROOT,), Cause.BAD_CA),
        ((SHORT_KEY, MIDDLE), (ROOT,), Cause.WEAK_KEY),
        ((SPOILED, MIDDLE), (ROOT,), Cause.BAD_SIGNATURE),
        ((LEAF,), (), Cause.STORE_NO_ENTRIES),
        ((b"\x30\x00",), (ROOT,), Cause.TLS_BROKEN),
    ],
    ids=[
        "trusted", "self-signed", "self-signed, renewed", "root not sent", "root sent", "root renewed",
        "issued by an unknown root", "intermediate missing", "root in its place", "expired",
        "expired, in disorder", "intermediate expired", "not yet valid", "for clients", "issuer is no CA",
        "issuer is no CA, in disorder", "short key", "spoiled", "no anchors", "unreadable",
    ],
)  # fmt: skip
def test_a_refused_chain_has_one_cause(
    sent: tuple[bytes, ...], anchors: tuple[bytes, ...], cause: Cause | None
) -> None:
    assert find(sent, Anchors(anchors), NOW, USUAL_JAVA).cause is cause


def test_the_missing_one_is_named() -> None:
    found = find((LEAF,), Anchors((ROOT,)), NOW, USUAL_JAVA)

    assert str(found.missing) == "CN=Corp Issuing, O=Corp"


@pytest.mark.parametrize(("anchors", "namesake"), [((RENEWED_ROOT,), True), ((OTHER,), False)])
def test_a_ca_of_the_same_name_with_another_key_is_said(anchors: tuple[bytes, ...], namesake: bool) -> None:
    assert find((LEAF, MIDDLE), Anchors(anchors), NOW, USUAL_JAVA).namesake is namesake


def test_the_blamed_one_is_the_one_with_the_fault() -> None:
    found = find((LEAF, OLD_MIDDLE), Anchors((ROOT,)), NOW, USUAL_JAVA)

    assert found.blamed is not None
    assert found.blamed.der == OLD_MIDDLE


@pytest.mark.parametrize(
    ("path", "warnings"),
    [
        ((EXPIRED,), (Cause.PINNED_INVALID,)),
        ((SHA1, MIDDLE, ROOT), (Cause.SHA1,)),
        ((LEAF, OLD_MIDDLE), (Cause.ANCHOR_EXPIRED,)),
        ((LEAF, MIDDLE, ROOT), ()),
    ],
    ids=["expired and pinned", "SHA-1", "expired anchor", "nothing"],
)
def test_what_java_accepts_and_is_unwise_is_told(path: tuple[bytes, ...], warnings: tuple[Cause, ...]) -> None:
    assert unwise(tuple(map(certificate.read, path)), NOW) == warnings

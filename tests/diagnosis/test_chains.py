"""Chains in order, what is missing of them, and what to import."""

from __future__ import annotations

import pytest

from mailsetup_gui.diagnosis.chains import Role, alias, choices, linked, tree, with_unsent
from mailsetup_gui.trust import certificate
from mailsetup_gui.trust.path import Anchors
from tests.diagnosis.test_trusting import LEAF, MIDDLE, OTHER, OWN, ROOT


@pytest.mark.parametrize(
    ("sent", "order"),
    [
        ((LEAF, MIDDLE, ROOT), (LEAF, MIDDLE, ROOT)),
        ((LEAF, ROOT, MIDDLE), (LEAF, MIDDLE, ROOT)),
        ((LEAF, OTHER, MIDDLE), (LEAF, MIDDLE)),
        ((LEAF, ROOT), (LEAF,)),
        ((LEAF, LEAF), (LEAF,)),
        ((OWN, ROOT), (OWN,)),
    ],
    ids=["in order", "wrong order", "a stranger between", "a gap", "twice", "self-signed"],
)
def test_a_chain_is_ordered_by_its_signatures(sent: tuple[bytes, ...], order: tuple[bytes, ...]) -> None:
    assert tuple(one.der for one in linked(sent).linked) == order


def test_nothing_is_linked_behind_what_cannot_be_read() -> None:
    assert linked((b"\x30\x00", MIDDLE)).linked == ()


def test_the_root_stands_on_top_and_a_missing_issuer_by_its_name() -> None:
    whole = tree(linked((LEAF, MIDDLE, ROOT)), (LEAF, MIDDLE, ROOT), None)
    broken = tree(linked((LEAF, MIDDLE)), (LEAF, MIDDLE), Anchors((OTHER,)))

    assert [link.role for link in whole] == [Role.ROOT, Role.CA, Role.LEAF]
    assert [link.certificate is None for link in broken] == [True, False, False]
    assert str(broken[0].name) == "CN=Corp Root CA, O=Corp"


def test_an_issuer_that_only_the_truststore_has_is_shown_as_such() -> None:
    links = tree(linked((LEAF, MIDDLE)), (LEAF, MIDDLE), Anchors((ROOT,)))

    assert [(link.sent, link.trusted) for link in links] == [(False, True), (True, False), (True, False)]


def test_a_stranger_stands_behind_the_chain() -> None:
    links = tree(linked((LEAF, OTHER, MIDDLE)), (LEAF, OTHER, MIDDLE), None)

    assert links[-1].certificate is not None
    assert links[-1].certificate.der == OTHER


@pytest.mark.parametrize(
    ("sent", "offered"),
    [
        ((LEAF, MIDDLE, ROOT), [((ROOT,), True), ((MIDDLE,), False), ((LEAF,), False)]),
        ((LEAF, MIDDLE), [((MIDDLE,), True), ((LEAF,), False)]),
        ((LEAF,), [((LEAF,), False)]),
        ((OWN,), [((OWN,), True)]),
    ],
    ids=["whole", "root not known", "leaf alone", "self-signed"],
)
def test_the_highest_ca_is_recommended(sent: tuple[bytes, ...], offered: list[tuple[tuple[bytes, ...], bool]]) -> None:
    found = choices(linked(sent))

    assert [(tuple(one.der for one in choice.certificates), choice.recommended) for choice in found] == offered


def test_what_the_server_does_not_send_is_imported_with_the_root() -> None:
    chain = linked((LEAF,), (MIDDLE, ROOT))

    found = with_unsent(choices(chain), chain, (LEAF,))

    assert {one.der for one in found[0].certificates} == {ROOT, MIDDLE}
    assert [choice.role for choice in found] == [Role.ROOT, Role.LEAF]


def test_an_alias_is_lower_case_ascii_and_tells_host_role_and_fingerprint() -> None:
    name = alias("Mäil.Example.test", certificate.read(ROOT))

    assert name.startswith("mail-m-il.example.test-root-")
    assert name == name.lower()
    assert name.isascii()

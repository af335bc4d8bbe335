"""Real handshakes with whole, broken, foreign and expired chains against every kind of anchor."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from mailsetup_gui.smtp.events import Fault, Outcome, Result, Step, TlsStarted
from mailsetup_gui.smtp.session import Trial, send_test
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from tests.smtp.polite import PASSWORD, Mode, polite
from tests.smtp.scripted import Scripted
from tests.smtp.shaking import BETWEEN, LEAF, MAIL, OTHER, ROOT, SELF_SIGNED, against, judged_by, shaken
from tests.smtp.trying import settings as settings_for
from tests.trust.certificates import CLIENT_ONLY, Issued, Wish, issue

NAMESAKE = issue(Wish("Test Root", is_ca=True))


@pytest.mark.parametrize(
    ("sent", "anchors"),
    [
        ((LEAF, BETWEEN), (ROOT,)),
        ((LEAF, BETWEEN, ROOT), (ROOT,)),
        ((LEAF, ROOT, BETWEEN), (ROOT,)),
        ((LEAF, OTHER, BETWEEN), (ROOT,)),
        ((LEAF, BETWEEN), (OTHER, NAMESAKE, ROOT)),
        ((LEAF,), (BETWEEN,)),
        ((LEAF, BETWEEN), (BETWEEN,)),
        ((LEAF,), (LEAF,)),
        ((LEAF, BETWEEN), (LEAF,)),
        ((SELF_SIGNED,), (SELF_SIGNED,)),
    ],
    ids=[
        "chain, root",
        "whole chain, root",
        "wrong order, root",
        "a stranger in between, root",
        "chain, several roots",
        "leaf alone, intermediate",
        "chain, intermediate",
        "leaf alone, leaf",
        "chain, leaf",
        "self-signed, itself",
    ],
)
def test_a_chain_that_leads_to_an_anchor_is_trusted(
    sent: tuple[Issued, ...], anchors: tuple[Issued, ...], tmp_path: Path
) -> None:
    outcome, events = shaken(sent[0].server_context(tmp_path, *sent[1:]), anchors)

    assert outcome.result is Result.ACCEPTED
    assert [event.trusted for event in events if isinstance(event, TlsStarted)] == [True]


@pytest.mark.parametrize(
    ("sent", "anchors", "fault"),
    [
        ((LEAF,), (ROOT,), Fault.MISSING_INTERMEDIATE),
        ((LEAF,), (OTHER,), Fault.MISSING_INTERMEDIATE),
        ((LEAF, BETWEEN), (OTHER,), Fault.UNTRUSTED),
        ((LEAF, BETWEEN, ROOT), (OTHER,), Fault.UNTRUSTED),
        ((LEAF, BETWEEN), (NAMESAKE,), Fault.UNTRUSTED),
        ((LEAF, BETWEEN), (), Fault.NO_ANCHOR),
        ((SELF_SIGNED,), (ROOT,), Fault.SELF_SIGNED),
        ((issue(Wish("x", BETWEEN, days=-1, begins=-30)), BETWEEN), (ROOT,), Fault.EXPIRED),
        ((issue(Wish("x", BETWEEN, begins=30)), BETWEEN), (ROOT,), Fault.NOT_YET_VALID),
        ((issue(Wish("x", BETWEEN, usage=CLIENT_ONLY)), BETWEEN), (ROOT,), Fault.NOT_FOR_SERVERS),
        ((issue(Wish("x", no_ca := issue(Wish("y", ROOT, is_ca=False)))), no_ca), (ROOT,), Fault.BAD_CA),
        ((issue(Wish("x", old := issue(Wish("y", ROOT, True, (), -1, -9)))), old), (ROOT,), Fault.EXPIRED),
    ],
    ids=[
        "leaf alone, root",
        "leaf alone, another root",
        "chain, another root",
        "whole chain, another root",
        "chain, a root of the same name",
        "chain, nothing",
        "self-signed, another root",
        "expired",
        "not yet valid",
        "for clients only",
        "issued by a certificate that is no CA",
        "issued by an expired CA",
    ],
)
@pytest.mark.parametrize("mode", [Mode.SMTPS, Mode.STARTTLS], ids=str)
def test_a_refused_chain_has_its_cause_and_is_kept_as_it_was_sent(
    sent: tuple[Issued, ...], anchors: tuple[Issued, ...], fault: Fault, mode: Mode, tmp_path: Path
) -> None:
    outcome, events = shaken(sent[0].server_context(tmp_path, *sent[1:]), anchors, mode)

    assert (outcome.result, outcome.fault, outcome.step) == (Result.FAILED, fault, Step.TLS)
    shown = [event for event in events if isinstance(event, TlsStarted)]
    assert [event.chain for event in shown] == [tuple(one.der for one in sent)]
    assert not shown[0].trusted
    assert "CN=" in shown[0].peer.subject


def test_an_anchor_that_cannot_be_read_does_not_spoil_the_others(tmp_path: Path) -> None:
    with closing(Cancel()) as cancel, Scripted(polite(Mode.SMTPS), LEAF.server_context(tmp_path, BETWEEN)) as server:
        trial = Trial(
            settings_for(server.port, Mode.SMTPS), MAIL, judged_by(b"\x30\x03\x02\x01\x00", OTHER.der, ROOT.der)
        )
        *_, last = send_test(trial, PASSWORD, TcpTransport(5, cancel))

    assert isinstance(last, Outcome)
    assert last.result is Result.ACCEPTED


def test_anchors_that_cannot_be_read_at_all_are_the_fault_of_the_store(tmp_path: Path) -> None:
    with closing(Cancel()) as cancel, Scripted(polite(Mode.SMTPS), LEAF.server_context(tmp_path, BETWEEN)) as server:
        trial = Trial(settings_for(server.port, Mode.SMTPS), MAIL, judged_by(b"\x30\x03\x02\x01\x00"))
        *_, last = send_test(trial, PASSWORD, TcpTransport(5, cancel))

    assert isinstance(last, Outcome)
    assert last.fault is Fault.NO_ANCHOR


def test_nothing_is_said_to_a_server_that_is_not_trusted(tmp_path: Path) -> None:
    with Scripted(polite(Mode.SMTPS), SELF_SIGNED.server_context(tmp_path)) as server:
        against(server, settings_for(server.port, Mode.SMTPS), (ROOT,))

        assert not server.heard[0].inside

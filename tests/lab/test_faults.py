"""Every fault of the catalogue at a real mail server where one can have it: named, with the fact that decides."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path

import pytest

from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Direction, Line, Result
from mailsetup_gui.trial import Request
from tests.lab.faults import CATALOGUE, FOUND, Fault
from tests.lab.mta import Lab, configured, running
from tests.smtp.planted import leaks
from tests.smtp.trying import Tried, attempt

AT_ONCE = 12
each = pytest.mark.parametrize("fault", [*CATALOGUE, *FOUND], ids=str)


@pytest.fixture(scope="module")
def met() -> Iterator[Callable[[Fault], Tried]]:
    missing = [tool for tool in ("postfix", "dovecot") if shutil.which(tool) is None]
    if missing or os.geteuid() != 0:
        pytest.skip(f"{missing[0]} is not installed" if missing else "only root can start mail servers")
    home = Path(tempfile.mkdtemp(prefix="mailsetup-lab-"))
    try:
        lab = configured(home)
        with running(lab), ThreadPoolExecutor(AT_ONCE) as pool:
            slowest_first = sorted((*CATALOGUE, *FOUND), key=lambda fault: -fault.within)
            meetings = {fault.name: pool.submit(partial(meet, lab), fault) for fault in slowest_first}

            def result(fault: Fault) -> Tried:
                found = meetings[fault.name].result()
                # The computer was busy with something else: once more, alone.
                return found if found.took < fault.within else meet(lab, fault)

            yield cache(result)
    finally:
        shutil.rmtree(home)


def meet(lab: Lab, fault: Fault) -> Tried:
    with contextlib.ExitStack() as stack:
        host, port = fault.where(lab, stack)
        server = MailServer(host, port, fault.encryption, fault.username, fault.sender, fault.ehlo_name)
        asked = Request(
            server, fault.recipient, truststore=lab.roots, check_name=fault.check_name, timeout=fault.timeout
        )
        if fault.primed:
            assert attempt(asked, fault.password).result is Result.ACCEPTED
        return attempt(asked, fault.password)


def test_the_catalogue_is_complete() -> None:
    names = (
        "refused nodns http imap tls2plain plain2tls selfsigned expired wronghost noint tls10 authbad authneedstls"
        " noauth oauthonly tenant dropauth authreq relay badfrom nouser grey content greet554 greet421 nostarttls"
        " nostarttls-opp tls454 tls454-opp closes smtpsclose inject silent silent-smtps blackhole hangtls hangdot drip"
    )
    assert [fault.name for fault in CATALOGUE] == names.split()


@each
def test_a_fault_has_its_cause_and_its_warnings(fault: Fault, met: Callable[[Fault], Tried]) -> None:
    tried = met(fault)

    expected = fault.cause and fault.cause.value, [warning.value for warning in fault.warnings]
    assert (tried.cause, tried.warnings) == expected, tried.finished.card
    assert (tried.result is Result.ACCEPTED) == (fault.cause is None)


@each
def test_the_card_shows_the_fact_that_decides(fault: Fault, met: Callable[[Fault], Tried]) -> None:
    card = met(fault).finished.card

    told = " ".join((card.why, *card.evidence, *card.warnings))
    assert re.search(fault.holds, told), told
    assert card.evidence or fault.cause is None
    assert "“”" not in " ".join((card.title, told, *card.fixes))


@each
def test_a_cause_is_found_in_time(fault: Fault, met: Callable[[Fault], Tried]) -> None:
    assert met(fault).took < fault.within


@each
def test_nobody_signs_in_twice_and_no_password_is_told(fault: Fault, met: Callable[[Fault], Tried]) -> None:
    tried = met(fault)

    sent = [event.text for event in tried.events if isinstance(event, Line) and event.direction is Direction.OUT]
    assert sum(text.startswith("AUTH ") for text in sent) <= 1
    assert not leaks(repr(tried), fault.password, fault.username or "nobody")

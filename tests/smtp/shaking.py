"""A session with a server that shows certificates of one's own. Not a test."""

from __future__ import annotations

import ssl
from contextlib import closing

from mailsetup_gui.judging import JavaJudge, grounds_of
from mailsetup_gui.settings.server import MailServer
from mailsetup_gui.smtp.events import Event, Outcome
from mailsetup_gui.smtp.message import Mail
from mailsetup_gui.smtp.session import Trial, send_test
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust.contents import Entry
from tests.smtp.polite import PASSWORD, Mode, polite
from tests.smtp.scripted import Scripted
from tests.smtp.trying import settings as settings_for
from tests.trust.certificates import Issued, Wish, intermediate, issue, leaf, root, stranger

LEAF, BETWEEN, ROOT, OTHER = leaf(), intermediate(), root(), stranger()


MAIL = Mail("you@example.test", "", "", b"Subject: x\r\n\r\n")


SELF_SIGNED = issue(Wish("mail.example.test", names=("127.0.0.1",)))


def judged_by(*anchors: bytes) -> JavaJudge:
    return JavaJudge(grounds_of(Entry("", der) for der in anchors), check_name=False)


def shaken(
    context: ssl.SSLContext, anchors: tuple[Issued, ...], mode: Mode = Mode.SMTPS
) -> tuple[Outcome, list[Event]]:
    with Scripted(polite(mode), context) as server:
        return against(server, settings_for(server.port, mode), anchors)


def against(server: Scripted, asked: MailServer, anchors: tuple[Issued, ...]) -> tuple[Outcome, list[Event]]:
    with closing(Cancel()) as cancel:
        trial = Trial(asked, MAIL, judged_by(*(anchor.der for anchor in anchors)))
        *events, last = send_test(trial, PASSWORD, TcpTransport(5, cancel))
    assert isinstance(last, Outcome)
    assert server.heard
    return last, events

from __future__ import annotations

from contextlib import closing

import pytest

from mailsetup_gui.smtp.dialogue import Dialogue
from mailsetup_gui.smtp.events import Direction, Line, Step
from mailsetup_gui.smtp.redaction import Redactor
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from tests.smtp.polite import PASSWORD
from tests.smtp.scripted import HOST, Scripted, Talk


@pytest.mark.parametrize("words", ["MAIL FROM:<a@b>\r\nRCPT TO:<c@d>", "NOOP\n", "NOOP\r", "NOOP\0"], ids=repr)
def test_a_command_of_two_lines_is_never_said(words: str) -> None:
    with Scripted(Talk.stay_silent) as server, closing(Cancel()) as cancel:
        transport = TcpTransport(1.0, cancel)
        transport.resolve(HOST, server.port)
        transport.connect()
        with pytest.raises(ValueError, match="one line"):
            list(Dialogue(transport, Redactor()).ask(words))
        transport.close()

    assert server.said == b""


def test_a_reply_is_told_without_the_password_and_kept_as_it_came() -> None:
    def echo(talk: Talk) -> None:
        talk.say(f"535 5.7.8 no: {PASSWORD}\r\n".encode())
        talk.stay_silent()

    with Scripted(echo) as server, closing(Cancel()) as cancel:
        transport = TcpTransport(1.0, cancel)
        transport.resolve(HOST, server.port)
        transport.connect()
        dialogue = Dialogue(transport, Redactor(PASSWORD))
        dialogue.begin(Step.AUTH, 1.0)
        events = list(dialogue.hear())
        transport.close()

    assert [(e.direction, e.text) for e in events if isinstance(e, Line)] == [(Direction.IN, "535 5.7.8 no: ****")]
    assert dialogue.heard.text == f"5.7.8 no: {PASSWORD}"

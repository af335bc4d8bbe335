"""The mode is found by asking: a silent port, whatever it is, is named before the step's time is over."""

from __future__ import annotations

import pytest

from mailsetup_gui.smtp import session
from mailsetup_gui.smtp.asking import PATIENCE
from tests.smtp.polite import Mode, polite
from tests.smtp.scripted import Script, Scripted, Talk, server_context
from tests.smtp.trying import Tried, attempt, request


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked does not depend on how long the silence was."""
    monkeypatch.setattr(session, "PATIENCE", 0.1)
    monkeypatch.setattr(session, "STEP_LIMIT", 1.5)


def test_smtp_on_a_port_that_waits_for_tls_is_named_after_two_seconds() -> None:
    tried = _met(polite(Mode.SMTPS), Mode.STARTTLS)
    assert (tried.cause, PATIENCE <= tried.took < 2 * PATIENCE) == ("mode.plain-on-tls-port", True)
    assert "TLSv1.3, then 220 mail.example.test ESMTP" in tried.finished.card.why


def test_smtps_on_a_port_that_greets_in_clear_is_named_by_the_first_bytes() -> None:
    tried = _met(polite(Mode.CLEAR), Mode.SMTPS)
    assert (tried.cause, tried.took < PATIENCE) == ("mode.tls-on-plain-port", True)


@pytest.mark.usefixtures("impatient")
def test_a_port_of_tls_that_serves_one_at_a_time_is_asked_on_the_silent_connection_in_the_end() -> None:
    first: list[Talk] = []

    def one_at_a_time(talk: Talk) -> None:
        first.append(talk)
        if talk is not first[0]:
            talk.stay_deaf()
        talk.secure()
        talk.stay_silent()

    assert _met(one_at_a_time, Mode.CLEAR).cause == "mode.plain-on-tls-port"


@pytest.mark.usefixtures("impatient")
def test_a_server_that_greets_late_is_neither_disturbed_nor_misnamed() -> None:
    talks: list[Talk] = []

    def late(talk: Talk) -> None:
        talks.append(talk)
        talk.pause(1)
        if talk is talks[0]:
            assert not talk.heard.clear
        polite(Mode.CLEAR)(talk)

    tried = _met(late, Mode.CLEAR)
    assert tried.result.value == "accepted"


@pytest.mark.usefixtures("impatient")
def test_a_port_that_says_nothing_in_either_mode_stays_silent() -> None:
    tried = _met(Talk.stay_silent, Mode.CLEAR)
    assert tried.cause == "smtp.silent"
    assert any("asked on another connection: nothing" in line for line in tried.lines)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (b"* OK [CAPABILITY IMAP4rev1] ready\r\n", "IMAP"),
        (b"+OK POP3 ready\r\n", "POP3"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "SSH"),
        (b"220 (vsFTPd 3.0.3)\r\n", "FTP"),
        (b"220 ProFTPD Server (Debian) [127.0.0.1]\r\n", "FTP"),
        (b"220-FileZilla Server 1.7\r\n220 Welcome\r\n", "FTP"),
        (b"220 Microsoft FTP Service\r\n", "FTP"),
        (b"200 news.example.test NNRP ready\r\n", "NNTP"),
        (b"RFB 003.008\n", "VNC"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "web server"),
    ],
)
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("inside", [False, True], ids=["clear", "tls"])
@pytest.mark.parametrize("mode", [Mode.CLEAR, Mode.SMTPS], ids=["smtp", "smtps"])
def test_another_protocol_is_recognised_by_its_first_words(said: bytes, name: str, inside: bool, mode: Mode) -> None:
    def foreign(talk: Talk) -> None:
        if inside:
            talk.secure()
        talk.say(said)
        while True:
            talk.hear()
            talk.say(b"530 Please login with USER and PASS.\r\n")

    tried = _met(foreign, mode)
    assert (tried.cause, name in tried.finished.card.why) == ("smtp.not-smtp", True)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("inside", [False, True], ids=["clear", "tls"])
@pytest.mark.parametrize("mode", [Mode.CLEAR, Mode.SMTPS], ids=["smtp", "smtps"])
def test_a_web_server_that_waits_to_be_asked_is_asked(inside: bool, mode: Mode) -> None:
    def web(talk: Talk) -> None:
        if inside:
            talk.secure()
        talk.hear()
        talk.say(b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n")
        talk.hang_up()

    tried = _met(web, mode)
    assert tried.cause == "smtp.not-smtp"


def test_a_server_whose_host_is_named_ftp_is_a_mail_server_all_the_same() -> None:
    def named(talk: Talk) -> None:
        talk.say(b"220 ftp.example.test ready\r\n")
        talk.hear()
        talk.say(b"550 5.7.1 not you\r\n")
        talk.hear()
        talk.say(b"550 5.7.1 not you\r\n")
        talk.stay_silent()

    assert _met(named, Mode.CLEAR).cause == "smtp.ehlo-refused"


@pytest.mark.usefixtures("impatient")
def test_tls_of_another_kind_is_tls_all_the_same() -> None:
    def too_new(talk: Talk) -> None:
        talk.wire_octets()
        talk.say_in_clear(b"\x15\x03\x03\x00\x02\x02\x46")
        talk.hang_up()

    assert _met(too_new, Mode.CLEAR).cause == "mode.plain-on-tls-port"


def _met(script: Script, mode: Mode, timeout: float = 8.0) -> Tried:
    with Scripted(script, server_context()) as server:
        return attempt(request(server.port, mode, timeout))

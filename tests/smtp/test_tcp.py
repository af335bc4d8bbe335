from __future__ import annotations

from contextlib import closing

import pytest

from mailsetup_gui.smtp.events import Fault, Stopped
from mailsetup_gui.smtp.reply import LONGEST_LINE
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from tests.smtp.misdeeds import floods
from tests.smtp.scripted import HOST, Script, Scripted, Talk


def connected(server: Scripted, cancel: Cancel, total: float = 2.0) -> TcpTransport:
    transport = TcpTransport(total, cancel)
    transport.resolve(HOST, server.port)
    transport.connect()
    return transport


def says(*pieces: bytes) -> Script:
    def script(talk: Talk) -> None:
        for piece in pieces:
            talk.say(piece)
        talk.stay_silent()

    return script


def test_lines_are_cut_where_they_end_and_not_where_segments_do(cancel: Cancel) -> None:
    with Scripted(says(b"220 o", b"ne\r\n250", b" two\r\n")) as server, closing(connected(server, cancel)) as transport:
        assert [transport.read_line(), transport.read_line()] == [b"220 one\r\n", b"250 two\r\n"]


def test_of_an_endless_line_no_more_is_read_than_shows_that_it_is_one(cancel: Cancel) -> None:
    with (
        Scripted(lambda talk: floods(b"2" * 65536)(talk, b"")) as server,
        closing(connected(server, cancel)) as transport,
    ):
        line = transport.read_line()

    assert LONGEST_LINE < len(line) <= LONGEST_LINE + 16384


def test_what_is_already_there_is_told_without_waiting(cancel: Cancel) -> None:
    with Scripted(says(b"220 one\r\n250 two\r\n")) as server, closing(connected(server, cancel)) as transport:
        assert transport.read_line() == b"220 one\r\n"
        assert transport.unasked() == b"250 two\r\n"
        assert transport.unasked() == b"250 two\r\n"
        assert transport.read_line() == b"250 two\r\n"
        assert transport.unasked() == b""


def test_what_comes_within_a_moment_is_told_when_that_is_asked(cancel: Cancel) -> None:
    def late(talk: Talk) -> None:
        talk.hear()
        talk.pause(0.05)
        talk.say(b"250 late\r\n")
        talk.stay_silent()

    with Scripted(late) as server, closing(connected(server, cancel)) as transport:
        transport.write(b"x\r\n")
        assert transport.unasked() == b""
        assert transport.unasked(1.0) == b"250 late\r\n"


@pytest.mark.parametrize(
    ("end", "fault"), [(Talk.reset, Fault.RESET), (Talk.hang_up, Fault.CLOSED)], ids=["RST", "FIN"]
)
def test_an_end_that_was_noticed_between_two_commands_keeps_its_name(end: Script, fault: Fault, cancel: Cancel) -> None:
    def script(talk: Talk) -> None:
        talk.hear()
        end(talk)

    with Scripted(script) as server, closing(connected(server, cancel)) as transport:
        transport.write(b"x\r\n")
        transport.unasked(1.0)
        with pytest.raises(Stopped) as caught:
            transport.read_line()

    assert caught.value.fault is fault


def test_the_last_words_of_a_server_that_hangs_up_are_the_evidence(cancel: Cancel) -> None:
    def script(talk: Talk) -> None:
        talk.say(b"421 too many connections")
        talk.hang_up()

    with (
        Scripted(script) as server,
        closing(connected(server, cancel)) as transport,
        pytest.raises(Stopped) as caught,
    ):
        transport.read_line()

    assert caught.value.fault is Fault.CLOSED
    assert caught.value.evidence == "421 too many connections"


def test_nothing_is_read_or_written_before_there_is_a_connection(cancel: Cancel) -> None:
    with pytest.raises(RuntimeError):
        TcpTransport(1.0, cancel).read_line()


def test_a_step_that_began_late_is_not_called_silent(cancel: Cancel) -> None:
    with Scripted(Talk.stay_silent) as server, closing(connected(server, cancel, total=0.3)) as transport:
        transport.begin_step(0.2)
        with pytest.raises(Stopped) as silent:
            transport.read_line()
        transport.begin_step(10)
        with pytest.raises(Stopped) as late:
            transport.read_line()

    assert (silent.value.fault, late.value.fault) == (Fault.SILENT, Fault.DEADLINE)

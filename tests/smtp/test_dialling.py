"""Addresses are made up by a getaddrinfo of the test's own; the sockets are real ones on loopback."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from mailsetup_gui.smtp import dialling
from mailsetup_gui.smtp.dialling import MOST_ADDRESSES, STAGGER, Address, connect, connect_as_java, resolve
from mailsetup_gui.smtp.events import Fault, Stopped
from mailsetup_gui.smtp.waiting import Cancel, Clock
from tests.smtp.black_hole import black_hole


@pytest.fixture
def open_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def at(*hosts: str, port: int) -> tuple[Address, ...]:
    return tuple(
        Address(socket.AF_INET6, (host, port, 0, 0)) if ":" in host else Address(socket.AF_INET, (host, port))
        for host in hosts
    )


def dialled(addresses: tuple[Address, ...], cancel: Cancel, total: float = 3.0) -> tuple[str, float]:
    """Who answered, and after how many seconds."""
    clock = Clock(total)
    sock, address = connect(addresses, clock, cancel)
    sock.close()
    return address.text, clock.elapsed()


def lost(addresses: tuple[Address, ...], cancel: Cancel, total: float = 0.3) -> Stopped:
    with pytest.raises(Stopped) as caught:
        connect(addresses, Clock(total), cancel)
    return caught.value


def answers(monkeypatch: pytest.MonkeyPatch, found: list[tuple[int, tuple[str | int, ...]]] | OSError) -> None:
    def getaddrinfo(host: str, port: int, type: int) -> list[tuple[int, int, int, str, tuple[str | int, ...]]]:  # noqa: A002  its name
        if isinstance(found, OSError):
            raise found
        return [(family, type, 6, "", target) for family, target in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_an_address_literal_resolves_to_itself(cancel: Cancel) -> None:
    assert resolve("127.0.0.1", 25, Clock(5), cancel) == at("127.0.0.1", port=25)


def test_every_address_of_a_name_is_found_once_in_the_systems_order(
    cancel: Cancel, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, [(10, ("::1", 25, 0, 0)), (2, ("127.0.0.1", 25)), (2, ("127.0.0.1", 25))])

    assert resolve("mail.example.test", 25, Clock(5), cancel) == at("::1", "127.0.0.1", port=25)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Fault.NAME_NOT_FOUND),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), Fault.NAME_TEMPORARY),
        (socket.gaierror(socket.EAI_FAIL, "Non-recoverable failure"), Fault.NAME_TEMPORARY),
        (socket.gaierror(socket.EAI_NODATA, "No address"), Fault.NAME_NO_ADDRESS),
        (OSError(24, "Too many open files"), Fault.NAME_TEMPORARY),
    ],
    ids=["NONAME", "AGAIN", "FAIL", "NODATA", "EMFILE"],
)
def test_a_failed_look_up_says_whether_the_name_exists(
    error: OSError, fault: Fault, cancel: Cancel, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, error)

    with pytest.raises(Stopped) as caught:
        resolve("mail.example.test", 25, Clock(5), cancel)
    assert caught.value.fault is fault
    assert caught.value.evidence == error.strerror


def test_a_name_without_addresses_says_so(cancel: Cancel, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, [])

    with pytest.raises(Stopped) as caught:
        resolve("mail.example.test", 25, Clock(5), cancel)
    assert caught.value.fault is Fault.NAME_NO_ADDRESS


@pytest.mark.parametrize("name", ["a..b", "x" * 64 + ".test", "\udce4"])
def test_a_name_that_cannot_be_encoded_does_not_exist(name: str, cancel: Cancel) -> None:
    with pytest.raises(Stopped) as caught:
        resolve(name, 25, Clock(5), cancel)
    assert caught.value.fault is Fault.NAME_NOT_FOUND


def test_a_name_service_that_never_answers_is_left_behind(cancel: Cancel, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: over.wait(10) and [])
    began = time.monotonic()

    with pytest.raises(Stopped) as caught:
        resolve("mail.example.test", 25, Clock(0.1), cancel)

    over.set()
    assert caught.value.fault is Fault.NAME_TEMPORARY
    assert time.monotonic() - began < 5


def test_a_refused_address_is_passed_over_at_once(
    cancel: Cancel, open_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialling, "STAGGER", 2.0)

    host, took = dialled(at("127.0.0.2", "127.0.0.1", port=open_port), cancel)

    assert host == "127.0.0.1"
    assert took < 2


def test_an_address_that_drops_packets_costs_a_quarter_of_a_second(cancel: Cancel, open_port: int) -> None:
    with black_hole("127.0.0.2", open_port):
        host, took = dialled(at("127.0.0.2", "127.0.0.1", port=open_port), cancel)

    assert host == "127.0.0.1"
    assert STAGGER <= took < 2


def test_an_address_without_a_route_is_passed_over(cancel: Cancel, open_port: int) -> None:
    host, took = dialled(at("2001:db8::1", "127.0.0.1", port=open_port), cancel)

    assert host == "127.0.0.1"
    assert took < 2


def test_the_families_take_turns(cancel: Cancel, open_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialling, "STAGGER", 0.5)
    with contextlib.ExitStack() as stack:
        for host in ("127.0.0.2", "127.0.0.3", "127.0.0.4"):
            stack.enter_context(black_hole(host, open_port))
        listener = stack.enter_context(socket.socket(socket.AF_INET6))
        listener.bind(("::1", open_port))
        listener.listen()
        host, took = dialled(at("127.0.0.2", "127.0.0.3", "127.0.0.4", "::1", port=open_port), cancel)

    assert host == "::1"
    assert took < 3 * 0.5


def test_no_more_addresses_are_tried_than_a_person_would_wait_for(cancel: Cancel, open_port: int) -> None:
    hosts = [f"127.0.1.{n}" for n in range(MOST_ADDRESSES)]

    stopped = lost(at(*hosts, "127.0.0.1", port=open_port), cancel)

    assert stopped.fault is Fault.REFUSED


def test_nobody_listening_is_a_refusal(cancel: Cancel, open_port: int) -> None:
    stopped = lost(at("127.0.0.2", port=open_port), cancel)

    assert stopped.fault is Fault.REFUSED
    assert stopped.evidence == "127.0.0.2: Connection refused"


def test_dropped_packets_are_a_time_out_at_the_deadline(cancel: Cancel, open_port: int) -> None:
    began = time.monotonic()
    with black_hole("127.0.0.2", open_port):
        stopped = lost(at("127.0.0.2", port=open_port), cancel)

    assert stopped.fault is Fault.TIMEOUT
    assert 0.3 <= time.monotonic() - began < 3


def test_dropped_packets_tell_more_than_a_refusal(cancel: Cancel, open_port: int) -> None:
    with black_hole("127.0.0.2", open_port):
        stopped = lost(at("127.0.0.3", "127.0.0.2", port=open_port), cancel)

    assert stopped.fault is Fault.TIMEOUT
    assert "127.0.0.3: Connection refused" in stopped.evidence


def test_no_way_to_any_address_is_unreachable(cancel: Cancel, open_port: int) -> None:
    assert lost(at("255.255.255.255", port=open_port), cancel).fault is Fault.UNREACHABLE


def test_the_losers_of_a_race_are_hung_up_on(cancel: Cancel, open_port: int) -> None:
    with socket.create_server(("127.0.0.2", open_port)) as other:
        other.settimeout(0.2)
        dialled(at("127.0.0.1", "127.0.0.2", port=open_port), cancel)

        with pytest.raises(TimeoutError):
            other.accept()


def test_java_takes_the_first_address_and_ipv4_before_ipv6(cancel: Cancel, open_port: int) -> None:
    sock, address = connect_as_java(at("::1", "127.0.0.1", port=open_port), Clock(3.0), cancel)
    sock.close()

    assert address.text == "127.0.0.1"


def test_an_address_that_only_others_would_try_is_told_and_not_used(cancel: Cancel, open_port: int) -> None:
    with pytest.raises(Stopped) as caught:
        connect_as_java(at("127.0.0.2", "127.0.0.1", port=open_port), Clock(3.0), cancel)

    assert caught.value.fault is Fault.OTHER_ADDRESS
    assert caught.value.evidence == "127.0.0.2: Connection refused; 127.0.0.1: connected"

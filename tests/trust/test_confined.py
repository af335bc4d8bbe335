"""Hostile files in the child process: every one is an answer, in time, and nothing is left behind."""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from pathlib import Path

import pytest

from mailsetup_gui import aside
from mailsetup_gui.trust import answers, confined, truststore
from mailsetup_gui.trust.answers import Request
from mailsetup_gui.trust.contents import Contents, Entry, Kind, StoreError, Trouble, Unseen
from mailsetup_gui.trust.der import encoded
from tests.trust.certificates import root, stranger
from tests.trust.keystores import PASSWORD, asking_for, pkcs12_store

ROOT, OTHER = root(), stranger()
ENCRYPTED = pkcs12_store({"root": ROOT, "other": OTHER})
LARGEST = truststore.LARGEST_FILE
BOMBS = {
    "ten million octets of BEGIN lines": b"-----BEGIN CERTIFICATE-----\n" * (LARGEST // 28),
    "a block of ten million blanks": b"-----BEGIN CERTIFICATE-----"
    + b" " * (LARGEST - 60)
    + b"-----END CERTIFICATE-----",
    "as many certificates as fit": ROOT.pem * (LARGEST // len(ROOT.pem)),
    "as many small certificates as fit": (b"\x30\x16\x30\x0f\x02\x01\x00" + b"\x30\x00" * 6 + b"\x30\x00\x03\x01\x00")
    * 400_000,
    "ten million sequences inside each other": b"\x30\x84\x00\x98\x96\x7a" + b"\x30\x80" * (LARGEST // 2 - 3),
    "indefinite lengths inside each other": b"\x30\x80" * (LARGEST // 2),
    "many small values with indefinite lengths": b"\x30\x80" + b"\x30\x80\0\0" * (LARGEST // 4 - 2) + b"\0\0",
    "JKS with 2^31 entries": b"\xfe\xed\xfe\xed" + struct.pack(">II", 2, 2**31) + bytes(LARGEST - 12),
    "PKCS#7 with millions of choices": encoded(
        0x30,
        bytes.fromhex("06092a864886f70d010702") + encoded(0xA0, encoded(0x30, encoded(0xA0, b"\xa1\0" * 4_900_000))),
    ),
    "zeros": bytes(LARGEST),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_an_answer_in_time(name: str) -> None:
    began = time.monotonic()

    answer = confined.read([Request(BOMBS[name], PASSWORD)])[0]

    assert time.monotonic() - began < 4.5
    assert isinstance(answer, StoreError) or answer.entries


def test_the_longest_permitted_derivation_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = asking_for(5_000_000, monkeypatch)
    began = time.monotonic()

    (answer,) = confined.read([Request(slow, PASSWORD)])

    assert isinstance(answer, StoreError)
    assert "longer than" in answer.reason or answer.trouble is Trouble.PASSWORD
    assert time.monotonic() - began < 4.5


def test_several_files_share_one_child() -> None:
    found = confined.read([Request(ENCRYPTED, PASSWORD), Request(b"words"), Request(ENCRYPTED, "wrong")])

    assert isinstance(found[0], Contents)
    assert [entry.alias for entry in found[0].entries] == ["root", "other"]
    assert [one.trouble for one in found[1:] if isinstance(one, StoreError)] == [Trouble.NOT_A_STORE, Trouble.PASSWORD]


def test_it_works_from_any_thread() -> None:
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(confined.read([Request(ENCRYPTED, PASSWORD)])[0])) for _ in "ab"
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert [isinstance(one, Contents) for one in found] == [True, True]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os.kill(os.getpid(), 9)", "ended with code -9"),
        ("import sys; sys.exit(9)", "more than 250 MB"),
        ("import sys; sys.exit(3)", "ended with code 3"),
        ("print('no answer')", "ended with code 0"),
        ("import sys; sys.stdout.buffer.write(bytes(70_000_000))", "given up"),
        ("import os; os.close(1); import threading; threading.Event().wait()", "longer than 0.5 s"),
        ("import threading; threading.Event().wait()", "longer than 0.5 s"),
    ],
)
def test_a_child_that_fails_is_an_answer(code: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_command", lambda _: [sys.executable, "-I", "-S", "-c", code])
    monkeypatch.setattr(confined, "MOST_SECONDS", 0.5 if "0.5" in said else 3.5)

    (answer,) = confined.read([Request(bytes(1_000_000))])

    assert isinstance(answer, StoreError)
    assert said in answer.reason


def test_a_child_that_cannot_be_started_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_command", lambda _: ["/nonexistent/python"])

    (answer,) = confined.read([Request(b"")])

    assert isinstance(answer, StoreError)
    assert "cannot be started" in answer.reason


def test_neither_the_password_nor_the_environment_reaches_the_child_by_other_ways_than_its_input() -> None:
    assert not any(PASSWORD in word for word in aside._command(confined.READER))
    assert PASSWORD not in repr(Request(b"", PASSWORD))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is Linux's")
def test_a_child_that_wants_more_memory_than_it_may_have_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = aside._CODE.replace(
        "sys.exit(", "importlib.import_module(module).answers.requests = lambda _: [bytes(10**9)]; sys.exit("
    )
    monkeypatch.setattr(aside, "_CODE", greedy)

    (answer,) = confined.read([Request(b"")])

    assert isinstance(answer, StoreError)
    assert "more than 250 MB" in answer.reason


def test_an_answer_comes_back_as_it_was_given() -> None:
    given: list[Contents | StoreError] = [
        Contents(Kind.JKS, (Entry("ümläut", b"\x30\0", Unseen.CHAIN), Entry("", b"")), 3, True),
        StoreError(Trouble.PASSWORD, "why", Kind.PKCS12),
    ]

    contents, error = answers.answers(b"".join(map(answers.told, given)), 2)

    assert contents == given[0]
    assert isinstance(error, StoreError)
    assert (error.trouble, error.reason, error.kind) == (Trouble.PASSWORD, "why", Kind.PKCS12)


def test_a_device_a_folder_and_a_huge_file_are_answers(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(LARGEST + 1)
    paths = ["/dev/zero", str(tmp_path), str(tmp_path / "pipe"), str(tmp_path / "huge"), str(tmp_path / "none")]

    found = truststore.answers([truststore.Source(path) for path in paths])

    troubles = [one.trouble for one in found if isinstance(one, StoreError)]
    assert troubles == [Trouble.UNREADABLE] * 3 + [Trouble.NOT_A_STORE, Trouble.MISSING]

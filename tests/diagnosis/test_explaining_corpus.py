"""Every row of the catalogue of errors, and what JavaMail really printed, has its cause however it is pasted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailsetup_gui.diagnosis.causes import Cause
from mailsetup_gui.diagnosis.explaining import Explained, explained
from mailsetup_gui.smtp.events import Step
from mailsetup_gui.wording.explaining import card
from tests.diagnosis.rows import FRAME, HEADER, ROWS, TRACES, spring

DRESSES: dict[str, Callable[[str], str]] = {
    "bare": lambda said: said,
    "under a log header": lambda said: HEADER + said + FRAME,
    "a time before every line": lambda said: "\n".join(
        f"2026-01-02 10:00:00,123 ERROR [pool-1-thread-1] {line}" for line in said.split("\n")
    ),
    "by docker compose": lambda said: "\n".join(f"bitbucket-1  | {line}" for line in said.split("\n")),
    "by syslog": lambda said: "\n".join(f"Jan  2 10:00:00 node1 bitbucket[42]: {line}" for line in said.split("\n")),
    "Windows line ends": lambda said: said.replace("\n", "\r\n"),
    "quoted in a mail": lambda said: "\n".join(f"> {line}" for line in said.split("\n")),
    "wrapped by Spring": spring,
    "Jakarta": lambda said: said.replace("javax.mail", "jakarta.mail").replace(
        "com.sun.mail", "org.eclipse.angus.mail"
    ),
}


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
@pytest.mark.parametrize(("row", "cause", "said"), ROWS, ids=[f"{row}: {said[:60]}" for row, _, said in ROWS])
def test_a_row_has_this_cause_however_it_is_pasted(
    row: str, cause: str, said: str, dress: Callable[[str], str]
) -> None:
    assert explained(dress(said)).cause.value == cause, row


OF_TRACES = {
    "A1": (Cause.TCP_REFUSED, Step.CONNECT),
    "A3": (Cause.DNS_NOT_FOUND, Step.RESOLVE),
    "A5": (Cause.SILENT, Step.GREETING),
    "A6": (Cause.GREETING_REFUSED, Step.GREETING),
    "A7": (Cause.BUSY, Step.GREETING),
    "A8": (Cause.NOT_SMTP, Step.GREETING),
    "A9": (Cause.CLOSED, Step.GREETING),
    "A9-reset": (Cause.TCP_RESET, Step.GREETING),
    "A9-dot": (Cause.CLOSED, Step.DATA),
    "A10": (Cause.EHLO_REFUSED, Step.EHLO),
    "B1": (Cause.UNTRUSTED_ROOT, Step.TLS),
    "B1-smtps": (Cause.UNTRUSTED_ROOT, Step.TLS),
    "B1-debug": (Cause.UNTRUSTED_ROOT, Step.TLS),
    "B4": (Cause.UNTRUSTED_ROOT, Step.TLS),
    "B5": (Cause.EXPIRED, Step.TLS),
    "B6": (Cause.NOT_YET_VALID, Step.TLS),
    "B7": (Cause.NAME_MISMATCH, Step.TLS),
    "B7-smtps": (Cause.NAME_MISMATCH, Step.TLS),
    "B8": (Cause.TLS_VERSION, Step.TLS),
    "B10": (Cause.TLS_VERSION, Step.TLS),
    "B11": (Cause.TLS_CIPHER, Step.TLS),
    "B11-cipher": (Cause.TLS_CIPHER, Step.TLS),
    "B13": (Cause.TLS_ON_PLAIN_PORT, Step.TLS),
    "B14": (Cause.STARTTLS_NOT_OFFERED, Step.STARTTLS),
    "B15": (Cause.STARTTLS_REFUSED, Step.STARTTLS),
    "B16": (Cause.TLS_CLIENT_CERTIFICATE, Step.TLS),
    "B16-12": (Cause.TLS_CIPHER, Step.TLS),
    "B17-fin": (Cause.TLS_CLOSED, Step.TLS),
    "B17-rst": (Cause.TLS_CLOSED, Step.TLS),
    "B17-silent": (Cause.TLS_SILENT, Step.TLS),
    "B17-clear": (Cause.PROTOCOL, Step.TLS),
    "B17-smtps-silent": (Cause.TLS_SILENT, Step.TLS),
    "B19": (Cause.STORE_NO_ENTRIES, Step.TLS),
    "B20-pw": (Cause.STORE_PASSWORD, Step.TLS),
    "B20-pem": (Cause.STORE_PASSWORD, Step.TLS),
    "C1": (Cause.AUTH_REFUSED, Step.AUTH),
    "C1-debug": (Cause.AUTH_REFUSED, Step.AUTH),
    "C2": (Cause.AUTH_REFUSED, Step.AUTH),
    "C9": (Cause.NO_COMMON_MECHANISM, Step.AUTH),
    "C11": (Cause.TOO_MANY_ATTEMPTS, Step.AUTH),
    "D1": (Cause.AUTH_NEEDS_TLS, Step.MAIL),
    "D3": (Cause.AUTH_REQUIRED, Step.MAIL),
    "D4": (Cause.RELAY_DENIED, Step.RCPT),
    "D4-two": (Cause.RELAY_DENIED, Step.RCPT),
    "D4-debug": (Cause.RELAY_DENIED, Step.RCPT),
    "D5": (Cause.FROM_NOT_OWNED, Step.DATA),
    "D6": (Cause.FROM_NOT_OWNED, Step.MAIL),
    "D9": (Cause.FROM_INVALID, Step.MAIL),
    "D11": (Cause.GREYLISTED, Step.RCPT),
    "D12": (Cause.TOO_LARGE, Step.DATA),
    "D13": (Cause.STORAGE, Step.MAIL),
}


@pytest.mark.parametrize("name", TRACES)
def test_what_javamail_printed_has_this_cause_and_step(name: str) -> None:
    found = explained(TRACES[name])

    assert (found.cause, found.outcome.step) == OF_TRACES[name.partition(" ")[0]]
    assert found.others == 0, "one exception and its causes are one error"


def test_every_trace_is_expected_to_be_something() -> None:
    assert {name.partition(" ")[0] for name in TRACES} == set(OF_TRACES)


def no_holes(found: Explained) -> None:
    told = card(found)
    words = (told.title, told.why, *told.fixes)
    assert all(words)
    assert not [word for word in words if "“”" in word or "no subject" in word or "()" in word or "{" in word]


@pytest.mark.parametrize("said", [said for _, _, said in ROWS] + list(TRACES.values()))
def test_no_sentence_has_a_hole(said: str) -> None:
    found = explained(said)
    no_holes(found)
    assert found.evidence

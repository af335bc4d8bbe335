"""Looking at a server without trusting it, and the issuers that it does not send."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mailsetup_gui.fetching import Fetched, complete, fetch
from mailsetup_gui.settings.server import Encryption, MailServer
from mailsetup_gui.smtp.events import TlsStarted
from mailsetup_gui.smtp.issuers import LARGEST, FetchError, fetch_issuer
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.waiting import Cancel
from mailsetup_gui.trust.der import encoded
from mailsetup_gui.wording.text import handshake
from tests.smtp.polite import Mode, Stage, polite, says
from tests.smtp.scripted import Scripted, Talk, server_context
from tests.trust import forged
from tests.trust.certificates import intermediate, leaf, root
from tests.trust.forged import Wanted


def fetched(port: int, encryption: Encryption) -> Fetched:
    with closing(Cancel()) as cancel:
        *_, last = fetch(MailServer("127.0.0.1", port, encryption, "somebody"), 5, cancel)
    assert isinstance(last, Fetched)
    return last


def test_a_chain_that_is_only_looked_at_is_neither_trusted_nor_refused(tmp_path: Path) -> None:
    with Scripted(polite(Mode.SMTPS), leaf().server_context(tmp_path)) as server, closing(Cancel()) as cancel:
        events = list(fetch(MailServer("127.0.0.1", server.port, Encryption.IMPLICIT_TLS), 5, cancel))

    shown = next(event for event in events if isinstance(event, TlsStarted))
    assert shown.trusted is None
    assert handshake(shown).endswith("certificate not judged")


@pytest.mark.parametrize("mode", [Mode.STARTTLS, Mode.SMTPS], ids=str)
def test_the_chain_comes_exactly_as_it_was_sent(mode: Mode, tmp_path: Path) -> None:
    encryption = Encryption.IMPLICIT_TLS if mode is Mode.SMTPS else Encryption.STARTTLS_IF_OFFERED
    with Scripted(polite(mode), leaf().server_context(tmp_path, root(), intermediate())) as server:
        found = fetched(server.port, encryption)

    assert found.chain == (leaf().der, root().der, intermediate().der)
    assert found.other == ()
    assert b"AUTH" not in server.said
    assert b"MAIL" not in server.said


def test_a_server_without_tls_is_named() -> None:
    with Scripted(polite(Mode.CLEAR)) as server:
        found = fetched(server.port, Encryption.STARTTLS_REQUIRED)

    assert found.chain == ()
    assert found.diagnosis.cause is not None
    assert found.diagnosis.cause.value == "tls.starttls-not-offered"


def test_two_fetches_that_differ_are_said(tmp_path: Path) -> None:
    """A load balancer with two servers behind it."""
    one, other = leaf().server_context(tmp_path, intermediate()), server_context()
    both = iter((one, other))

    def alternately(talk: Talk) -> None:
        talk.context = next(both)
        polite(Mode.SMTPS)(talk)

    with Scripted(alternately) as server:
        found = fetched(server.port, Encryption.IMPLICIT_TLS)

    assert found.chain[0] == leaf().der
    assert found.other != ()
    assert found.other != found.chain


@contextmanager
def web(answer: bytes) -> Iterator[int]:
    """One answer to whatever is asked, on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            try:
                while True:
                    connection, _ = server.accept()
                    with connection:
                        connection.recv(4096)
                        connection.sendall(answer)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def issuer(address: str) -> bytes:
    with closing(Cancel()) as cancel:
        return fetch_issuer(address, TcpTransport(5, cancel))


def test_an_issuer_is_fetched_over_http() -> None:
    with web(b"HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\n\r\n" + root().der) as port:
        assert issuer(f"http://127.0.0.1:{port}/ca.crt") == root().der


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\n\r\nno",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"220 mail.example.test ESMTP\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\n\r\n" + bytes(LARGEST + 1),
    ],
    ids=["redirect", "not found", "empty", "SMTP", "nothing", "too much"],
)
def test_what_is_no_certificate_is_a_sentence(answer: bytes) -> None:
    with web(answer) as port, pytest.raises(FetchError, match="127"):
        issuer(f"http://127.0.0.1:{port}/ca.crt")


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/x",
        "ftp://127.0.0.1/x",
        "http://",
        "http://a b/",
        "http://x/\r\nX: y",
        "file:///etc/passwd",
        "http://127.0.0.1:1:2/",
    ],
)
def test_only_plain_http_addresses_are_asked(address: str) -> None:
    with pytest.raises(FetchError):
        issuer(address)


def test_missing_issuers_are_found_by_their_address_and_their_signature() -> None:
    names = [forged.name(title) for title in ("Leaf", "Sub", "Top")]
    top = forged.certificate(Wanted(names[2], names[2], "p256-a", "p256-a", (forged.basic(),)))
    with web(b"HTTP/1.1 200 OK\r\n\r\n" + top) as port:
        place = forged.dotted("1.3.6.1.5.5.7.48.2") + forged.uri(f"http://127.0.0.1:{port}/")
        at = forged.extension(
            "1.3.6.1.5.5.7.1.1",
            encoded(0x30, encoded(0x30, place)),
        )
        sub = forged.certificate(Wanted(names[1], names[2], "p256-b", "p256-a", (forged.basic(), at)))
        wrong = forged.certificate(Wanted(names[0], names[1], "p256-c", "p256-b", (at,)))
        with closing(Cancel()) as cancel:
            found, _ = complete((sub,), 5, cancel)
            refused, said = complete((wrong,), 5, cancel)

    assert found == (top,)
    assert refused == ()
    assert "did not issue" in said[0]


def test_the_greeting_of_a_server_that_refuses_is_the_reason() -> None:
    with Scripted(polite(Mode.STARTTLS, {Stage.GREETING: says(b"554 no\r\n")})) as server:
        found = fetched(server.port, Encryption.STARTTLS_REQUIRED)

    assert found.chain == ()
    assert "554" in found.card.why

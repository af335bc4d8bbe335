"""Real handshakes with certificates of every kind; which is judged as Java does is another room's matter."""

from __future__ import annotations

import contextlib
import socket
import ssl
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailsetup_gui.smtp import tls
from mailsetup_gui.smtp.events import Fault, Outcome, Result, Stopped, TlsStarted
from mailsetup_gui.smtp.session import Trial, send_test
from mailsetup_gui.smtp.tcp import TcpTransport
from mailsetup_gui.smtp.tls import Channel
from mailsetup_gui.smtp.waiting import Cancel
from tests.smtp.planted import leaks
from tests.smtp.polite import PASSWORD, REPLIES, Misdeed, Mode, Stage, hears, polite, then
from tests.smtp.scripted import CA_DER, Scripted
from tests.smtp.shaking import BETWEEN, LEAF, MAIL, ROOT, SELF_SIGNED, against, judged_by, shaken
from tests.smtp.trying import settings as settings_for
from tests.trust.certificates import Wish, issue


def test_the_size_of_a_key_is_not_judged_by_openssls_level(tmp_path: Path) -> None:
    outcome, _ = shaken(issue(Wish("x", ROOT, rsa_bits=1024)).server_context(tmp_path), (ROOT,))

    assert outcome.result is Result.ACCEPTED


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1], ids=str)
def test_a_server_that_only_knows_old_tls_is_too_old(newest: ssl.TLSVersion, tmp_path: Path) -> None:
    context = LEAF.server_context(tmp_path, BETWEEN)
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = newest

    assert shaken(context, (ROOT,))[0].fault is Fault.TLS_VERSION


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=str)
def test_both_versions_that_java_speaks_work_and_are_named(version: ssl.TLSVersion, tmp_path: Path) -> None:
    context = LEAF.server_context(tmp_path, BETWEEN)
    context.minimum_version = context.maximum_version = version

    outcome, events = shaken(context, (ROOT,))

    assert outcome.result is Result.ACCEPTED
    assert [e.version for e in events if isinstance(e, TlsStarted)] == [version.name.replace("_", ".")]


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=str)
def test_a_greeting_in_the_same_segment_as_the_end_of_the_handshake_is_heard(
    version: ssl.TLSVersion, tmp_path: Path
) -> None:
    context = LEAF.server_context(tmp_path, BETWEEN)
    context.minimum_version = context.maximum_version = version
    misdeeds: dict[Stage, Misdeed] = {Stage.HANDSHAKE: lambda talk, _: talk.secure(REPLIES[Stage.GREETING])}

    with Scripted(polite(Mode.SMTPS, misdeeds, without=(Stage.GREETING,)), context) as server:
        outcome, _ = against(server, settings_for(server.port, Mode.SMTPS), (ROOT,))

    assert outcome.result is Result.ACCEPTED


def test_a_server_without_a_common_cipher_suite_has_none(tmp_path: Path) -> None:
    context = LEAF.server_context(tmp_path, BETWEEN)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("aNULL:@SECLEVEL=0")

    assert shaken(context, (ROOT,))[0].fault is Fault.TLS_CIPHER


def test_a_server_that_wants_a_client_certificate_is_named(tmp_path: Path) -> None:
    context = LEAF.server_context(tmp_path, BETWEEN)
    context.verify_mode = ssl.CERT_REQUIRED

    assert shaken(context, (ROOT,))[0].fault is Fault.TLS_CLIENT_CERTIFICATE


@pytest.mark.parametrize(
    ("host", "sent"),
    [
        ("mail.example.test", "mail.example.test"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("mail.example.test.", "mail.example.test"),
    ]
    + [(host, None) for host in ("127.0.0.1", "localhost", "mail", "[::1]")],
)
def test_the_server_name_is_sent_when_java_would_send_it(
    host: str, sent: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str | None] = []
    context = LEAF.server_context(tmp_path, BETWEEN)
    context.sni_callback = lambda _object, name, _context: names.append(name)

    with Scripted(polite(Mode.SMTPS), context) as server:
        there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: there)
        outcome, _ = against(server, settings_for(server.port, Mode.SMTPS)._replace(hostname=host), (ROOT,))

    assert outcome.result is Result.ACCEPTED
    assert names == [sent]


@pytest.mark.parametrize(
    "name",
    ["\x1b[31mred\x07", "a\0b.example.test", "\u202egnp.exe", "x" * 60, PASSWORD, "a, CN=mail.example.test"],
    ids=["escape", "NUL", "bidi", "long", "password", "comma"],
)
def test_odd_words_in_a_certificate_hurt_nobody(name: str, tmp_path: Path) -> None:
    odd = issue(Wish(name))

    outcome, events = shaken(odd.server_context(tmp_path), (ROOT,))

    assert outcome.fault is Fault.SELF_SIGNED
    assert not leaks(f"{outcome}{events}")


def test_ten_thousand_names_hurt_nobody(tmp_path: Path) -> None:
    many = issue(Wish("x", names=tuple(f"host{n}.example.test" for n in range(3000))))

    outcome, _ = shaken(many.server_context(tmp_path), (many,))

    assert outcome.result is Result.ACCEPTED


@settings(max_examples=300)
@given(st.integers(0, len(SELF_SIGNED.der) - 1), st.integers(0, 255))
def test_a_damaged_certificate_is_refused_and_never_an_accident(at: int, octet: int) -> None:
    der = bytearray(SELF_SIGNED.der)
    der[at] = octet
    channel = Channel("mail.example.test")
    try:
        talk_tls(channel, bytes(der))
    except Stopped:
        pass

    shown = channel.handshake()
    assert shown.chain in ((), (bytes(der),))
    refusal = judged_by(SELF_SIGNED.der)("mail.example.test", TlsStarted(*shown, True, 0.0))
    assert (refusal is None) == (shown.chain == (SELF_SIGNED.der,))


def test_a_subject_that_openssl_cannot_decode_is_an_empty_one() -> None:
    utf8, descriptor = b"\x0c\x11mail.example.test", b"\x07\x11mail.example.test"
    channel = Channel("mail.example.test")

    talk_tls(channel, SELF_SIGNED.der.replace(utf8, descriptor))

    assert channel.handshake().peer.subject == ""


def talk_tls(channel: Channel, der: bytes) -> None:
    """A handshake in memory with a server that shows `der`, if OpenSSL can be brought to do that."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        file.write(SELF_SIGNED.key_pem + ssl.DER_cert_to_PEM_cert(der).encode())
        file.flush()
        try:
            context.load_cert_chain(file.name)
        except ssl.SSLError:
            raise Stopped(Fault.TLS_BROKEN) from None
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(incoming, outgoing, server_side=True)
    while not channel.shake():
        incoming.write(channel.to_send())
        with contextlib.suppress(ssl.SSLWantReadError):
            server.do_handshake()
        channel.receive(outgoing.read())


def test_tls_that_breaks_in_the_middle_of_a_session_is_not_a_reply() -> None:
    misdeeds: dict[Stage, Misdeed] = {
        Stage.MAIL: then(lambda talk, _: talk.say_in_clear(b"250 2.1.0 Ok\r\n" * 100), hears)
    }

    with Scripted(polite(Mode.STARTTLS, misdeeds)) as server, closing(Cancel()) as cancel:
        trial = Trial(settings_for(server.port, Mode.STARTTLS), MAIL, judged_by(CA_DER))
        *_, last = send_test(trial, PASSWORD, TcpTransport(5, cancel))

    assert isinstance(last, Outcome)
    assert (last.result, last.fault) == (Result.FAILED, Fault.PROTOCOL)


@pytest.mark.parametrize(
    ("first", "can_be"),
    [
        (b"\x16", True),
        (b"\x16\x03\x03", True),
        (b"\x15\x03", True),
        (b"220 x", False),
        (b"\x16\x02", False),
    ],
    ids=repr,
)
def test_the_first_octets_tell_tls_from_clear_text(first: bytes, can_be: bool) -> None:
    assert tls.looks_like_tls(first) is can_be

"""One request over HTTP and HTTPS: whom it trusts, whom it never speaks to, and that it ends."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mailsetup_gui.bitbucket import address, exchange
from mailsetup_gui.bitbucket.exchange import Failure, Route, Unreached, ask
from mailsetup_gui.smtp.waiting import Cancel
from tests.bitbucket.stub import Stub, running

_NOBODY_CANCELS = Cancel()


@pytest.fixture(scope="module", autouse=True)
def nobody_cancels() -> Iterator[None]:
    yield
    _NOBODY_CANCELS.close()


def get(url: str, route: Route = Route(timeout=2.0)) -> exchange.Reply:  # noqa: B008  a value
    return ask("GET", url, route, _NOBODY_CANCELS, {})


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def https(authority: trustme.CA) -> Iterator[Stub]:
    stub = Stub()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    stub.socket = context.wrap_socket(stub.socket, server_side=True, do_handshake_on_connect=False)
    with running(stub):
        yield stub


def der(authority: trustme.CA) -> bytes:
    return x509.load_pem_x509_certificate(authority.cert_pem.bytes()).public_bytes(Encoding.DER)


def test_a_certificate_of_an_unknown_ca_ends_it_before_anything_is_sent(https: Stub) -> None:
    with pytest.raises(Unreached) as caught:
        get(f"https://127.0.0.1:{https.server_port}/")
    assert (caught.value.failure, caught.value.sent, https.seen) == (Failure.CERTIFICATE, False, [])


def test_a_ca_that_is_named_is_trusted(https: Stub, authority: trustme.CA) -> None:
    route = Route((der(authority),), timeout=2.0)
    assert get(f"https://127.0.0.1:{https.server_port}/x", route).status == 404


def test_the_host_name_is_checked_with_a_named_ca_too(https: Stub, authority: trustme.CA) -> None:
    with pytest.raises(Unreached) as caught:
        get(f"https://127.0.0.2:{https.server_port}/", Route((der(authority),), timeout=2.0))
    assert caught.value.failure in (Failure.CERTIFICATE, Failure.REFUSED)


def test_plain_http_behind_https_is_told_as_tls(https: Stub) -> None:
    with running(Stub()) as plain, pytest.raises(Unreached) as caught:
        get(f"https://127.0.0.1:{plain.server_port}/")
    assert caught.value.failure is Failure.TLS


def test_a_closed_port_is_refused_and_an_unknown_name_is_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Unreached) as refused:
        get(f"http://127.0.0.1:{port}/")
    assert refused.value.failure is Failure.REFUSED
    with pytest.raises(Unreached) as unknown:
        get("http://bitbucket.invalid/", Route(timeout=10.0))
    assert unknown.value.failure in (Failure.UNKNOWN_HOST, Failure.SILENT)


def test_what_does_not_speak_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            accepted, _ = listening.accept()
            with accepted:
                accepted.recv(1000)
                accepted.sendall(b"220 mail.example.test ESMTP\r\n\r\n")

        threading.Thread(target=greet, daemon=True).start()
        with pytest.raises(Unreached) as caught:
            get(f"http://127.0.0.1:{listening.getsockname()[1]}/")
    assert caught.value.failure is Failure.NOT_HTTP


def test_a_request_that_was_given_up_is_never_sent_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name service that answers too late must not let the password out after all."""
    late = threading.Event()
    original = socket.getaddrinfo

    def slow(*words: object, **more: object) -> object:
        late.wait(5)
        return original(*words, **more)  # type: ignore[arg-type]

    with running(Stub()) as stub:
        monkeypatch.setattr(socket, "getaddrinfo", slow)
        began = time.monotonic()
        with pytest.raises(Unreached) as caught:
            ask("PUT", stub.url, Route(timeout=0.2), _NOBODY_CANCELS, {"Authorization": "Basic x"}, b"{}")
        assert (caught.value.failure, caught.value.sent) == (Failure.SILENT, False)
        assert time.monotonic() - began < 2
        threads = [thread for thread in threading.enumerate() if thread.name == "bitbucket"]
        late.set()
        for thread in threads:
            thread.join(5)
        assert stub.seen == []


def test_the_environment_proxy_is_found_and_loopback_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example.test:3128")
    monkeypatch.setenv("no_proxy", "inside.example.test")
    found = {
        url: exchange.environment_proxy(address.address(url))
        for url in (
            "https://bitbucket.example.test",
            "https://inside.example.test",
            "https://127.0.0.1",
            "http://a.test",
        )
    }
    assert list(found.values()) == ["http://proxy.example.test:3128", "", "", ""]


def test_netrc_and_proxy_of_the_environment_are_not_used(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / ".netrc").write_text("machine 127.0.0.1 login somebody password hunter2\n")
    monkeypatch.setenv("HOME", str(home))
    with running(Stub()) as stub, running(Stub()) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("all_proxy", proxy.url)
        get(f"{stub.url}/")
        assert (len(stub.seen), proxy.seen) == (1, [])
        assert "Authorization" not in stub.seen[0][1]

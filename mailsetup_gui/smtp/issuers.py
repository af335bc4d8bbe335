"""A missing issuer's certificate from where the certificate below it says it lies (AIA caIssuers, RFC 5280 4.2.2.1).

Over http only, as it is published; what comes is foreign octets, whoever wants them checks the signature.
"""

from __future__ import annotations

from enum import Enum

from mailsetup_gui.smtp.events import Fault, Stopped
from mailsetup_gui.smtp.tcp import TcpTransport

LARGEST = 200_000
"""Octets of head and body; a certificate has about 2,000, a PKCS#7 file of some about 20,000."""
_STEP_LIMIT = 5.0


class Missed(Enum):
    """Why it is not to be had; wording.certificates has the sentences."""

    NO_ADDRESS = "no address"
    SILENT = "silent"
    TOO_MUCH = "too much"
    OTHER = "other"
    NOTHING = "nothing"


class FetchError(Exception):
    """Not to be had. `said`: what came instead, exactly."""

    def __init__(self, missed: Missed, address: str, said: str = "") -> None:
        super().__init__(missed.value, address, said)
        self.missed = missed
        self.address = address
        self.said = said


def fetch_issuer(address: str, transport: TcpTransport) -> bytes:
    """The octets behind an http address, redirects not followed. Raises FetchError. Closes the transport."""
    host, port, path = _parts(address)
    try:
        transport.begin_step(_STEP_LIMIT)
        transport.resolve(host, port)
        transport.connect()
        transport.write(f"GET {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("ascii"))
        return _body(transport.read_all(LARGEST), address)
    except Stopped as stop:
        raise _missed(stop, address) from None
    finally:
        transport.close()


def _parts(address: str) -> tuple[str, int, str]:
    rest = address[7:] if address[:7].lower() == "http://" else ""
    authority, slash, path = rest.partition("/")
    host, _, port = authority.partition(":")
    plain = host and host.replace("-", "").replace(".", "").isalnum() and (not port or port.isdigit())
    if not plain or not address.isascii() or not address.isprintable() or " " in address:
        raise FetchError(Missed.NO_ADDRESS, address[:200])
    return host, int(port or 80) if len(port) < 6 else 0, slash + path or "/"


def _body(answer: bytes, address: str) -> bytes:
    head, blank, body = answer.partition(b"\r\n\r\n")
    status = head.split(b"\r\n")[0].decode("latin-1")
    if not status.startswith("HTTP/1.") or status[8:12] != " 200":
        raise FetchError(Missed.OTHER, address, status[:80])
    if not blank or not body:
        raise FetchError(Missed.NOTHING, address)
    return body


def _missed(stop: Stopped, address: str) -> FetchError:
    if stop.fault is Fault.PROTOCOL:
        return FetchError(Missed.TOO_MUCH, address, str(LARGEST))
    return FetchError(Missed.SILENT, address, ", ".join(filter(None, (stop.fault.value, stop.evidence))))

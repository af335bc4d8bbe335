"""TLS as a Java client starts it, driven over memory buffers; OpenSSL's errors become faults here (RFC 8446, 8314)."""

import re
import ssl
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mailsetup_gui.smtp.events import Breach, Fault, Peer, Stopped

_REASONS = {
    "UNSUPPORTED_PROTOCOL": Fault.TLS_VERSION,
    "TLSV1_ALERT_PROTOCOL_VERSION": Fault.TLS_VERSION,
    "WRONG_SSL_VERSION": Fault.TLS_VERSION,
    "NO_PROTOCOLS_AVAILABLE": Fault.TLS_VERSION,
    "SSLV3_ALERT_HANDSHAKE_FAILURE": Fault.TLS_CIPHER,
    "TLSV1_ALERT_INSUFFICIENT_SECURITY": Fault.TLS_CIPHER,
    "NO_SHARED_CIPHER": Fault.TLS_CIPHER,
    "WRONG_CIPHER_RETURNED": Fault.TLS_CIPHER,
    "TLSV1_ALERT_INAPPROPRIATE_FALLBACK": Fault.TLS_VERSION,
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": Fault.TLS_CLIENT_CERTIFICATE,
    "TLSV1_ALERT_UNKNOWN_CA": Fault.TLS_CLIENT_CERTIFICATE,
    **dict.fromkeys(
        (
            f"SSLV3_ALERT_{word}"
            for word in (
                "NO_CERTIFICATE",
                "BAD_CERTIFICATE",
                "UNSUPPORTED_CERTIFICATE",
                "CERTIFICATE_REVOKED",
                "CERTIFICATE_EXPIRED",
                "CERTIFICATE_UNKNOWN",
            )
        ),
        Fault.TLS_CLIENT_CERTIFICATE,
    ),
    "DH_KEY_TOO_SMALL": Fault.WEAK_KEY,
    "EE_KEY_TOO_SMALL": Fault.WEAK_KEY,
    "CA_KEY_TOO_SMALL": Fault.WEAK_KEY,
    "CA_MD_TOO_WEAK": Fault.WEAK_SIGNATURE,
}
"""An alert about a certificate is about the client's, and this client has none."""
_ALERT = re.compile(r"(?:SSLV3_ALERT|TLSV1_ALERT|TLSV13_ALERT|TLSV1)_(.+)")


class Handshake(NamedTuple):
    """What one TLS session begins with; `chain` DER as sent, leaf first."""

    version: str
    cipher: str
    chain: tuple[bytes, ...]
    peer: Peer


class Offer(NamedTuple):
    """What a Java client leaves out of its ClientHello by jdk.tls.disabledAlgorithms (facts: bitbucket 3.5).

    `rsa_key_exchange`: the suites TLS_RSA_*; `sha1`: signatures of the handshake (not of certificates) by SHA-1.
    """

    rsa_key_exchange: bool = False
    sha1: bool = False

    @property
    def ciphers(self) -> str:
        """Java's suites in OpenSSL's words. At security level 1 there is no SHA-1 and no DH below 1024 bits."""
        suites = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:ECDHE+AES:DHE+AES"
        more = ":kRSA+AES" if self.rsa_key_exchange else ""
        return f"{suites}{more}:!AESCCM:!aNULL:!eNULL:!PSK:!SRP:@SECLEVEL={0 if self.sha1 else 1}"


class Channel:
    """One TLS client session: octets from the wire go in, octets for the wire come out, no socket in sight."""

    def __init__(self, host: str, offer: Offer = Offer()) -> None:  # noqa: B008  a value
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._session = _context(offer).wrap_bio(self._incoming, self._outgoing, server_hostname=_sni(host))

    def receive(self, octets: bytes) -> None:
        """Octets from the wire; b'' is its end."""
        if octets:
            self._incoming.write(octets)
        else:
            self._incoming.write_eof()

    def to_send(self) -> bytes:
        return self._outgoing.read()

    def shake(self) -> bool:
        """One step of the handshake; True when it is done. Raises Stopped."""
        try:
            self._session.do_handshake()
        except ssl.SSLWantReadError:
            return False
        except ssl.SSLError as error:
            raise Stopped(_fault(error, Fault.TLS_BROKEN), _reason(error)) from None
        return True

    def handshake(self) -> Handshake:
        certificates = self._certificates()
        cipher = self._session.cipher()
        return Handshake(
            version=self._session.version() or "",
            cipher=cipher[0] if cipher else "",
            chain=tuple(ssl.PEM_cert_to_DER_cert(c.public_bytes()) for c in certificates),
            peer=_peer(_decoded(certificates[0]) if certificates else {}),
        )

    def read(self, most: int) -> bytes | None:
        """Clear octets; None when the wire must say more; b'' at its end. Raises Stopped."""
        try:
            return self._session.read(most)
        except ssl.SSLWantReadError:
            return None
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""
        except ssl.SSLError as error:
            raise _broken(error) from None

    def write(self, octets: bytes) -> None:
        try:
            self._session.write(octets)
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            raise Stopped(Fault.CLOSED) from None
        except ssl.SSLError as error:
            raise _broken(error) from None

    def _certificates(self) -> list[Any]:
        """As sent. Public only as DER and from Python 3.13; the object below is in 3.10 to 3.14."""
        return list(self._session._sslobj.get_unverified_chain() or ())  # type: ignore[attr-defined]  # noqa: SLF001


def looks_like_tls(first: bytes) -> bool:
    """Whether octets can begin a TLS record: a content type (RFC 8446 5.1), then major version 3."""
    return first[:1] in b"\x14\x15\x16\x17" and first[1:2] in (b"", b"\x03")


def _context(offer: Offer) -> ssl.SSLContext:
    """TLS 1.2 and up as Java 17 and 25. OpenSSL judges no certificate: Java's rules do (trust.path)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(offer.ciphers)
    context.options |= ssl.OP_NO_RENEGOTIATION | getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context


def _sni(host: str) -> bytes | None:
    """Java sends no server_name for an address, `localhost` or a name without a dot (facts: truststore 3.1).

    As bytes: a str would load the codec of IDNA 2003, and the name is in A-labels already.
    """
    dotted = "." in host.rstrip(".") and not host.replace(".", "").isdigit() and ":" not in host
    return host.rstrip(".").encode("ascii") if dotted else None


def _decoded(certificate: Any) -> Mapping[str, Any]:
    """What OpenSSL makes of a certificate; nothing where a damaged one defeats it."""
    try:
        info: Mapping[str, Any] = certificate.get_info()
    except (ssl.SSLError, ValueError):
        return {}
    return info


def _peer(info: Mapping[str, Any]) -> Peer:
    names = tuple(value for kind, value in info.get("subjectAltName", ()) if kind in ("DNS", "IP Address"))
    return Peer(
        subject=_distinguished(info.get("subject", ())),
        issuer=_distinguished(info.get("issuer", ())),
        names=names,
        not_before=str(info.get("notBefore", "")),
        not_after=str(info.get("notAfter", "")),
    )


_SHORT = {"commonName": "CN", "organizationName": "O", "organizationalUnitName": "OU", "countryName": "C"}

_SPECIAL, _ESCAPED = re.compile(r'([,+"\\<>;])'), r"\\\1"


def _distinguished(name: Sequence[Sequence[tuple[str, str]]]) -> str:
    """Most specific first, as RFC 4514 writes a distinguished name: a comma inside a value is no new part."""
    parts = [(_SHORT.get(key, key), value) for part in reversed(name) for key, value in part]
    return ", ".join(f"{key}={_SPECIAL.sub(_ESCAPED, value)}" for key, value in parts)


def _fault(error: ssl.SSLError, otherwise: Fault) -> Fault:
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Fault.TLS_CLOSED
    return _REASONS.get(error.reason or "", otherwise)


def _broken(error: ssl.SSLError) -> Stopped:
    """The end of a session that stood: an alert of the server's, or octets that cannot be from it."""
    reason = _reason(error)
    if reason.startswith(ALERTED):
        return Stopped(_fault(error, Fault.CLOSED), reason)
    return Stopped(Fault.PROTOCOL, reason, Breach.BROKEN_TLS)


ALERTED = "Received fatal alert: "
"""As Java says it, so that it is found again in Bitbucket's log."""


def _reason(error: ssl.SSLError) -> str:
    words = error.reason or re.sub(r"\[SSL\] | \(_ssl\.c:\d+\)", "", str(error.args[-1]))
    alert = _ALERT.fullmatch(words.upper().replace(" ", "_"))
    return ALERTED + alert[1].lower() if alert else words.replace("_", " ").lower()


def library() -> str:
    """What encrypts: OpenSSL 3.0.17 1 Jul 2026."""
    return ssl.OPENSSL_VERSION

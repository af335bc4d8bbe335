"""Certificates with exactly the properties that a test asks for. Not a test."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime.now(UTC)
YEAR = timedelta(days=365)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Issued:
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def server_context(self, folder: Path, *chain: Issued) -> ssl.SSLContext:
        """A TLS server that shows this certificate, and `chain` behind it, as they are."""
        path = folder / "server.pem"
        path.write_bytes(self.key_pem + self.pem + b"".join(one.pem for one in chain))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.load_cert_chain(path)
        return context


@dataclass(frozen=True)
class Wish:
    """What a certificate should be; `days` from now until it ends, `begins` days from now."""

    name: str
    issuer: Issued | None = None
    is_ca: bool | None = None
    names: tuple[str, ...] = ()
    days: int = 365
    begins: int = -1
    usage: x509.ObjectIdentifier | None = None
    rsa_bits: int = 0


def issue(wish: Wish) -> Issued:
    """Self-signed without an issuer."""
    key: Key = (
        rsa.generate_private_key(65537, wish.rsa_bits) if wish.rsa_bits else ec.generate_private_key(ec.SECP256R1())
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, wish.name)])
    issuer = wish.issuer
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=wish.begins))
        .not_valid_after(NOW + timedelta(days=wish.days))
    )
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    if issuer is not None:
        issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        builder = builder.add_extension(issuer_key, critical=False)
    if wish.is_ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(wish.is_ca, None), critical=True)
    if wish.names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName(list(map(general_name, wish.names))), critical=False
        )
    if wish.usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([wish.usage]), critical=False)
    return Issued(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


@cache
def root() -> Issued:
    return issue(Wish("Test Root", is_ca=True, days=3650))


@cache
def intermediate() -> Issued:
    return issue(Wish("Test Intermediate", root(), is_ca=True, days=1000))


@cache
def leaf() -> Issued:
    return issue(Wish("mail.example.test", intermediate(), names=("mail.example.test", "127.0.0.1")))


@cache
def stranger() -> Issued:
    return issue(Wish("Some Other Root", is_ca=True))


CLIENT_ONLY = ExtendedKeyUsageOID.CLIENT_AUTH

"""Truststore bytes -> the certificates that Java would trust (JKS, PKCS#12, PEM). Facts: truststore 0-2."""

import os
import re
import stat
from binascii import Error as Base64Error
from binascii import a2b_base64
from enum import Enum
from typing import NamedTuple

from mailsetup_gui.trust.der import SEQUENCE, NotDerError, value

LARGEST_FILE = 20_000_000
"""Octets; a JDK's cacerts has about 200,000."""
_JKS, _JCEKS = 0xFEEDFEED, 0xCECECECE
_PEM = rb"-----BEGIN (?:TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END (?:TRUSTED )?CERTIFICATE-----"


class Trouble(Enum):
    MISSING = "missing"
    UNREADABLE = "unreadable"
    PASSWORD = "password"  # noqa: S105  the kind of a trouble
    NO_ENTRIES = "no entries"
    NOT_A_STORE = "not a store"


class StoreError(Exception):
    """This truststore cannot be used; `reason` is the exact finding."""

    def __init__(self, trouble: Trouble, reason: str = "") -> None:
        super().__init__(trouble.value, reason)
        self.trouble = trouble
        self.reason = reason


class Entry(NamedTuple):
    """One certificate that Java trusts; `alias` is '' in PEM."""

    alias: str
    der: bytes


def read(path: str, password: str | None = None) -> tuple[Entry, ...]:
    """The entries of a file. Raises StoreError."""
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            raise StoreError(Trouble.UNREADABLE, "a folder" if stat.S_ISDIR(found.st_mode) else "not a regular file")
        if found.st_size > LARGEST_FILE:
            raise StoreError(Trouble.NOT_A_STORE, f"larger than {LARGEST_FILE} octets")
        with open(path, "rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise StoreError(Trouble.MISSING) from None
    except OSError as error:
        raise StoreError(Trouble.UNREADABLE, error.strerror or str(error)) from None
    except ValueError as error:
        raise StoreError(Trouble.UNREADABLE, str(error)) from None
    return parse(data, password)


def parse(data: bytes, password: str | None = None) -> tuple[Entry, ...]:
    """Without a password a JKS file's digest is not checked and an encrypted PKCS#12 has no entries, as in Java."""
    magic = int.from_bytes(data[:4], "big")
    if magic in (_JKS, _JCEKS):
        entries = _jks(data, password)
    elif pem := re.findall(_PEM, data):
        entries = tuple(Entry("", _from_base64(body)) for body in pem)
    elif data[:1] == b"\x30":
        entries = _pkcs12(data, password)
    else:
        raise StoreError(Trouble.NOT_A_STORE, "neither JKS nor PKCS#12 nor PEM")
    if not entries:
        raise StoreError(Trouble.NO_ENTRIES)
    return entries


def _from_base64(body: bytes) -> bytes:
    try:
        return _certificate(a2b_base64(body))
    except Base64Error as error:
        raise StoreError(Trouble.NOT_A_STORE, str(error)) from None


def _jks(data: bytes, password: str | None) -> tuple[Entry, ...]:
    """sun.security.provider.JavaKeyStore; the trailing SHA-1 is over password, "Mighty Aphrodite" and body."""
    body, digest = data[:-20], data[-20:]
    if password is not None:
        import hashlib

        salt = password.encode("utf-16-be", "surrogatepass") + b"Mighty Aphrodite"
        if hashlib.sha1(salt + body, usedforsecurity=False).digest() != digest:
            raise StoreError(Trouble.PASSWORD)
    try:
        return tuple(_Jks(body).entries())
    except (UnicodeDecodeError, IndexError) as error:
        raise StoreError(Trouble.NOT_A_STORE, f"damaged JKS: {error}") from None


class _Jks:
    """A cursor over the body of a JKS file; every length is checked against what is there."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 4

    def entries(self) -> list[Entry]:
        version, count = self._number(), self._number()
        found: list[Entry] = []
        for _ in range(min(count, len(self._body))):
            tag, alias = self._number(), self._bytes(self._number(2)).decode("utf-8", "replace")
            self._take(8)  # creation date
            chain = [self._certificate(version)] if tag == 2 else self._key(version) if tag == 1 else None
            if chain is None:
                raise IndexError(f"entry {alias!r} of unknown kind {tag}")
            if chain and alias == alias.lower():  # Java lists an upper-case alias, and does not trust it
                found.append(Entry(alias, _certificate(chain[0])))
        return found

    def _key(self, version: int) -> list[bytes]:
        """The private key stays opaque; Java trusts the first certificate of its chain."""
        self._bytes(self._number())
        count = self._number()
        return [self._certificate(version) for _ in range(min(count, len(self._body)))]

    def _certificate(self, version: int) -> bytes:
        if version == 2:
            self._bytes(self._number(2))
        return self._bytes(self._number())

    def _number(self, size: int = 4) -> int:
        return int.from_bytes(self._take(size), "big")

    def _bytes(self, size: int) -> bytes:
        return self._take(size)

    def _take(self, size: int) -> bytes:
        piece = self._body[self._at : self._at + size]
        if len(piece) != size:
            raise IndexError(f"ends inside an entry at octet {self._at}")
        self._at += size
        return piece


def _pkcs12(data: bytes, password: str | None) -> tuple[Entry, ...]:
    from mailsetup_gui.trust import pkcs12

    try:
        return tuple(Entry(alias, der) for alias, der in pkcs12.certificates(data, password))
    except pkcs12.Pkcs12Error as error:
        if not error.password:
            raise StoreError(Trouble.NOT_A_STORE, str(error)) from None
        raise StoreError(Trouble.NO_ENTRIES if password is None else Trouble.PASSWORD, str(error)) from None


def _certificate(der: bytes) -> bytes:
    """The one value that a certificate is; what OpenSSL appends to a TRUSTED CERTIFICATE is left out."""
    try:
        found = value(der, 0, len(der))
    except NotDerError as error:
        raise StoreError(Trouble.NOT_A_STORE, f"an entry is not a certificate: {error}") from None
    if found.tag != SEQUENCE:
        raise StoreError(Trouble.NOT_A_STORE, "an entry is not a certificate")
    return der[: found.end]

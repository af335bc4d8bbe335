"""Truststore bytes -> the certificates that Java would trust (JKS, PKCS#12, PEM). Facts: truststore 0-2."""

from __future__ import annotations

import hashlib
import os
import re
import struct
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

LARGEST_FILE = 20_000_000
"""Octets; a JDK's cacerts has about 200,000."""
MOST_ITERATIONS = 5_000_000
"""The JDK's own limit for PKCS#12 key derivation."""
_INTEGER, _OCTET_STRING, _CONSTRUCTED, _DEEPEST = 0x02, 0x04, 0x20, 24
_JKS, _JCEKS = 0xFEEDFEED, 0xCECECECE
_PEM = re.compile(rb"-----BEGIN (?:TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END (?:TRUSTED )?CERTIFICATE-----")


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
        if os.path.getsize(path) > LARGEST_FILE:
            raise StoreError(Trouble.NOT_A_STORE, f"larger than {LARGEST_FILE} octets")
        with open(path, "rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise StoreError(Trouble.MISSING) from None
    except OSError as error:
        raise StoreError(Trouble.UNREADABLE, error.strerror or str(error)) from None
    return parse(data, password)


def parse(data: bytes, password: str | None = None) -> tuple[Entry, ...]:
    """Without a password a JKS file's digest is not checked and an encrypted PKCS#12 has no entries, as in Java."""
    magic = struct.unpack_from(">I", data)[0] if len(data) >= 4 else 0
    if magic in (_JKS, _JCEKS):
        entries = _jks(data, password)
    elif pem := _PEM.findall(data):
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
        return a2b_base64(body)
    except Base64Error as error:
        raise StoreError(Trouble.NOT_A_STORE, str(error)) from None


def _jks(data: bytes, password: str | None) -> tuple[Entry, ...]:
    """sun.security.provider.JavaKeyStore; the trailing SHA-1 is over password, "Mighty Aphrodite" and body."""
    body, digest = data[:-20], data[-20:]
    if password is not None:
        salt = password.encode("utf-16-be", "surrogatepass") + b"Mighty Aphrodite"
        if hashlib.sha1(salt + body, usedforsecurity=False).digest() != digest:
            raise StoreError(Trouble.PASSWORD)
    try:
        return tuple(_Jks(body).entries())
    except (struct.error, UnicodeDecodeError, IndexError) as error:
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
                found.append(Entry(alias, chain[0]))
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
    if (most := _most_iterations(data)) > MOST_ITERATIONS:
        raise StoreError(Trouble.NOT_A_STORE, f"{most} key derivation rounds, Java's limit is {MOST_ITERATIONS}")
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

    try:
        store = pkcs12.load_pkcs12(data, None if password is None else password.encode())
    except ValueError as error:
        if "password" not in str(error).lower():
            raise StoreError(Trouble.NOT_A_STORE, str(error)) from None
        raise StoreError(Trouble.NO_ENTRIES if password is None else Trouble.PASSWORD, str(error)) from None
    found = [*([store.cert] if store.cert else []), *store.additional_certs]
    return tuple(
        Entry((c.friendly_name or b"").decode("utf-8", "replace"), c.certificate.public_bytes(Encoding.DER))
        for c in found
    )


def _most_iterations(data: bytes) -> int:
    """The largest INTEGER right behind an OCTET STRING (salt, rounds) in the clear structure, found before deriving."""
    try:
        return max(_rounds(data, 0, len(data), 0), default=0)
    except IndexError:
        raise StoreError(Trouble.NOT_A_STORE, "damaged, or with indefinite lengths (BER)") from None


def _rounds(data: bytes, begin: int, end: int, depth: int) -> Iterator[int]:
    if depth > _DEEPEST:
        raise IndexError("nested too deep")
    previous = 0
    while begin < end:
        tag, content, following = _tlv(data, begin, end)
        if tag == _INTEGER and previous == _OCTET_STRING:
            yield int.from_bytes(data[content : min(following, content + 16)], "big")
        nested = tag == _OCTET_STRING and data[content : content + 2] in (b"\x30\x82", b"\x30\x83", b"\x30\x80")
        if tag & _CONSTRUCTED or nested:
            yield from _rounds(data, content, following, depth + 1)
        previous, begin = tag, following


def _tlv(data: bytes, begin: int, end: int) -> tuple[int, int, int]:
    """Tag, where the content begins, where it ends (X.690 8.1, definite form). Raises IndexError."""
    size, content = data[begin + 1], begin + 2
    if size & 0x80:
        octets = size & 0x7F
        if not 1 <= octets <= 4:
            raise IndexError("indefinite or absurd length")
        size, content = int.from_bytes(data[content : content + octets], "big"), content + octets
    if content + size > end:
        raise IndexError("ends inside a value")
    return data[begin], content, content + size

"""Certificates -> the octets of a truststore, from raw DER: what cannot be parsed here passes through unharmed."""

from __future__ import annotations

import struct
from binascii import b2a_base64
from collections.abc import Iterable
from enum import Enum

from mailsetup_gui.trust import jks as java_store
from mailsetup_gui.trust.contents import Entry
from mailsetup_gui.trust.der import BMP_STRING, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, encoded

_DATA = encoded(OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d010701"))
_ENCRYPTED_DATA = encoded(OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d010706"))
_CERTIFICATE_BAG = encoded(OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d010c0a0103"))
_X509 = encoded(OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d01091601"))
_FRIENDLY_NAME = encoded(OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d010914"))
_TRUSTED_KEY_USAGE = encoded(OBJECT_IDENTIFIER, bytes.fromhex("6086480186f966adca7b0101"))
_ANY_USAGE = encoded(OBJECT_IDENTIFIER, bytes.fromhex("551d2500"))
_PBES2 = encoded(OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d01050d"))
_PBKDF2 = encoded(OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d01050c"))
_HMAC_SHA256 = encoded(OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d0209"))
_AES256_CBC = encoded(OBJECT_IDENTIFIER, bytes.fromhex("60864801650304012a"))
_SHA256 = encoded(OBJECT_IDENTIFIER, bytes.fromhex("608648016503040201"))
_NULL = encoded(NULL, b"")
_EXPLICIT, _IMPLICIT = 0xA0, 0x80
ROUNDS = 10_000
"""The JDK's own number; the certificates inside are public."""
SHORTEST_PASSWORD = 6
_JKS_CERTIFICATE, _JKS_VERSION = 2, 2


class Refused(Enum):
    """Why; wording.truststores has the sentences, and says which values each takes."""

    KEYS = "the base holds keys"
    NOTHING = "nothing to write"
    TOO_MANY = "too many"
    NOT_THE_SAME = "not the same"
    NOT_READABLE = "not readable"
    NOT_ASCII = "password not ASCII"
    TOO_SHORT = "password too few characters"
    NOT_WRITTEN = "not written"
    NOT_WRITTEN_OLD_STAYS = "not written, old stays"
    NOT_CONFIRMED = "not confirmed"
    NOT_CONFIRMED_OLD_KEPT = "not confirmed, old kept"
    LINK = "link"
    NO_LOOK = "no look"
    NO_PATH = "no path"
    OF_A_JVM = "of a JVM"
    A_FOLDER = "a folder"
    NO_FILE = "no file"
    NO_FOLDER = "no folder"
    NOT_A_FOLDER = "not a folder"


class BundleError(Exception):
    """A truststore that is not built, or not written. `values`: what its sentence is about, exactly."""

    def __init__(self, refused: Refused, **values: object) -> None:
        super().__init__(refused.value, *values.values())
        self.refused = refused
        self.values = values


def jks(entries: Iterable[Entry], when: int) -> bytes:
    """A JKS with the password "changeit"; `when`: seconds since 1970, the creation date of every entry.

    The aliases must be in lower case and unique, of at most 65,535 octets each.
    """
    parts = [_jks_entry(entry, when * 1000) for entry in entries]
    body = java_store.JKS_MAGIC + struct.pack(">II", _JKS_VERSION, len(parts)) + b"".join(parts)
    return body + java_store.digest(body, java_store.PASSWORD)


def pkcs12(entries: Iterable[Entry]) -> bytes:
    """Without a password and MacData, as the JDK's own cacerts since 18: Java opens it with any password, or none."""
    return _sequence(_integer(3), _info(_sequence(_info(_safe(entries)))))


def pkcs12_encrypted(entries: Iterable[Entry], password: str) -> bytes:
    """PBES2 with AES-256 and an HMAC-SHA256 over all, as keytool since 11.0.12 writes it. Raises BundleError."""
    if not password.isascii():
        raise BundleError(Refused.NOT_ASCII)
    if len(password) < SHORTEST_PASSWORD:
        raise BundleError(Refused.TOO_SHORT, least=SHORTEST_PASSWORD)
    authenticated = _sequence(_encrypted(_safe(entries), password))
    return _sequence(_integer(3), _info(authenticated), _mac(authenticated, password))


def pem(entries: Iterable[Entry]) -> bytes:
    """One block for each entry, its alias in a line of its own before it. Java cannot use it as a truststore."""
    return b"".join(_comment(entry.alias) + _block(entry.der) for entry in entries)


def _jks_entry(entry: Entry, milliseconds: int) -> bytes:
    alias = java_store.modified(entry.alias)
    head = struct.pack(">IH", _JKS_CERTIFICATE, len(alias)) + alias
    return head + struct.pack(">QH5sI", milliseconds, 5, b"X.509", len(entry.der)) + entry.der


def _sequence(*parts: bytes) -> bytes:
    return encoded(SEQUENCE, b"".join(parts))


def _integer(number: int) -> bytes:
    return encoded(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _info(octets: bytes) -> bytes:
    """ContentInfo of plain data (RFC 5652 3)."""
    return _sequence(_DATA, encoded(_EXPLICIT, encoded(OCTET_STRING, octets)))


def _safe(entries: Iterable[Entry]) -> bytes:
    return _sequence(*map(_bag, entries))


def _bag(entry: Entry) -> bytes:
    """RFC 7292 4.2; in a SET the attributes stand in the order of their octets (X.690 11.6)."""
    certificate = _sequence(_X509, encoded(_EXPLICIT, encoded(OCTET_STRING, entry.der)))
    name = encoded(BMP_STRING, entry.alias.encode("utf-16-be", "surrogatepass"))
    attributes = [
        _sequence(_FRIENDLY_NAME, encoded(SET, name)),
        _sequence(_TRUSTED_KEY_USAGE, encoded(SET, _ANY_USAGE)),
    ]
    return _sequence(_CERTIFICATE_BAG, encoded(_EXPLICIT, certificate), encoded(SET, b"".join(sorted(attributes))))


def _encrypted(safe: bytes, password: str) -> bytes:
    """EncryptedData (RFC 5652 8) by PBES2 (RFC 8018 6.2)."""
    import hashlib
    import os

    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    salt, vector = os.urandom(20), os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS, 32)
    padding = 16 - len(safe) % 16
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    octets = encryptor.update(safe + bytes([padding]) * padding) + encryptor.finalize()
    function = _sequence(_HMAC_SHA256, _NULL)
    derivation = _sequence(_PBKDF2, _sequence(encoded(OCTET_STRING, salt), _integer(ROUNDS), _integer(32), function))
    scheme = _sequence(_PBES2, _sequence(derivation, _sequence(_AES256_CBC, encoded(OCTET_STRING, vector))))
    info = _sequence(_DATA, scheme, encoded(_IMPLICIT, octets))
    return _sequence(_ENCRYPTED_DATA, encoded(_EXPLICIT, _sequence(_integer(0), info)))


def _mac(authenticated: bytes, password: str) -> bytes:
    """MacData (RFC 7292 4)."""
    import os

    from mailsetup_gui.trust import decryption

    salt = os.urandom(20)
    mac = decryption.mac("sha256", password, salt, ROUNDS, authenticated)
    digest_info = _sequence(_sequence(_SHA256, _NULL), encoded(OCTET_STRING, mac))
    return _sequence(digest_info, encoded(OCTET_STRING, salt), _integer(ROUNDS))


def _comment(alias: str) -> bytes:
    """Without what would end the line or begin a block."""
    words = "".join(one if one.isprintable() else "?" for one in alias).replace("-----", "")
    return f"# {words}\n".encode("utf-8", "replace") if words else b""


def _block(der: bytes) -> bytes:
    text = b2a_base64(der, newline=False)
    lines = b"\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    return b"-----BEGIN CERTIFICATE-----\n" + lines + b"\n-----END CERTIFICATE-----\n"

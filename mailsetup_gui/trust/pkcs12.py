"""PKCS#12 (RFC 7292): the safes of a file, and of their bags what sun.security.pkcs12.PKCS12KeyStore makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mailsetup_gui.trust import ber, safebags
from mailsetup_gui.trust.contents import Contents, Kind, StoreError, Trouble
from mailsetup_gui.trust.der import OCTET_STRING, NotDerError, Value, content, encoded, inside, value

MOST_ROUNDS = 5_000_000
"""The JDK's own limit for one key derivation; a file may ask for four of them."""
_MOST_SAFES = 1000
_DATA = bytes.fromhex("2a864886f70d010701")
_ENCRYPTED_DATA = bytes.fromhex("2a864886f70d010706")
_NAMES = {
    bytes.fromhex("2a864886f70d010702"): "a signed PKCS#12 file",
    bytes.fromhex("2a864886f70d010703"): "a PKCS#12 file that is encrypted with a public key",
}


class Encrypted(NamedTuple):
    """A safe as it lies in the file (RFC 5652 8): the encoded algorithm, and what it was used on."""

    algorithm: bytes
    octets: bytes


class Mac(NamedTuple):
    """The integrity of the file: the encoded MacData (RFC 7292 4), and what it was computed over."""

    data: bytes
    authenticated: bytes


class Safes(NamedTuple):
    each: tuple[bytes | Encrypted, ...]
    mac: Mac | None


def contents(octets: bytes, password: str | None) -> Contents:
    """What is in the file; an encrypted safe without a password is passed over, as in Java. Raises StoreError."""
    try:
        found = safes(octets)
        return _contents(found, password)
    except (NotDerError, IndexError) as error:
        raise StoreError(Trouble.NOT_A_STORE, f"damaged PKCS#12: {error}") from None


def needs_derivation(octets: bytes, password: str | None) -> bool:
    """Whether keys must be derived from the password to read this, which can take long. Raises StoreError."""
    try:
        found = safes(octets)
    except (NotDerError, IndexError) as error:
        raise StoreError(Trouble.NOT_A_STORE, f"damaged PKCS#12: {error}") from None
    return password is not None and (found.mac is not None or any(isinstance(safe, Encrypted) for safe in found.each))


def _contents(found: Safes, password: str | None) -> Contents:
    encrypted = any(isinstance(safe, Encrypted) for safe in found.each)
    if password is not None:
        _refuse_endless_work(found)
        if found.mac is not None:
            from mailsetup_gui.trust import decryption

            decryption.check(found.mac, password)
    bags: list[list[safebags.Bag]] = []
    for safe in found.each:
        clear = _clear(safe, password)
        if clear is not None:
            bags.append(list(safebags.read(clear)))
    store = safebags.as_java_loads(bags)
    if not store.entries and encrypted and password is None:
        reason = "it is encrypted, and without its password Java sees no certificate in it"
        raise StoreError(Trouble.NO_ENTRIES, reason, Kind.PKCS12)
    return Contents(Kind.PKCS12, store.entries, store.keys, encrypted)


def _clear(safe: bytes | Encrypted, password: str | None) -> bytes | None:
    if isinstance(safe, bytes):
        return safe
    if password is None:
        return None
    from mailsetup_gui.trust import decryption

    return decryption.decrypted(safe, password)


def safes(octets: bytes) -> Safes:
    """The AuthenticatedSafe taken apart; nothing is decrypted. Raises StoreError, NotDerError, IndexError."""
    data = ber.definite(octets) if ber.is_indefinite(octets) else octets
    parts = inside(data, value(data, 0, len(data)))
    authenticated = _octets(data, _data_in(data, parts[1]))
    mac = Mac(encoded_value(data, parts[2]), authenticated) if len(parts) > 2 else None
    inner = ber.definite(authenticated) if ber.is_indefinite(authenticated) else authenticated
    each = inside(inner, value(inner, 0, len(inner)))
    if len(each) > _MOST_SAFES:
        raise StoreError(Trouble.NOT_A_STORE, f"a PKCS#12 file with {len(each)} safes; at most {_MOST_SAFES} are read")
    return Safes(tuple(_safe(inner, info) for info in each), mac)


def encoded_value(data: bytes, found: Value) -> bytes:
    """Its content in a SEQUENCE of its own, so that it can be read without `data`."""
    return encoded(found.tag, content(data, found))


def _safe(data: bytes, info: Value) -> bytes | Encrypted:
    kind, explicit = _two(data, info)
    if content(data, kind) != _ENCRYPTED_DATA:
        clear = _octets(data, _data_in(data, info))
        return ber.definite(clear) if ber.is_indefinite(clear) else clear
    version_and_info = inside(data, value(data, explicit.begin, explicit.end))
    parts = inside(data, version_and_info[1])
    return Encrypted(encoded_value(data, parts[1]), _octets(data, parts[2]))


def _data_in(data: bytes, info: Value) -> Value:
    kind, explicit = _two(data, info)
    if (oid := content(data, kind)) != _DATA:
        raise StoreError(Trouble.NOT_A_STORE, f"{_NAMES.get(oid, 'a PKCS#12 file of a strange kind')}; Java reads none")
    return value(data, explicit.begin, explicit.end)


def _two(data: bytes, outer: Value) -> tuple[Value, Value]:
    parts = inside(data, outer)
    return parts[0], parts[1]


def _octets(data: bytes, found: Value) -> bytes:
    """The octets of a string that may lie there in pieces (BER)."""
    if not found.constructed:
        return content(data, found)
    return b"".join(content(data, piece) for piece in inside(data, found) if piece.tag == OCTET_STRING)


def _refuse_endless_work(found: Safes) -> None:
    rounds = list(_rounds(found))
    if max(rounds, default=0) > MOST_ROUNDS or sum(rounds) > 4 * MOST_ROUNDS:
        asked = f"{sum(rounds)} rounds of key derivation; Java's limit is {MOST_ROUNDS} for one"
        raise StoreError(Trouble.NOT_A_STORE, f"a PKCS#12 file that asks for {asked}")


def _rounds(found: Safes) -> Iterator[int]:
    from mailsetup_gui.trust import decryption

    if found.mac is not None:
        yield decryption.mac_rounds(found.mac)
    for safe in found.each:
        if isinstance(safe, Encrypted):
            yield decryption.rounds(safe)

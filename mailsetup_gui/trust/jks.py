"""JKS and JCEKS (sun.security.provider.JavaKeyStore): the certificates in them, and what a writer needs."""

from __future__ import annotations

from typing import NamedTuple

from mailsetup_gui.trust.contents import Contents, Entry, Kind, StoreError, Trouble, Unseen
from mailsetup_gui.trust.structures import certificate

JKS_MAGIC = b"\xfe\xed\xfe\xed"
MAGIC = {JKS_MAGIC: Kind.JKS, b"\xce\xce\xce\xce": Kind.JCEKS}
PASSWORD = "changeit"  # noqa: S105  the one that every JDK ships with; in JKS it guards a checksum and nothing else
_SALT = b"Mighty Aphrodite"
_DIGEST_SIZE = 20
_KEY, _CERTIFICATE, _SECRET = 1, 2, 3
_HOLDS_MORE = (
    "a JCEKS key store that holds secret keys, which only Java reads; convert the certificates with keytool "
    "-importkeystore -srcstoretype JCEKS -deststoretype PKCS12 -srcalias ALIAS"
)


class _Read(NamedTuple):
    entries: list[Entry]
    is_key: bool


def contents(octets: bytes, password: str | None) -> Contents:
    """Without a password the digest is not checked, as in Java. Raises StoreError."""
    kind = MAGIC[octets[:4]]
    body, end = octets[:-_DIGEST_SIZE], octets[-_DIGEST_SIZE:]
    if password is not None and digest(body, password) != end:
        raise StoreError(
            Trouble.PASSWORD, "the digest at its end does not fit: another password, or a damaged file", kind
        )
    by_alias: dict[str, _Read] = {}
    try:
        for alias, read in _Cursor(body).entries():
            by_alias.pop(alias, None)
            by_alias[alias] = read  # Java keeps the later of two
    except (UnicodeDecodeError, IndexError) as error:
        raise StoreError(Trouble.NOT_A_STORE, f"damaged {kind.value}: {error}") from None
    found = tuple(entry for read in by_alias.values() for entry in read.entries)
    return Contents(kind, found, sum(read.is_key for read in by_alias.values()))


def digest(body: bytes, password: str) -> bytes:
    """SHA-1 over the password in UTF-16, a fixed phrase and the body: what ends a JKS file."""
    import hashlib

    found = hashlib.sha1(password.encode("utf-16-be", "surrogatepass") + _SALT, usedforsecurity=False)
    found.update(body)
    return found.digest()


def modified(alias: str) -> bytes:
    """Java's modified UTF-8: two octets for NUL, and six for what lies outside the basic plane."""
    if alias.isascii() and "\0" not in alias:
        return alias.encode()
    units = alias.encode("utf-16-be", "surrogatepass")
    each = (chr(int.from_bytes(units[at : at + 2], "big")) for at in range(0, len(units), 2))
    return "".join(each).encode("utf-8", "surrogatepass").replace(b"\0", b"\xc0\x80")


class _Cursor:
    """A place in the body of a JKS file; every length is checked against what is there."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 4

    def entries(self) -> list[tuple[str, _Read]]:
        version, count = self._number(), self._number()
        if version not in (1, 2):
            raise IndexError(f"version {version} of the format, where 1 and 2 are known")
        if count > len(self._body) // 14:
            raise IndexError(f"{count} entries are announced, and the file has {len(self._body)} octets")
        return [self._entry(version) for _ in range(count)]

    def _entry(self, version: int) -> tuple[str, _Read]:
        tag, alias = self._number(), _alias(self._take(self._number(2)))
        self._take(8)  # creation date
        if tag == _SECRET:
            raise StoreError(Trouble.NOT_A_STORE, _HOLDS_MORE)
        if tag not in (_KEY, _CERTIFICATE):
            raise IndexError(f"entry {alias!r} is of an unknown kind, {tag}")
        unseen = Unseen.UPPER_CASE_ALIAS if alias != alias.lower() else None
        chain = self._chain(version) if tag == _KEY else [self._certificate(version)]
        first = [Entry(alias, der, unseen) for der in chain[:1]]
        return alias, _Read(first + [Entry(alias, der, Unseen.CHAIN) for der in chain[1:]], tag == _KEY)

    def _chain(self, version: int) -> list[bytes]:
        """The private key before it stays opaque."""
        self._take(self._number())
        count = self._number()
        if count > len(self._body):
            raise IndexError(f"a chain of {count} certificates is announced at octet {self._at}")
        return [self._certificate(version) for _ in range(count)]

    def _certificate(self, version: int) -> bytes:
        if version == 2:
            self._take(self._number(2))
        return certificate(self._take(self._number()))

    def _number(self, size: int = 4) -> int:
        return int.from_bytes(self._take(size), "big")

    def _take(self, size: int) -> bytes:
        piece = self._body[self._at : self._at + size]
        if len(piece) != size:
            raise IndexError(f"ends inside an entry at octet {self._at}")
        self._at += size
        return piece


def _alias(octets: bytes) -> str:
    """The inverse of `modified`."""
    if octets.isascii():
        return octets.decode()
    text = octets.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

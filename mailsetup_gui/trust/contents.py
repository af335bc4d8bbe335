"""What a file of certificates holds, and what can be wrong with it: the words of every reader and writer here."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    JKS = "JKS"
    JCEKS = "JCEKS"
    PKCS12 = "PKCS#12"
    PEM = "PEM"
    DER = "DER"
    PKCS7 = "PKCS#7"


class Unseen(Enum):
    """Why Java lists or skips a certificate that is there, and does not trust it; wording.truststores says it.

    Facts: truststore 0 and 2.
    """

    UPPER_CASE_ALIAS = "upper-case alias"
    NO_TRUST_ATTRIBUTE = "no trust attribute"
    CHAIN = "chain of a private key"


class Trouble(Enum):
    MISSING = "missing"
    UNREADABLE = "unreadable"
    PASSWORD = "password"  # noqa: S105  the kind of a trouble
    NO_ENTRIES = "no entries"
    NOT_A_STORE = "not a store"


class StoreError(Exception):
    """This file cannot be used; `reason` is the exact finding, `kind` what the file is as far as one can tell."""

    def __init__(self, trouble: Trouble, reason: str = "", kind: Kind | None = None) -> None:
        super().__init__(trouble.value, reason)
        self.trouble = trouble
        self.reason = reason
        self.kind = kind


class Entry(NamedTuple):
    """One certificate; `alias` is '' in PEM, DER and PKCS#7. `unseen`: why Java does not trust it, if so."""

    alias: str
    der: bytes
    unseen: Unseen | None = None


class Contents(NamedTuple):
    """`keys`: private and secret keys that are there, never read out. `encrypted`: some certificates were."""

    kind: Kind
    entries: tuple[Entry, ...]
    keys: int = 0
    encrypted: bool = False

    @property
    def trusted(self) -> tuple[Entry, ...]:
        """In a key store what Java trusts; in PEM, DER and PKCS#7 everything."""
        return tuple(entry for entry in self.entries if entry.unseen is None)

"""Certificate octets -> Certificate (RFC 5280 4), read as strictly and as leniently as Java reads them."""

from __future__ import annotations

import re
from typing import NamedTuple

from mailsetup_gui.trust import x500
from mailsetup_gui.trust.der import (
    BIT_STRING,
    INTEGER,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    NotDerError,
    Value,
    encoded,
    oid,
    only,
    value,
    values,
)

_BOOLEAN, _UTC_TIME, _GENERALIZED_TIME = 0x01, 0x17, 0x18
_REST = r"(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?(Z|[+-]\d{4})"
_TIMES = {_UTC_TIME: re.compile(r"(\d\d)" + _REST), _GENERALIZED_TIME: re.compile(r"(\d{4})" + _REST)}
LARGEST = 1_000_000
"""Octets of one certificate; real ones have less than 10,000."""


class CertificateError(Exception):
    """Java cannot read this certificate; the text says where it breaks off."""


class Extension(NamedTuple):
    critical: bool
    value: bytes


class Certificate(NamedTuple):
    """`not_before` and `not_after`: seconds since the epoch; `public_key`: the whole SubjectPublicKeyInfo."""

    der: bytes
    version: int
    serial: int
    algorithm: str
    parameters: bytes
    issuer: x500.Name
    subject: x500.Name
    not_before: int
    not_after: int
    public_key: bytes
    extensions: dict[str, Extension]
    signed: bytes
    signature: bytes

    @property
    def self_issued(self) -> bool:
        return self.subject.canonical == self.issuer.canonical

    def __repr__(self) -> str:
        return f"Certificate({self.subject})"


def read(der: bytes) -> Certificate:
    """Raises CertificateError for what java.security.cert.CertificateFactory refuses too."""
    if len(der) > LARGEST:
        raise CertificateError(f"larger than {LARGEST} octets")
    try:
        return _read(der)
    except (NotDerError, UnicodeDecodeError, ValueError, IndexError) as error:
        raise CertificateError(str(error)) from None


def subject(der: bytes) -> x500.Name:
    """The subject alone, at a tenth of the price. Raises CertificateError."""
    try:
        whole = value(der, 0, len(der))
        signed = value(der, whole.begin, whole.end)
        at = value(der, signed.begin, signed.end)
        for _ in range(4 + (at.tag == 0xA0)):
            at = value(der, at.end, signed.end)
        return x500.name(der, at.begin, at.end)
    except (NotDerError, IndexError) as error:
        raise CertificateError(str(error)) from None


def _read(der: bytes) -> Certificate:
    whole = value(der, 0, len(der))
    if whole.tag != SEQUENCE or whole.end != len(der):
        raise NotDerError("this is no certificate")
    signed, algorithm, signature = only(der, whole.begin, whole.end, 3)
    if signed.tag != SEQUENCE or signature.tag != BIT_STRING:
        raise NotDerError("this is no certificate")
    found = _Signed(der, signed)
    if der[algorithm.begin : algorithm.end] != der[found.algorithm.begin : found.algorithm.end]:
        _compare_algorithms(der, algorithm, found.algorithm)
    kind, parameters = _algorithm(der, algorithm)
    return Certificate(
        der=der,
        version=found.version,
        serial=found.serial,
        algorithm=kind,
        parameters=parameters,
        issuer=found.issuer,
        subject=found.subject,
        not_before=found.not_before,
        not_after=found.not_after,
        public_key=found.public_key,
        extensions=found.extensions,
        signed=der[whole.begin : signed.end],
        signature=_whole_octets(der, signature),
    )


class _Signed:
    """TBSCertificate (RFC 5280 4.1), field by field in its order."""

    def __init__(self, der: bytes, signed: Value) -> None:
        self._der = der
        self._left = list(values(der, signed.begin, signed.end))
        self.version = self._version()
        self.serial = self._serial()
        self.algorithm = self._next(SEQUENCE)
        self.issuer = self._name()
        self.not_before, self.not_after = self._validity()
        self.subject = self._name()
        at = self._next(SEQUENCE)
        self.public_key = encoded(SEQUENCE, der[at.begin : at.end])
        self.extensions = self._extensions()
        self._check_names()

    def _next(self, tag: int) -> Value:
        if not self._left or self._left[0].tag != tag:
            raise NotDerError(f"a field of tag {tag:#x} is missing")
        return self._left.pop(0)

    def _version(self) -> int:
        if not self._left or self._left[0].tag != 0xA0:
            return 1
        at = self._left.pop(0)
        number = only(self._der, at.begin, at.end, 1)[0]
        version = int.from_bytes(self._der[number.begin : number.end], "big") + 1
        if number.tag != INTEGER or version not in (1, 2, 3):
            raise NotDerError(f"version {version}")
        return version

    def _serial(self) -> int:
        at = self._next(INTEGER)
        return integer(self._der[at.begin : at.end])

    def _name(self) -> x500.Name:
        at = self._next(SEQUENCE)
        return x500.name(self._der, at.begin, at.end)

    def _validity(self) -> tuple[int, int]:
        at = self._next(SEQUENCE)
        begins, ends = only(self._der, at.begin, at.end, 2)
        return _seconds(self._der, begins), _seconds(self._der, ends)

    def _extensions(self) -> dict[str, Extension]:
        while self._left and self._left[0].tag in (0x81, 0x82, 0xA1, 0xA2):
            self._left.pop(0)
        if not self._left:
            return {}
        if self.version != 3:
            raise NotDerError(f"extensions in a certificate of version {self.version}")
        at = self._left.pop(0)
        if at.tag != 0xA3:
            return {}
        return extensions(self._der, at)

    def _check_names(self) -> None:
        """X509CertInfo: no empty issuer; an empty subject only with a critical alternative name."""
        if not self.issuer.parts:
            raise NotDerError("an empty issuer")
        if not self.subject.parts:
            names = self.extensions.get("2.5.29.17")
            if names is None or not names.critical or names.value[:2] == b"\x30\x00":
                raise NotDerError("an empty subject without a critical subjectAltName")


def extensions(der: bytes, at: Value) -> dict[str, Extension]:
    """The Extensions inside the [3] at `at`. Raises NotDerError, also for the same one twice."""
    outer = only(der, at.begin, at.end, 1)[0]
    found: dict[str, Extension] = {}
    for one in values(der, outer.begin, outer.end):
        if one.tag != SEQUENCE or outer.tag != SEQUENCE:
            raise NotDerError("a damaged extension")
        kind, *rest = values(der, one.begin, one.end)
        critical = len(rest) == 2 and rest[0].tag == _BOOLEAN and der[rest[0].begin : rest[0].end] != b"\0"
        if kind.tag != OBJECT_IDENTIFIER or not rest or rest[-1].tag != OCTET_STRING or len(rest) > 2:
            raise NotDerError("a damaged extension")
        name = oid(der[kind.begin : kind.end])
        if name in found:
            raise NotDerError(f"extension {name} twice")
        found[name] = Extension(critical, der[rest[-1].begin : rest[-1].end])
    return found


def _algorithm(der: bytes, at: Value) -> tuple[str, bytes]:
    """(dotted identifier, parameters with tag and length, b'' where there are none or NULL)."""
    kind, *rest = values(der, at.begin, at.end)
    if at.tag != SEQUENCE or kind.tag != OBJECT_IDENTIFIER or len(rest) > 1:
        raise NotDerError("a damaged AlgorithmIdentifier")
    parameters = der[kind.end : at.end]
    return oid(der[kind.begin : kind.end]), b"" if parameters == b"\x05\x00" else parameters


def _compare_algorithms(der: bytes, outer: Value, inner: Value) -> None:
    if _algorithm(der, outer) != _algorithm(der, inner):
        raise NotDerError("the two signature algorithms differ")


def _whole_octets(der: bytes, at: Value) -> bytes:
    if at.end == at.begin or der[at.begin]:
        raise NotDerError("a signature that is not whole octets")
    return der[at.begin + 1 : at.end]


def integer(content: bytes) -> int:
    """A two's complement INTEGER. Raises NotDerError for none."""
    if not content:
        raise NotDerError("a damaged integer")
    return int.from_bytes(content, "big", signed=True)


def _seconds(der: bytes, at: Value) -> int:
    """UTCTime or GeneralizedTime as seconds since the epoch (RFC 5280 4.1.2.5; years from 50 on are 19..)."""
    pattern = _TIMES.get(at.tag)
    found = pattern and pattern.fullmatch(der[at.begin : at.end].decode("ascii"))
    if not found:
        raise NotDerError("a damaged date")
    year = int(found[1])
    if at.tag == _UTC_TIME:
        year += 1900 if year >= 50 else 2000
    month, day, hour, minute, second = (int(part or 0) for part in found.groups()[1:6])
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 60):
        raise NotDerError("a date that is none")
    zone = found[7]
    offset = 0 if zone == "Z" else int(zone[0] + "1") * (int(zone[1:3]) * 3600 + int(zone[3:5]) * 60)
    return _days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the Gregorian calendar, without an import: years begin in March here."""
    year -= month < 3
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468

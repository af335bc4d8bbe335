"""What the extensions of a certificate say (RFC 5280 4.2.1), read as Java reads them.

A damaged extension counts as none, unless it is critical: such a certificate Java does not read at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from mailsetup_gui.trust import certificate as certificates
from mailsetup_gui.trust import constraints, general_names, keys, policies
from mailsetup_gui.trust.certificate import Certificate, CertificateError, Extension
from mailsetup_gui.trust.constraints import NAME_CONSTRAINTS, SUBJECT_ALT_NAME
from mailsetup_gui.trust.der import (
    BIT_STRING,
    INTEGER,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    NotDerError,
    oid,
    only,
    value,
    values,
)

SUBJECT_KEY, AUTHORITY_KEY = "2.5.29.14", "2.5.29.35"
KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE = "2.5.29.15", "2.5.29.19", "2.5.29.37"
NETSCAPE_TYPE = "2.16.840.1.113730.1.1"
DIGITAL_SIGNATURE, KEY_CERT_SIGN, SSL_SERVER = 0, 5, 1
NO_LIMIT = 2**31 - 1
SERVER_AUTH, ANY_USAGE = "1.3.6.1.5.5.7.3.1", "2.5.29.37.0"
_T = TypeVar("_T")
_AUTHORITY_INFO, _CA_ISSUERS = "1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.48.2"


class AuthorityKey(NamedTuple):
    """The authorityKeyIdentifier; None for what it leaves out."""

    key: bytes | None
    serial: int | None


def readable(certificate: Certificate) -> None:
    """Raises CertificateError for a key or a critical extension that Java's CertificateFactory cannot decode."""
    try:
        keys.check_key(certificate.public_key)
    except (NotDerError, IndexError) as error:
        raise CertificateError(f"the public key: {error}") from None
    for name, decode in _DECODERS.items():
        extension = certificate.extensions.get(name)
        if extension is not None and extension.critical:
            try:
                decode(extension)
            except (NotDerError, IndexError) as error:
                raise CertificateError(f"critical extension {name}: {error}") from None


def path_length(certificate: Certificate) -> int:
    """X509Certificate.getBasicConstraints: -1 for what is no CA, else how many CAs may follow."""
    found = _decoded(certificate, BASIC_CONSTRAINTS, _basic_constraints)
    return -1 if found is None else found


def key_usage(certificate: Certificate) -> frozenset[int] | None:
    """The numbers of the bits that are set."""
    return _decoded(certificate, KEY_USAGE, _bits)


def extended_key_usage(certificate: Certificate) -> tuple[str, ...] | None:
    return _decoded(certificate, EXTENDED_KEY_USAGE, _usages)


def netscape_type(certificate: Certificate) -> frozenset[int] | None:
    return _decoded(certificate, NETSCAPE_TYPE, _bits)


def authority_key(certificate: Certificate) -> AuthorityKey:
    found = _decoded(certificate, AUTHORITY_KEY, _authority_key)
    return found or AuthorityKey(None, None)


def subject_key(certificate: Certificate) -> bytes | None:
    return _decoded(certificate, SUBJECT_KEY, _octets)


def alternative_names(certificate: Certificate) -> tuple[general_names.GeneralName, ...] | None:
    return _decoded(certificate, SUBJECT_ALT_NAME, _names)


def name_constraints(certificate: Certificate) -> constraints.Subtrees | None:
    return _decoded(certificate, NAME_CONSTRAINTS, constraints.subtrees)


def issuer_addresses(certificate: Certificate) -> tuple[str, ...]:
    """Where the certificate says that its issuer's can be had (AIA caIssuers, RFC 5280 4.2.2.1): URIs."""
    return _decoded(certificate, _AUTHORITY_INFO, _ca_issuers) or ()


def critical(certificate: Certificate) -> frozenset[str]:
    return frozenset(name for name, extension in certificate.extensions.items() if extension.critical)


def _decoded(certificate: Certificate, name: str, decode: Callable[[Extension], _T]) -> _T | None:
    extension = certificate.extensions.get(name)
    if extension is None:
        return None
    try:
        return decode(extension)
    except (NotDerError, IndexError):
        return None


def _basic_constraints(extension: Extension) -> int:
    data = extension.value
    outer = only(data, 0, len(data), 1)[0]
    found = list(values(data, outer.begin, outer.end))
    if outer.tag != SEQUENCE:
        raise NotDerError("damaged basic constraints")
    if not found or found[0].tag != 0x01 or data[found[0].begin : found[0].end] == b"\0":
        return -1
    if len(found) == 1:
        return NO_LIMIT
    if found[1].tag != INTEGER:
        raise NotDerError("damaged basic constraints")
    return certificates.integer(data[found[1].begin : found[1].end])


def _bits(extension: Extension) -> frozenset[int]:
    data = extension.value
    at = value(data, 0, len(data))
    if at.tag != BIT_STRING or at.end == at.begin:
        raise NotDerError("no bit string")
    octets, unused = data[at.begin + 1 : at.end], data[at.begin]
    if unused > 7 or (unused and not octets):
        raise NotDerError("invalid number of padding bits")
    count = len(octets) * 8 - unused
    return frozenset(n for n in range(min(count, 64)) if octets[n // 8] & 0x80 >> n % 8)


def _usages(extension: Extension) -> tuple[str, ...]:
    data = extension.value
    outer = only(data, 0, len(data), 1)[0]
    found = list(values(data, outer.begin, outer.end))
    if outer.tag != SEQUENCE or any(one.tag != OBJECT_IDENTIFIER for one in found):
        raise NotDerError("a damaged extended key usage")
    return tuple(oid(data[one.begin : one.end]) for one in found)


def _authority_key(extension: Extension) -> AuthorityKey:
    data = extension.value
    outer = only(data, 0, len(data), 1)[0]
    found = {one.tag: data[one.begin : one.end] for one in values(data, outer.begin, outer.end)}
    if set(found) - {0x80, 0xA1, 0x82}:
        raise NotDerError("a damaged authority key identifier")
    serial = certificates.integer(found[0x82]) if 0x82 in found else None
    return AuthorityKey(found.get(0x80), serial)


def _octets(extension: Extension) -> bytes:
    at = value(extension.value, 0, len(extension.value))
    if at.tag != OCTET_STRING:
        raise NotDerError("no octet string")
    return extension.value[at.begin : at.end]


def _names(extension: Extension) -> tuple[general_names.GeneralName, ...]:
    return general_names.general_names(extension.value)


def _ca_issuers(extension: Extension) -> tuple[str, ...]:
    data, found = extension.value, []
    outer = only(data, 0, len(data), 1)[0]
    for one in values(data, outer.begin, outer.end):
        method, place = only(data, one.begin, one.end, 2)
        if place.tag == 0x86 and oid(data[method.begin : method.end]) == _CA_ISSUERS:
            found.append(data[place.begin : place.end].decode("ascii", "replace"))
    return tuple(found)


_DECODERS: dict[str, Callable[[Extension], object]] = {
    SUBJECT_KEY: _octets,
    AUTHORITY_KEY: _authority_key,
    KEY_USAGE: _bits,
    BASIC_CONSTRAINTS: _basic_constraints,
    EXTENDED_KEY_USAGE: _usages,
    NETSCAPE_TYPE: _bits,
    SUBJECT_ALT_NAME: _names,
    NAME_CONSTRAINTS: constraints.subtrees,
    policies.CERTIFICATE_POLICIES: policies.asserted,
    policies.POLICY_MAPPINGS: policies.mappings,
    policies.POLICY_CONSTRAINTS: policies.limits,
    policies.INHIBIT_ANY_POLICY: policies.skip,
}

"""One certification path, from the anchor down, through the checkers of sun.security.provider.certpath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mailsetup_gui.trust import constraints, extensions, keys, policies, signatures
from mailsetup_gui.trust.certificate import Certificate
from mailsetup_gui.trust.verdict import Reason, Refused

SMALLEST = {"RSA": 1024, "DSA": 1024, "EC": 224, "RSASSA-PSS": 0}
"""Bits, of jdk.certpath.disabledAlgorithms (the same on 11, 17, 21 and 25)."""
_FORBIDDEN_DIGESTS = ("MD2", "MD5")
_RESOLVED = frozenset(
    {
        extensions.KEY_USAGE,
        extensions.EXTENDED_KEY_USAGE,
        extensions.BASIC_CONSTRAINTS,
        constraints.SUBJECT_ALT_NAME,
        constraints.NAME_CONSTRAINTS,
        policies.CERTIFICATE_POLICIES,
        policies.POLICY_MAPPINGS,
        policies.POLICY_CONSTRAINTS,
        policies.INHIBIT_ANY_POLICY,
    }
)


class Circumstances(NamedTuple):
    """`at`: seconds since the epoch; `java`: (feature, update), (17, 15) of 17.0.15.

    `jdk_cas`: DER of the CAs that the JDK brought.
    """

    at: float
    java: tuple[int, int]
    jdk_cas: frozenset[bytes] = frozenset()


def validate(path: Sequence[Certificate], anchor: Certificate, now: Circumstances) -> None:
    """`path` leaf first, without the anchor: PKIXCertPathValidator. Raises Refused."""
    state = _Walk(path, anchor, now)
    for certificate in reversed(path):
        state.check_algorithms(certificate)
        state.check_key(certificate)
        state.check_constraints(certificate)
        state.check_policy(certificate)
        state.check_validity(certificate)
        state.check_chaining(certificate)
        state.check_signature(certificate)
        if unresolved(certificate):
            raise Refused(Reason.CRITICAL_EXTENSION, certificate)


def confirm(path: Sequence[Certificate], anchor: Certificate, now: Circumstances) -> None:
    """The final verification of SunCertPathBuilder: what its search has not looked at yet. Raises Refused."""
    state = _Walk(path, anchor, now)
    for certificate in reversed(path):
        state.check_signature(certificate)
        state.check_policy(certificate)
        if now.java >= (17,):  # before it the search looks at them
            state.check_constraints(certificate)
        state.check_algorithms(certificate)


def unresolved(certificate: Certificate) -> frozenset[str]:
    """Critical extensions that no checker knows."""
    return extensions.critical(certificate) - _RESOLVED


def ca_key_usage(certificate: Certificate) -> None:
    bits = extensions.key_usage(certificate)
    if bits is not None and extensions.KEY_CERT_SIGN not in bits:
        raise Refused(Reason.CA_KEY_USAGE, certificate)


def matches_key_identifier(anchor: Certificate, below: Certificate) -> bool:
    """AdaptableX509CertSelector: what the authorityKeyIdentifier names must not contradict the anchor."""
    wanted = extensions.authority_key(below)
    if wanted.key is not None:
        own = extensions.subject_key(anchor)
        if own is not None and own != wanted.key:
            return False
    return wanted.serial is None or anchor.version < 3 or anchor.serial == wanted.serial


def anchor_may_sign(anchor: Certificate) -> None:
    """PKIXValidator.verifyTrustAnchor: the dates, the signature and the path length of an anchor do not matter."""
    if anchor.version < 3:
        return
    if extensions.path_length(anchor) == -1:
        raise Refused(Reason.ANCHOR_NOT_A_CA, anchor)
    bits = extensions.key_usage(anchor)
    if bits is not None and extensions.KEY_CERT_SIGN not in bits:
        raise Refused(Reason.ANCHOR_KEY_USAGE, anchor)


def end_entity(leaf: Certificate) -> None:
    """EndEntityChecker for a TLS server whose key signs, as with every suite that Java still offers."""
    bits = extensions.key_usage(leaf)
    if bits is not None and extensions.DIGITAL_SIGNATURE not in bits:
        raise Refused(Reason.KEY_USAGE, leaf)
    usages = extensions.extended_key_usage(leaf)
    if usages is not None and not _SERVER_USAGES & set(usages):
        raise Refused(Reason.EXTENDED_KEY_USAGE, leaf)
    netscape = extensions.netscape_type(leaf)
    if netscape is not None and extensions.SSL_SERVER not in netscape:
        raise Refused(Reason.NETSCAPE_TYPE, leaf)


_SERVER_USAGES = {
    extensions.SERVER_AUTH,
    extensions.ANY_USAGE,
    "1.3.6.1.4.1.311.10.3.3",  # Server Gated Cryptography, Microsoft's and Netscape's: Java still takes both
    "2.16.840.1.113730.4.1",
}


class _Walk:
    """What is carried from one certificate to the next on the way down."""

    def __init__(self, path: Sequence[Certificate], anchor: Certificate, now: Circumstances) -> None:
        self._now = now
        self._anchor = anchor
        self._issuer = anchor
        self._length = len(path)
        self._left = len(path)
        self._longest = len(path)
        self._names: constraints.Subtrees | None = None
        self._policies = policies.initial(len(path))
        self._index = 0
        self._policed = 0

    def check_algorithms(self, certificate: Certificate) -> None:
        """AlgorithmChecker with jdk.certpath.disabledAlgorithms."""
        if self._now.java >= (24,) and self._issuer is self._anchor:
            self._key_size(keys.key(self._anchor.public_key), self._anchor)
        self._digests(certificate)
        bits = extensions.key_usage(certificate)
        if self._now.java < (24,) and bits is not None and not bits & {0, 1, 2, 3, 4, 5, 6}:
            raise Refused(Reason.POLICY, certificate, "incorrect KeyUsage extension bits")
        self._key_size(keys.key(certificate.public_key), certificate)
        if self._now.java < (24,):
            issuer = keys.key(self._issuer.public_key)
            if issuer.bits and issuer.bits < SMALLEST.get(issuer.kind, 0):
                detail = f"signature algorithm: {signatures.algorithm_name(certificate)}"
                raise Refused(Reason.WEAK_KEY, self._issuer, detail)

    def _digests(self, certificate: Certificate) -> None:
        for digest in signatures.digests(certificate):
            if digest in _FORBIDDEN_DIGESTS:
                detail = f"disabled algorithm: {digest} used with certificate: {certificate.subject.java_text}"
                if self._now.java < (24,):
                    detail = f"signature algorithm: {signatures.algorithm_name(certificate)}"
                raise Refused(Reason.WEAK_SIGNATURE, certificate, detail)
            if digest == "SHA1" and self._anchor.der in self._now.jdk_cas:
                detail = f"jdkCA & usage TLSServer: {signatures.algorithm_name(certificate)}"
                raise Refused(Reason.WEAK_SIGNATURE, certificate, detail)

    def _key_size(self, found: keys.Key, certificate: Certificate) -> None:
        if self._now.java < (16,) and found.kind == "EC" and found.curve not in keys.USABLE_CURVES:
            raise Refused(Reason.WEAK_KEY, certificate, f"disabled algorithm: {found.curve}")
        if found.bits and found.bits < SMALLEST.get(found.kind, 0):
            used = f" used with certificate: {certificate.subject.java_text}"
            detail = f"keysize limits: {found.kind} {found.bits} bit key"
            raise Refused(Reason.WEAK_KEY, certificate, detail + (used if certificate is not self._anchor else "."))

    def check_key(self, certificate: Certificate) -> None:
        """KeyChecker: every certificate but the leaf signs."""
        self._left -= 1
        if self._left:
            ca_key_usage(certificate)

    def check_constraints(self, certificate: Certificate) -> None:
        """ConstraintsChecker: basic constraints, then name constraints."""
        self._index += 1
        if self._index < self._length:
            self._basic(certificate)
        if self._names is not None and (self._index == self._length or not certificate.self_issued):
            self._check_names(self._names, certificate)
        self._names = constraints.merged(self._names, extensions.name_constraints(certificate))

    def _basic(self, certificate: Certificate) -> None:
        if certificate.version < 3:
            allowed = extensions.NO_LIMIT if self._index == 1 and certificate.self_issued else -1
        else:
            allowed = extensions.path_length(certificate)
        if allowed == -1:
            raise Refused(Reason.NOT_A_CA, certificate)
        if not certificate.self_issued:
            if self._longest <= 0:
                raise Refused(Reason.PATH_LENGTH, certificate)
            self._longest -= 1
        self._longest = min(self._longest, allowed)

    def _check_names(self, held: constraints.Subtrees, certificate: Certificate) -> None:
        if held.limited:
            raise Refused(Reason.NAME_CONSTRAINTS, certificate)
        if not constraints.allows(held, certificate, extensions.alternative_names(certificate), self._now.java):
            raise Refused(Reason.NAME_CONSTRAINTS, certificate)

    def check_policy(self, certificate: Certificate) -> None:
        self._policed += 1
        try:
            self._policies = policies.after(self._policies, certificate, self._policed == self._length)
        except policies.PolicyError as error:
            raise Refused(Reason.POLICY, certificate, str(error)) from None

    def check_validity(self, certificate: Certificate) -> None:
        """X509Certificate.checkValidity: both ends belong to it."""
        if self._now.at < certificate.not_before:
            raise Refused(Reason.NOT_YET_VALID, certificate)
        if self._now.at > certificate.not_after:
            raise Refused(Reason.EXPIRED, certificate)

    def check_chaining(self, certificate: Certificate) -> None:
        if certificate.issuer.canonical != self._issuer.subject.canonical:
            raise Refused(Reason.DOES_NOT_CHAIN, certificate)

    def check_signature(self, certificate: Certificate) -> None:
        if not signatures.verifies(certificate, self._issuer.public_key, self._now.java):
            raise Refused(Reason.SIGNATURE, certificate)
        self._issuer = certificate

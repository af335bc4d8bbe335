"""What Java says of a certificate chain: accepted, or the one reason and its exception text. Values only."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from mailsetup_gui.trust.certificate import Certificate

_VALIDATION = "PKIX path validation failed: "
_CPV = f"{_VALIDATION}java.security.cert.CertPathValidatorException: "
_BUILDING = (
    "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: "
    "unable to find valid certification path to requested target"
)
_EMPTY = (
    "Unexpected error: java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty"
)


class Reason(Enum):
    """Why Java refuses. The values are short words for logs; the sentences for people live in wording/."""

    NO_PATH = "no path"
    NO_ANCHORS = "no anchors"
    NO_CHAIN = "no certificate"
    UNREADABLE = "unreadable"
    DOES_NOT_CHAIN = "does not chain"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    NOT_A_CA = "not a CA"
    CA_KEY_USAGE = "CA key usage"
    PATH_LENGTH = "path length"
    ANCHOR_NOT_A_CA = "anchor not a CA"
    ANCHOR_KEY_USAGE = "anchor key usage"
    NAME_CONSTRAINTS = "name constraints"
    CRITICAL_EXTENSION = "critical extension"
    POLICY = "policy"
    WEAK_SIGNATURE = "weak signature"
    WEAK_KEY = "weak key"
    KEY_USAGE = "key usage"
    EXTENDED_KEY_USAGE = "extended key usage"
    NETSCAPE_TYPE = "Netscape type"
    TOO_COMPLEX = "too complex"


_MESSAGES = {
    Reason.NO_PATH: _BUILDING,
    Reason.NO_ANCHORS: _EMPTY,
    Reason.NO_CHAIN: "null or zero-length certificate chain",
    Reason.UNREADABLE: "java.security.cert.CertificateException: Unable to initialize, java.io.IOException: {detail}",
    Reason.DOES_NOT_CHAIN: f"{_CPV}Path does not chain with any of the trust anchors",
    Reason.SIGNATURE: f"{_CPV}signature check failed",
    Reason.EXPIRED: f"{_CPV}validity check failed",
    Reason.NOT_YET_VALID: f"{_CPV}validity check failed",
    Reason.NOT_A_CA: f"{_CPV}basic constraints check failed: this is not a CA certificate",
    Reason.CA_KEY_USAGE: f"{_CPV}CA key usage check failed: keyCertSign bit is not set",
    Reason.PATH_LENGTH: (
        f"{_CPV}basic constraints check failed: pathLenConstraint violated - "
        "this cert must be the last cert in the certification path"
    ),
    Reason.ANCHOR_NOT_A_CA: "{phase}sun.security.validator.ValidatorException: "
    'TrustAnchor with subject "{subject}" is not a CA certificate',
    Reason.ANCHOR_KEY_USAGE: "{phase}sun.security.validator.ValidatorException: "
    'TrustAnchor with subject "{subject}" does not have keyCertSign bit set in KeyUsage extension',
    Reason.NAME_CONSTRAINTS: f"{_CPV}name constraints check failed",
    Reason.CRITICAL_EXTENSION: f"{_CPV}unrecognized critical extension(s)",
    Reason.POLICY: f"{_CPV}{{detail}}",
    Reason.WEAK_SIGNATURE: f"{_CPV}Algorithm constraints check failed on {{detail}}",
    Reason.WEAK_KEY: f"{_CPV}Algorithm constraints check failed on {{detail}}",
    Reason.KEY_USAGE: "KeyUsage does not allow digital signatures",
    Reason.EXTENDED_KEY_USAGE: "Extended key usage does not permit use for TLS server authentication",
    Reason.NETSCAPE_TYPE: "Netscape cert type does not permit use for SSL server",
    Reason.TOO_COMPLEX: "{detail}",
}


class Verdict(NamedTuple):
    """`reason` None: accepted. `blamed`: the certificate that the reason is about, None where it is none of them.

    `path`: leaf first, the anchor last; of a refused chain what was judged, as far as Java came.
    """

    reason: Reason | None
    message: str = ""
    blamed: Certificate | None = None
    path: tuple[Certificate, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.reason is None


class Refused(Exception):
    """A private short cut inside the room: Java throws here."""

    def __init__(self, reason: Reason, blamed: Certificate | None = None, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.blamed = blamed
        self.detail = detail

    def verdict(self, path: tuple[Certificate, ...] = (), building: bool = False) -> Verdict:
        """`building`: the path was searched for, not given by the order of the chain."""
        phase = "PKIX path building failed: " if building else _VALIDATION
        subject = self.blamed.subject.java_text if self.blamed else ""
        words = _MESSAGES[self.reason].format(detail=self.detail, subject=subject, phase=phase)
        return Verdict(self.reason, words, self.blamed, path)

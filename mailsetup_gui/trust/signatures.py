"""Signatures of certificates: by which algorithm, and whether a Java of a given age can verify them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.trust.certificate import Certificate
from mailsetup_gui.trust.der import NotDerError, Value, oid, only, value, values
from mailsetup_gui.trust.keys import USABLE_CURVES, Key, key, number, octets

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

_ALGORITHMS = {
    "1.2.840.113549.1.1.2": ("MD2", "RSA"),
    "1.2.840.113549.1.1.4": ("MD5", "RSA"),
    "1.2.840.113549.1.1.5": ("SHA1", "RSA"),
    "1.2.840.113549.1.1.14": ("SHA224", "RSA"),
    "1.2.840.113549.1.1.11": ("SHA256", "RSA"),
    "1.2.840.113549.1.1.12": ("SHA384", "RSA"),
    "1.2.840.113549.1.1.13": ("SHA512", "RSA"),
    "1.2.840.113549.1.1.15": ("SHA512/224", "RSA"),
    "1.2.840.113549.1.1.16": ("SHA512/256", "RSA"),
    "2.16.840.1.101.3.4.3.13": ("SHA3-224", "RSA"),
    "2.16.840.1.101.3.4.3.14": ("SHA3-256", "RSA"),
    "2.16.840.1.101.3.4.3.15": ("SHA3-384", "RSA"),
    "2.16.840.1.101.3.4.3.16": ("SHA3-512", "RSA"),
    "1.2.840.10045.4.1": ("SHA1", "ECDSA"),
    "1.2.840.10045.4.3.1": ("SHA224", "ECDSA"),
    "1.2.840.10045.4.3.2": ("SHA256", "ECDSA"),
    "1.2.840.10045.4.3.3": ("SHA384", "ECDSA"),
    "1.2.840.10045.4.3.4": ("SHA512", "ECDSA"),
    "2.16.840.1.101.3.4.3.9": ("SHA3-224", "ECDSA"),
    "2.16.840.1.101.3.4.3.10": ("SHA3-256", "ECDSA"),
    "2.16.840.1.101.3.4.3.11": ("SHA3-384", "ECDSA"),
    "2.16.840.1.101.3.4.3.12": ("SHA3-512", "ECDSA"),
    "1.2.840.10040.4.3": ("SHA1", "DSA"),
    "2.16.840.1.101.3.4.3.1": ("SHA224", "DSA"),
    "2.16.840.1.101.3.4.3.2": ("SHA256", "DSA"),
    "2.16.840.1.101.3.4.3.3": ("SHA384", "DSA"),
    "2.16.840.1.101.3.4.3.4": ("SHA512", "DSA"),
}
_DIGESTS = {
    "1.3.14.3.2.26": "SHA1",
    "2.16.840.1.101.3.4.2.4": "SHA224",
    "2.16.840.1.101.3.4.2.1": "SHA256",
    "2.16.840.1.101.3.4.2.2": "SHA384",
    "2.16.840.1.101.3.4.2.3": "SHA512",
    "2.16.840.1.101.3.4.2.5": "SHA512/224",
    "2.16.840.1.101.3.4.2.6": "SHA512/256",
}
_EDWARDS = {"1.3.101.112": "Ed25519", "1.3.101.113": "Ed448"}
_PSS = "1.2.840.113549.1.1.10"


class Pss(NamedTuple):
    digest: str
    mask_digest: str
    salt: int


def algorithm_name(certificate: Certificate) -> str:
    """As Java writes it: SHA256withRSA, RSASSA-PSS, Ed25519; the dotted identifier where Java knows no name."""
    if certificate.algorithm == _PSS:
        return "RSASSA-PSS"
    if certificate.algorithm in _EDWARDS:
        return _EDWARDS[certificate.algorithm]
    digest, kind = _ALGORITHMS.get(certificate.algorithm, ("", ""))
    return f"{digest}with{kind}" if digest else certificate.algorithm


def digests(certificate: Certificate) -> tuple[str, ...]:
    """The digests that a signature relies on, by Java's names without a hyphen."""
    if certificate.algorithm == _PSS:
        try:
            found = pss(certificate.parameters)
        except NotDerError:
            return ()
        return (found.digest, found.mask_digest)
    digest = _ALGORITHMS.get(certificate.algorithm, ("", ""))[0]
    return (digest,) if digest else ()


def verifies(certificate: Certificate, spki: bytes, java: tuple[int, int] = (17, 0)) -> bool:
    """Whether the key of `spki` made this certificate's signature, in the eyes of a Java of that (feature, update)."""
    return _java_can(certificate, key(spki), java) and _verified(
        certificate.signed, certificate.signature, certificate.algorithm, certificate.parameters, spki
    )


def _java_can(certificate: Certificate, issuer: Key, java: tuple[int, int]) -> bool:
    if issuer.kind == "EC" and issuer.curve not in USABLE_CURVES:
        return False
    return java >= (16,) or not (
        certificate.algorithm in _EDWARDS
        or any(d.startswith("SHA3-") for d in digests(certificate))
        or algorithm_name(certificate) in ("SHA384withDSA", "SHA512withDSA")
    )


_MOST_KEPT = 4096
_known: dict[tuple[bytes, bytes, bytes], bool] = {}
"""(signature, signed octets, key) -> verdict: one search asks the same more than once."""


def _verified(signed: bytes, signature: bytes, algorithm: str, parameters: bytes, spki: bytes) -> bool:
    asked = signature, signed, spki
    if asked not in _known:
        if len(_known) > _MOST_KEPT:
            _known.clear()
        _known[asked] = _verify(signed, signature, algorithm, parameters, spki)
    return _known[asked]


def _verify(signed: bytes, signature: bytes, algorithm: str, parameters: bytes, spki: bytes) -> bool:
    """cryptography's arithmetic; what it cannot read or does not know verifies nothing.

    Its keys are made of our numbers: its loader of whole keys costs twice what all the rest of a test's trust does.
    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        match key(spki).kind:
            case "RSA" | "RSASSA-PSS":
                _verify_rsa(spki, signature, signed, algorithm, parameters)
            case "EC":
                _verify_ecdsa(spki, signature, signed, algorithm)
            case "DSA":
                _verify_dsa(spki, signature, signed, algorithm)
            case "Ed25519" | "Ed448" as kind if _EDWARDS.get(algorithm) == kind:
                _verify_edwards(spki, signature, signed, kind)
            case _:
                return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError, KeyError, NotDerError, IndexError):
        return False
    return True


def _verify_rsa(spki: bytes, signature: bytes, signed: bytes, algorithm: str, parameters: bytes) -> None:
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    point = octets(spki)
    numbers = only(point, 0, len(point), 1)[0]
    modulus, exponent = (number(point, at) for at in only(point, numbers.begin, numbers.end, 2))
    public = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    if algorithm == _PSS:
        found = pss(parameters)
        how = padding.PSS(padding.MGF1(_hash(found.mask_digest)), found.salt)
        public.verify(signature, signed, how, _hash(found.digest))
    elif key(spki).kind == "RSA":
        public.verify(signature, signed, padding.PKCS1v15(), _hash(_digest(algorithm, "RSA")))
    else:
        raise KeyError(algorithm)


def _verify_ecdsa(spki: bytes, signature: bytes, signed: bytes, algorithm: str) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    curves: dict[str, type[ec.EllipticCurve]] = {
        "secp256r1": ec.SECP256R1,
        "secp384r1": ec.SECP384R1,
        "secp521r1": ec.SECP521R1,
    }
    public = ec.EllipticCurvePublicKey.from_encoded_point(curves[key(spki).curve](), octets(spki))
    public.verify(signature, signed, ec.ECDSA(_hash(_digest(algorithm, "ECDSA"))))


def _verify_dsa(spki: bytes, signature: bytes, signed: bytes, algorithm: str) -> None:
    from cryptography.hazmat.primitives.asymmetric import dsa

    outer = value(spki, 0, len(spki))
    parameters = only(spki, (kind := value(spki, outer.begin, outer.end)).begin, kind.end, 2)[1]
    p, q, g = (number(spki, at) for at in only(spki, parameters.begin, parameters.end, 3))
    point = octets(spki)
    y = number(point, only(point, 0, len(point), 1)[0])
    public = dsa.DSAPublicNumbers(y, dsa.DSAParameterNumbers(p, q, g)).public_key()
    public.verify(signature, signed, _hash(_digest(algorithm, "DSA")))


def _verify_edwards(spki: bytes, signature: bytes, signed: bytes, kind: str) -> None:
    from cryptography.hazmat.primitives.asymmetric import ed448, ed25519

    point = octets(spki)
    if kind == "Ed448":
        ed448.Ed448PublicKey.from_public_bytes(point).verify(signature, signed)
    else:
        ed25519.Ed25519PublicKey.from_public_bytes(point).verify(signature, signed)


def _digest(algorithm: str, kind: str) -> str:
    digest, of = _ALGORITHMS[algorithm]
    if of != kind:
        raise KeyError(algorithm)
    return digest


def _hash(name: str) -> HashAlgorithm:
    from cryptography.hazmat.primitives import hashes

    if name == "MD2":
        raise KeyError(name)
    algorithm: type[HashAlgorithm] = getattr(hashes, name.replace("-", "_").replace("/", "_"))
    return algorithm()


def pss(parameters: bytes) -> Pss:
    """RSASSA-PSS-params (RFC 4055 3.1). Raises NotDerError."""
    if not parameters:
        raise NotDerError("RSASSA-PSS without parameters")
    outer = only(parameters, 0, len(parameters), 1)[0]
    digest, mask, salt = "SHA1", "SHA1", 20
    for one in values(parameters, outer.begin, outer.end):
        inner = only(parameters, one.begin, one.end, 1)[0]
        if one.tag == 0xA0:
            digest = _digest_in(parameters, inner)
        elif one.tag == 0xA1:
            mask = _digest_in(parameters, only(parameters, inner.begin, inner.end, 2)[1])
        elif one.tag == 0xA2:
            salt = int.from_bytes(parameters[inner.begin : inner.end], "big")
    return Pss(digest, mask, salt)


def _digest_in(data: bytes, algorithm: Value) -> str:
    kind = next(values(data, algorithm.begin, algorithm.end))
    name = _DIGESTS.get(oid(data[kind.begin : kind.end]))
    if name is None:
        raise NotDerError("a digest that RSASSA-PSS has not")
    return name

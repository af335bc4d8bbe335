"""Password -> keys -> the octets of an encrypted PKCS#12 safe (RFC 7292 B, RFC 8018). The ciphers are a library's."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, NamedTuple

from mailsetup_gui.trust.contents import Kind, StoreError, Trouble
from mailsetup_gui.trust.der import INTEGER, SEQUENCE, Value, content, inside, value

if TYPE_CHECKING:
    from mailsetup_gui.trust.pkcs12 import Encrypted, Mac

_PBES2, _PBKDF2 = bytes.fromhex("2a864886f70d01050d"), bytes.fromhex("2a864886f70d01050c")
_PBMAC1 = bytes.fromhex("2a864886f70d01050e")
_PKCS12_PBE = bytes.fromhex("2a864886f70d010c01")
_DIGESTS = {
    bytes.fromhex("2b0e03021a"): "sha1",
    bytes.fromhex("608648016503040204"): "sha224",
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
_HMACS = {
    bytes.fromhex("2a864886f70d0207"): "sha1",
    bytes.fromhex("2a864886f70d0208"): "sha224",
    bytes.fromhex("2a864886f70d0209"): "sha256",
    bytes.fromhex("2a864886f70d020a"): "sha384",
    bytes.fromhex("2a864886f70d020b"): "sha512",
}
_CIPHERS = {
    bytes.fromhex("60864801650304012a"): ("AES", 32),
    bytes.fromhex("608648016503040116"): ("AES", 24),
    bytes.fromhex("608648016503040102"): ("AES", 16),
    bytes.fromhex("2a864886f70d0307"): ("3DES", 24),
}
_OLD_CIPHERS = {3: ("3DES", 24), 4: ("3DES", 16), 5: ("RC2", 16), 6: ("RC2", 5)}
_KEY, _VECTOR, _MAC = 1, 2, 3
_NOT_FITTING = "it does not open: another password, or a damaged file"


class _Scheme(NamedTuple):
    """How one safe is encrypted. `digest` belongs to PBKDF2 where `vector` is given, else to RFC 7292 B."""

    salt: bytes
    rounds: int
    cipher: str
    key_size: int
    digest: str = "sha1"
    vector: bytes | None = None


def rounds(safe: Encrypted) -> int:
    """What decrypting would cost. Raises StoreError, NotDerError, IndexError."""
    return _scheme(safe.algorithm).rounds


def mac_rounds(mac: Mac) -> int:
    return _mac_parts(mac)[3]


def decrypted(safe: Encrypted, password: str) -> bytes:
    """Raises StoreError: Trouble.PASSWORD when what comes out is no structure."""
    scheme = _scheme(safe.algorithm)
    for attempt in _attempts(password):
        clear = _deciphered(safe.octets, scheme, attempt)
        if clear is not None:
            return clear
    raise StoreError(Trouble.PASSWORD, _NOT_FITTING, Kind.PKCS12)


def check(found: Mac, password: str) -> None:
    """Raises StoreError when the password does not fit."""
    digest, expected, salt, count = _mac_parts(found)
    for attempt in _attempts(password):
        if hmac.compare_digest(_mac(digest, attempt, salt, count, found.authenticated), expected):
            return
    raise StoreError(Trouble.PASSWORD, _NOT_FITTING, Kind.PKCS12)


def mac(digest: str, password: str, salt: bytes, count: int, octets: bytes) -> bytes:
    """Over `octets`, with a key from `password` (RFC 7292 5.1 and B.4)."""
    return _mac(digest, _attempts(password)[0], salt, count, octets)


def _mac(digest: str, password: bytes, salt: bytes, count: int, octets: bytes) -> bytes:
    key = derived(digest, _MAC, password, salt, count, hashlib.new(digest).digest_size)
    return hmac.digest(key, octets, digest)


def derived(digest: str, purpose: int, password: bytes, salt: bytes, count: int, size: int) -> bytes:
    """RFC 7292 B.2; `password` in UTF-16 with its two zero octets."""
    block = 128 if digest in ("sha384", "sha512") else 64
    text = b"".join(_filled(octets, block) for octets in (salt, password))
    result = b""
    while len(result) < size:
        piece = hashlib.new(digest, bytes([purpose]) * block + text).digest()
        plain = hashlib.new(digest, usedforsecurity=False)
        for _ in range(count - 1):
            turn = plain.copy()
            turn.update(piece)
            piece = turn.digest()
        result += piece
        text = _added(text, _filled(piece, block)[:block], block)
    return result[:size]


def _filled(octets: bytes, block: int) -> bytes:
    """Repeated to a whole number of blocks."""
    if not octets:
        return b""
    size = -(-len(octets) // block) * block
    return (octets * (size // len(octets) + 1))[:size]


def _added(text: bytes, piece: bytes, block: int) -> bytes:
    """Each block plus `piece` plus 1, modulo its size."""
    more, modulus = int.from_bytes(piece, "big") + 1, 1 << (8 * block)
    blocks = (int.from_bytes(text[at : at + block], "big") for at in range(0, len(text), block))
    return b"".join(((one + more) % modulus).to_bytes(block, "big") for one in blocks)


def _attempts(password: str) -> tuple[bytes, ...]:
    """RFC 7292 B.1; an empty password is written in two ways."""
    zero = b"\0\0"
    return (password.encode("utf-16-be", "surrogatepass") + zero,) if password else (zero, b"")


def _deciphered(octets: bytes, scheme: _Scheme, password: bytes) -> bytes | None:
    if scheme.vector is None:
        key = derived("sha1", _KEY, password, scheme.salt, scheme.rounds, scheme.key_size)
        vector = derived("sha1", _VECTOR, password, scheme.salt, scheme.rounds, 8)
    else:
        text = password.decode("utf-16-be", "replace").removesuffix("\0").encode("utf-8", "replace")
        key = hashlib.pbkdf2_hmac(scheme.digest, text, scheme.salt, scheme.rounds, scheme.key_size)
        vector = scheme.vector
    return _unpadded(_cbc(octets, scheme.cipher, key, vector), len(vector))


def _cbc(octets: bytes, cipher: str, key: bytes, vector: bytes) -> bytes:
    if not octets or len(octets) % len(vector):
        raise StoreError(Trouble.NOT_A_STORE, "damaged PKCS#12: an encrypted part ends inside a block")
    if cipher == "RC2":
        from mailsetup_gui.trust import rc2

        return rc2.decrypted(octets, key, vector)
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    algorithm = algorithms.AES(key) if cipher == "AES" else TripleDES(key if len(key) == 24 else key + key[:8])
    decryptor = Cipher(algorithm, modes.CBC(vector)).decryptor()
    return decryptor.update(octets) + decryptor.finalize()


def _unpadded(clear: bytes, block: int) -> bytes | None:
    """None when the padding (RFC 5652 6.3) or the structure inside is wrong, as with a wrong password."""
    count = clear[-1]
    if not 1 <= count <= block or clear[-count:] != bytes([count]) * count or clear[:1] != bytes([SEQUENCE]):
        return None
    return clear[:-count]


def _scheme(algorithm: bytes) -> _Scheme:
    whole = inside(algorithm, value(algorithm, 0, len(algorithm)))
    oid = content(algorithm, whole[0])
    if oid == _PBES2:
        return _pbes2(algorithm, whole[1])
    if oid[:-1] == _PKCS12_PBE and oid[-1] in _OLD_CIPHERS:
        salt, count = inside(algorithm, whole[1])[:2]
        cipher, size = _OLD_CIPHERS[oid[-1]]
        return _Scheme(content(algorithm, salt), _count(algorithm, count), cipher, size)
    raise _unknown(oid)


def _pbes2(data: bytes, parameters: Value) -> _Scheme:
    """RFC 8018 A.2 and A.4: salt, rounds, perhaps the key's size, perhaps the pseudo-random function."""
    derivation, encryption = (inside(data, part) for part in inside(data, parameters)[:2])
    if (oid := content(data, derivation[0])) != _PBKDF2:
        raise _unknown(oid)
    if (cipher := content(data, encryption[0])) not in _CIPHERS:
        raise _unknown(cipher)
    parts = inside(data, derivation[1])
    functions = [inside(data, part)[0] for part in parts if part.tag == SEQUENCE]
    digest = _HMACS.get(content(data, functions[0]), "") if functions else "sha1"
    if not digest:
        raise _unknown(content(data, functions[0]))
    name, size = _CIPHERS[cipher]
    vector = content(data, encryption[1])
    if len(vector) != (16 if name == "AES" else 8):
        raise StoreError(Trouble.NOT_A_STORE, f"damaged PKCS#12: an initial vector of {len(vector)} octets")
    return _Scheme(content(data, parts[0]), _count(data, parts[1]), name, size, digest, vector)


def _mac_parts(mac: Mac) -> tuple[str, bytes, bytes, int]:
    """Digest, the MAC itself, salt, rounds (RFC 7292 4: one round when none is given)."""
    data = mac.data
    parts = inside(data, value(data, 0, len(data)))
    algorithm, expected = inside(data, parts[0])[:2]
    oid = content(data, inside(data, algorithm)[0])
    if oid not in _DIGESTS:
        raise _unknown(oid)
    count = _count(data, parts[2]) if len(parts) > 2 else 1
    return _DIGESTS[oid], content(data, expected), content(data, parts[1]), count


def _count(data: bytes, found: Value) -> int:
    """A count beyond any limit counts as that: only its first octets are looked at."""
    if found.tag != INTEGER:
        raise StoreError(Trouble.NOT_A_STORE, "damaged PKCS#12: no number of rounds")
    return max(1, int.from_bytes(content(data, found)[:16], "big"))


def _unknown(oid: bytes) -> StoreError:
    what = "PBMAC1, which only the newest Java reads" if oid == _PBMAC1 else f"the algorithm {oid.hex()}"
    return StoreError(
        Trouble.NOT_A_STORE,
        f"a PKCS#12 file with {what}; convert it with keytool -importkeystore -deststoretype PKCS12",
    )

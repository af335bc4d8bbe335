"""RC2 in CBC mode (RFC 2268): keytool before 11.0.12 encrypted with it; no library offers it any more."""

from __future__ import annotations

import struct

_TABLE = bytes.fromhex(
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2"
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82"
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626"
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7"
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec"
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731"
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9"
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad"
)


def decrypted(octets: bytes, key: bytes, vector: bytes) -> bytes:
    """`octets` in whole blocks of 8, `key` with all its bits in use; the padding stays."""
    words = _expanded(key)
    clear = bytearray()
    previous = vector
    for at in range(0, len(octets), 8):
        block = octets[at : at + 8]
        opened = struct.pack("<4H", *_block(struct.unpack("<4H", block), words))
        clear += bytes(one ^ other for one, other in zip(opened, previous, strict=True))
        previous = block
    return bytes(clear)


def _expanded(key: bytes) -> tuple[int, ...]:
    """RFC 2268 2."""
    size = len(key)
    table = bytearray(key) + bytearray(128 - size)
    for at in range(size, 128):
        table[at] = _TABLE[(table[at - 1] + table[at - size]) & 0xFF]
    table[128 - size] = _TABLE[table[128 - size]]
    for at in range(127 - size, -1, -1):
        table[at] = _TABLE[table[at + 1] ^ table[at + size]]
    return struct.unpack("<64H", table)


def _block(block: tuple[int, ...], k: tuple[int, ...]) -> tuple[int, ...]:
    """RFC 2268 4: sixteen mixing rounds backwards, with a mashing round before the fifth and the eleventh."""
    a, b, c, d = block
    for at in range(60, -1, -4):
        d = ((d >> 5 | d << 11) - k[at + 3] - (c & b) - (~c & a)) & 0xFFFF
        c = ((c >> 3 | c << 13) - k[at + 2] - (b & a) - (~b & d)) & 0xFFFF
        b = ((b >> 2 | b << 14) - k[at + 1] - (a & d) - (~a & c)) & 0xFFFF
        a = ((a >> 1 | a << 15) - k[at] - (d & c) - (~d & b)) & 0xFFFF
        if at in (44, 20):
            d = (d - k[c & 63]) & 0xFFFF
            c = (c - k[b & 63]) & 0xFFFF
            b = (b - k[a & 63]) & 0xFFFF
            a = (a - k[d & 63]) & 0xFFFF
    return a, b, c, d

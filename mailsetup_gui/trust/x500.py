"""Distinguished names (X.501): compared as Java compares them, and written as RFC 4514 writes them."""

from __future__ import annotations

from typing import NamedTuple

from mailsetup_gui.trust.der import OBJECT_IDENTIFIER, SEQUENCE, SET, NotDerError, Value, oid, only, values

_KEYWORDS = {
    "2.5.4.3": "CN",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.1": "UID",
}
"""RFC 4514 3; Java folds only the values of these, and compares every other attribute octet by octet."""
_SHOWN = {**_KEYWORDS, "1.2.840.113549.1.9.1": "EMAILADDRESS", "2.5.4.5": "SERIALNUMBER", "2.5.4.12": "T"}
COMMON_NAME, EMAIL_ADDRESS = "2.5.4.3", "1.2.840.113549.1.9.1"
_UTF8, _PRINTABLE, _BMP, _UNIVERSAL = 0x0C, 0x13, 0x1E, 0x1C
_TEXTS = {_UTF8: "utf-8", _PRINTABLE: "latin-1", 0x14: "latin-1", 0x16: "latin-1", 0x1B: "latin-1", _BMP: "utf-16-be"}
_SPECIAL = ',+"\\<>;'
_AWKWARD = frozenset(_SPECIAL + "#")


class Attribute(NamedTuple):
    """One type and value; `value` is the whole DER value, `text` '' where it is no string."""

    oid: str
    value: bytes
    text: str


class Name(NamedTuple):
    """`parts` in the order of the encoding (most general first), each a set of attributes; `der` is the SEQUENCE."""

    der: bytes
    parts: tuple[tuple[Attribute, ...], ...]

    @property
    def canonical(self) -> tuple[str, ...]:
        """Two names are the same to Java exactly when these are equal (sun.security.x509.X500Name.equals)."""
        if self.der not in _folded:
            if len(_folded) > _MOST_KEPT:
                _folded.clear()
            _folded[self.der] = tuple("+".join(sorted(map(_canonical, part))) for part in self.parts)
        return _folded[self.der]

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        return tuple(attribute for part in self.parts for attribute in part)

    @property
    def common_name(self) -> str:
        """The most specific CN, '' where there is none."""
        return next((a.text for a in reversed(self.attributes) if a.oid == COMMON_NAME), "")

    @property
    def java_text(self) -> str:
        """As Java's messages write it (X500Principal.toString): quotes where a value needs them."""
        return ", ".join("+".join(map(_quoted, part)) for part in reversed(self.parts))

    def __str__(self) -> str:
        """Most specific first, a comma inside a value behind a backslash (RFC 4514)."""
        return ", ".join("+".join(map(_written, part)) for part in reversed(self.parts))


_MOST_KEPT = 2000
_folded: dict[bytes, tuple[str, ...]] = {}
"""A JDK's cacerts is asked for its names again and again while one path is searched."""


def name(data: bytes, begin: int, end: int) -> Name:
    """The Name whose content lies between `begin` and `end` of `data`. Raises NotDerError."""
    parts = []
    for part in values(data, begin, end):
        if part.tag != SET:
            raise NotDerError("a relative distinguished name that is no SET")
        parts.append(tuple(_attribute(data, one) for one in values(data, part.begin, part.end)))
    return Name(data[begin:end], tuple(parts))


def _attribute(data: bytes, at: Value) -> Attribute:
    kind, content = only(data, at.begin, at.end, 2)
    if at.tag != SEQUENCE or kind.tag != OBJECT_IDENTIFIER:
        raise NotDerError("a damaged attribute of a name")
    whole = data[kind.end : content.end]
    octets = data[content.begin : content.end]
    return Attribute(oid(data[kind.begin : kind.end]), whole, _text(content.tag, octets))


def _text(tag: int, octets: bytes) -> str:
    if tag == _UNIVERSAL:
        return octets.decode("utf-32-be", "replace")
    return octets.decode(_TEXTS[tag], "replace") if tag in _TEXTS else ""


def _canonical(attribute: Attribute) -> str:
    """AVA.toRFC2253CanonicalString: white space and case folded for plain strings only."""
    keyword, tag = _KEYWORDS.get(attribute.oid, attribute.oid), attribute.value[0]
    if keyword == attribute.oid or tag not in (_PRINTABLE, _UTF8):
        return f"{keyword}=#{attribute.value.hex()}".lower()
    text = attribute.text
    if text.isascii() and text.isprintable() and "  " not in text and not _AWKWARD & set(text):
        return f"{keyword}={text.strip(' ')}".lower()
    import unicodedata

    folded = "".join(_without_runs(attribute.text)).strip("".join(map(chr, range(33))))
    return unicodedata.normalize("NFKD", f"{keyword}={folded}".upper().lower())


def _without_runs(text: str) -> list[str]:
    """Of several blanks the first. Other white space is no PrintableString character, and stays, as in Java."""
    kept: list[str] = []
    for c in text:
        if c == " " and kept and kept[-1] == " ":
            continue
        kept.append(f"\\{c}" if c in _SPECIAL or (c == "#" and not kept) else c)
    return kept


def _written(attribute: Attribute) -> str:
    keyword = _SHOWN.get(attribute.oid, attribute.oid)
    if not attribute.text:
        return f"{keyword}=#{attribute.value.hex()}"
    escaped = "".join(f"\\{c}" if c in _SPECIAL else c for c in attribute.text)
    return f"{keyword}={escaped}"


def _quoted(attribute: Attribute) -> str:
    keyword, text = _SHOWN.get(attribute.oid, f"OID.{attribute.oid}"), attribute.text
    if not text:
        return f"{keyword}=#{attribute.value.hex().upper()}"
    if set(text) & set(',+=\n<>#;\\"') or "  " in text or text != text.strip(" "):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'{keyword}="{escaped}"'
    return f"{keyword}={text}"

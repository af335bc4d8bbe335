"""Which names lie in which subtrees of name constraints, looked up and not compared one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailsetup_gui.trust.general_names import GeneralName, Kind, UnsupportedConstraintError, host, is_dns_name

_WILDCARDS_SINCE = {8: 502, 11: 32, 17: 20, 21: 12, 25: 4, 26: 2}
"""Feature -> update. Measured on 25.0.4.1, 17.0.21.1, and before on 25.0.3, 21.0.8 and 11.0.13; else by calendar."""

_LEADING_DOTS_SINCE = (17,)
"""Before (measured on 11.0.13) no DNS name lies in a subtree that begins with a dot."""
_COMPARABLE = (Kind.DNS, Kind.RFC822, Kind.URI, Kind.IP, Kind.DIRECTORY)
_Key = tuple[Kind, int, object, int]


def both(
    permitted: Sequence[GeneralName] | None, excluded: Sequence[GeneralName] | None, java: tuple[int, int]
) -> tuple[Trees, Trees]:
    """As this Java (feature, update) compares them."""
    in_permitted, in_excluded = _wildcards(java)
    dots = java >= _LEADING_DOTS_SINCE
    return Trees(permitted, in_permitted, dots), Trees(excluded, in_excluded, dots)


class Trees:
    """The subtrees of one list, by type."""

    def __init__(self, trees: Sequence[GeneralName] | None, wildcards: bool, dots: bool) -> None:
        self._dots = dots
        self._kinds = {tree.kind for tree in trees or ()}
        self._known = {_key(tree) for tree in trees or ()}
        dns = [tree.text.lower() for tree in trees or () if wildcards and tree.kind is Kind.DNS]
        self._with_hosts = {text.partition(".")[2] for text in dns if all(0 < len(n) < 64 for n in text.split("."))}
        self._masks = {(size, mask) for kind, size, _, mask in self._known if kind is Kind.IP}

    def has_type(self, kind: Kind) -> bool:
        return kind in self._kinds

    def cover(self, name: GeneralName) -> bool:
        if name.kind in self._kinds and name.kind not in _COMPARABLE:
            raise UnsupportedConstraintError(f"Narrowing, widening, and matching of {name.kind.name} names")
        if name.kind is Kind.IP:
            size, number = len(name.octets), int.from_bytes(name.octets, "big")
            return any((Kind.IP, s, number & mask, mask) in self._known for s, mask in self._masks if s == size)
        return self._names_a_host(name) or not self._known.isdisjoint(_wider(name, self._dots))

    def _names_a_host(self, name: GeneralName) -> bool:
        """Whether it is a wildcard that a subtree's own name would match; no label of it may end in a hyphen."""
        star, _, domain = name.text.lower().partition(".")
        return name.kind is Kind.DNS and star == "*" and domain in self._with_hosts and "-." not in f"{domain}."


def _key(tree: GeneralName) -> _Key:
    """(type, octets of an address, name or network, mask): what a name inside this subtree has among its `_wider`."""
    if tree.kind is Kind.DIRECTORY:
        return tree.kind, 0, tree.directory.canonical if tree.directory else (), 0
    if tree.kind is Kind.IP:
        size = len(tree.octets) // 2
        mask = int.from_bytes(tree.octets[size:], "big")
        return tree.kind, size, int.from_bytes(tree.octets[:size], "big"), mask
    return tree.kind, 0, tree.text.lower(), 0


def _wider(name: GeneralName, dots: bool) -> Iterator[_Key]:
    """The keys of every subtree that a name of text or a directory name lies in."""
    kind, text = name.kind, name.text.lower()
    if kind is Kind.DIRECTORY:
        parts = name.directory.canonical if name.directory else ()
        yield from ((kind, 0, parts[:size], 0) for size in range(len(parts) + 1))
        return
    if kind is Kind.URI:
        text = host(text)
    yield kind, 0, text, 0
    if kind is Kind.URI and not is_dns_name(text, wildcard=False):
        return
    for at, c in enumerate(text):
        if kind is Kind.DNS and c == ".":
            yield kind, 0, text[at + 1 :], 0
            if dots:
                yield kind, 0, text[at:], 0
        elif kind is Kind.URI and c == ".":
            yield kind, 0, text[at:], 0
        elif kind is Kind.RFC822 and c in ".@":
            yield kind, 0, text[at if c == "." else at + 1 :], 0


def _wildcards(java: tuple[int, int]) -> tuple[bool, bool]:
    """Whether `*.example.com` counts as a subtree `mail.example.com` (permitted, excluded); at first in both."""
    feature, update = java
    since = _WILDCARDS_SINCE.get(feature, 1000 if feature < max(_WILDCARDS_SINCE) else 0)
    return update == since and feature in _WILDCARDS_SINCE, update >= since

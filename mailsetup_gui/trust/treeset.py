"""java.util.TreeSet of certificates. Java's comparator of them contradicts itself, so the shape of the tree decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mailsetup_gui.trust.certificate import Certificate


class TreeSet:
    """Balanced as java.util.TreeMap is (red and black); `before(new, old)`: whether the new one goes to the left."""

    def __init__(self, before: Callable[[Certificate, Certificate], bool]) -> None:
        self._before = before
        self._root: _Node | None = None

    def add(self, one: Certificate) -> None:
        """Compared with whatever lies on its way: what is there already is not always met, and then stands twice."""
        above, at, left = None, self._root, False
        while at is not None:
            if at.one.der == one.der:
                return
            above, left = at, self._before(one, at.one)
            at = at.below[left]
        node = _Node(one, above)
        if above is None:
            self._root = node
        else:
            above.below[left] = node
        self._balance(node)

    def __iter__(self) -> Iterator[Certificate]:
        yield from _in_order(self._root)

    def _balance(self, node: _Node) -> None:
        while (above := node.above) is not None and above.red and (top := above.above) is not None:
            left = above is top.below[True]
            aunt = top.below[not left]
            if aunt is not None and aunt.red:
                above.red = aunt.red = False
                top.red, node = True, top
                continue
            if node is above.below[not left]:
                self._rotate(above, left)
                node, above = above, node
            above.red, top.red = False, True
            self._rotate(top, not left)
        if self._root is not None:
            self._root.red = False

    def _rotate(self, node: _Node, left: bool) -> None:
        """To the left, `node` becomes the left one below what was its right one."""
        riser = node.below[not left]
        if riser is None:
            return
        node.below[not left] = inner = riser.below[left]
        if inner is not None:
            inner.above = node
        riser.above = node.above
        if node.above is None:
            self._root = riser
        else:
            node.above.below[node is node.above.below[True]] = riser
        riser.below[left], node.above = node, riser


class _Node:
    __slots__ = ("above", "below", "one", "red")

    def __init__(self, one: Certificate, above: _Node | None) -> None:
        self.one, self.above, self.red = one, above, True
        self.below: list[_Node | None] = [None, None]
        """Right, left: by whether it is the left one."""


def _in_order(node: _Node | None) -> Iterator[Certificate]:
    if node is not None:
        yield from _in_order(node.below[True])
        yield node.one
        yield from _in_order(node.below[False])

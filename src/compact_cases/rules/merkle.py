"""A Merkle tree as in RFC 6962, section 2.1: one root for many leaves, grown leaf by leaf."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Tree:
    """The whole subtrees of the leaves so far, the largest first; sizes are powers of two.

    Forty of them are enough for as many leaves as there can be, so a tree that is grown in slices is kept
    between them by its ``subtrees`` alone.
    """

    subtrees: list[tuple[int, bytes]] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        size, made = 1, hashlib.sha256(b"\0" + leaf).digest()
        while self.subtrees and self.subtrees[-1][0] == size:
            made = _node(self.subtrees.pop()[1], made)
            size *= 2
        self.subtrees.append((size, made))

    @property
    def leaves(self) -> int:
        return sum(size for size, _ in self.subtrees)

    @property
    def root(self) -> bytes:
        """What is left over hangs at the right, the smallest deepest."""
        if not self.subtrees:
            return hashlib.sha256(b"").digest()
        *larger, (_, made) = self.subtrees
        for _, left in reversed(larger):
            made = _node(left, made)
        return made


def root_of(leaves: Iterable[bytes]) -> bytes:
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()

"""Trees whose nodes are kept, as a database would keep them."""

from upheld.core.proof import Frontier, ReadNode, grow, node_hash
from upheld.core.proof.subtrees import nodes_of
from upheld.core.proof.tree import fold_peaks


def store_nodes(leaves: list[bytes]) -> ReadNode:
    """Every node that growing gave, by level and index; another one is a KeyError."""
    kept = {(level, index): hash_ for level, index, hash_ in grow(Frontier(), leaves)[1]}
    return lambda level, index: kept[level, index]


class UniformTree:
    """A tree of any size in which all leaves are equal: each level then has one hash, so a million leaves take no room."""

    def __init__(self, leaf: bytes) -> None:
        self.levels = [leaf]
        self.reads = 0

    def read_node(self, level: int, index: int) -> bytes:
        self.reads += 1
        while len(self.levels) <= level:
            self.levels.append(node_hash(self.levels[-1], self.levels[-1]))
        return self.levels[level]

    def root(self, size: int) -> bytes:
        return fold_peaks([self.read_node(level, index) for level, index in nodes_of((0, size))])

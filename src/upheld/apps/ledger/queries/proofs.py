"""Proofs from stored hashes: about log2(size) of them are read, each from the row of the entry that completed it."""

from upheld.apps.ledger.models import Tree
from upheld.apps.ledger.queries.nodes import ROWS, UPPER_LEVEL, Upper, at_hand, read_nodes
from upheld.apps.ledger.statements import select
from upheld.core.proof import (
    consistency_proof_from,
    inclusion_proof_from,
    nodes_for_consistency,
    nodes_for_inclusion,
)
from upheld.core.proof.tree import HASH_SIZE

LOWER = tuple(slice(HASH_SIZE * level, HASH_SIZE * (level + 1)) for level in range(UPPER_LEVEL))
"""Where a row holds the hash of each level below the upper ones."""

LOWER_ROWS = ROWS.format(marks=", ".join(["%s"] * UPPER_LEVEL))


def prove_inclusion(agreement: str, index: int, size: int) -> list[bytes]:
    """The proof (RFC 6962) that the entry `index` is in the tree of `size` entries; raises NotRecorded or ValueError."""
    upper = at_hand.get(agreement)
    if upper is not None and upper.size == size and 0 <= index < size:
        above = prove_above(upper, index)
        if above is not None and (below := prove_below(agreement, upper, index)) is not None:
            return below + above
    nodes = read_nodes(agreement, size, nodes_for_inclusion(index, size))
    proof = inclusion_proof_from(lambda level, place: nodes[level, place], index, size)
    keep_edge(agreement, index, size, proof)
    return proof


def prove_above(upper: Upper, index: int) -> list[bytes] | None:
    """
    The part of a proof that is at hand, from UPPER_LEVEL to the root; None where something of it is not.

    At the level `joint` the way up from the entry meets the one from the last entry. Below it each neighbour is whole; there
    it is the tree's right edge; above, the way runs along that edge and has neighbours on its left alone.
    """
    joint = find_joint(index, upper.size)
    edge = upper.edges.get(joint)
    if edge is None:
        return None
    nodes = upper.nodes
    try:
        proof = [nodes[level, index >> level ^ 1] for level in range(UPPER_LEVEL, joint)]
        proof.append(edge)
        for level in range(joint + 1, index.bit_length()):
            if index >> level & 1:
                proof.append(nodes[level, (index >> level) - 1])
    except KeyError:
        return None
    return proof


def prove_below(agreement: str, upper: Upper, index: int) -> list[bytes] | None:
    """The part below, read with the tree's own row; None where the tree is no longer the one of which we know the rest."""
    leaves = [((index >> level ^ 1) + 1 << level) - 1 for level in range(UPPER_LEVEL)]
    rows = {}
    is_same = False
    for number, peaks, row in select(LOWER_ROWS, (agreement, agreement, *leaves)):
        if peaks is None:
            rows[number] = row
        else:
            is_same = number == upper.size and peaks == upper.peaks
    if not is_same or len(rows) != UPPER_LEVEL:
        return None
    proof = [bytes(rows[leaf][place]) for leaf, place in zip(leaves, LOWER, strict=True)]
    return proof if len(b"".join(proof)) == HASH_SIZE * UPPER_LEVEL else None


def find_joint(index: int, size: int) -> int:
    """The level at which the neighbour of an entry's way up is the tree's right edge; -1 for the last entry."""
    return (index ^ size - 1).bit_length() - 1


def keep_edge(agreement: str, index: int, size: int, proof: list[bytes]) -> None:
    """What a proof shows of the right edge, for later ones of the same tree."""
    joint, upper = find_joint(index, size), at_hand.get(agreement)
    if upper is not None and upper.size == size and joint >= UPPER_LEVEL:
        upper.edges[joint] = proof[joint]


def prove_consistency(agreement: str, old_size: int, new_size: int) -> list[bytes]:
    """The proof (RFC 6962) that the tree of `old_size` begins the one of `new_size`; raises NotRecorded or ValueError."""
    nodes = read_nodes(agreement, new_size, nodes_for_consistency(old_size, new_size))
    return consistency_proof_from(lambda level, place: nodes[level, place], old_size, new_size)


def prove_growth(tree: Tree, old_size: int, new_size: int) -> list[bytes]:
    """The same for a tree that is at hand."""
    return prove_consistency(tree.agreement, old_size, new_size)

"""Proofs from stored hashes: about log2(size) of them are read, each from the row of the entry that completed it."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from upheld.apps.ledger.models import Tree
from upheld.apps.ledger.queries.recorded import NotRecorded
from upheld.core.proof import (
    completing_leaf,
    consistency_proof_from,
    hash_in_row,
    inclusion_proof_from,
    nodes_for_consistency,
    nodes_for_inclusion,
)
from upheld.core.proof.tree import HASH_SIZE

Place = tuple[int, int]
"""Level and index of a node."""

UPPER_LEVEL = 8
"""From here on upward nodes are kept at hand: there are 128 times fewer of them than entries."""

MOST_TREES = 32
"""Trees of which upper nodes are kept at hand."""


def prove_inclusion(agreement: str, index: int, size: int) -> list[bytes]:
    """The proof (RFC 6962) that the entry `index` is in the tree of `size` entries; raises NotRecorded or ValueError."""
    nodes = read_nodes(agreement, size, nodes_for_inclusion(index, size))
    return inclusion_proof_from(lambda level, place: nodes[level, place], index, size)


def prove_consistency(agreement: str, old_size: int, new_size: int) -> list[bytes]:
    """The proof (RFC 6962) that the tree of `old_size` begins the one of `new_size`; raises NotRecorded or ValueError."""
    nodes = read_nodes(agreement, new_size, nodes_for_consistency(old_size, new_size))
    return consistency_proof_from(lambda level, place: nodes[level, place], old_size, new_size)


def prove_growth(tree: Tree, old_size: int, new_size: int) -> list[bytes]:
    """The same for a tree that is at hand."""
    return prove_consistency(tree.agreement, old_size, new_size)


def read_nodes(agreement: str, size: int, places: Sequence[Place]) -> dict[Place, bytes]:
    """The hashes at these (level, index) of a tree that has at least `size` entries: those not at hand, in one query."""
    upper = at_hand.get(agreement, Upper())
    wanted, tree, rows = read_missing(agreement, places, upper)
    if tree != upper.tree:
        # The tree has grown since, or is another one: what is at hand is not believed for it.
        was_believed, upper = bool(upper.nodes), Upper(tree)
        if was_believed:
            wanted, tree, rows = read_missing(agreement, places, upper)
    if tree[0] < size:
        raise NotRecorded(f"{agreement}: {tree[0]} entries are recorded, asked was for {size}")
    found = {place: upper.nodes[place] for place in places if place not in wanted}
    for place, leaf in wanted.items():
        hash_ = hash_in_row(rows.get(leaf, b""), place[0])
        if len(hash_) != HASH_SIZE:
            raise NotRecorded(f"{agreement}: the hash {place} is not in the database; verify the ledger, restore a backup")
        found[place] = hash_
    upper.nodes.update((place, hash_) for place, hash_ in found.items() if place[0] >= UPPER_LEVEL)
    if tree == upper.tree:
        keep_at_hand(agreement, upper)
    return found


@dataclass(slots=True)
class Upper:
    """Nodes far up, read of a tree with this size and these peaks: its next proof goes through most of them again."""

    tree: tuple[int, str] = (0, "[]")
    nodes: dict[Place, bytes] = field(default_factory=dict)


at_hand: "OrderedDict[str, Upper]" = OrderedDict()


def keep_at_hand(agreement: str, upper: Upper) -> None:
    at_hand[agreement] = upper
    while len(at_hand) > MOST_TREES:
        at_hand.popitem(last=False)


def read_missing(
    agreement: str, places: Sequence[Place], upper: Upper
) -> tuple[dict[Place, int], tuple[int, str], dict[int, bytes]]:
    """The places not at hand with the entries that keep them, the tree's size and peaks, and those entries' hashes."""
    wanted = {place: completing_leaf(*place) for place in places if place not in upper.nodes}
    leaves = list(dict.fromkeys(wanted.values())) or [-1]
    marks = ", ".join(["%s"] * len(leaves))
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT tree.size, CAST(tree.peaks AS text), entry."index", entry.hashes FROM ledger_tree tree LEFT JOIN '
            f'ledger_entry entry ON entry.tree_id = tree.id AND entry."index" IN ({marks}) WHERE tree.agreement = %s',
            [*leaves, agreement],
        )
        found = cursor.fetchall()
    tree = (found[0][0], found[0][1]) if found else (0, "[]")
    return wanted, tree, {index: bytes(hashes) for _, _, index, hashes in found if index is not None}

"""Proofs from stored hashes: about log2(size) of them are read, each from the row of the entry that completed it."""

from collections.abc import Sequence
from functools import lru_cache

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
    """The hashes at these (level, index) of a tree that has at least `size` entries."""
    key, grown, peaks = read_tree(agreement)
    if grown < size:
        raise NotRecorded(f"{agreement}: {grown} entries are recorded, asked was for {size}")
    upper = upper_nodes(key, grown, peaks)
    found: dict[Place, bytes] = {}
    wanted: dict[int, list[Place]] = {}
    for place in places:
        if place in upper:
            found[place] = upper[place]
        else:
            wanted.setdefault(completing_leaf(*place), []).append(place)
    rows = read_rows(key, list(wanted)) if wanted else {}
    for leaf, completed in wanted.items():
        row = rows.get(leaf, b"")
        for place in completed:
            hash_ = hash_in_row(row, place[0])
            if len(hash_) != HASH_SIZE:
                raise NotRecorded(
                    f"{agreement}: the hash {place} is not in the database; verify the ledger, restore a backup"
                )
            found[place] = hash_
            if place[0] >= UPPER_LEVEL:
                upper[place] = hash_
    return found


def read_tree(agreement: str) -> tuple[int, int, str]:
    """Key, size and peaks of an agreement's tree; a size of 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, size, CAST(peaks AS text) FROM ledger_tree WHERE agreement = %s", [agreement])
        return cursor.fetchone() or (0, 0, "[]")


@lru_cache(maxsize=32)
def upper_nodes(key: int, size: int, peaks: str) -> dict[Place, bytes]:
    """Nodes far up that were read for a tree with these peaks: its next proof goes through most of them again."""
    return {}


def read_rows(key: int, leaves: Sequence[int]) -> dict[int, bytes]:
    """The hashes that these entries keep."""
    marks = ", ".join(["%s"] * len(leaves))
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "index", hashes FROM ledger_entry WHERE tree_id = %s AND "index" IN ({marks})', [key, *leaves]
        )
        return {index: bytes(hashes) for index, hashes in cursor.fetchall()}

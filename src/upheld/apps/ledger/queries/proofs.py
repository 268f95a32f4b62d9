"""Proofs from stored hashes: about log2(size) of them are read."""

from collections.abc import Sequence
from itertools import chain

from django.db import connection

from upheld.apps.ledger.models import Tree
from upheld.apps.ledger.queries.recorded import NotRecorded
from upheld.core.proof import consistency_proof_from, inclusion_proof_from, nodes_for_consistency, nodes_for_inclusion


def prove_inclusion(agreement: str, index: int, size: int) -> list[bytes]:
    """The proof (RFC 6962) that the entry `index` is in the tree of `size` entries; raises NotRecorded or ValueError."""
    tree = get_tree(agreement, size)
    nodes = read_nodes(tree, nodes_for_inclusion(index, size))
    return inclusion_proof_from(lambda level, place: nodes[level, place], index, size)


def prove_consistency(agreement: str, old_size: int, new_size: int) -> list[bytes]:
    """The proof (RFC 6962) that the tree of `old_size` begins the one of `new_size`; raises NotRecorded or ValueError."""
    return prove_growth(get_tree(agreement, new_size), old_size, new_size)


def prove_growth(tree: Tree, old_size: int, new_size: int) -> list[bytes]:
    nodes = read_nodes(tree, nodes_for_consistency(old_size, new_size))
    return consistency_proof_from(lambda level, place: nodes[level, place], old_size, new_size)


def get_tree(agreement: str, size: int) -> Tree:
    tree = Tree.objects.filter(agreement=agreement).first()
    if tree is None or tree.size < size:
        raise NotRecorded(f"{agreement}: {tree.size if tree else 0} entries are recorded, asked was for {size}")
    return tree


def read_nodes(tree: Tree, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """The hashes at these (level, index): one query for the leaves among them, one for the rest."""
    leaves = [index for level, index in places if level == 0]
    above = [place for place in places if place[0]]
    found: dict[tuple[int, int], bytes] = {}
    if leaves:
        rows = tree.entries.filter(index__in=leaves).values_list("index", "leaf_hash")
        found.update({(0, index): bytes(hash_) for index, hash_ in rows})
    if above:
        # A join with the wanted places, so that each is looked up in the index; a chain of ORs would search the tree.
        pairs = ", ".join(["(%s, %s)"] * len(above))
        with connection.cursor() as cursor:
            cursor.execute(
                f'WITH wanted (level, "index") AS (VALUES {pairs}) SELECT node.level, node."index", node.hash FROM wanted '
                'JOIN ledger_node node ON node.tree_id = %s AND node.level = wanted.level AND node."index" = wanted."index"',
                [*chain.from_iterable(above), tree.pk],
            )
            found.update({(level, index): bytes(hash_) for level, index, hash_ in cursor.fetchall()})
    if missing := set(places) - set(found):
        raise NotRecorded(
            f"{tree.agreement}: the hashes of {sorted(missing)} are not in the database; verify the ledger, restore a backup"
        )
    return found

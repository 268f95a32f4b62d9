"""Proofs from stored hashes: about log2(size) of them are read."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

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
    by_level: defaultdict[int, list[int]] = defaultdict(list)
    for level, index in places:
        by_level[level].append(index)
    leaves = by_level.pop(0, [])
    found: dict[tuple[int, int], bytes] = {}
    if leaves:
        rows = tree.entries.filter(index__in=leaves).values_list("index", "leaf_hash")
        found.update({(0, index): bytes(hash_) for index, hash_ in rows})
    if by_level:
        wanted = Q()
        for level, indexes in by_level.items():
            wanted |= Q(level=level, index__in=indexes)
        rows_above = tree.nodes.filter(wanted).values_list("level", "index", "hash")
        found.update({(level, index): bytes(hash_) for level, index, hash_ in rows_above})
    if missing := set(places) - set(found):
        raise NotRecorded(
            f"{tree.agreement}: the hashes of {sorted(missing)} are not in the database; verify the ledger, restore a backup"
        )
    return found

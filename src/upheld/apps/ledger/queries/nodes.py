"""Nodes of a tree from their rows; those far up are kept at hand, for as long as the tree is the one they were read of."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from upheld.apps.ledger.queries.recorded import NotRecorded
from upheld.apps.ledger.statements import select
from upheld.core.proof import completing_leaf, hash_in_row
from upheld.core.proof.tree import HASH_SIZE

Place = tuple[int, int]
"""Level and index of a node."""

UPPER_LEVEL = 7
"""From here on upward nodes are kept at hand: there are 64 times fewer of them than entries."""

GROUP_LEVEL = 12
"""Nodes that are not at hand are read in groups under one of this level: its 32 rows bring 63 nodes, for later proofs."""

MOST_TREES = 32
"""Trees of which upper nodes are kept at hand."""

ROWS = (
    "SELECT size, CAST(peaks AS text), NULL FROM ledger_tree WHERE agreement = %s UNION ALL "
    'SELECT "index", NULL, hashes FROM ledger_entry '
    'WHERE tree_id = (SELECT id FROM ledger_tree WHERE agreement = %s) AND "index" IN ({marks})'
)
"""One statement, so that the tree's row and the entries' are of one instant."""


@dataclass(slots=True)
class Upper:
    """Nodes far up, read of a tree with this size and these peaks: its next proof goes through most of them again."""

    size: int = 0
    peaks: str = "[]"
    nodes: dict[Place, bytes] = field(default_factory=dict)
    edges: dict[int, bytes] = field(default_factory=dict)
    """The root of the subtree at the right edge, as far up as this level; it is seldom a whole one."""


at_hand: "OrderedDict[str, Upper]" = OrderedDict()


def keep_at_hand(agreement: str, upper: Upper) -> None:
    at_hand[agreement] = upper
    while len(at_hand) > MOST_TREES:
        at_hand.popitem(last=False)


def read_nodes(agreement: str, size: int, places: Sequence[Place]) -> dict[Place, bytes]:
    """The hashes at these (level, index) of a tree that has at least `size` entries: those not at hand, in one query."""
    upper = at_hand.get(agreement, Upper())
    rows = read_missing(agreement, places, upper)
    if (rows.size, rows.peaks) != (upper.size, upper.peaks):
        # The tree has grown since, or is another one: what is at hand is not believed for it.
        was_believed, upper = bool(upper.nodes), Upper(rows.size, rows.peaks)
        if was_believed:
            rows = read_missing(agreement, places, upper)
    if rows.size < size:
        raise NotRecorded(f"{agreement}: {rows.size} entries are recorded, asked was for {size}")
    found = {}
    for place in places:
        hash_ = upper.nodes.get(place) or hash_in_row(rows.hashes.get(completing_leaf(*place), b""), place[0])
        if len(hash_) != HASH_SIZE:
            raise NotRecorded(f"{agreement}: the hash {place} is not in the database; verify the ledger, restore a backup")
        found[place] = hash_
    if (rows.size, rows.peaks) == (upper.size, upper.peaks):
        take_upper(rows.hashes, upper)
        keep_at_hand(agreement, upper)
    return found


def take_upper(hashes: dict[int, bytes], upper: Upper) -> None:
    """Every upper node that these rows hold."""
    for leaf, row in hashes.items():
        for level in range(UPPER_LEVEL, len(row) // HASH_SIZE):
            upper.nodes[level, leaf >> level] = hash_in_row(row, level)


@dataclass(frozen=True, slots=True)
class Rows:
    """The tree's size and peaks, and the rows of hashes by their entry, of one instant."""

    size: int
    peaks: str
    hashes: dict[int, bytes]


def read_missing(agreement: str, places: Sequence[Place], upper: Upper) -> Rows:
    """The rows of the places not at hand, and of their neighbours far up."""
    leaves: dict[int, None] = {}
    for place in places:
        if place not in upper.nodes:
            level, index = place
            leaves[completing_leaf(level, index)] = None
            if UPPER_LEVEL <= level < GROUP_LEVEL:
                first = index >> GROUP_LEVEL - level << GROUP_LEVEL - UPPER_LEVEL
                group = range(first, first + (1 << GROUP_LEVEL - UPPER_LEVEL))
                leaves.update((completing_leaf(UPPER_LEVEL, each), None) for each in group)
    return read_rows(agreement, list(leaves) or [-1])


def read_rows(agreement: str, leaves: Sequence[int]) -> Rows:
    """The tree as it is, and the rows of these entries as far as they are there."""
    statement = ROWS.format(marks=", ".join(["%s"] * len(leaves)))
    size, peaks, hashes = 0, "[]", {}
    for number, of_tree, row in select(statement, (agreement, agreement, *leaves)):
        if of_tree is None:
            hashes[number] = bytes(row)
        else:
            size, peaks = number, of_tree
    return Rows(size, peaks, hashes)

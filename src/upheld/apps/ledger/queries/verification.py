"""Recomputing a ledger from its leaves: every row that does not say what was recorded is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upheld.apps.ledger.facts import COPIES, UnreadableLeaf, copies_of, read_leaf
from upheld.apps.ledger.models import Checkpoint, Entry, Tree
from upheld.core.proof import Checkpoint as Stated
from upheld.core.proof import (
    Frontier,
    NotACheckpoint,
    NotAFrontier,
    NotANote,
    NoteProblem,
    VerifierKey,
    grow,
    leaf_hash,
    open_note,
    parse_checkpoint,
    parse_note,
)

ENTRIES_AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class LedgerProblem:
    """Something in a ledger that is not as it was recorded; `index` is the entry that it concerns, None where it is none."""

    agreement: str
    index: int | None
    what: str

    def __str__(self) -> str:
        place = "" if self.index is None else f", entry {self.index}"
        return f"{self.agreement}{place}: {self.what}"


def verify_ledger(agreement: str, *, keys: Sequence[VerifierKey] = ()) -> list[LedgerProblem]:
    """
    Everything that is wrong with the ledger of an agreement: nothing, where every row follows from the leaves.

    With `keys`, the signatures of its checkpoints are verified too. A ledger that was rewritten whole and signed anew with
    the real key is found only by who holds an older head.
    """
    tree = Tree.objects.filter(agreement=agreement).first()
    if tree is None:
        return [LedgerProblem(agreement, None, "nothing is recorded under this key")]
    signed = list(tree.checkpoints.order_by("size"))
    roots: dict[int, bytes] = {}
    problems = list(find_wrong_entries(tree, [row.size for row in signed], roots))
    for row in signed:
        wrong = explain_wrong_head(tree, row, roots.get(row.size), keys)
        problems += [LedgerProblem(agreement, None, f"the head of {row.size} entries: {what}") for what in wrong]
    return problems


def find_wrong_entries(tree: Tree, sizes: Sequence[int], roots: dict[int, bytes]) -> Iterator[LedgerProblem]:
    """Walk through the entries once, up to the first that is missing; lays down the root of each of `sizes` in `roots`."""
    frontier = Frontier()
    while rows := list(tree.entries.filter(index__gte=frontier.size).order_by("index")[:ENTRIES_AT_A_TIME]):
        for place, row in enumerate(rows, frontier.size):
            if row.index != place:
                yield LedgerProblem(tree.agreement, place, f"is missing; the next that is there is entry {row.index}")
                return
            yield from (LedgerProblem(tree.agreement, place, what) for what in explain_wrong_row(tree, row))
        hashes = [leaf_hash(bytes(row.leaf)) for row in rows]
        within = [size for size in sizes if frontier.size < size <= frontier.size + len(rows)]
        roots.update({size: frontier.extend(hashes[: size - frontier.size]).root() for size in within})
        frontier, nodes = grow(frontier, hashes)
        yield from find_wrong_nodes(tree, [node for node in nodes if node[0]])
    if (kept := tree.nodes.count()) != (due := frontier.size - frontier.size.bit_count()):
        yield LedgerProblem(tree.agreement, None, f"{kept} hashes are kept above the entries, {due} belong there")
    yield from (LedgerProblem(tree.agreement, None, what) for what in explain_wrong_state(tree, frontier))


def explain_wrong_row(tree: Tree, row: Entry) -> Iterator[str]:
    if bytes(row.leaf_hash) != leaf_hash(bytes(row.leaf)):
        yield "its hash is not that of its leaf"
    try:
        fact = read_leaf(bytes(row.leaf))
    except UnreadableLeaf as wrong:
        yield f"its leaf is no fact: {wrong}"
        return
    if fact.agreement != tree.agreement:
        yield f"its fact belongs to the agreement {fact.agreement}"
    for name, said in zip(COPIES, copies_of(fact), strict=True):
        if (stated := getattr(row, name)) != said:
            yield f"the column {name} says {stated}, its leaf says {said}"


def find_wrong_nodes(tree: Tree, nodes: Sequence[tuple[int, int, bytes]]) -> Iterator[LedgerProblem]:
    """The kept hashes that differ from `nodes` (level, index, hash), which follow one another in each level."""
    spans: dict[int, list[int]] = {}
    for level, index, _ in nodes:
        spans.setdefault(level, []).append(index)
    kept: dict[tuple[int, int], bytes] = {}
    for level, indexes in spans.items():
        rows = tree.nodes.filter(level=level, index__range=(indexes[0], indexes[-1])).values_list("index", "hash")
        kept.update({(level, index): bytes(hash_) for index, hash_ in rows})
    for level, index, hash_ in nodes:
        if kept.get((level, index)) != hash_:
            what = f"the hash over the {1 << level} entries from here on is missing or is not theirs"
            yield LedgerProblem(tree.agreement, index << level, what)


def explain_wrong_state(tree: Tree, frontier: Frontier) -> Iterator[str]:
    try:
        stated = Frontier.from_hex(tree.size, tree.peaks)
    except NotAFrontier as wrong:
        yield str(wrong)
        return
    if stated.size != frontier.size:
        yield f"the tree states {stated.size} entries, {frontier.size} are there"
    elif stated != frontier:
        yield "the tree states another root than its entries have"


def explain_wrong_head(tree: Tree, row: Checkpoint, root: bytes | None, keys: Sequence[VerifierKey]) -> Iterator[str]:
    if root is None:
        yield "its entries are not all there"
    elif root != bytes(row.root):
        yield f"it was signed with the root {bytes(row.root).hex()}, its entries have {root.hex()}"
    try:
        stated = parse_checkpoint(parse_note(row.note).text)
    except (NotANote, NotACheckpoint) as wrong:
        yield str(wrong)
        return
    if stated != Stated(tree.origin, row.size, bytes(row.root)):
        yield f"its note states {stated.size} entries of {stated.origin} with the root {stated.root.hex()}"
    if keys and isinstance(problem := open_note(row.note, keys), NoteProblem):
        yield str(problem)

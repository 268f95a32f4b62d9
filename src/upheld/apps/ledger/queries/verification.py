"""Recomputing a ledger from its leaves: every row that does not say what was recorded is named."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from upheld.apps.ledger.facts import COPIES, UnreadableLeaf, copies_of, read_leaf
from upheld.apps.ledger.models import Checkpoint, Tree
from upheld.core.proof import Checkpoint as Stated
from upheld.core.proof import (
    Frontier,
    NotACheckpoint,
    NotAFrontier,
    NotANote,
    NoteProblem,
    VerifierKey,
    complete,
    hash_in_row,
    leaf_hash,
    open_note,
    parse_checkpoint,
    parse_note,
)
from upheld.core.proof.tree import HASH_SIZE

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
    return verify_rows(agreement, keys, reads_facts=True)


def verify_structure(agreement: str, *, keys: Sequence[VerifierKey] = ()) -> list[LedgerProblem]:
    """The same without reading the facts: places, hashes, root, heads and signatures, from the bytes of the leaves alone."""
    return verify_rows(agreement, keys, reads_facts=False)


def verify_rows(agreement: str, keys: Sequence[VerifierKey], *, reads_facts: bool) -> list[LedgerProblem]:
    tree = Tree.objects.filter(agreement=agreement).first()
    if tree is None:
        return [LedgerProblem(agreement, None, "nothing is recorded under this key")]
    signed = list(tree.checkpoints.order_by("size"))
    roots: dict[int, bytes] = {}
    problems = list(find_wrong_entries(tree, [row.size for row in signed], roots, COPIES if reads_facts else ()))
    for row in signed:
        wrong = explain_wrong_head(tree, row, roots.get(row.size), keys)
        problems += [LedgerProblem(agreement, None, f"the head of {row.size} entries: {what}") for what in wrong]
    return problems


def find_wrong_entries(
    tree: Tree, sizes: Sequence[int], roots: dict[int, bytes], copies: tuple[str, ...]
) -> Iterator[LedgerProblem]:
    """
    Walk through the entries once, up to the first that is missing; lays down the root of each of `sizes` in `roots`.

    With `copies`, each leaf is read as a fact, and these columns are compared with it.
    """
    frontier = Frontier()
    sizes = deque(sorted(sizes))
    while rows := read_page(tree, frontier.size, copies):
        for place, (index, leaf, _, *stated) in enumerate(rows, frontier.size):
            if index != place:
                yield LedgerProblem(tree.agreement, place, f"is missing; the next that is there is entry {index}")
                return
            if copies:
                yield from (LedgerProblem(tree.agreement, place, what) for what in explain_wrong_row(tree, leaf, stated))
        hashes = [leaf_hash(leaf) for _, leaf, *_ in rows]
        within = frontier
        while sizes and sizes[0] <= frontier.size + len(rows):
            size = sizes.popleft()
            within = within.extend(hashes[within.size - frontier.size : size - frontier.size])
            roots[size] = within.root()
        first = frontier.size
        frontier, due = complete(frontier, hashes)
        for place, (row, expected) in enumerate(zip(rows, due, strict=True), first):
            if row[2] != expected:
                yield from find_wrong_hashes(tree, place, bytes(row[2]), expected)
    yield from (LedgerProblem(tree.agreement, None, what) for what in explain_wrong_state(tree, frontier))


def read_page(tree: Tree, start: int, copies: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """The next entries in their order: index, leaf, hashes, and the columns asked for."""
    rows = tree.entries.filter(index__gte=start).order_by("index").values_list("index", "leaf", "hashes", *copies)
    page = list(rows[:ENTRIES_AT_A_TIME])
    # PostgreSQL's driver lends the bytes of a row.
    return (
        page if not page or type(page[0][1]) is bytes else [(row[0], bytes(row[1]), bytes(row[2]), *row[3:]) for row in page]
    )


def explain_wrong_row(tree: Tree, leaf: bytes, stated: Sequence[Any]) -> Iterator[str]:
    try:
        fact = read_leaf(leaf)
    except UnreadableLeaf as wrong:
        yield f"its leaf is no fact: {wrong}"
        return
    if fact.agreement != tree.agreement:
        yield f"its fact belongs to the agreement {fact.agreement}"
    for name, kept, said in zip(COPIES, stated, copies_of(fact), strict=True):
        if kept != said:
            yield f"the column {name} says {kept}, its leaf says {said}"


def find_wrong_hashes(tree: Tree, place: int, kept: bytes, due: bytes) -> Iterator[LedgerProblem]:
    """What is wrong with the hashes that an entry keeps: its own, and those above it that it completes."""
    if len(kept) > len(due):
        yield LedgerProblem(tree.agreement, place, "more hashes are kept with it than it completes")
    for level in range(len(due) // HASH_SIZE):
        if hash_in_row(kept, level) == hash_in_row(due, level):
            continue
        if level == 0:
            yield LedgerProblem(tree.agreement, place, "its hash is not that of its leaf")
        else:
            covered = 1 << level
            what = f"the hash over the {covered} entries from here on is missing or is not theirs"
            yield LedgerProblem(tree.agreement, place + 1 - covered, what)


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

"""Entries and facts: the leaf of a fact, and the fact of a leaf."""

from collections.abc import Iterable

from upheld.apps.ledger.models import Entry
from upheld.core.facts import Fact, read_fact
from upheld.core.proof import NotCanonical, canonical_bytes, leaf_hash, parse_canonical


class UnreadableLeaf(ValueError):
    """Bytes in the ledger that are no fact: altered, or written by a later version of this program."""


def leaf_of(fact: Fact) -> bytes:
    """The bytes that stand for a fact in the tree; raises NotCanonical for a text outside the profile."""
    return canonical_bytes(fact.to_json())


def make_entry(tree_id: int, index: int, fact: Fact, leaf: bytes) -> Entry:
    """The row of a fact, not yet saved."""
    return Entry(
        tree_id=tree_id,
        index=index,
        fact_id=fact.id,
        type=fact.TYPE,
        occurred_at=fact.occurred_at.utc(),
        recorded_at=fact.recorded_at.utc(),
        leaf=leaf,
        leaf_hash=leaf_hash(leaf),
    )


def read_leaf(leaf: bytes) -> Fact:
    """The fact of a leaf; raises UnreadableLeaf with every reason why there is none."""
    try:
        fact = read_fact(parse_canonical(leaf))
    except NotCanonical as wrong:
        raise UnreadableLeaf(str(wrong)) from None
    if isinstance(fact, list):
        raise UnreadableLeaf("; ".join(map(str, fact)))
    return fact


def read_leaves(leaves: Iterable[bytes | memoryview]) -> list[Fact]:
    return [read_leaf(bytes(leaf)) for leaf in leaves]

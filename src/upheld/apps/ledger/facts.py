"""Entries and facts: the leaf of a fact, and the fact of a leaf."""

from collections.abc import Iterable
from datetime import datetime

from upheld.core.facts import Fact, read_fact
from upheld.core.proof import NotCanonical, canonical_bytes, parse_canonical

COPIES = ("fact_id", "type", "occurred_at", "recorded_at")
"""The columns of an entry that repeat what its leaf says, for queries to look at."""


class UnreadableLeaf(ValueError):
    """Bytes in the ledger that are no fact: altered, or written by a later version of this program."""


def leaf_of(fact: Fact) -> bytes:
    """The bytes that stand for a fact in the tree; raises NotCanonical for a text outside the profile."""
    return canonical_bytes(fact.to_json())


def copies_of(fact: Fact) -> tuple[str, str, datetime, datetime]:
    """What the columns `COPIES` of an entry repeat of its fact."""
    return fact.id, fact.TYPE, fact.occurred_at.utc(), fact.recorded_at.utc()


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

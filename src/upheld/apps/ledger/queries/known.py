"""The facts of an agreement, kept at hand: a ledger only grows, so what was read once is not read again."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from upheld.apps.ledger.queries.heads import Head, head_of
from upheld.apps.ledger.queries.recorded import entries
from upheld.core.facts import Fact
from upheld.core.proof import Frontier, leaf_hash

MOST_LEDGERS = 20
ENTRIES_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Known:
    """The facts up to a size of the tree, and the tree over them."""

    facts: tuple[Fact, ...]
    frontier: Frontier


_known: "OrderedDict[str, Known]" = OrderedDict()
_lock = threading.Lock()


def known_facts(agreement: str) -> tuple[Head | None, tuple[Fact, ...]]:
    """
    The head of an agreement's ledger and all its facts, in order.

    What is at hand is used only where it proves, hash by hash, to be the beginning of the ledger of now.
    """
    head = head_of(agreement)
    if head is None:
        return None, ()
    with _lock:
        before = _known.get(agreement, Known((), Frontier()))
    known = grow(before, head)
    if known is None:
        known = grow(Known((), Frontier()), head)
    if known is None:
        raise RuntimeError(f"{agreement}: the entries do not make the root of its ledger; verify the ledger")
    with _lock:
        _known[agreement] = known
        _known.move_to_end(agreement)
        while len(_known) > MOST_LEDGERS:
            _known.popitem(last=False)
    return head, known.facts


def grow(known: Known, head: Head) -> Known | None:
    """What is known and all entries behind it up to the head; None where they do not make its root."""
    facts, frontier = list(known.facts), known.frontier
    while frontier.size < head.size:
        read = entries(head.agreement, after=frontier.size - 1, limit=min(ENTRIES_AT_ONCE, head.size - frontier.size))
        if not read:
            return None
        facts += [entry.fact for entry in read]
        frontier = frontier.extend(leaf_hash(entry.leaf) for entry in read)
    return Known(tuple(facts), frontier) if (frontier.size, frontier.root()) == (head.size, head.root) else None

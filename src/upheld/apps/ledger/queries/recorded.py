"""Facts and leaves, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.apps.ledger.facts import read_leaf, read_leaves
from upheld.apps.ledger.models import Entry, Tree
from upheld.core.facts import Fact
from upheld.core.timeline import Instant

IDS_IN_ONE_QUERY = 500

PLATFORM = "~heads"
"""Under this key stands the tree over the signed heads of all ledgers; no agreement can have it (keys are slugs)."""


class NotRecorded(LookupError):
    """A fact, or a size, that the ledger of this agreement does not have."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact with its place in the tree."""

    index: int
    fact: Fact
    leaf: bytes


def list_agreements() -> list[str]:
    """The keys of all agreements that have a ledger."""
    return list(Tree.objects.exclude(agreement=PLATFORM).order_by("agreement").values_list("agreement", flat=True))


def facts_of(agreement: str, *, as_of: Instant | None = None, kinds: Sequence[type[Fact]] = ()) -> list[Fact]:
    """The facts of an agreement in their order: with `as_of` those recorded by then, with `kinds` those of these kinds."""
    rows = Entry.objects.filter(tree__agreement=agreement)
    if kinds:
        rows = rows.filter(type__in=[kind.TYPE for kind in kinds])
    if as_of is not None:
        rows = rows.filter(recorded_at__lte=as_of.utc())
    return read_leaves(rows.order_by("index").values_list("leaf", flat=True).iterator())


def fact_of(agreement: str, fact_id: str) -> Recorded:
    """One fact and its place; raises NotRecorded."""
    row = Entry.objects.filter(tree__agreement=agreement, fact_id=fact_id).first()
    if row is None:
        raise NotRecorded(f"{agreement}: no fact {fact_id!r} is recorded")
    return read_entry(row)


def entries(agreement: str, after: int = -1, limit: int = 1000) -> list[Recorded]:
    """Up to `limit` facts behind the place `after` (-1: from the first), in order: for whoever reads along."""
    rows = Entry.objects.filter(tree__agreement=agreement, index__gt=after)
    return [read_entry(row) for row in rows.order_by("index")[:limit]]


def leaves_of(agreement: str, size: int) -> list[bytes]:
    """The leaves of the tree of `size` entries, in order; raises NotRecorded where the tree is smaller."""
    rows = Entry.objects.filter(tree__agreement=agreement, index__lt=size)
    leaves = [bytes(leaf) for leaf in rows.order_by("index").values_list("leaf", flat=True).iterator()]
    if len(leaves) != size:
        raise NotRecorded(f"{agreement}: {len(leaves)} entries are recorded, asked was for {size}")
    return leaves


def find_leaves(tree: Tree, fact_ids: Sequence[str]) -> dict[str, bytes]:
    """The leaves that are recorded under these ids."""
    found: dict[str, bytes] = {}
    for start in range(0, len(fact_ids), IDS_IN_ONE_QUERY):
        rows = tree.entries.filter(fact_id__in=fact_ids[start : start + IDS_IN_ONE_QUERY])
        found.update({fact_id: bytes(leaf) for fact_id, leaf in rows.values_list("fact_id", "leaf")})
    return found


def read_entry(row: Entry) -> Recorded:
    return Recorded(row.index, read_leaf(bytes(row.leaf)), bytes(row.leaf))

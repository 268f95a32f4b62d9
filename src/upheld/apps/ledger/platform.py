"""
The platform's tree: its entries are the signed heads of all agreements' ledgers, in the order in which they were taken in.

Who holds one head of it knows that whoever else holds one was shown the same ledgers: a second ledger for one agreement
would need a second platform tree. It names no facts; a head's entry is shown to its own customer alone, and to others
only as a hash in a proof.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import transaction

from upheld.apps.ledger.models import Checkpoint, Entry
from upheld.apps.ledger.queries import (
    NotRecorded,
    SignedHead,
    head_of,
    latest_checkpoint,
    prove_inclusion,
    read_signed_head,
    verify_structure,
)
from upheld.apps.ledger.queries.recorded import PLATFORM
from upheld.apps.ledger.services import append_rows, lock_tree, sign_checkpoint
from upheld.core.proof import VerifierKey, canonical_bytes, completing_leaf, hash_in_row, write_base64
from upheld.core.timeline import Instant
from upheld.gateways.signing import Signer

log = logging.getLogger("upheld.ledger")

HEADS_AT_ONCE = 1000
KEYS_LOOKED_BACK = 200
NAME = "head-"
ROW_WIDTH = 256
LEVELS_OF_A_ROW = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """A signed head as an entry of the platform's tree."""

    TYPE: ClassVar[str] = "head/1"

    id: str
    origin: str
    size: int
    root: bytes
    occurred_at: Instant
    recorded_at: Instant

    def leaf(self) -> bytes:
        """Its canonical bytes: which ledger, how large, what root, when it was signed."""
        return canonical_bytes(
            {
                "origin": self.origin,
                "root": self.root.hex(),
                "signed_at": str(self.occurred_at),
                "size": self.size,
                "type": self.TYPE,
            }
        )


@dataclass(frozen=True, slots=True)
class ProvenHead:
    """A ledger's signed head, its entry in the platform's tree, and the proof that a signed head of that tree covers it."""

    head: SignedHead
    leaf: bytes
    index: int
    proof: tuple[bytes, ...]
    platform: SignedHead


def sign_platform(*, at: Instant, signer: Signer | None = None) -> SignedHead | None:
    """Take in every head that was signed since, and sign the platform's own; None while nothing was ever signed."""
    with transaction.atomic():
        tree = lock_tree(PLATFORM)
        taken = list(take_waiting(at))
        if taken:
            append_rows(tree, [(head, head.leaf()) for head in taken])
            log.info("heads taken into the platform's tree", extra={"count": len(taken), "size": tree.size})
    return sign_checkpoint(agreement=PLATFORM, at=at, signer=signer) if tree.size else None


def take_waiting(at: Instant) -> Iterator[Taken]:
    """The heads that are in no entry yet, in the order in which they were kept."""
    last = Entry.objects.filter(tree__agreement=PLATFORM).order_by("index").last()
    # Keys are given before a transaction is committed, so an earlier one may come to be seen after a later one.
    start = int(last.fact_id.removeprefix(NAME)) - KEYS_LOOKED_BACK if last is not None else 0
    rows = Checkpoint.objects.exclude(tree__agreement=PLATFORM).filter(pk__gt=start).select_related("tree").order_by("pk")
    rows = rows[: KEYS_LOOKED_BACK + HEADS_AT_ONCE]
    names = [name_of(row.pk) for row in rows]
    known = set(
        Entry.objects.filter(tree__agreement=PLATFORM, fact_id__in=names).values_list("fact_id", flat=True)
        if last is not None
        else ()
    )
    for row in rows:
        if name_of(row.pk) not in known:
            yield Taken(name_of(row.pk), row.tree.origin, row.size, bytes(row.root), Instant.of(row.signed_at), at)


def name_of(checkpoint: int) -> str:
    return f"{NAME}{checkpoint}"


def platform_head() -> SignedHead | None:
    """The newest signed head of the platform's tree; None before the first."""
    return latest_checkpoint(PLATFORM)


def platform_head_of(size: int) -> SignedHead | None:
    """The signed head of the platform's tree of this size; None where none was signed."""
    row = Checkpoint.objects.filter(tree__agreement=PLATFORM, size=size).select_related("tree").first()
    return None if row is None else read_signed_head(row.tree, row)


def place_of_head(agreement: str, size: int) -> int | None:
    """The place in the platform's tree of the first head that covers so many facts of a ledger; None before it is in."""
    rows = Checkpoint.objects.filter(tree__agreement=agreement, size__gte=size).order_by("size")
    names = [name_of(pk) for pk in rows.values_list("pk", flat=True)[:KEYS_LOOKED_BACK]]
    taken = Entry.objects.filter(tree__agreement=PLATFORM, fact_id__in=names).order_by("index")
    return taken.values_list("index", flat=True).first()


def prove_head(agreement: str) -> ProvenHead:
    """The newest head of a ledger that a signed head of the platform covers, with its proof; raises NotRecorded before."""
    platform = platform_head()
    rows = Checkpoint.objects.filter(tree__agreement=agreement).select_related("tree").order_by("-size")
    for row in rows[:HEADS_AT_ONCE] if platform else ():
        entry = Entry.objects.filter(tree__agreement=PLATFORM, fact_id=name_of(row.pk)).first()
        if platform is not None and entry is not None and entry.index < platform.size:
            proof = prove_inclusion(PLATFORM, entry.index, platform.size)
            head = SignedHead(agreement, row.tree.origin, row.size, bytes(row.root), row.note, Instant.of(row.signed_at))
            return ProvenHead(head, bytes(entry.leaf), entry.index, tuple(proof), platform)
    raise NotRecorded(f"{agreement}: no head of it is in the platform's tree yet; the worker takes it in within a minute")


def write_proven(proven: ProvenHead) -> dict[str, Any]:
    """What `upheld-witness --head` reads: both heads, the entry, and the proof."""
    return {
        "head": proven.head.note,
        "leaf": proven.leaf.decode(),
        "index": proven.index,
        "proof": [write_base64(hash_) for hash_ in proven.proof],
        "platform": proven.platform.note,
    }


def read_row(level: int, number: int, size: int) -> list[bytes]:
    """
    The hashes of row `number` of a level, of a platform tree of `size` entries: up to 256 neighbours of the tree's level
    8 * level. With the rows of all levels anybody makes any consistency proof.
    """
    height = LEVELS_OF_A_ROW * level
    last = min((number + 1) * ROW_WIDTH, size >> height)
    leaves = [completing_leaf(height, index) for index in range(number * ROW_WIDTH, last)]
    if not leaves:
        return []
    rows = Entry.objects.filter(tree__agreement=PLATFORM, index__in=leaves).order_by("index")
    hashes = [hash_in_row(bytes(row), height) for row in rows.values_list("hashes", flat=True)]
    if len(hashes) != len(leaves):
        raise NotRecorded(f"row {number} of level {level} of the platform's tree is not whole; verify the ledger")
    return hashes


def verify_platform(*, keys: tuple[VerifierKey, ...] = ()) -> list[str]:
    """Everything that is wrong with the platform's tree: its structure, its heads, and entries that no signed head made."""
    if head_of(PLATFORM) is None:
        return []
    problems = [str(problem) for problem in verify_structure(PLATFORM, keys=keys)]
    signed: dict[str, Any] = {name_of(row.pk): row for row in Checkpoint.objects.select_related("tree").iterator()}
    entries = Entry.objects.filter(tree__agreement=PLATFORM).order_by("index").values_list("index", "fact_id", "leaf")
    for index, fact_id, leaf in entries.iterator():
        row = signed.get(fact_id)
        if row is None:
            problems.append(f"the platform's tree, entry {index}: no signed head is kept as {fact_id}")
            continue
        at = Instant.of(row.signed_at)
        if Taken(fact_id, row.tree.origin, row.size, bytes(row.root), at, at).leaf() != bytes(leaf):
            problems.append(f"the platform's tree, entry {index}: it is not the head of {row.size} of {row.tree.agreement}")
    return problems

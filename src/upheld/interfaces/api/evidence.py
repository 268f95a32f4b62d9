"""The ledger: facts by cursor, signed heads, proofs, and what is held because the judge cannot use it."""

from base64 import b64encode
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query
from pydantic import BaseModel

from upheld.apps.findings.queries import CannotJudge, period_at, state_of
from upheld.apps.ledger.queries import (
    NotRecorded,
    Recorded,
    SignedHead,
    checkpoints,
    entries,
    fact_of,
    head_of,
    latest_checkpoint,
    prove_consistency,
    prove_inclusion,
)
from upheld.core.proof import leaf_hash
from upheld.interfaces.api.entering import find_agreement, now
from upheld.interfaces.api.fields import MOST_ENTRIES, InstantTold, misfit

router = Router(tags=["evidence"])
MOST_FACTS = 5000


class FactTold(BaseModel):
    """A fact in its place. `leaf_hash` is SHA-256(0x00 || its canonical JSON), in hexadecimal."""

    index: int
    leaf_hash: str
    fact: dict[str, Any]


class FactsTold(BaseModel):
    """A page of facts, in the order of the ledger. `next` is what to ask `after` for the page behind it; null at the end."""

    size: int
    facts: list[FactTold]
    next: int | None


class HeadTold(BaseModel):
    """A signed head: `note` is the checkpoint (C2SP tlog-checkpoint) exactly as it was signed."""

    origin: str
    size: int
    root: str
    signed_at: InstantTold
    note: str


class InclusionTold(BaseModel):
    """That the entry `index` is in the tree of `size` entries (RFC 6962): hashes in base64, from the leaf upwards."""

    index: int
    size: int
    leaf_hash: str
    proof: list[str]


class ConsistencyTold(BaseModel):
    """That the tree of `old_size` entries is the beginning of the one of `new_size` (RFC 6962): hashes in base64."""

    old_size: int
    new_size: int
    proof: list[str]


class HeldTold(BaseModel):
    """Facts that are recorded and that the judge cannot use, each with the reason; nothing is dropped."""

    held: list[str]


@router.get("/agreements/{key}/facts", response=FactsTold, summary="Facts by cursor")
def list_facts(
    request: HttpRequest,
    key: str,
    after: int = Query(-1, ge=-1, le=MOST_ENTRIES, description="The place behind which the page begins; -1 is the start."),
    limit: int = Query(1000, ge=1, le=MOST_FACTS),
) -> FactsTold:
    """Every fact of an agreement in its order; whoever reads along asks again with `after` of the last one."""
    row = find_agreement(request, key)
    found, size = entries(row.key, after=after, limit=limit), size_of(row.key)
    last = found[-1].index if found else after
    return FactsTold(size=size, facts=[tell_fact(one) for one in found], next=last if found and last + 1 < size else None)


@router.get("/agreements/{key}/facts/{path:fact_id}", response=FactTold, summary="One fact")
def show_fact(request: HttpRequest, key: str, fact_id: str) -> FactTold:
    """A fact by its id, with its place."""
    return tell_fact(fact_of(find_agreement(request, key).key, fact_id))


@router.get("/agreements/{key}/checkpoints", response=list[HeadTold], summary="Signed heads")
def list_heads(request: HttpRequest, key: str) -> list[HeadTold]:
    """Every signed head, from small to large. Keep one: no later ledger can contradict it unnoticed."""
    return [tell_head(head) for head in checkpoints(find_agreement(request, key).key)]


@router.get("/agreements/{key}/checkpoints/latest", response=HeadTold, summary="The newest signed head")
def show_latest_head(request: HttpRequest, key: str) -> HeadTold:
    """The newest signed head; the worker signs within a minute of each fact."""
    row = find_agreement(request, key)
    head = latest_checkpoint(row.key)
    if head is None:
        raise NotRecorded(f"{row.key}: no head is signed yet; the worker signs within a minute")
    return tell_head(head)


@router.get("/agreements/{key}/proofs/inclusion", response=InclusionTold, summary="Prove that a fact is in a head")
def show_inclusion(
    request: HttpRequest,
    key: str,
    index: int = Query(..., ge=0, le=MOST_ENTRIES),
    size: int | None = Query(None, ge=1, le=MOST_ENTRIES, description="Of which tree; else of all that is recorded."),
) -> InclusionTold:
    """The proof shows nothing of the other facts."""
    row = find_agreement(request, key)
    recorded = size_of(row.key)
    chosen = recorded if size is None else size
    if chosen > recorded:
        raise misfit("size", f"at most {recorded}, the entries that are recorded", str(chosen))
    if index >= chosen:
        raise misfit("index", f"a place below the size {chosen}", str(index))
    [entry] = entries(row.key, after=index - 1, limit=1)
    proof = prove_inclusion(row.key, index, chosen)
    return InclusionTold(index=index, size=chosen, leaf_hash=leaf_hash(entry.leaf).hex(), proof=write_hashes(proof))


@router.get("/agreements/{key}/proofs/consistency", response=ConsistencyTold, summary="Prove that a head continues another")
def show_consistency(
    request: HttpRequest,
    key: str,
    old_size: int = Query(..., ge=0, le=MOST_ENTRIES),
    new_size: int | None = Query(None, ge=0, le=MOST_ENTRIES, description="Else all that is recorded."),
) -> ConsistencyTold:
    """Nothing was changed, removed or put in between since the old head: entries were only added."""
    row = find_agreement(request, key)
    recorded = size_of(row.key)
    chosen = recorded if new_size is None else new_size
    if chosen > recorded:
        raise misfit("new_size", f"at most {recorded}, the entries that are recorded", str(chosen))
    if old_size > chosen:
        raise misfit("old_size", f"at most the new size {chosen}", str(old_size))
    proof = prove_consistency(row.key, old_size, chosen)
    return ConsistencyTold(old_size=old_size, new_size=chosen, proof=write_hashes(proof))


@router.get("/agreements/{key}/held", response=HeldTold, summary="What is held")
def list_held(request: HttpRequest, key: str) -> HeldTold:
    """Facts that name what neither the agreement nor another fact knows, as of now."""
    row, at = find_agreement(request, key), now()
    try:
        return HeldTold(held=list(state_of(row, period_at(row, at), at).held))
    except ValueError as problem:
        raise CannotJudge(str(problem)) from None


def size_of(key: str) -> int:
    head = head_of(key)
    return head.size if head else 0


def tell_fact(one: Recorded) -> FactTold:
    return FactTold(index=one.index, leaf_hash=leaf_hash(one.leaf).hex(), fact=one.fact.to_json())


def tell_head(head: SignedHead) -> HeadTold:
    return HeadTold(
        origin=head.origin, size=head.size, root=head.root.hex(), signed_at=str(head.signed_at), note=head.note
    )  # fmt: skip


def write_hashes(proof: list[bytes]) -> list[str]:
    return [b64encode(one).decode() for one in proof]

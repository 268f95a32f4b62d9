"""What the ledger says: facts, leaves, heads, proofs about them, and whether the rows still say what was recorded."""

from upheld.apps.ledger.queries.condensed import condense, live_facts
from upheld.apps.ledger.queries.heads import (
    Head,
    SignedHead,
    checkpoints,
    explain_head_gone_back,
    head_of,
    latest_checkpoint,
    read_signed_head,
)
from upheld.apps.ledger.queries.known import known_facts
from upheld.apps.ledger.queries.proofs import prove_consistency, prove_inclusion
from upheld.apps.ledger.queries.recorded import (
    NotRecorded,
    Recorded,
    entries,
    fact_of,
    facts_of,
    find_leaves,
    leaves_of,
    list_agreements,
)
from upheld.apps.ledger.queries.verification import LedgerProblem, verify_ledger, verify_structure

__all__ = [
    "Head",
    "LedgerProblem",
    "NotRecorded",
    "Recorded",
    "SignedHead",
    "checkpoints",
    "condense",
    "entries",
    "explain_head_gone_back",
    "fact_of",
    "facts_of",
    "find_leaves",
    "head_of",
    "known_facts",
    "latest_checkpoint",
    "leaves_of",
    "list_agreements",
    "live_facts",
    "prove_consistency",
    "prove_inclusion",
    "read_signed_head",
    "verify_ledger",
    "verify_structure",
]

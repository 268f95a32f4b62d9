"""What makes a record evidence: canonical bytes, a Merkle tree over them, its proofs, and signed checkpoints.

Reading what somebody else wrote raises (`NotCanonical`, `NotANote`, ...); judging it returns None, or why not.
"""

from upheld.core.proof import ed25519
from upheld.core.proof.base64_text import NotBase64, parse_base64, write_base64
from upheld.core.proof.canonical import NotCanonical, canonical_bytes, parse_canonical
from upheld.core.proof.checkpoint import Checkpoint, NotACheckpoint, parse_checkpoint, write_checkpoint
from upheld.core.proof.completed import complete, completing_leaf, hash_in_row
from upheld.core.proof.consistency import (
    consistency_proof,
    consistency_proof_from,
    nodes_for_consistency,
    verify_consistency,
)
from upheld.core.proof.inclusion import (
    inclusion_proof,
    inclusion_proof_from,
    nodes_for_inclusion,
    verify_inclusion,
)
from upheld.core.proof.note import (
    NotANote,
    Note,
    Signature,
    note_to_sign,
    parse_note,
    signature_line,
    write_note,
)
from upheld.core.proof.problem import ProofProblem
from upheld.core.proof.signed_note import IgnoredSignature, NoteFault, NoteProblem, Opened, open_note
from upheld.core.proof.tree import (
    EMPTY_ROOT,
    Frontier,
    NotAFrontier,
    ReadNode,
    grow,
    leaf_hash,
    node_hash,
    nodes_completed_by,
    root_of,
)
from upheld.core.proof.verifier_key import NotAVerifierKey, VerifierKey, ed25519_key, parse_verifier_key

__all__ = [
    "EMPTY_ROOT",
    "Checkpoint",
    "Frontier",
    "IgnoredSignature",
    "NotACheckpoint",
    "NotAFrontier",
    "NotANote",
    "NotAVerifierKey",
    "NotBase64",
    "NotCanonical",
    "Note",
    "NoteFault",
    "NoteProblem",
    "Opened",
    "ProofProblem",
    "ReadNode",
    "Signature",
    "VerifierKey",
    "canonical_bytes",
    "complete",
    "completing_leaf",
    "consistency_proof",
    "consistency_proof_from",
    "ed25519",
    "ed25519_key",
    "grow",
    "hash_in_row",
    "inclusion_proof",
    "inclusion_proof_from",
    "leaf_hash",
    "node_hash",
    "nodes_completed_by",
    "nodes_for_consistency",
    "nodes_for_inclusion",
    "note_to_sign",
    "open_note",
    "parse_base64",
    "parse_canonical",
    "parse_checkpoint",
    "parse_note",
    "parse_verifier_key",
    "root_of",
    "signature_line",
    "verify_consistency",
    "verify_inclusion",
    "write_base64",
    "write_checkpoint",
    "write_note",
]

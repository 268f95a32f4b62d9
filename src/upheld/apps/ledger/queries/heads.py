"""Heads of trees, signed and unsigned."""

from dataclasses import dataclass

from upheld.apps.ledger.models import Checkpoint, Tree
from upheld.apps.ledger.queries.proofs import prove_growth
from upheld.core.proof import Frontier, verify_consistency
from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Head:
    """The state of an agreement's tree: how many entries, and the root over them."""

    agreement: str
    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head with the note under which it was signed, as it is shown to everybody."""

    agreement: str
    origin: str
    size: int
    root: bytes
    note: str
    signed_at: Instant


def head_of(agreement: str) -> Head | None:
    """The state of the tree now; None where nothing is recorded."""
    tree = Tree.objects.filter(agreement=agreement).first()
    if tree is None:
        return None
    return Head(agreement, tree.origin, tree.size, Frontier.from_hex(tree.size, tree.peaks).root())


def latest_checkpoint(agreement: str) -> SignedHead | None:
    """The newest signed head; None before the first."""
    row = Checkpoint.objects.filter(tree__agreement=agreement).select_related("tree").order_by("size").last()
    return None if row is None else read_signed_head(row.tree, row)


def checkpoints(agreement: str) -> list[SignedHead]:
    """All signed heads, from small to large."""
    rows = Checkpoint.objects.filter(tree__agreement=agreement).select_related("tree").order_by("size")
    return [read_signed_head(row.tree, row) for row in rows]


def explain_head_gone_back(tree: Tree, signed: Checkpoint) -> str | None:
    """Why the tree does not continue a signed head, or None: the same proof that a customer would ask for."""
    if tree.size < signed.size:
        return (
            f"{tree.agreement}: a head of {signed.size} entries was signed, but {tree.size} are recorded; "
            "entries are missing: restore a newer backup"
        )
    root = Frontier.from_hex(tree.size, tree.peaks).root()
    proof = prove_growth(tree, signed.size, tree.size)
    problem = verify_consistency(signed.size, bytes(signed.root), tree.size, root, proof)
    return (
        None
        if problem is None
        else f"{tree.agreement}: the entries do not continue the head of {signed.size} that was signed: {problem}"
    )


def read_signed_head(tree: Tree, row: Checkpoint) -> SignedHead:
    return SignedHead(tree.agreement, tree.origin, row.size, bytes(row.root), row.note, Instant.of(row.signed_at))

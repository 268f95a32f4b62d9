"""Checkpoints that somebody outside holds: what they say of a ledger that was restored."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from upheld.core.proof import (
    Checkpoint,
    NotACheckpoint,
    NotANote,
    NoteProblem,
    VerifierKey,
    leaf_hash,
    open_note,
    parse_checkpoint,
    parse_note,
    root_of,
)


class NotSeen(ValueError):
    """A file that holds no checkpoint."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A signed head as somebody kept it."""

    path: Path
    note: str
    head: Checkpoint


@dataclass(frozen=True, slots=True)
class Behind:
    """The ledger ends before a head that was signed and shown."""

    seen: Seen
    size: int

    def __str__(self) -> str:
        missing = self.seen.head.size - self.size
        return (
            f"{self.seen.head.origin}: the backup has {self.size} entries, {self.seen.path.name} was signed over "
            f"{self.seen.head.size}: {missing} are missing here, and somebody holds the proof that they were there"
        )


@dataclass(frozen=True, slots=True)
class Contradicted:
    """The ledger, or the signature, is not the one that was shown."""

    seen: Seen
    because: str

    def __str__(self) -> str:
        return f"{self.seen.head.origin}: {self.seen.path.name}: {self.because}"


def read_seen(path: Path) -> Seen:
    """A checkpoint from a file (a signed note); raises NotSeen."""
    try:
        note = path.read_text(encoding="utf-8")
        return Seen(path, note, parse_checkpoint(parse_note(note).text))
    except (OSError, UnicodeDecodeError, NotANote, NotACheckpoint) as problem:
        raise NotSeen(f"{path} holds no checkpoint: {problem}") from None


def compare(seen: Sequence[Seen], keys: Sequence[VerifierKey]) -> list[Behind | Contradicted]:
    """What the restored ledgers owe to the heads that others hold; nothing, where they continue each of them."""
    from upheld.apps.ledger.queries import head_of, list_agreements
    from upheld.apps.ledger.queries.recorded import PLATFORM

    # A witness holds heads of the tree over all heads: they count like those of one ledger.
    heads = [head for agreement in [*list_agreements(), PLATFORM] if (head := head_of(agreement)) is not None]
    by_origin = {head.origin: head for head in heads}
    found: list[Behind | Contradicted] = []
    for one in seen:
        if isinstance(problem := open_note(one.note, keys), NoteProblem):
            found.append(Contradicted(one, f"it is not this installation's: {problem}"))
            continue
        head = by_origin.get(one.head.origin)
        if head is None or head.size < one.head.size:
            found.append(Behind(one, head.size if head else 0))
        elif root_at(head.agreement, one.head.size) != one.head.root:
            found.append(Contradicted(one, f"the first {one.head.size} entries are not those that were signed"))
    return found


def root_at(agreement: str, size: int) -> bytes:
    from upheld.apps.ledger.queries import leaves_of

    return root_of([leaf_hash(leaf) for leaf in leaves_of(agreement, size)])

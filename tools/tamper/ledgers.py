"""Ledgers to tamper with: real rows, signed heads, and what their customer kept of them."""

from dataclasses import dataclass

from upheld.apps.ledger import queries, services
from upheld.apps.ledger.models import Entry
from upheld.core.facts import Fact, WindowStarted
from upheld.core.proof import parse_verifier_key, verify_consistency
from upheld.core.timeline import SECOND, Instant
from upheld.gateways.signing import FakeSigner

NOON = Instant.parse("2026-02-14T12:00Z")
SIGNER = FakeSigner()
STRETCH = "the hash over"
KEY = parse_verifier_key(SIGNER.verifier_key())


@dataclass(frozen=True)
class Kept:
    """One older head, and the leaves of the bundle with which it came."""

    agreement: str
    size: int
    root: bytes
    leaves: tuple[bytes, ...]


def started(agreement: str, number: int, window: str = "") -> Fact:
    at = NOON + SECOND * number
    name = window or f"window-{number}"
    return WindowStarted(
        id=f"fact-{number}", agreement=agreement, occurred_at=at, recorded_at=at, source="tamper", window=name
    )


def make_ledger(agreement: str, size: int, kept_size: int) -> Kept:
    """So many facts, a head in between, which the customer keeps, and a head of all."""
    facts = [started(agreement, number) for number in range(size)]
    services.record(facts=facts[:kept_size])
    head = services.sign_checkpoint(agreement=agreement, at=NOON, signer=SIGNER)
    services.record(facts=facts[kept_size:])
    services.sign_checkpoint(agreement=agreement, at=NOON, signer=SIGNER)
    return Kept(agreement, head.size, head.root, tuple(queries.leaves_of(agreement, kept_size)))


@dataclass(frozen=True)
class Findings:
    """What a check of rows and heads says: the problems of the rows, that of the head, and the first bad entry."""

    by_rows: tuple[str, ...]
    by_head: str
    first: int | None

    @property
    def is_found(self) -> bool:
        return bool(self.by_rows or self.by_head)


def find_tampering(kept: Kept) -> Findings:
    """
    What is wrong with a ledger for who kept one older head.

    The rows are computed again; then the newest head must continue the one that was kept, by the consistency proof that a
    customer would ask for. These say whether. Which entry was the first: the leaves of the older bundle are compared; where
    they all stand, it is the entry that the rows name, and only then the beginning of a stretch whose hash is not theirs.
    """
    problems = queries.verify_ledger(kept.agreement, keys=[KEY])
    places = [(problem.what.startswith(STRETCH), problem.index) for problem in problems if problem.index is not None]
    named = min(places)[1] if places else None
    first = find_first_difference(kept)
    return Findings(tuple(map(str, problems)), explain_head(kept), named if first is None else first)


def explain_head(kept: Kept) -> str:
    """Why the ledger does not continue the head that was kept; empty where it does."""
    head = queries.head_of(kept.agreement)
    if head is None or head.size < kept.size:
        return f"{kept.size} entries were signed, the ledger states {head.size if head else 0}"
    try:
        proof = queries.prove_consistency(kept.agreement, kept.size, head.size)
    except queries.NotRecorded as wrong:
        return str(wrong)
    return str(verify_consistency(kept.size, kept.root, head.size, head.root, proof) or "")


def find_first_difference(kept: Kept) -> int | None:
    """The first entry whose leaf is not the one that was kept; None where all are."""
    rows = Entry.objects.filter(tree__agreement=kept.agreement, index__lt=kept.size).order_by("index")
    found = {index: bytes(leaf) for index, leaf in rows.values_list("index", "leaf").iterator()}
    return next((index for index, leaf in enumerate(kept.leaves) if found.get(index) != leaf), None)

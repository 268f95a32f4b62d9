"""Statements of a made-up history, issued into its ledger and bundled as the product bundles them."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from tools.statements.history import History, Signed
from upheld.core.facts import Fact, StatementIssued
from upheld.core.proof import Checkpoint, canonical_bytes, leaf_hash, root_of, write_checkpoint, write_note
from upheld.core.statement import Statement, build
from upheld.core.timeline import MINUTE, Instant
from upheld.gateways.signing import Signer
from upheld.verify import make_bundle


@dataclass(frozen=True)
class Bundled:
    """One bundle with the statement in it; its name says why it was made."""

    name: str
    data: bytes
    statement: Statement


def issue_all(signed: Signed, history: History, signer: Signer) -> list[Bundled]:
    """
    The statement of the period; where facts came late, its restatement too, and the first one out of the longer ledger.
    """
    first = issue(signed, history.known(history.as_of), history, history.as_of)
    found = [bundle(signed, "first", first, first, signer)]
    if history.late and history.is_restated:
        told_at = max(fact.recorded_at for fact in history.late).raised() + MINUTE
        second = issue(signed, [*first.ledger, *history.late], history, told_at)
        found.append(bundle(signed, "restated", second, second, signer))
        # What was issued stays as it was, whatever stands behind it in the ledger.
        found.append(bundle(signed, "first, out of the longer ledger", first, second, signer))
    return found


@dataclass(frozen=True)
class Issued:
    """A statement with its bytes, and the ledger up to the fact that it was issued."""

    statement: Statement
    content: bytes
    ledger: tuple[Fact, ...]


def issue(signed: Signed, facts: Sequence[Fact], history: History, as_of: Instant) -> Issued:
    made = build(signed.document, signed.calendars, facts, history.period, as_of)
    return enter(made, canonical_bytes(made.to_json()), facts)


def enter(made: Statement, content: bytes, facts: Sequence[Fact]) -> Issued:
    """A statement, in these bytes, entered into the ledger of these facts."""
    at = made.as_of + MINUTE
    told = StatementIssued(
        id=f"issued-{made.id}", agreement=made.agreement, occurred_at=at, recorded_at=at, source="history",
        statement=made.id, period_from_at=made.period.start, period_to_at=made.period.end, as_of=made.as_of,
        digest=sha256(content).hexdigest(), follows=made.follows,
    )  # fmt: skip
    return Issued(made, content, (*facts, told))


def bundle(signed: Signed, why: str, issued: Issued, ledger: Issued, signer: Signer) -> Bundled:
    leaves = [canonical_bytes(fact.to_json()) for fact in ledger.ledger]
    origin = f"{signer.verifier_key().split('+')[0]}/{issued.statement.agreement}"
    text = write_checkpoint(Checkpoint(origin, len(leaves), root_of(map(leaf_hash, leaves))))
    data = make_bundle(
        agreement=signed.source, terms=signed.terms, calendars=signed.frozen, leaves=leaves,
        checkpoint=write_note(text, [signer.sign(text)]), statement=issued.content,
    )  # fmt: skip
    return Bundled(f"{issued.statement.id} ({why})", data, issued.statement)

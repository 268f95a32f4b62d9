"""The statement as it was issued: which fact of the ledger says so, and what stood in the ledger before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from upheld.core.facts import Fact, FactCorrected, StatementIssued
from upheld.verify.bundle import STATEMENT
from upheld.verify.report import Check

ISSUED_CHECK = "issued"


@dataclass(frozen=True, slots=True)
class Issuing:
    """The fact that a statement was issued, and its place in the ledger: what stands before it is what it rests on."""

    place: int
    fact: StatementIssued


def find_issuing(statement: Mapping[str, Any], content: bytes, facts: Sequence[Fact]) -> tuple[Issuing | None, Check]:
    """The entry that says that this statement was issued; None where no single one does."""
    id_ = statement.get("statement")
    named = [Issuing(i, fact) for i, fact in enumerate(facts) if isinstance(fact, StatementIssued) and fact.statement == id_]
    if not named:
        what = f"no fact of the ledger says that a statement {id_!r} was issued (statement-issued/1)"
        return None, Check.of(ISSUED_CHECK, [what], "")
    if len(named) > 1:
        entries = ", ".join(str(issuing.place) for issuing in named)
        return None, Check.of(ISSUED_CHECK, [f"{id_} was issued {len(named)} times, in the entries {entries}"], "")
    [issuing] = named
    issued = issuing.fact
    problems = []
    if (came := sha256(content).hexdigest()) != issued.digest:
        problems.append(f"{STATEMENT} is not what was issued ({issued.id}): its SHA-256 is {came}, not {issued.digest}")
    due = {
        "period": [str(issued.period_from_at), str(issued.period_to_at)],
        "as_of": str(issued.as_of),
        "follows": issued.follows,
        "agreement": issued.agreement,
    }
    problems += [
        f"{STATEMENT} says {name} {statement.get(name)!r}, it was issued ({issued.id}) with {value!r}"
        for name, value in due.items()
        if statement.get(name) != value
    ]
    told = f"entry {issuing.place} of the ledger ({issued.id}) says that this statement was issued on {issued.occurred_at}"
    return issuing, Check.of(ISSUED_CHECK, problems, told)


def find_remarks(issuing: Issuing, facts: Sequence[Fact]) -> list[str]:
    """What a reader of an issued statement should know of the facts around it."""
    place, issued = issuing.place, issuing.fact
    remarks = []
    if late := [fact for fact in facts[:place] if fact.recorded_at > issued.as_of]:
        remarks.append(
            f"{len(late)} facts stood in the ledger before the statement was issued, but were written after {issued.as_of},"
            f" from which it looks: they are not counted (first {late[0].id})"
        )
    if after := len(facts) - place - 1:
        remarks.append(f"{after} facts were recorded after the statement was issued; it does not count them")
    for fact in facts[place + 1 :]:
        if isinstance(fact, StatementIssued) and fact.period_from_at == issued.period_from_at:
            remarks.append(f"a later statement of the same period was issued: {fact.statement}; ask for its bundle")
        if isinstance(fact, FactCorrected) and fact.corrects == issued.id:
            remarks.append(f"the issuing of this statement was corrected: {fact.because} ({fact.id})")
    return remarks

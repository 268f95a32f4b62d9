"""What the judge finds owed in a period, shared out to rows: the rows of a credit add up to the finding, to the cent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models.credits import CORRECTION, DISCRETION, RIGHT, Credit, write_amount
from upheld.apps.billing.queries.claims import tell_grounds
from upheld.apps.findings.queries import state_of
from upheld.apps.findings.queries.claims import list_claimable
from upheld.core.credits import Accepted, Assessment, Granted, Line, cap_grants, grant
from upheld.core.credits.granting import is_about
from upheld.core.credits.shown import counted, words_of
from upheld.core.explain import show
from upheld.core.statement import Statement
from upheld.core.timeline import Instant, Span

OPEN = "open"
Key = tuple[str, str, str]
"""Credit, promise, subject."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One credit as the judge finds it: `amount` is None where the agreement leaves it undefined."""

    credit: str
    promise: str
    subject: str
    kind: str
    amount: Fraction | None
    measure: str
    reason: str
    clauses: tuple[str, ...]
    paid: str
    offsets: str
    needs_claim: bool
    outages: frozenset[str]
    claims: tuple[str, ...]
    """The claims that speak of it, in the order in which they came."""
    grounds: Mapping[str, tuple[str, ...]]
    """Of each of them why the agreement refuses it, with clauses and both figures."""

    @property
    def key(self) -> Key:
        return self.credit, self.promise, self.subject

    @property
    def written(self) -> str:
        return write_amount(self.amount, self.measure)


def look(agreement: Agreement, period: Span, as_of: Instant) -> Statement:
    """The judge's account of a period. Raises CannotJudge."""
    return state_of(agreement, period, as_of)


def find_owed(statement: Statement, rows: Sequence[Credit], first: Sequence[Key] = ()) -> list[Owed]:
    """
    Every credit that is owed in a period, one for each subject that its agreement counts apart.

    What was granted stands first, then `first`, then the rest in the order of time; refused ones come last. So what is
    granted adds up to what the judge gives for just these.
    """
    judged = statement.judged
    claims = [claim.accepted for claim in judged.claims if claim.checked.accepted]
    asked = [Accepted(one.credit.name, None) for one in judged.credits if one.credit.claim_needed]
    could = cap_grants(judged.setting, judged.credits, grant(judged.credits, [*claims, *asked]))
    found: list[Owed] = []
    for one in judged.credits:
        if one.is_owed is not None and one.state != OPEN:
            found += share_out(statement, one, could[one.finding.rule], rows, first)
    return found


def share_out(
    statement: Statement, one: Assessment, could: Granted, rows: Sequence[Credit], first: Sequence[Key]
) -> Iterator[Owed]:
    """The rows of one credit. What the provider may give or not is one decision for the period, so it is one row."""
    own = [row for row in rows if (row.credit, row.promise) == (one.credit.name, one.credit.promise)]
    lines: dict[str, list[Line]] = {}
    for line in one.lines:
        lines.setdefault("" if one.credit.is_discretionary else name_subject(line, own), []).append(line)
    if not lines and one.settle(()).amount:
        lines[""] = []  # what an earlier period carried forward
    most = None if one.credit.is_discretionary else Fraction(0) if could.gives_way_to else could.amount
    before = Fraction(0)
    taken = set[int]()
    for subject in sorted(lines, key=lambda name: place_of(one, name, own, first, list(lines))):
        taken |= {id(line) for line in lines[subject]}
        settled = one.settle([line for line in one.lines if id(line) in taken]).amount
        reached = settled if settled is None or most is None else min(settled, most)
        amount = None if reached is None else reached - before
        before = before if reached is None else reached
        if amount is None or amount:
            yield tell_owed(statement, one, subject, lines[subject], amount)


def place_of(
    one: Assessment, subject: str, own: Sequence[Credit], first: Sequence[Key], order: Sequence[str]
) -> tuple[int, int]:
    row = next((row for row in own if row.subject == subject and row.kind != CORRECTION), None)
    if row is not None and row.is_given:
        return 0, row.number
    if (one.credit.name, one.credit.promise, subject) in first:
        return 1, order.index(subject)
    return (3 if row is not None and row.state == "refused" else 2), order.index(subject)


def name_subject(line: Line, own: Sequence[Credit]) -> str:
    """An interruption is called by its first outage, or by the one under which it was decided; others by their key."""
    names = line.thing.key.split("+")
    decided = next((row.subject for row in own if row.subject in names and row.decided_at is not None), None)
    return decided or names[0]


def tell_owed(statement: Statement, one: Assessment, subject: str, lines: Sequence[Line], amount: Fraction | None) -> Owed:
    credit = one.credit
    speaking = [
        claim
        for claim in statement.judged.claims
        if claim.filed.credit == credit.name and (not lines or any(is_about(claim.accepted, line) for line in lines))
    ]
    outages = frozenset(outage.id for line in lines for found in line.thing.interruptions for outage in found.outages)
    return Owed(
        credit=credit.name, promise=credit.promise, subject=subject, kind=DISCRETION if credit.is_discretionary else RIGHT,
        amount=amount, measure=credit.measure, reason=tell_reason(one, lines),
        clauses=tuple(dict.fromkeys((*credit.clauses, *one.finding.why.clauses))),
        paid=credit.paid.value, offsets=credit.offsets.value if credit.offsets else "", needs_claim=credit.claim_needed,
        outages=outages, claims=tuple(claim.filed.claim for claim in speaking),
        grounds={claim.filed.claim: tell_grounds(claim) for claim in speaking},
    )  # fmt: skip


def tell_reason(one: Assessment, lines: Sequence[Line]) -> str:
    """One sentence; the whole tree of reasons is the finding's."""
    units = show(counted(sum((line.units for line in lines), Fraction(0)), words_of(one.credit)))
    told = next((line.why for line in lines if line.why), "")
    things = ", ".join(line.thing.key for line in lines if line.thing.key)
    about = f" for {things}" if things else ""
    if told:
        return f"Owed{about}, and its amount is undefined: {told}."
    if not lines:
        return "Carried forward from an earlier period."
    return f"{units}{about}; the whole period comes to {show(one.finding.value)}."


def find_deadlines(agreement: Agreement, period: Span, as_of: Instant, owed: Sequence[Owed]) -> dict[Key, Instant]:
    """Until when each may still be claimed, exclusive; those without a last instant are left out."""
    waiting = [one for one in owed if one.needs_claim and not one.claims]
    if not waiting:
        return {}
    open_to = list_claimable(agreement, period, as_of)
    found: dict[Key, Instant] = {}
    for one in waiting:
        ends = [
            claimable.judged.checked.deadline_at
            for claimable in open_to
            if claimable.credit == one.credit and (claimable.outage.id in one.outages)
        ]
        known = [end for end in ends if end is not None]
        if known and len(known) == len(ends):
            found[one.key] = max(known)
    return found

"""Claims of a period: which things each is about, what was known when it came, and what it brings."""

from collections.abc import Sequence
from fractions import Fraction

from upheld.core.credits import (
    Accepted,
    Assessment,
    Checked,
    Filed,
    Interruption,
    Late,
    Line,
    Setting,
    check_claim,
)
from upheld.core.facts import CauseAssigned, ClaimFiled, Frozen, InvoiceIssued, InvoicePaid, frozen_class, of_kind
from upheld.core.statement.gathering import ALWAYS, Case, overdue_at, ticket_of
from upheld.core.terms import Terms
from upheld.core.terms.circumstances import Known
from upheld.core.timeline import MICRO, ZERO, Span


@frozen_class
class ClaimJudged(Frozen):
    """A claim with what became of it: the interruptions that it is about, and the units that it brings."""

    filed: ClaimFiled
    checked: Checked
    interruptions: tuple[Interruption, ...]
    lines: tuple[Line, ...]
    units: Fraction

    @property
    def about(self) -> str:
        """What it is about, in one word: its interruptions, or its ticket."""
        return ", ".join(one.id for one in self.interruptions) or self.filed.ticket

    @property
    def accepted(self) -> Accepted:
        """The claim as granting reads it."""
        keys = frozenset((*(one.id for one in self.interruptions), self.filed.ticket))
        return Accepted(self.filed.credit, keys if self.names_something else None)

    @property
    def names_something(self) -> bool:
        return bool(self.filed.outage or self.filed.outages or self.filed.ticket)


def judge_claims(case: Case, setting: Setting, credits: Sequence[Assessment]) -> tuple[ClaimJudged, ...]:
    """Every claim about this period, held against the claim rule of its credit, in the order in which they came."""
    judged: list[ClaimJudged] = []
    for filed in of_kind(case.facts, ClaimFiled):
        rule = next((claim for claim in setting.terms.claims.values() if filed.credit in claim.credits), None)
        own = [found for found in credits if found.credit.name == filed.credit]
        if rule is None or not own:
            continue
        about = find_about(setting, filed, own)
        if about is None:
            continue
        before = is_claimed_before(filed, about, judged)
        described = describe(case, setting, filed, about, before, find_claimed(filed, about, own))
        checked = check_claim(setting.terms, rule, described, setting.earlier)
        lines = () if before and rule.consumes.value else brought_by(filed, about, credits)
        units = sum((line.units for line in lines), Fraction(0)) if any(one.is_owed for one in own) else Fraction(0)
        judged.append(ClaimJudged(filed, checked, about, lines, units))
    return tuple(judged)


def find_about(setting: Setting, filed: ClaimFiled, own: Sequence[Assessment]) -> tuple[Interruption, ...] | None:
    """The interruptions of this period that a claim is about; None where it is about another period, or nothing known."""
    named = {name for name in (filed.outage, *filed.outages) if name}
    interruptions = list({one.id: one for assessment in own for one in assessment.interruptions}.values())
    if named:
        touched = (one for one in interruptions if named & {outage.id for outage in one.outages})
        return tuple(touched) or None
    if filed.ticket and filed.period_from_at is None:
        cases = [key for key, _ in setting.cases_of(tuple(setting.found()))]
        if any(is_case_of(key, filed.ticket) for key in cases):
            return ()
    if not claimed_period(setting, filed).contains(setting.period.start):
        return None
    return tuple(one for one in interruptions if one.counted)


def find_claimed(filed: ClaimFiled, about: Sequence[Interruption], own: Sequence[Assessment]) -> Sequence[Interruption]:
    """All that a claim speaks of: one for a whole period of every interruption in it, also of those that do not count."""
    if filed.outage or filed.outages or filed.ticket:
        return about
    return list({one.id: one for assessment in own for one in assessment.interruptions}.values())


def is_case_of(key: str, ticket: str) -> bool:
    """Whether a case is one of a ticket: the ticket itself, or one of several runs of a clock on it."""
    return key == ticket or key.startswith(f"{ticket}/")


def claimed_period(setting: Setting, filed: ClaimFiled) -> Span:
    """The period that a claim without an outage is for: the one that it names, else the last that was over when it came."""
    kind = setting.terms.statement_period
    if filed.period_from_at is not None:
        return kind.containing(filed.period_from_at)
    return kind.containing(kind.containing(filed.occurred_at).start.before(MICRO))


def brought_by(
    filed: ClaimFiled, about: Sequence[Interruption], credits: Sequence[Assessment]
) -> tuple[Line, ...]:
    """The lines of the credit that a claim is about."""
    own = [line for found in credits if found.credit.name == filed.credit for line in found.lines]
    if not (filed.outage or filed.outages or filed.ticket):
        return tuple(own)
    keys = {*(one.id for one in about), ""}
    return tuple(line for line in own if line.thing.key in keys or is_case_of(line.thing.key, filed.ticket))


def is_claimed_before(filed: ClaimFiled, about: Sequence[Interruption], judged: Sequence[ClaimJudged]) -> bool:
    """Whether an earlier claim for the same thing was accepted."""
    names = {one.id for one in about} | ({filed.ticket} if filed.ticket and not about else set())
    earlier = (claim for claim in judged if claim.checked.accepted and claim.filed.credit == filed.credit)
    return any(not names or names & ({one.id for one in claim.interruptions} | {claim.filed.ticket}) for claim in earlier)


def describe(
    case: Case, setting: Setting, filed: ClaimFiled, about: Sequence[Interruption], is_claimed_before: bool,
    claimed: Sequence[Interruption],
) -> Filed:  # fmt: skip
    """The claim with all that was known when it came. The causes are those of all that is `claimed`."""
    names = [outage.id for one in about for outage in one.outages]
    spoken = [outage.id for one in claimed for outage in one.outages]
    ticket = ticket_of(case.facts, filed, names)
    overdue, invoices = overdue_at(case.facts, filed.occurred_at, setting.terms.currency)
    is_running = any(one.is_running for one in about)
    responsible = dict.fromkeys(who for one in about for who in one.responsible)
    return Filed(
        claim_at=filed.occurred_at,
        channel=filed.channel,
        details=filed.details,
        ticket_at=ticket.occurred_at if ticket else None,
        overdue=overdue,
        outage_start_at=min((one.span.start for one in about), default=None),
        outage_end_at=None if is_running else max((one.span.end for one in about), default=None),
        responsible=tuple(responsible) or ("nobody",),
        verdicts=verdicts_for(setting, filed, ticket.ticket if ticket else filed.ticket),
        facts=(filed.id,),
        facts_of={"ticket": (ticket.id,) if ticket else (), "overdue": invoices, "claim": (filed.id,)},
        causes=causes_of(case, claimed, spoken),
        components=tuple(dict.fromkeys(outage.component for one in about for outage in one.outages)),
        software=told_software(case, spoken),
        length=sum((one.counted.total for one in about), ZERO),
        period_end_at=setting.period.end,
        aware_at=filed.aware_at,
        eligible_at=filed.eligible_at,
        signed_at=None if case.signed_at == ALWAYS else case.signed_at,
        late=late_invoices(case, setting.terms, filed),
        is_claimed_before=is_claimed_before,
        priority=ticket.priority if ticket else "",
    )


def verdicts_for(setting: Setting, filed: ClaimFiled, ticket: str) -> dict[str, Known]:
    """What was found of each rule: of clocks for the ticket of the claim, or over the period where it has none there."""
    return setting.found(ticket or filed.ticket)


def causes_of(case: Case, about: Sequence[Interruption], names: Sequence[str]) -> tuple[str, ...]:
    """Every cause that was put on what is claimed, also those that the agreement judges as another one."""
    put = [fact.cause for fact in of_kind(case.facts, CauseAssigned) if fact.outage in names]
    held = [part.cause.name for one in about for outage in one.outages for part in outage.stretches]
    return tuple(dict.fromkeys([*held, *put]))


def told_software(case: Case, names: Sequence[str]) -> tuple[str, ...]:
    """The software that failed, as it was recorded."""
    told = (fact.software for fact in of_kind(case.facts, CauseAssigned) if fact.outage in names and fact.software)
    return tuple(dict.fromkeys(told))


def late_invoices(case: Case, terms: Terms, filed: ClaimFiled) -> tuple[Late, ...]:
    """Every invoice that was paid after it was due, or was due and unpaid when the claim came."""
    paid = {fact.invoice: fact.occurred_at for fact in of_kind(case.facts, InvoicePaid)}
    found = []
    for issued in of_kind(case.facts, InvoiceIssued):
        until = min(paid.get(issued.invoice, filed.occurred_at), filed.occurred_at)
        if issued.due_at < until and issued.amount.currency == terms.currency:
            found.append(Late(issued.due_at, until, issued.id))
    return tuple(found)

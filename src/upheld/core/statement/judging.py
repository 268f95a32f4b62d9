"""Everything the agreement says of one period: availability, maintenance, credits, claims. The one place they meet."""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.core.availability import Account, Excuse, Outage, component_spans, find_down, measure, read_outages
from upheld.core.credits import Assessment, Checked, Filed, Interruption, assess, check_claim
from upheld.core.explain import Finding, Verdict
from upheld.core.facts import ClaimFiled, of_kind
from upheld.core.maintenance import Judgement, classify, read_windows
from upheld.core.money import Money
from upheld.core.statement.gathering import Case, overdue_at, ticket_of
from upheld.core.terms import Terms
from upheld.core.timeline import Span, Timeline


@dataclass(frozen=True, slots=True)
class ClaimJudged:
    """A claim with what became of it: the units that it brings, and the fact that made it."""

    filed: ClaimFiled
    checked: Checked
    interruption: Interruption
    units: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings of one period under one choice of readings."""

    terms: Terms
    period: Span
    outages: tuple[Outage, ...]
    windows: tuple[Judgement, ...]
    accounts: tuple[Account, ...]
    credits: tuple[Assessment, ...]
    claims: tuple[ClaimJudged, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every figure of the period, family by family."""
        accounts = tuple(account.finding for account in self.accounts)
        return (*accounts, *(credit.finding for credit in self.credits))

    def granted(self, assessment: Assessment) -> tuple[int, Money]:
        """Units and amount of a credit's accepted claims; each interruption pays once."""
        name = assessment.finding.rule.removeprefix("credits/")
        credit = self.terms.credits[name]
        if not credit.claim_needed:
            return assessment.units, assessment.amount_for(credit, assessment.units)
        accepted = {
            claim.interruption.id: claim.units
            for claim in self.claims
            if claim.checked.accepted and claim.filed.credit == name
        }
        units = sum(accepted.values())
        if credit.counted.value == "over the period" and accepted:
            units = assessment.units
        return units, assessment.amount_for(credit, units)


def judge_period(case: Case, terms: Terms, period: Span) -> Judged:
    """All findings of a period, as the facts of the case were known."""
    outages = read_outages(terms, case.facts, case.as_of)
    down = Timeline().union(*(find_down(terms, promise, outages, case.facts) for promise in terms.availability.values()))
    down_of: dict[str, Timeline] = {}
    for service in terms.services.values():
        down_of |= component_spans(service, outages)
    windows = classify(terms, read_windows(case.facts), down, down_of)
    excuses = [excuse_of(judgement) for judgement in windows if judgement.excused]
    accounts = tuple(
        measure(terms, promise, outages, case.facts, excuses, period, case.signed_at, case.as_of)
        for promise in terms.availability.values()
    )
    by_promise = {account.finding.rule.removeprefix("availability/"): account for account in accounts}
    credits = tuple(assess(terms, credit, by_promise[credit.promise], period) for credit in terms.credits.values())
    claims = judge_claims(case, terms, period, by_promise, credits)
    return Judged(terms, period, outages, windows, accounts, credits, claims)


def is_known(verdict: Verdict) -> bool:
    """Whether a claim may rest on a verdict: while a promise is open, whether it was missed is not known."""
    return verdict in (Verdict.MET, Verdict.MISSED, Verdict.NOT_APPLICABLE)


def excuse_of(judgement: Judgement) -> Excuse:
    return Excuse(
        name=judgement.window.id,
        time=judgement.excused,
        effect=judgement.effect,
        whole=judgement.counts_whole_window,
        words=judgement.words,
        clauses=judgement.clauses,
        readings=judgement.readings,
        facts=judgement.window.facts,
    )


def judge_claims(
    case: Case, terms: Terms, period: Span, accounts: dict[str, Account], credits: Sequence[Assessment]
) -> tuple[ClaimJudged, ...]:
    """Every claim about an interruption of this period, held against the claim rule of its credit."""
    judged = []
    for filed in of_kind(case.facts, ClaimFiled):
        rule = next((claim for claim in terms.claims.values() if filed.credit in claim.credits), None)
        assessment = next((found for found in credits if found.finding.rule == f"credits/{filed.credit}"), None)
        if rule is None or assessment is None:
            continue
        for interruption in assessment.interruptions:
            names = [outage.id for outage in interruption.outages]
            if filed.outage in names:
                checked = check_claim(terms, rule, describe(case, terms, filed, interruption, names, accounts))
                credit = terms.credits[filed.credit]
                units = interruption.full(credit.unit.value) if assessment.is_owed else 0
                judged.append(ClaimJudged(filed, checked, interruption, units))
    return tuple(judged)


def describe(
    case: Case, terms: Terms, filed: ClaimFiled, interruption: Interruption, outages: list[str], accounts: dict[str, Account]
) -> Filed:
    """The claim with all that was known when it came."""
    ticket = ticket_of(case.facts, filed, outages)
    overdue, invoices = overdue_at(case.facts, filed.occurred_at, terms.currency)
    running = any(outage.is_running for outage in interruption.outages)
    return Filed(
        claim_at=filed.occurred_at,
        channel=filed.channel,
        details=filed.details,
        ticket_at=ticket.occurred_at if ticket else None,
        overdue=overdue,
        outage_start_at=interruption.span.start,
        outage_end_at=None if running else interruption.span.end,
        responsible=interruption.responsible or ("nobody",),
        verdicts={name: found.finding.verdict.value for name, found in accounts.items() if is_known(found.finding.verdict)},
        facts=(filed.id,),
        facts_of={"ticket": (ticket.id,) if ticket else (), "overdue": invoices, "claim": (filed.id,)},
    )

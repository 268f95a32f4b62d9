"""What a period's statement tells besides availability, credits and claims: money, access, duties, notices, plans."""

from collections.abc import Iterator, Sequence

from upheld.core.access import judge_access
from upheld.core.availability import Outage
from upheld.core.duties import (
    Trigger,
    decide_instruction,
    judge_checks,
    judge_duties,
    judge_edition,
    judge_instructions,
    judge_notices,
    judge_plans,
    judge_review,
)
from upheld.core.explain import Finding, Step, Verdict
from upheld.core.facts import EndRequested, EventHappened, Frozen, frozen_class, of_kind
from upheld.core.fees import Invoice, decide_end, judge_fees
from upheld.core.maintenance import Judgement
from upheld.core.statement.gathering import ALWAYS, Case
from upheld.core.terms import Terms
from upheld.core.timeline import Instant, Span


@frozen_class
class JudgedBesides(Frozen):
    """The invoice of a period as far as it is known, and every finding of these families."""

    invoice: Invoice | None = None
    findings: tuple[Finding, ...] = ()


def judge_besides(
    case: Case, terms: Terms, period: Span, outages: Sequence[Outage], windows: Sequence[Judgement]
) -> JudgedBesides:
    """Everything of these families; nothing, at no cost, of what the agreement does not speak of."""
    facts, signed_at = case.facts, None if case.signed_at == ALWAYS else case.signed_at

    def refuse_word(by: str, at: Instant) -> Step | None:
        decided = decide_instruction(terms, facts, by, at)
        return None if decided is None or decided.is_accepted else decided.why

    invoice, fees = judge_fees(terms, facts, period, signed_at, refuse_word)
    besides, findings = terms.besides, [*fees, *judge_ends(case, terms, period), *judge_access(terms, facts, period)]
    findings += judge_instructions(terms, facts, period)
    if besides.duties:
        findings += judge_duties(terms, facts, period, signed_at, case.as_of)
    if besides.notices:
        triggers = list(list_triggers(case, outages, windows, period))
        findings += judge_notices(terms, facts, triggers, period, case.as_of)
    if besides.plans:
        findings += judge_plans(terms, facts, period, signed_at, case.as_of)
    if besides.checks:
        findings += judge_checks(terms, facts, period)
    findings += judge_edition(terms, facts, period, signed_at, case.as_of)
    findings += judge_review(terms, facts, period, case.as_of)
    return JudgedBesides(invoice, tuple(findings))


def list_triggers(case: Case, outages: Sequence[Outage], windows: Sequence[Judgement], period: Span) -> Iterator[Trigger]:
    """What a notice may have to tell of: windows by their kind, outages by their start and end, and events told as such."""
    for judged in windows:
        window = judged.window
        if not window.is_cancelled and window.span.overlap(period):
            yield Trigger((window.kind,), window.id, window.span.start, window.facts)
    for outage in outages:
        if outage.span.overlap(period):
            yield Trigger(("outage start",), outage.id, outage.span.start, outage.facts)
            if not outage.is_running:
                yield Trigger(("outage end",), outage.id, outage.span.end, outage.facts)
    for happened in of_kind(case.facts, EventHappened):
        yield Trigger((happened.event,), happened.name, happened.occurred_at, (happened.id,))


def judge_ends(case: Case, terms: Terms, period: Span) -> list[Finding]:
    """One finding for each wish of the period to end the contract."""
    term, findings = terms.fees.term, list[Finding]()
    if term is None:
        return findings
    zone = terms.statement_period.zone
    signed_on = None if case.signed_at == ALWAYS else zone.date_at(case.signed_at)
    for fact in of_kind(case.facts, EndRequested):
        if not period.contains(fact.occurred_at):
            continue
        wished_on = zone.date_at(fact.ends_at) if fact.ends_at else None
        decided = decide_end(term, signed_on, zone.date_at(fact.occurred_at), wished_on)
        if decided is None:
            why = Step("not known", "it is not known when the contract began", term.starts.clauses, facts=(fact.id,))
            findings.append(Finding(f"term/end/{fact.id}", period, "not known", Verdict.UNDEFINED, why))
            continue
        quantities = (
            ("accepted", "yes" if decided.is_accepted else "no"),
            ("earliest", zone.midnight(decided.earliest_on)),
            ("ends", decided.ends_on.isoformat()),
        )
        why = Step(
            decided.why.value,
            decided.why.words,
            decided.why.clauses,
            decided.why.readings,
            (fact.id,),
            because=decided.why.because,
        )
        findings.append(
            Finding(
                f"term/end/{fact.id}", period, str(decided.why.value), Verdict.NOT_APPLICABLE, why, quantities=quantities
            )
        )
    return findings

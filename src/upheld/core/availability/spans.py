"""One promise in the span of a statement: over its own period, over each that ends in the span, or over a sliding one."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from upheld.core.availability.measure import Account, find_down, measure
from upheld.core.availability.outages import Outage
from upheld.core.availability.partition import Excuse
from upheld.core.explain import Count, Finding, Share, Step, Verdict, show_span
from upheld.core.facts import ClaimFiled, Fact, TicketOpened, of_kind
from upheld.core.terms.rules import Availability, Terms
from upheld.core.timeline import DAY, ZERO, Duration, Instant, Span

GRAVEST = (
    Verdict.MISSED, Verdict.NOT_REACHED, Verdict.UNDEFINED, Verdict.UNDECIDED, Verdict.NOT_YET_KNOWN, Verdict.MET,
    Verdict.REACHED, Verdict.NOT_APPLICABLE,
)  # fmt: skip


def account_for(
    terms: Terms, promise: Availability, outages: Sequence[Outage], facts: Sequence[Fact], excuses: Sequence[Excuse],
    span: Span, signed_at: Instant, as_of: Instant,
) -> Account:  # fmt: skip
    """The account of a promise for a statement: of its period that holds the span, or of all that end in it."""

    def take(period: Span) -> Account:
        return measure(terms, promise, outages, facts, excuses, period, signed_at, as_of)

    if promise.period == terms.statement_period:
        return take(span)
    if promise.period.sliding:
        found = [sliding_to(promise, end) for end in ends_of(terms, promise, outages, facts, span, as_of)]
        return take(found[0]) if len(found) == 1 else gather(promise, take(span), [take(period) for period in found])
    periods = list(promise.period.within(span))
    if len(periods) == 1:
        return take(periods[0])
    own = [outage for outage in outages if outage.component in terms.services[promise.service].components]
    # Of short periods only those are told of in which anything was down: a month has 720 hours.
    told = [one for one in periods if one.length >= DAY or any(outage.span.overlap(one) for outage in own)]
    return gather(promise, take(span), [take(period) for period in told])


def sliding_to(promise: Availability, end: Instant) -> Span:
    return promise.period.sliding_to(end)


def ends_of(
    terms: Terms, promise: Availability, outages: Sequence[Outage], facts: Sequence[Fact], span: Span, as_of: Instant
) -> list[Instant]:
    """Where a sliding period ends: with each event of its kind in the span; without one where it is worst."""
    event = promise.period.ends
    if event == "claim received":
        found = [fact.occurred_at for fact in of_kind(facts, ClaimFiled)]
    elif event == "ticket opened":
        found = [fact.occurred_at for fact in of_kind(facts, TicketOpened)]
    elif event == "outage end":
        found = [outage.span.end for outage in outages if not outage.is_running]
    elif event == "period end":
        found = [span.end]
    else:
        return [find_worst_end(terms, promise, outages, facts, span, as_of)]
    return [at for at in dict.fromkeys(found) if span.start < at <= span.end]


def find_worst_end(
    terms: Terms, promise: Availability, outages: Sequence[Outage], facts: Sequence[Fact], span: Span, as_of: Instant
) -> Instant:
    """
    The end of the window with the most time down, of all that end in the span.

    The time down in a window grows until it ends with an outage or begins with one, so only those need be looked at.
    """
    down = find_down(terms, promise, outages, facts)
    last = max(min(span.end, as_of), span.start + Duration(1))
    ends = [last]
    for run in down:
        ends += [run.end, promise.period.sliding_from(run.start).end]
    best, most = last, ZERO
    for end in sorted({one.micros: one for one in ends if span.start < one <= last}.values(), key=lambda at: at.micros):
        lost = down.within(promise.period.sliding_to(end)).total
        if lost > most or (lost == most and best == end):
            best, most = end, lost
    return best


def gather(promise: Availability, whole: Account, parts: list[Account]) -> Account:
    """
    Several periods of one promise in one statement: the worst figure stands for them, each has its own account below.

    `whole` is the span of the statement measured as if it were one period: its outages and sums are those of the span.
    """
    named = tuple(under_name(promise, part) for part in parts)
    worst = min(named, key=badness, default=None)
    verdicts = {part.finding.verdict for part in named}
    # Of periods in which nothing was down none is told of: those are kept.
    verdict = next((one for one in GRAVEST if one in verdicts), whole.finding.verdict)
    missed = sum(part.finding.verdict in (Verdict.MISSED, Verdict.NOT_REACHED) for part in named)
    value = worst.finding.value if worst else whole.finding.value
    why = Step(
        value, f"the worst of its periods that end in {show_span(whole.finding.period)}; {missed} missed",
        promise.clauses, because=tuple(part.finding.why for part in named),
    )  # fmt: skip
    quantities = (
        *(pair for pair in whole.finding.quantities if pair[0] != "borne"),
        ("periods", Count(len(named), "periods")),
        ("periods missed", Count(missed, "periods")),
    )
    finding = replace(
        whole.finding, value=value, verdict=verdict, why=why, lower=None, upper=None, quantities=quantities
    )  # fmt: skip
    return replace(whole, finding=finding, borne=None, parts=named)


def under_name(promise: Availability, part: Account) -> Account:
    """The account of one of several periods, under a name of its own."""
    rule = f"availability/{promise.name}/{promise.period.name_of(part.finding.period)}"
    return replace(part, finding=replace(part.finding, rule=rule))


def badness(account: Account) -> tuple[int, Fraction]:
    """Missed ones first, then the lowest share; lengths have none, and their verdicts decide."""
    finding: Finding = account.finding
    figure = finding.value.exact if isinstance(finding.value, Share) else Fraction(0)
    return GRAVEST.index(finding.verdict), figure

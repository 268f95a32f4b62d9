"""A component's days as the judge reads them: the public page shows his down time, and no other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upheld.apps.agreements.queries import UnknownAgreement, agreement
from upheld.apps.findings.queries import CannotJudge, known_facts, left_of, periods_between, state_of
from upheld.apps.probes.queries import Outage, Standing
from upheld.core.availability import Account
from upheld.core.facts import Fact, NotMeasured, ObservationsSealed, of_kind
from upheld.core.service_hours import Zone
from upheld.core.statement import Statement
from upheld.core.terms.rules import Availability
from upheld.core.timeline import MICRO, ZERO, Duration, Instant, Span, Timeline


@dataclass(frozen=True, slots=True)
class PeriodDown:
    """The down time of one whole period: what was seen, and what was not measured and counts as down all the same."""

    period: Span
    zone: Zone
    is_over: bool
    down: Duration
    unseen: Duration


@dataclass(frozen=True, slots=True)
class ComponentDays:
    """Time in states, no moment in two of them; what is in none was up."""

    down: Timeline
    excused: Timeline
    """Seen down, and by the agreement not counted as down."""
    partly: Timeline
    """Seen down, while its service as a whole was not."""
    unmeasured: Timeline
    periods: tuple[PeriodDown, ...] = ()
    """Those that touch the days, in order; none where nobody judges."""


def read_days(standing: Standing, outages: Sequence[Outage], days: Span, as_of: Instant) -> ComponentDays:
    """The days up to an instant; of a component that no promise speaks of, as they were seen."""
    lived = Span.forward(days.start, min(as_of, days.end))
    try:
        row = agreement(standing.service.agreement)
        bound = Span.forward(max(lived.start, min(Instant.of(row.signed_at), lived.end)), lived.end)
        periods = periods_between(row, bound.start, bound.end)
        judged = [find_promise(state_of(row, period, as_of), standing.service.terms_service) for period in periods]
    except (CannotJudge, UnknownAgreement):
        return see_days(standing, outages, lived, as_of)
    found = [one for one in judged if one is not None]
    if not found or len(found) < len(judged):
        return see_days(standing, outages, lived, as_of)
    parts = [cut_period(*one, standing.service.component) for one in found]
    whole = join(parts, tuple(sum_up(*one, part) for one, part in zip(found, parts, strict=True)))
    unbound = Timeline.of([Span.forward(lived.start, bound.start)])
    return clip(add_last_moments(whole, standing, found[-1][0].as_of, lived.end), lived, unbound)


def find_promise(statement: Statement, service: str) -> tuple[Statement, Account, Availability] | None:
    """The promise on this service of which the least is left; None where there is none."""
    terms = statement.judged.terms
    own = []
    for account in statement.judged.accounts:
        promise = terms.availability[account.finding.rule.removeprefix("availability/")]
        if promise.service == service:
            own.append((statement, account, promise))
    return min(
        (one for one in own if one[1].borne is not None), key=lambda one: left_of(one[1]), default=next(iter(own), None)
    )


def cut_period(statement: Statement, account: Account, promise: Availability, component: str) -> ComponentDays:
    parts = account.partition
    seen = Timeline.of(outage.span for outage in account.outages if outage.component == component)
    is_alone = len(statement.judged.terms.services[promise.service].asked) == 1
    return ComponentDays(
        down=parts.down if is_alone else parts.down.intersect(seen),
        excused=parts.excused_up.union(parts.out_of_base).intersect(seen),
        partly=parts.up.intersect(seen),
        unmeasured=parts.unmeasured,
    )


def sum_up(statement: Statement, account: Account, promise: Availability, days: ComponentDays) -> PeriodDown:
    unseen = days.unmeasured.total if promise.unmeasured.value == "down" else ZERO
    return PeriodDown(statement.period, promise.period.zone, statement.is_over, days.down.total, unseen)


def join(parts: Sequence[ComponentDays], periods: tuple[PeriodDown, ...]) -> ComponentDays:
    def all_of(state: str) -> Timeline:
        return Timeline().union(*(getattr(part, state) for part in parts))

    return ComponentDays(all_of("down"), all_of("excused"), all_of("partly"), all_of("unmeasured"), periods)


def add_last_moments(days: ComponentDays, standing: Standing, judged_at: Instant, until: Instant) -> ComponentDays:
    """The judge is asked once a minute: since then it is as he saw it last, as far as the prober still sees anything."""
    rest = Timeline.of([Span.forward(judged_at, max(judged_at, until))])
    last = judged_at.before(MICRO)
    down, excused, partly, unmeasured = days.down, days.excused, days.partly, days.unmeasured
    if standing.state == "unknown":
        unmeasured = unmeasured.union(rest)
    elif standing.outage is not None and excused.contains(last):
        excused = excused.union(rest)
    elif standing.outage is not None and partly.contains(last):
        partly = partly.union(rest)
    elif standing.outage is not None:
        down = down.union(rest)
    return ComponentDays(down, excused, partly, unmeasured, days.periods)


def clip(days: ComponentDays, lived: Span, unbound: Timeline) -> ComponentDays:
    times = (days.down, days.excused, days.partly, days.unmeasured.union(unbound))
    down, excused, partly, unmeasured = (time.within(lived) for time in times)
    return ComponentDays(down, excused, partly, unmeasured, days.periods)


# --- without a judge --------------------------------------------------------------------------------
def see_days(standing: Standing, outages: Sequence[Outage], lived: Span, as_of: Instant) -> ComponentDays:
    """Every outage as it was seen: nothing is taken out of it where no agreement says so."""
    _, facts = known_facts(standing.service.agreement)
    blind = Timeline.of(list_blind(facts, standing.service.component))
    down = Timeline.of(span_of(outage, as_of) for outage in outages).subtract(blind).within(lived)
    seen = Timeline.of(list_seen(standing, facts, as_of)).subtract(blind)
    nothing = Timeline()
    return ComponentDays(down, nothing, nothing, Timeline.of([lived]).subtract(seen).subtract(down))


def list_blind(facts: Sequence[Fact], component: str) -> Iterator[Span]:
    for fact in of_kind(facts, NotMeasured):
        if fact.component == component:
            yield Span.forward(fact.from_at, fact.to_at)


def list_seen(standing: Standing, facts: Sequence[Fact], as_of: Instant) -> Iterator[Span]:
    """The time that was watched: what is sealed, and what came since."""
    last = standing.since_at
    for fact in of_kind(facts, ObservationsSealed):
        if fact.component == standing.service.component:
            yield Span.forward(fact.from_at, fact.to_at)
            last = max(last or fact.to_at, fact.to_at)
    if last is not None and standing.seen_at is not None and standing.state != "unknown":
        # Between two samples it is as it was: up to now, as long as the samples keep coming.
        yield Span.forward(last, max(last, as_of))


def span_of(outage: Outage, as_of: Instant) -> Span:
    return Span.forward(outage.began_at, outage.ended_at or as_of)

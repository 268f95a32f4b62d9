"""Availability of one promise in one period: figure, bounds, verdict, and the reasons down to facts and clauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.core.availability import reasons
from upheld.core.availability.coverage import blind_time, lost_time, measured_time
from upheld.core.availability.figure import Sums, borne, evaluate, judge, share_of
from upheld.core.availability.outages import Outage, down_spans
from upheld.core.availability.partition import Excuse, Partition, cut
from upheld.core.explain import Finding, Share
from upheld.core.facts import Fact
from upheld.core.terms.rules import Availability, Terms
from upheld.core.timeline import Duration, Instant, Span, Timeline


@dataclass(frozen=True, slots=True)
class Account:
    """The finding together with what it was made from: credits, pictures and budgets read the same parts."""

    finding: Finding
    partition: Partition
    outages: tuple[Outage, ...]
    borne: Duration | None
    counted_ever: Timeline
    """What counts as down inside and outside the period, for an interruption that crosses its edge."""


def find_down(terms: Terms, promise: Availability, outages: Sequence[Outage], facts: Sequence[Fact]) -> Timeline:
    """The time in which the promise's service was seen down; what a prober could not see is not among it."""
    service = terms.services[promise.service]
    return down_spans(service, outages, lost=lost_time(service, outages, facts)).subtract(blind_time(service, facts))


def measure(
    terms: Terms, promise: Availability, outages: Sequence[Outage], facts: Sequence[Fact], excuses: Sequence[Excuse],
    period: Span, signed_at: Instant, as_of: Instant,
) -> Account:  # fmt: skip
    """Judge one promise of availability for one period, as seen from `as_of`."""
    service = terms.services[promise.service]
    own = tuple(outage for outage in outages if outage.component in service.components)
    measured, blind, lost = measured_time(service, facts), blind_time(service, facts), lost_time(service, own, facts)
    down = down_spans(service, own, lost=lost).subtract(blind)

    def states(time: Timeline) -> Partition:
        return cut(period, signed_at, as_of, time, measured, own, excuses, promise.overlap.value)

    parts = states(down)
    least, most = (
        states(down_spans(service, own, "certain", lost).subtract(blind)),
        states(down_spans(service, own, "possible")),
    )
    sums = add_up(promise, parts, period)
    # An edge lies between two samples: the outage may have been shorter, or have begun right after the last good one.
    shortest, longest = add_up(promise, least, period), add_up(promise, most, period)
    figure = evaluate(promise, sums)
    worst = evaluate(promise, sums.with_down(sums.down + doubtful(promise, parts)))
    lowest = evaluate(promise, longest.with_down(longest.down + doubtful(promise, most) + parts.ahead.total))
    highest = evaluate(promise, shortest)
    verdict = judge(promise, figure, worst, is_over=as_of >= period.end)
    allowed = borne(promise, sums)
    lived = period.length - parts.before.total - parts.ahead.total
    seen = lived - parts.unmeasured.total
    finding = Finding(
        rule=f"availability/{promise.name}",
        period=period,
        value="undefined" if figure is None else share_of(promise, figure),
        verdict=verdict,
        why=reasons.tell_availability(terms, promise, period, parts, sums, own, excuses, facts, figure, allowed),
        lower=None if lowest is None else share_of(promise, lowest),
        upper=None if highest is None else share_of(promise, highest),
        coverage=Share(Fraction(seen.micros, lived.micros)) if lived else None,
        quantities=(
            *sums.named().items(),
            ("down at least", shortest.down),
            ("down at most", longest.down),
            ("not measured", parts.unmeasured.total),
            *((("borne", allowed),) if allowed is not None else ()),
        ),
    )
    hull = Span(min([period.start, *(o.span.start for o in own)]), max([period.end, *(o.span.end for o in own)]))
    ever = parts if hull == period else cut(hull, signed_at, as_of, down, measured, own, excuses, promise.overlap.value)
    return Account(finding, parts, own, allowed, ever.down)


def add_up(promise: Availability, parts: Partition, period: Span) -> Sums:
    """The sums of a partition, with unmeasured time and the time before signing as the agreement reads them."""
    all_time = promise.period.all_time(period)
    if promise.part_period.value == "trimmed":
        all_time = all_time - parts.before.total
    down, up, leaves = parts.down.total, parts.excused_up.total, parts.out_of_base.total
    if promise.unmeasured.value == "down":
        down = down + parts.unmeasured.total
    if promise.unmeasured.value == "out of base":
        leaves = leaves + parts.unmeasured.total
    return Sums(all_time, down, up, leaves)


def doubtful(promise: Availability, parts: Partition) -> Duration:
    """The unmeasured time that could have been down although the figure counts it as up."""
    counted = promise.unmeasured.value in ("down", "out of base")
    return Duration(0) if counted else parts.unmeasured.total

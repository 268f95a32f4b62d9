"""Availability of one promise in one period: figure, bounds, verdict, and the reasons down to facts and clauses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.core.availability import reasons
from upheld.core.availability.affected import weigh
from upheld.core.availability.coverage import blind_time, lost_time
from upheld.core.availability.figure import Sums, borne, evaluate, judge, kept_or_lost, share_of
from upheld.core.availability.lengths import measure_lengths
from upheld.core.availability.outages import Outage, down_spans
from upheld.core.availability.partition import Excuse, Partition
from upheld.core.availability.rates import measure_rates
from upheld.core.availability.runs import Runs
from upheld.core.availability.scene import Scene, look
from upheld.core.availability.traffic import tally_of
from upheld.core.explain import Count, Finding, Share, Value, Verdict
from upheld.core.facts import Fact
from upheld.core.terms.rules import Availability, Terms
from upheld.core.timeline import Duration, Instant, Span, Timeline


@dataclass(frozen=True, slots=True)
class Account:
    """
    The finding together with what it was made from: credits, pictures and budgets read the same parts.

    `parts` are the accounts of shorter periods that end in this one, where the promise is taken over such; `each` the
    findings of single outages, where they are judged by their lengths.
    """

    finding: Finding
    partition: Partition
    outages: tuple[Outage, ...]
    borne: Duration | None
    counted_ever: Timeline
    """What counts as down inside and outside the period, for an interruption that crosses its edge."""
    promise: str = ""
    parts: tuple["Account", ...] = ()
    each: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Its own finding and those of its parts."""
        return (self.finding, *(found for part in self.parts for found in part.findings), *self.each)


def find_down(terms: Terms, promise: Availability, outages: Sequence[Outage], facts: Sequence[Fact]) -> Timeline:
    """The time in which the promise's service was seen down; what a prober could not see is not among it."""
    service = terms.services[promise.service]
    return down_spans(service, outages, lost=lost_time(service, outages, facts)).subtract(blind_time(service, facts))


def measure(
    terms: Terms, promise: Availability, outages: Sequence[Outage], facts: Sequence[Fact], excuses: Sequence[Excuse],
    period: Span, signed_at: Instant, as_of: Instant,
) -> Account:  # fmt: skip
    """Judge one promise of availability for one period, as seen from `as_of`."""
    scene = look(terms, promise, outages, facts, excuses, period, signed_at, as_of)
    runs = scene.find_runs()
    parts = scene.cut(runs)
    hull = Span(
        min([period.start, *(o.span.start for o in scene.outages)]),
        max([period.end, *(o.span.end for o in scene.outages)]),
    )
    ever = parts if hull == period else scene.cut(runs, hull)
    account = Account(measure_time(scene, runs, parts), parts, scene.outages, None, ever.down, promise.name)
    if promise.counts_time:
        allowed = dict(account.finding.quantities).get("borne")
        return replace(account, borne=allowed if isinstance(allowed, Duration) else None)
    if promise.counting.value == "each outage":
        finding, each = measure_lengths(scene, account.finding, ever)
        return replace(account, finding=finding, each=each)
    return replace(account, finding=measure_rates(scene, account.finding, parts))


def measure_time(scene: Scene, runs: Runs, parts: Partition) -> Finding:
    """The figure that a formula over times gives; for other ways of counting only its sums and bounds are read."""
    promise, period = scene.promise, scene.period
    found = reckon(scene, "span", parts)
    least, most = (reckon(scene, kind, scene.cut(scene.find_runs(kind))) for kind in ("certain", "possible"))
    sums = found.sums
    figure = worst = lowest = highest = allowed = None
    verdict = kept_or_lost(promise, is_kept=True)
    if promise.counts_time:
        figure = evaluate(promise, sums)
        worst = evaluate(promise, sums.with_down(sums.down + found.doubt))
        # An edge lies between two samples: the outage may have been shorter, or have begun right after the last good one.
        lowest = evaluate(promise, most.sums.with_down(most.sums.down + most.doubt + found.ahead))
        highest = evaluate(promise, least.sums)
        verdict = judge(promise, figure, worst, is_over=scene.as_of >= period.end)
        allowed = borne(promise, sums)
    if promise.part_period.value == "does not arise" and parts.before and verdict is not Verdict.NOT_APPLICABLE:
        verdict = Verdict.UNDEFINED
    lived = period.length - parts.before.total - parts.ahead.total
    seen = lived - parts.unmeasured.total
    return Finding(
        rule=f"availability/{promise.name}",
        period=period,
        value="undefined" if figure is None else share_of(promise, figure),
        verdict=verdict,
        why=reasons.tell_availability(scene, parts, sums, figure, allowed, runs, found.instances),
        lower=None if lowest is None else share_of(promise, lowest),
        upper=None if highest is None else share_of(promise, highest),
        coverage=Share(Fraction(seen.micros, lived.micros)) if lived else None,
        quantities=(
            *sums.named().items(),
            ("down at least", least.sums.down),
            ("down at most", most.sums.down),
            ("not measured", parts.unmeasured.total),
            *((("borne", allowed),) if allowed is not None else ()),
            *tell_besides(sums),
        ),
    )


def tell_besides(sums: Sums) -> tuple[tuple[str, Value], ...]:
    """The amounts that only some agreements speak of, where there are any."""
    told: list[tuple[str, Value]] = []
    if sums.affected is not None:
        told.append(("affected share", Share(sums.exact()["affected share"])))
        told.append(("affected time", Duration(sums.affected_time.numerator // sums.affected_time.denominator)))
    if sums.requests:
        told += [("requests", Count(sums.requests, "requests")), ("failed requests", Count(sums.failed, "failed requests"))]
    return tuple(told)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The sums of a period, what is in doubt of them, and what of the period is still ahead; of all instances together."""

    sums: Sums
    doubt: Duration
    ahead: Duration
    instances: tuple[tuple[str, Partition, Sums], ...] = ()


def reckon(scene: Scene, kind: str, parts: Partition) -> Reckoned:
    """What a period adds up to by its time down as it was seen, at least or at most."""
    alone = reckon_one(scene, parts)
    if scene.promise.pooled_over is None or not scene.running.of:
        return alone
    found, instances = None, []
    for name in scene.running.of:
        own = scene.of_instance(name)
        pieces = own.cut(own.find_runs(kind))
        one = reckon_one(own, pieces)
        instances.append((name, pieces, one.sums))
        found = one if found is None else Reckoned(
            found.sums.plus(one.sums), found.doubt + one.doubt, found.ahead + one.ahead
        )  # fmt: skip
    assert found
    return replace(found, instances=tuple(instances))


def reckon_one(scene: Scene, parts: Partition) -> Reckoned:
    """The sums of one instance, or of a service that is one."""
    promise = scene.promise
    sums = add_up(promise, parts, scene.period)
    weighed, affected = weigh(parts.down, scene.outages, scene.facts), None
    if weighed.steps:
        affected = weighed.micros + (sums.down - parts.down.total).micros
    counted = [tally_of(fact) for fact in scene.counts if scene.period.contains(fact.from_at)]
    requests, failed = sum(tally.total for tally in counted), sum(tally.failed for tally in counted)
    sums = replace(sums, affected=affected, requests=requests, failed=failed)
    return Reckoned(sums, doubtful(promise, parts), parts.ahead.total)


def add_up(promise: Availability, parts: Partition, period: Span) -> Sums:
    """The sums of a partition, with unmeasured time and the time before signing as the agreement reads them."""
    all_time = promise.period.all_time(period)
    if promise.part_period.value in ("trimmed", "from all running"):
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

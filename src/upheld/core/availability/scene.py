"""All that one promise is measured from in one period, gathered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from upheld.core.availability.coverage import blind_time, lost_time, measured_time
from upheld.core.availability.instances import Running, find_absent, lasting, read_running
from upheld.core.availability.outages import Outage, attribute, down_spans
from upheld.core.availability.partition import Excuse, Partition, cut
from upheld.core.availability.runs import Runs, count_runs
from upheld.core.availability.traffic import Tally, asks_traffic, bad_intervals, counted_time, read_counts
from upheld.core.facts import Fact, RequestsCounted
from upheld.core.terms.rules import Availability, Service, Terms
from upheld.core.timeline import Instant, Span, SpanIndex, Timeline


@dataclass(frozen=True, slots=True)
class Scene:
    """A promise, a period, and what is known of the service in it."""

    terms: Terms
    promise: Availability
    service: Service
    period: Span
    signed_at: Instant
    as_of: Instant
    outages: tuple[Outage, ...]
    excuses: Sequence[Excuse]
    facts: Sequence[Fact]
    counts: Sequence[RequestsCounted]
    measured: Timeline
    blind: Timeline
    lost: Mapping[str, Timeline]
    running: Running
    absent: Timeline
    bad: Timeline
    """The intervals in which too many requests failed, where the promise counts those as down."""

    def find_runs(self, kind: str = "span") -> Runs:
        """The time down that counts, as it was seen (`span`), at least (`certain`) or at most (`possible`)."""
        down = down_spans(self.service, self.outages, kind, {} if kind == "possible" else self.lost)
        if kind != "possible":
            down = down.subtract(self.blind)
        return count_runs(self.promise, down.union(self.bad), self.outages, self.facts)

    def cut(self, runs: Runs, period: Span | None = None) -> Partition:
        """Every moment of the period (or another span) in its state."""
        return cut(
            period or self.period, self.signed_at, self.as_of, runs.time, self.measured.union(runs.dropped),
            self.outages, self.excuses, self.promise.overlap.value, self.absent,
        )  # fmt: skip

    def unseen(self) -> Timeline:
        """The time of the period in which nothing was seen."""
        return self.cut(self.find_runs()).unmeasured

    def of_instance(self, name: str) -> "Scene":
        """The same for one instance alone: its own running time, and the outages that hit it."""
        ran = lasting(self.running.of[name], self.as_of, self.period)
        absent = Timeline.of([self.period]).subtract(ran)
        hit = tuple(outage for outage in self.outages if outage.resource in ("", name))
        return replace(self, outages=hit, absent=absent)


def told_by_requests(
    terms: Terms, service: Service, outages: Sequence[Outage], bad: Sequence[tuple[Span, Tally]]
) -> tuple[Outage, ...]:
    """
    Outages that only the requests tell of, one for each run of bad intervals. Where a recorded outage lies, its cause is
    known, and the requests say nothing of one.
    """
    known, index = Timeline.of(outage.span for outage in outages), SpanIndex.of(bad)
    found = []
    for run in Timeline.of(span for span, _ in bad).subtract(known):
        facts = dict.fromkeys(fact for tally in index.touching(run) for fact in tally.facts)
        told = Outage(
            id=f"requests-{run.start}", component=service.asked[0] if service.asked else "", span=run, certain=run,
            possible=run, is_running=False, stretches=attribute(terms, run, [], ""), facts=tuple(facts),
            note="too many requests failed",
        )  # fmt: skip
        found.append(told)
    return tuple(found)


def look(
    terms: Terms, promise: Availability, outages: Sequence[Outage], facts: Sequence[Fact], excuses: Sequence[Excuse],
    period: Span, signed_at: Instant, as_of: Instant,
) -> Scene:  # fmt: skip
    service = terms.services[promise.service]
    own = tuple(outage for outage in outages if outage.component in service.components)
    counts = read_counts(terms, promise, service, facts)
    running = read_running(service, facts, as_of)
    found = []
    if promise.counts_time and promise.each and asks_traffic(promise):
        near = [fact for fact in counts if fact.from_at < period.end and period.start < fact.to_at]
        found = list(bad_intervals(terms, promise, near, period.start, Timeline()))
    bad = Timeline.of(span for span, _ in found)
    own += told_by_requests(terms, service, own, found)
    return Scene(
        terms=terms, promise=promise, service=service, period=period, signed_at=signed_at, as_of=as_of, outages=own,
        excuses=excuses, facts=facts, counts=counts,
        measured=measured_time(service, facts).union(counted_time(counts)), blind=blind_time(service, facts),
        lost=lost_time(service, own, facts), running=running, absent=find_absent(promise, running, period, as_of), bad=bad,
    )  # fmt: skip

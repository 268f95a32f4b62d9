"""Requests as they were counted: what an interval had of them, and when so many failed that it counts as bad."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.core.facts import Fact, RequestsCounted, of_kind
from upheld.core.terms.conditions import Known, answer
from upheld.core.terms.rules import Availability, Service, Terms
from upheld.core.terms.services import facts_of
from upheld.core.timeline import Duration, Instant, Span, Timeline

TRAFFIC = frozenset({"error rate", "requests", "response time"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in a span: requests, failed ones, the longest time that they took where that was measured."""

    total: int = 0
    failed: int = 0
    response_time: Duration | None = None
    facts: tuple[str, ...] = ()

    def plus(self, other: "Tally") -> "Tally":
        slowest = max((one for one in (self.response_time, other.response_time) if one is not None), default=None)
        return Tally(self.total + other.total, self.failed + other.failed, slowest, (*self.facts, *other.facts))

    @property
    def error_rate(self) -> Fraction:
        """Of no requests none failed."""
        return Fraction(self.failed, self.total) if self.total else Fraction(0)

    def known(self, down: Duration) -> dict[str, Known]:
        """What a condition on an interval may ask. Of an interval without requests no rate is known."""
        told: dict[str, Known] = {"requests": Fraction(self.total), "down": down}
        if self.total:
            told["error rate"] = self.error_rate
        if self.response_time is not None:
            told["response time"] = self.response_time
        return told


def read_counts(promise: Availability, service: Service, facts: Sequence[Fact]) -> list[RequestsCounted]:
    """The counts of a service's components, without the kinds that the promise leaves out."""
    return [
        fact
        for fact in of_kind(facts, RequestsCounted)
        if fact.component in service.components and fact.kind not in promise.leave_out.value and fact.from_at < fact.to_at
    ]


def tally_of(fact: RequestsCounted) -> Tally:
    """A record as it counts: never less than nothing, never more failed than there were."""
    total = max(fact.total, 0)
    slow = None if fact.response_time is None else Duration(fact.response_time)
    return Tally(total, min(max(fact.failed, 0), total), slow, (fact.id,))


def counted_time(counts: Sequence[RequestsCounted]) -> Timeline:
    return Timeline.of(Span(fact.from_at, fact.to_at) for fact in counts)


def tallies(counts: Sequence[RequestsCounted], start: Instant, each: Duration) -> Mapping[int, Tally]:
    """
    What was counted in each interval of a length, by its number from `start`. A count that reaches over several intervals
    stands in each of them: its rate is all that is known of any.
    """
    found: dict[int, Tally] = {}
    for fact in counts:
        first = (fact.from_at - start).micros // each.micros
        last = ((fact.to_at - start).micros - 1) // each.micros
        for number in range(first, last + 1):
            found[number] = found.get(number, Tally()).plus(tally_of(fact))
    return found


def interval_at(number: int, start: Instant, each: Duration) -> Span:
    return Span(start + each * number, start + each * (number + 1))


def is_bad(terms: Terms, promise: Availability, tally: Tally, down: Duration) -> bool:
    """Whether an interval is bad; what cannot be answered of it (the error rate of no requests) makes it none."""
    assert promise.bad_when
    return answer(promise.bad_when, terms.circumstances(tally.known(down))).holds is True


def asks_traffic(promise: Availability) -> bool:
    """Whether intervals are judged by their requests."""
    return promise.bad_when is not None and bool(facts_of(promise.bad_when) & TRAFFIC)


def bad_intervals(
    terms: Terms, promise: Availability, counts: Sequence[RequestsCounted], start: Instant, down: Timeline
) -> Iterator[tuple[Span, Tally]]:
    """The intervals from `start` on in which something was counted and that are bad: error-rate minutes."""
    assert promise.each
    for number, tally in sorted(tallies(counts, start, promise.each.value).items()):
        span = interval_at(number, start, promise.each.value)
        if is_bad(terms, promise, tally, down.within(span).total):
            yield span, tally

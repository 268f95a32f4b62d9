"""Requests as they were counted: what an interval had of them, and when so many failed that it counts as bad."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.core.facts import Fact, RequestsCounted, of_kind
from upheld.core.terms.answers import answer
from upheld.core.terms.circumstances import Known
from upheld.core.terms.rules import Availability, Service, Terms
from upheld.core.terms.services import facts_of
from upheld.core.timeline import ZERO, Duration, Instant, Span, Timeline

TRAFFIC = frozenset({"error rate", "requests", "response time"})
SIZES = {"time per MB": 10**6, "time per MiB": 2**20}


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


def read_counts(terms: Terms, promise: Availability, service: Service, facts: Sequence[Fact]) -> list[RequestsCounted]:
    """
    The counts of a service's components as the promise counts them: without the kinds that it leaves out, none failed of
    those that count as answered. Under a mean of error rates, what is bad by `bad when` failed as a whole.
    """
    found = []
    for fact in of_kind(facts, RequestsCounted):
        if fact.component not in service.components or fact.from_at >= fact.to_at or is_left_out(promise, fact.kind):
            continue
        if effect_of(promise, fact.kind) == "up":
            fact = replace(fact, failed=0)
        elif promise.counting.value == "mean error rate" and promise.bad_when and is_failed(terms, promise, fact, ZERO):
            fact = replace(fact, failed=fact.total)
        found.append(fact)
    return found


def effect_of(promise: Availability, kind: str) -> str:
    """How requests of a kind count; `down` is as they came."""
    return promise.kinds[kind].value if kind in promise.kinds else "down"


def is_left_out(promise: Availability, kind: str) -> bool:
    return kind in promise.leave_out.value or effect_of(promise, kind) == "out of base"


def is_failed(terms: Terms, promise: Availability, fact: RequestsCounted, down: Duration) -> bool:
    """
    Whether all requests of a record failed by `bad when`; never those of a kind that counts as answered. What took longer
    than a time for each MB did so to the microsecond.
    """
    assert promise.bad_when
    if effect_of(promise, fact.kind) == "up":
        return False
    known = tally_of(fact).known(down)
    known["kind"] = fact.kind or None
    if fact.response_time is not None and fact.bytes:
        known |= {name: Duration(-(-fact.response_time * size // fact.bytes)) for name, size in SIZES.items()}
    return answer(promise.bad_when, terms.circumstances(known)).holds is True


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

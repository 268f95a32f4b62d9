"""Every moment of a period in exactly one state, so that the parts add up to the whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.core.availability.outages import Outage
from upheld.core.timeline import Instant, Span, Timeline

NOTHING = Timeline()


@dataclass(frozen=True, slots=True)
class Excuse:
    """Time that a rule other than a cause takes out of downtime (a maintenance window), and how it then counts."""

    name: str
    time: Timeline
    effect: str
    whole: bool
    """Whether the time counts so even where the service was up (`measured: whole window`)."""
    words: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partition:
    """A period cut into states. The timelines are disjoint and together are the period."""

    down: Timeline
    excused_up: Timeline
    out_of_base: Timeline
    unmeasured: Timeline
    before: Timeline
    """Before the agreement bound anybody, and while nothing ran for the customer."""
    ahead: Timeline
    """After the instant that is looked from."""
    up: Timeline


def cut(
    period: Span, signed_at: Instant, as_of: Instant, down: Timeline, measured: Timeline,
    outages: Sequence[Outage], excuses: Sequence[Excuse], overlap: str, absent: Timeline = NOTHING,
) -> Partition:  # fmt: skip
    """
    The states of a period. Maintenance speaks first, whatever the cause (a second inside excused work is never down);
    elsewhere the causes do, and `overlap` says which wins where a counting and an excused cause meet. `absent` is time in
    which nothing ran for the customer.
    """
    whole = Timeline.of([period])
    before = whole.within(Span(period.start, max(period.start, min(signed_at, period.end)))).union(absent)
    ahead = whole.within(Span(min(max(as_of, period.start), period.end), period.end)).subtract(before)
    lived = whole.subtract(before).subtract(ahead)
    down = down.intersect(lived)
    leaves, stays = (excused_time(excuses, effect, down, lived) for effect in ("out of base", "up"))
    left = down.subtract(leaves).subtract(stays)
    counts, excused, drops = (by_effect(outages, effect).intersect(left) for effect in ("down", "up", "out of base"))
    if overlap == "up wins":
        counts = counts.subtract(excused.union(drops))
    counted = left.subtract(excused.union(drops).subtract(counts))
    drops = drops.subtract(counted)
    leaves = leaves.union(drops)
    stays = stays.subtract(leaves).union(excused.subtract(counted).subtract(drops))
    trouble = counted.union(stays, leaves)
    unmeasured = lived.subtract(measured).subtract(trouble)
    return Partition(counted, stays, leaves, unmeasured, before, ahead, lived.subtract(trouble).subtract(unmeasured))


def excused_time(excuses: Sequence[Excuse], effect: str, down: Timeline, lived: Timeline) -> Timeline:
    """The time that excuses of one effect take: what was down in them, or the whole of them."""
    taking = [excuse for excuse in excuses if excuse.effect == effect]
    while_down = Timeline.of(span for excuse in taking if not excuse.whole for span in excuse.time)
    whole = Timeline.of(span for excuse in taking if excuse.whole for span in excuse.time)
    return while_down.intersect(down).union(whole.intersect(lived))


def by_effect(outages: Sequence[Outage], effect: str) -> Timeline:
    """The outage time whose cause counts in a way."""
    return Timeline.of(
        stretch.span for outage in outages for stretch in outage.stretches if stretch.cause.counts_as.value == effect
    )

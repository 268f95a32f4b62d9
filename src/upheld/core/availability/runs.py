"""Which time down counts at all: not what is too short, not parts of a minute, not what nobody had reported yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.core.availability.outages import Outage
from upheld.core.explain import Step, show, show_instant, show_span
from upheld.core.facts import Fact, TicketOpened, of_kind
from upheld.core.terms.rules import Availability
from upheld.core.timeline import MINUTE, Span, Timeline


@dataclass(frozen=True, slots=True)
class Runs:
    """Time down that counts, and for what was dropped a step each that says why."""

    time: Timeline
    dropped: Timeline
    steps: tuple[Step, ...]


def count_runs(promise: Availability, down: Timeline, outages: Sequence[Outage], facts: Sequence[Fact]) -> Runs:
    """
    The runs of time down (touching records are one run) as the promise counts them: from when the customer reported it,
    in whole minutes of the clock, and only where long enough. Each test is put to what the one before it left.
    """
    if not promise.cuts_runs:
        return Runs(down, Timeline(), ())
    spans: list[Span] = []
    dropped: list[Span] = []
    steps: list[Step] = []
    for run in down:
        kept, why = cut_run(promise, run, outages, facts)
        spans += [kept] if kept else []
        left = Timeline((run,)).subtract(Timeline.of([kept] if kept else []))
        dropped += left.spans
        if why is not None and left:
            steps.append(Step(left.total, f"{show_span(run)}: {why[0]}", why[1], why[2], facts=why[3], spans=left.spans))
    return Runs(Timeline.of(spans), Timeline.of(dropped), tuple(steps))


Why = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def cut_run(
    promise: Availability, run: Span, outages: Sequence[Outage], facts: Sequence[Fact]
) -> tuple[Span | None, Why | None]:
    """What of one run counts, and why the rest of it does not."""
    why: Why | None = None
    if promise.from_report.value:
        rule = promise.from_report
        reported = first_report(run, outages, facts)
        if reported is None:
            return None, ("nobody reported it, and it counts from the report", rule.clauses, rule.readings, ())
        words = f"reported {show_instant(reported.occurred_at)}, and it counts from then"
        why = (words, rule.clauses, rule.readings, (reported.id,))
        run = Span(max(run.start, min(reported.occurred_at, run.end)), run.end)
    if promise.whole_minutes.value:
        rule = promise.whole_minutes
        start, end = run.start.raised(MINUTE), run.end.floored(MINUTE)
        why = ("only whole minutes of the clock count", rule.clauses, rule.readings, why[3] if why else ())
        if end <= start:
            return None, why
        run = Span(start, end)
    wanted = promise.shortest.value
    if wanted is not None and not wanted.holds(run.length):
        words = f"{show(run.length)} is too short to count; asked is {wanted}"
        return None, (words, promise.shortest.clauses, promise.shortest.readings, ())
    return run, why


def first_report(run: Span, outages: Sequence[Outage], facts: Sequence[Fact]) -> TicketOpened | None:
    """The customer's first ticket about any outage of a run."""
    names = {outage.id for outage in outages if outage.span.overlap(run)}
    tickets = [fact for fact in of_kind(facts, TicketOpened) if fact.outage in names and fact.opened_by == "customer"]
    return min(tickets, key=lambda fact: (fact.occurred_at.micros, fact.id), default=None)



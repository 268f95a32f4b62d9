"""Would planned work count? Asked of the judge before anything is saved, with the nearest times at which it would not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge as Unjudged
from upheld.apps.agreements.queries import terms_of
from upheld.apps.ledger.queries import live_facts
from upheld.apps.maintenance.models import Window as Row
from upheld.core.availability import find_down, read_outages
from upheld.core.facts import known_at
from upheld.core.maintenance import Judgement, Window, classify, read_windows
from upheld.core.maintenance import check_plan as judge
from upheld.core.service_hours import next_day
from upheld.core.terms import Terms
from upheld.core.terms.rules import MaintenanceKind
from upheld.core.timeline import DAY, Duration, Instant, Span, Timeline

FAR = DAY * 62
"""How far from the wished time another one is looked for."""
MOST_TRIES = 400
LONGEST_WORK = DAY * 366
"""Longer work is a slip of the pen, and its verdict would take minutes."""


class CannotJudge(ValueError):
    """Work that the agreement cannot judge: a kind that it does not know, or terms that do not bind."""


@dataclass(frozen=True, slots=True)
class Plan:
    """
    The judge's answer to planned work, on the assumption that the service is down for all of it.

    `counts` is the part that would count as down. `nearest` are spans of the same length near the wished one of which
    nothing would count: the one before it and the one after it, where there are any.
    """

    judgement: Judgement
    counts: Duration
    nearest: tuple[Span, ...]

    @property
    def would_count(self) -> bool:
        return bool(self.counts)


def kinds_of(agreement: Agreement, at: Instant) -> dict[str, MaintenanceKind]:
    """The kinds of work that the agreement knows, by name. Raises CannotJudge."""
    return dict(bind_terms(agreement, at).maintenance)


def check_plan(
    *, agreement: Agreement, kind: str, span: Span, as_of: Instant, notice_at: Instant | None = None, name: str = "plan"
) -> Plan:
    """
    What work of a kind in a span would be judged as; `notice_at` is when the customer is (or was) told, else now.

    Raises CannotJudge.
    """
    if problem := explain_span(span):
        raise CannotJudge(problem)
    terms = bind_terms(agreement, span.start)
    if kind not in terms.maintenance:
        raise CannotJudge(f"{agreement.key} knows no maintenance {kind!r}; it knows {', '.join(terms.maintenance)}")
    facts = known_at(live_facts(agreement.key, as_of)[1], as_of)
    planned = [window for window in read_windows(facts) if window.id != name and not window.is_cancelled]
    outages = read_outages(terms, facts, as_of)
    down = Timeline().union(*(find_down(terms, promise, outages, facts) for promise in terms.availability.values()))
    wished = Window(
        id=name,
        kind=kind,
        span=span,
        worked_span=span,
        notice_at=notice_at or as_of,
        vendor_notice_at=None,
        is_cancelled=False,
        facts=(),
    )
    judgement = judge(terms, wished, planned, down)
    counts = count(judgement)
    nearest = find_nearest(terms, wished, planned, down, as_of, judgement) if counts else ()
    return Plan(judgement, counts, nearest)


def explain_span(span: Span) -> str | None:
    """Why no work takes this time, or None."""
    if span.length > LONGEST_WORK:
        most, wished = (length.micros // DAY.micros for length in (LONGEST_WORK, span.length))
        return f"work takes at most {most} days, this would take {wished}"
    return None


def check_window(row: Row, as_of: Instant) -> Plan:
    """The same for work that is planned already: with its own notice, where one was given."""
    sent = [notice.message.sent_at for notice in row.notices.select_related("message") if notice.message]
    told = min((Instant.of(moment) for moment in sent if moment), default=None)
    return check_plan(agreement=row.agreement, kind=row.kind, span=row.span, as_of=as_of, notice_at=told, name=row.name)


def bind_terms(agreement: Agreement, at: Instant) -> Terms:
    try:
        return terms_of(agreement, at)
    except Unjudged as problem:
        raise CannotJudge(str(problem)) from None


def count(judgement: Judgement) -> Duration:
    """The part of the work that counts as down."""
    return judgement.window.span.length - judgement.excused.within(judgement.window.span).total


def find_nearest(
    terms: Terms, wished: Window, planned: Sequence[Window], down: Timeline, as_of: Instant, judgement: Judgement
) -> tuple[Span, ...]:
    """The nearest start before and after the wished one at which nothing would count, of this work or of other planned."""
    starts = sorted(set(list_starts(terms, wished, planned, as_of, judgement.earliest_at)))
    before = (start for start in reversed(starts) if start < wished.span.start)
    after = (start for start in starts if start > wished.span.start)
    assumed = down.union(Timeline.of(window.worked_span for window in planned))
    standing = count_each(terms, planned, assumed)
    found: list[Span] = []
    for ahead in (before, after):
        for start in islice(ahead, MOST_TRIES // 2):
            span = Span(start, start + wished.span.length)
            moved = replace(wished, span=span, worked_span=span)
            counts = count_each(terms, [*planned, moved], assumed.union(Timeline.of([span])))
            # Work that takes the turn of other work would only make that one count.
            if not counts.pop(wished.id) and all(counts[name] <= before_it for name, before_it in standing.items()):
                found.append(span)
                break
    return tuple(sorted(found))


def count_each(terms: Terms, windows: Sequence[Window], down: Timeline) -> dict[str, Duration]:
    return {judgement.window.id: count(judgement) for judgement in classify(terms, windows, down)}


def list_starts(
    terms: Terms, wished: Window, planned: Sequence[Window], as_of: Instant, earliest_at: Instant | None
) -> Iterator[Instant]:
    """
    Where an answer can change: the end of the notice, the edges of the hours that are kept free, the edges of other
    windows, and midnights (a day, week or month may have its turn).
    """
    length = wished.span.length
    floor = max(as_of, earliest_at or as_of, wished.span.start.before(FAR))
    reach = Span(floor, max(floor, wished.span.start) + FAR)
    edges = [floor, *(edge for window in planned for edge in (window.span.start, window.span.end))]
    zones = [period.zone for period in terms.periods.values()]
    kind = terms.maintenance[wished.kind]
    if kind.outside:
        zones.append(kind.outside.value.zone)
        edges += [edge for hours in kind.outside.value.open_within(reach) for edge in (hours.start, hours.end)]
    for zone in zones:
        day, last = zone.date_at(reach.start), zone.date_at(reach.end)
        while day <= last:
            edges.append(zone.midnight(day))
            day = next_day(day)
    for edge in edges:
        yield from (start for start in (edge, edge.before(length)) if floor <= start < reach.end)

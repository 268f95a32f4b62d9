"""The open hours that a run crosses, for its picture: whole openings, what is used of them, paused, left, or over."""

from upheld.core.clocks import Timed
from upheld.core.clocks.choosing import choose_case
from upheld.core.clocks.desk import DeskState
from upheld.core.clocks.standing import find_gaps, union_of
from upheld.core.service_hours import ServiceHours
from upheld.core.terms import Terms
from upheld.core.timeline import DAY, Instant, Span, Timeline
from upheld.doors.shown.due import name_hours
from upheld.pages.contexts.tickets import CalendarStrip

MOST_OPENINGS = 40


def find_strip(terms: Terms, desk: DeskState, run: Timed, as_of: Instant) -> CalendarStrip | None:
    """
    None where no closed time and no pause lies in the run, and where its spans do not add up to what core counted: what
    changed under way, as by another priority, is told by the reasons alone.
    """
    if run.state not in ("running", "paused") or run.start_at is None or run.allowed is None:
        return None
    hours = terms.calendars.get(run.calendar)
    end = max(as_of, run.due_at) if run.due_at else as_of
    if run.start_at >= end:
        return None
    whole = Span(run.start_at, end)
    opened, paused = find_openings(hours, whole), find_pauses(terms, desk, run, as_of).within(whole)
    if len(opened.spans) > MOST_OPENINGS or (len(opened.spans) < 2 and not paused):
        return None
    until = min(as_of, run.due_at) if run.due_at else as_of
    ticking = opened.subtract(paused)
    used, over = ticking.within(Span.forward(run.start_at, until)), ticking.within(Span.forward(until, as_of))
    if used.union(over).total != run.used:
        return None
    return CalendarStrip(
        calendar=name_hours(hours, run.calendar),
        opened=opened.spans,
        start_at=run.start_at,
        due_at=run.due_at,
        used=used.spans,
        paused=opened.intersect(paused).spans,
        left=ticking.within(Span.forward(as_of, run.due_at)).spans if run.due_at else (),
        over=over.spans,
    )


def find_pauses(terms: Terms, desk: DeskState, run: Timed, as_of: Instant) -> Timeline:
    """The spans in which the run stands still, as one knows them; one without an end reaches for ever."""
    matter = desk.matters.get(run.matter)
    if matter is None or run.start_at is None:
        return Timeline(())
    choice = choose_case(terms, terms.desk.clocks[run.clock], matter, run.start_at, as_of)
    return union_of(find_gaps(terms, choice.clock, matter, run.start_at) if choice.clock else ())


def find_openings(hours: ServiceHours | None, span: Span) -> Timeline:
    """Those that the span touches, each whole; one that never ends is cut at the span."""
    if hours is None or hours.always:
        return Timeline((span,))
    near = hours.open_within(Span(span.start.before(DAY), span.end + DAY))
    return Timeline(tuple(one for one in near if one.end > span.start and one.start < span.end))

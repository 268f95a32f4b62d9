"""The tests of a kind of maintenance, each with its outcome, its sentence and its clauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from upheld.core.explain import show_instant, show_span
from upheld.core.maintenance.windows import Window
from upheld.core.terms.conditions import Circumstances, Lead, answer, compares
from upheld.core.terms.quantities import Comparison, Days, Months, OpenTime
from upheld.core.terms.rules import MaintenanceKind, Terms
from upheld.core.timeline import Duration, Instant, Timeline

NO_TIME = Timeline()


@dataclass(frozen=True, slots=True)
class Tested:
    """One test of a window. `surplus` is the time that this test leaves unexcused although the window stands."""

    name: str
    passed: bool
    words: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...] = ()
    surplus: Timeline = NO_TIME


def run_trials(
    terms: Terms, kind: MaintenanceKind, window: Window, earlier: Sequence[Window], regular: Timeline
) -> list[Tested]:
    """
    Every test that the kind has, in the order of the vocabulary.

    `earlier` are the windows of this kind that used their turn before; `regular` is the time of other kinds' windows
    that this kind must keep away from.
    """
    tests = [try_notice(terms, kind, window)] if kind.notice.value is not None else []
    if kind.outside:
        tests.append(try_outside(kind, window))
    if kind.not_within:
        tests.append(try_not_within(kind, window, regular))
    if kind.at_most:
        tests.append(try_turn(kind, window, earlier))
    return tests


def try_notice(terms: Terms, kind: MaintenanceKind, window: Window) -> Tested:
    wanted = kind.notice.value
    assert wanted is not None
    lead = Lead(window.notice_at, window.span.start) if window.notice_at else None
    passed = lead is not None and compares(lead, wanted, Circumstances({}, {}, terms.calendars))
    if window.notice_at is None:
        words = f"no notice was given; asked is {wanted}"
    else:
        words = f"notice {show_instant(window.notice_at)}, asked is {wanted}"
        first = earliest_start(terms, kind, window)
        words += f": the earliest start is {show_instant(first)}" if first else ""
    clauses, readings = kind.notice.clauses, kind.notice.readings + calendar_readings(terms, wanted)
    if not passed and kind.waived_when and window.vendor_notice_at:
        known = {"vendor notice": Lead(window.vendor_notice_at, window.span.start)}
        waived = answer(kind.waived_when, Circumstances(known, {}, terms.calendars))
        words = "; ".join([words, *(reason for reason, _, _ in waived.reasons)])
        clauses += tuple(clause for _, cited, _ in waived.reasons for clause in cited)
        passed = waived.holds is True
        words += ": the notice is waived" if passed else ": the notice is not waived"
    return Tested("notice", passed, words, tuple(dict.fromkeys(clauses)), readings)


def earliest_start(terms: Terms, kind: MaintenanceKind, window: Window) -> Instant | None:
    """The first permitted start after the notice; None where the kind has no notice duty, or none was given."""
    wanted = kind.notice.value
    if wanted is None or window.notice_at is None:
        return None
    at = Circumstances({}, {}, terms.calendars)
    lengths = [edge for _, edge in wanted.edges if isinstance(edge, Duration | Days | Months | OpenTime)]
    return max((at.end_of(length, window.notice_at) for length in lengths), default=None)


def calendar_readings(terms: Terms, wanted: Comparison) -> tuple[str, ...]:
    """The readings that decide what a day of the notice is."""
    used: list[str] = []
    for _, edge in wanted.edges:
        if isinstance(edge, Days) and edge.calendar and not edge.kind:
            written = terms.document.blocks["calendars"][edge.calendar].get("day", "")
            used += [written.removeprefix("reading ")] if written.startswith("reading ") else []
    return tuple(used)


def try_outside(kind: MaintenanceKind, window: Window) -> Tested:
    assert kind.outside
    hours = kind.outside.value
    inside = hours.open_within(window.span) if window.span.length else Timeline()
    clauses, readings = kind.outside.clauses, kind.outside.readings
    if not inside:
        return Tested("outside", True, f"outside {hours.name} hours", clauses, readings)
    spans = ", ".join(show_span(span) for span in inside)
    if kind.beyond and kind.beyond.value == "surplus":
        words = f"{spans} lies inside {hours.name} hours and is not excused; the rest stands"
        cited = tuple(dict.fromkeys((*clauses, *kind.beyond.clauses)))
        return Tested("outside", True, words, cited, readings + kind.beyond.readings, inside)
    return Tested("outside", False, f"{spans} lies inside {hours.name} hours", clauses, readings)


def try_not_within(kind: MaintenanceKind, window: Window, kept_free: Timeline) -> Tested:
    assert kind.not_within
    shared = kept_free.within(window.span)
    named = " or ".join(kind.not_within.value)
    words = f"apart from every {named} window"
    if shared:
        words = f"{', '.join(show_span(span) for span in shared)} lies inside a {named} window"
    return Tested("not within", not shared, words, kind.not_within.clauses, kind.not_within.readings)


def try_turn(kind: MaintenanceKind, window: Window, earlier: Sequence[Window]) -> Tested:
    assert kind.at_most
    limit = kind.at_most.value
    assert isinstance(limit.amount, Fraction)
    used = [other for other in earlier if same_turn(kind, limit.per, window.span.start, other.span.start)]
    passed = len(used) < limit.amount
    words = f"{['the first', 'a further one'][bool(used)]} with down time in its {limit.per}; {limit.amount} is allowed"
    if used:
        words += f", used by {', '.join(other.id for other in used)}"
    return Tested("at most", passed, words, kind.at_most.clauses, kind.at_most.readings)


def same_turn(kind: MaintenanceKind, per: str, one: Instant, other: Instant) -> bool:
    """Whether two starts lie in the same day, week (from Monday), month, quarter or year of the kind's calendar."""
    return turn_of(kind, per, one) == turn_of(kind, per, other)


def turn_of(kind: MaintenanceKind, per: str, at: Instant) -> tuple[int, int]:
    local = kind.outside.value.zone.date_at(at) if kind.outside else at.utc().date()
    if per == "week":
        monday = local - timedelta(days=local.weekday())
        return monday.year, monday.timetuple().tm_yday
    parts = {"day": local.timetuple().tm_yday, "month": local.month, "quarter": (local.month - 1) // 3, "year": 0}
    return local.year, parts[per]

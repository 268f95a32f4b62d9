"""The tests of a kind of maintenance, each with its outcome, its sentence and its clauses."""

from collections.abc import Mapping, Sequence

from upheld.core.explain import show_instant, show_span
from upheld.core.facts import Frozen, frozen_class
from upheld.core.maintenance.tested import Tested
from upheld.core.maintenance.turns import Turn, try_budget, try_longest, try_turn
from upheld.core.maintenance.windows import Window
from upheld.core.service_hours import Zone
from upheld.core.terms.answers import answer, compares
from upheld.core.terms.circumstances import Lead
from upheld.core.terms.quantities import Comparison, Days, Months, OpenTime
from upheld.core.terms.rules import MaintenanceKind, Terms
from upheld.core.timeline import Duration, Instant, Timeline


@frozen_class
class Surroundings(Frozen):
    """
    What a window is tested against besides itself: the down time, windows of its kind that had their turn before, the time
    of other kinds that it keeps away from, and all the time of work that is told as of its kind.
    """

    down: Timeline
    down_of: Mapping[str, Timeline]
    earlier: Sequence[Turn]
    kept_free: Timeline
    alike: Timeline


def run_trials(terms: Terms, kind: MaintenanceKind, window: Window, around: Surroundings) -> list[Tested]:
    """Every test that the kind has, in the order of the vocabulary."""
    zone = zone_of(terms, kind)
    tests = [try_notice(terms, kind, window)] if kind.notice.value is not None else []
    if kind.outside:
        tests.append(try_outside(kind, window))
    if kind.inside:
        tests.append(try_inside(kind, window))
    if kind.not_within:
        tests.append(try_not_within(kind, window, around.kept_free))
    if kind.at_most and not isinstance(kind.at_most.value.amount, Duration):
        tests.append(try_turn(kind, window, around.earlier, zone))
    if kind.longest:
        tests.append(try_longest(kind, window, around.alike.intersect(around.down)))
    if kind.must_stay_up:
        tests.append(try_stay_up(kind, window, around.down_of))
    if kind.approval:
        tests.append(try_approval(kind, window))
    for name, limit in (("at most", kind.at_most), ("budget", kind.budget)):
        if limit and isinstance(limit.value.amount, Duration):
            wanted = excusable(kind, window, around.down).subtract(Timeline().union(*(test.surplus for test in tests)))
            tests.append(try_budget(kind, name, limit, wanted, around.earlier, zone))
    return tests


def zone_of(terms: Terms, kind: MaintenanceKind) -> Zone:
    """On whose dates weeks and years of work are counted: its calendar's, else the agreement's own."""
    hours = kind.outside or kind.inside
    return hours.value.zone if hours else terms.statement_period.zone


def excusable(kind: MaintenanceKind, window: Window, down: Timeline) -> Timeline:
    """The time that a window would excuse if every test of it passed."""
    time = Timeline.of([window.worked_span])
    return time if kind.measured.value == "whole window" else time.intersect(down)


def try_notice(terms: Terms, kind: MaintenanceKind, window: Window) -> Tested:
    wanted = kind.notice.value
    assert wanted is not None
    lead = Lead(window.notice_at, window.span.start) if window.notice_at else None
    passed = lead is not None and compares(lead, wanted, terms.circumstances({}))
    if window.notice_at is None:
        words = f"no notice was given; asked is {wanted}"
    else:
        words = f"notice {show_instant(window.notice_at)}, asked is {wanted}"
        first = earliest_start(terms, kind, window)
        words += f": the earliest start is {show_instant(first)}" if first else ""
    clauses, readings = kind.notice.clauses, kind.notice.readings + calendar_readings(terms, wanted)
    if not passed and kind.waived_when and window.vendor_notice_at:
        known = {"vendor notice": Lead(window.vendor_notice_at, window.span.start)}
        waived = answer(kind.waived_when, terms.circumstances(known))
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
    at = terms.circumstances({})
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
    if not inside:
        return Tested("outside", True, f"outside {hours.name} hours", kind.outside.clauses, kind.outside.readings)
    return beyond_hours(kind, "outside", inside, f"lies inside {hours.name} hours")


def try_inside(kind: MaintenanceKind, window: Window) -> Tested:
    assert kind.inside
    hours = kind.inside.value
    whole = Timeline.of([window.span])
    over = whole.subtract(hours.open_within(window.span)) if window.span.length else Timeline()
    if not over:
        return Tested("inside", True, f"inside {hours.name} hours", kind.inside.clauses, kind.inside.readings)
    return beyond_hours(kind, "inside", over, f"lies outside {hours.name} hours")


def beyond_hours(kind: MaintenanceKind, name: str, over: Timeline, where: str) -> Tested:
    """Time on the wrong side of some hours: it alone is not excused, or the work fails, as `beyond` says."""
    rule = kind.outside if name == "outside" else kind.inside
    assert rule
    words = f"{', '.join(show_span(span) for span in over)} {where}"
    if kind.beyond and kind.has_surplus:
        cited = tuple(dict.fromkeys((*rule.clauses, *kind.beyond.clauses)))
        words += " and is not excused; the rest stands"
        return Tested(name, True, words, cited, rule.readings + kind.beyond.readings, over)
    return Tested(name, False, words, rule.clauses, rule.readings)


def try_stay_up(kind: MaintenanceKind, window: Window, down_of: Mapping[str, Timeline]) -> Tested:
    """What must go on meanwhile: its own down time in the work is never excused."""
    assert kind.must_stay_up
    names = kind.must_stay_up.value
    lost = Timeline().union(*(down_of.get(name, Timeline()) for name in names)).within(window.worked_span)
    words = f"{' and '.join(names)} went on"
    if lost:
        words = f"{' or '.join(names)} was down {', '.join(show_span(span) for span in lost)}, which is not excused"
    return Tested("must stay up", True, words, kind.must_stay_up.clauses, kind.must_stay_up.readings, lost)


def try_approval(kind: MaintenanceKind, window: Window) -> Tested:
    """Everybody who must agree has done so before the start."""
    assert kind.approval
    told, passed = [], True
    for party in kind.approval.value:
        at = window.approved_at(party)
        passed = passed and at is not None
        told.append(f"{party} agreed {show_instant(at)}" if at else f"{party} had not agreed when it began")
    return Tested("approval", passed, "; ".join(told), kind.approval.clauses, kind.approval.readings)


def try_not_within(kind: MaintenanceKind, window: Window, kept_free: Timeline) -> Tested:
    assert kind.not_within
    shared = kept_free.within(window.span)
    named = " or ".join(kind.not_within.value)
    words = f"apart from every {named} window"
    if shared:
        words = f"{', '.join(show_span(span) for span in shared)} lies inside a {named} window"
    return Tested("not within", not shared, words, kind.not_within.clauses, kind.not_within.readings)

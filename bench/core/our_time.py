"""Our calendars: what a question costs, alone and in a batch, and what laying ten years out costs. Run by bench.core."""

import sys
from bisect import bisect_left, bisect_right
from itertools import accumulate

import numpy as np

from bench.core.measure import median_cpu, nanoseconds_each, tell
from bench.core.questions import CLOSES, OPENS, YEARS, list_holidays, list_open_spans, make_batch, make_singles
from upheld.bulk import BusinessTime
from upheld.bulk.laid_out import LaidOut
from upheld.core.service_hours import CivilHours, ServiceHours, Zone
from upheld.core.terms.hours import parse_week
from upheld.core.timeline import Duration, Instant, Span
from upheld.language.calendars import transitions

FIRST, LAST = Instant.parse("2016-01-01T00:00Z"), Instant.parse("2026-01-01T00:00Z")


def make_office() -> ServiceHours:
    changes = transitions("Europe/London", YEARS[0] - 2, YEARS[-1] + 3)
    zone = Zone.from_json("Europe/London", [list(change) for change in changes])
    week = parse_week([f"mon-fri {OPENS:%H:%M}-{CLOSES:%H:%M}"])
    return ServiceHours("office", zone, week, frozenset(list_holidays()), "whole")


def measure_build() -> float:
    """Milliseconds until ten years can be asked, alone and in a batch."""
    return median_cpu(lambda: LaidOut(make_office().lay_out(FIRST.micros, LAST.micros)), 7) * 1000


def measure(count: int, batch: int) -> None:
    hours = make_office()
    civil, bulk, singles = CivilHours(hours), BusinessTime(hours), make_singles(count)
    starts, ends, allowances = make_batch(batch)
    in_core = [
        (Instant.of(start), Span(Instant.of(start), Instant.of(end)), Duration(int(length)))
        for (start, end, _), length in zip(singles, make_batch(count)[2], strict=True)
    ]
    elapsed, due = bulk.elapsed(starts, ends), bulk.due(starts, allowances)
    tell(
        elapsed_one=nanoseconds_each(civil.elapsed, [(start, end) for start, end, _ in singles]),
        due_one=nanoseconds_each(civil.due, [(start, allowance) for start, _, allowance in singles]),
        elapsed_instants=nanoseconds_each(hours.elapsed, [(span,) for _, span, _ in in_core]),
        due_instants=nanoseconds_each(hours.due, [(start, length) for start, _, length in in_core]),
        **measure_bisect(in_core),
        elapsed_many=median_cpu(lambda: bulk.elapsed(starts, ends)) / batch * 1e9,
        due_many=median_cpu(lambda: bulk.due(starts, allowances)) / batch * 1e9,
        build_ms=measure_build(),
        elapsed_sum=int(np.sum(elapsed)),
        due_sum=int(np.sum(due - starts)),
    )


def measure_bisect(questions: list[tuple[Instant, Span, Duration]]) -> dict[str, float]:
    """The bound of a single call: two look-ups in plain lists, whole numbers in and out, nothing checked."""
    spans = list(list_open_spans())
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    through = list(accumulate(end - start for start, end in spans))

    def opened(at: int) -> int:
        place = bisect_right(starts, at) - 1
        end = ends[place]
        return through[place] if at >= end else through[place] - end + at

    def due(start: int, length: int) -> int:
        asked = opened(start) + length
        place = bisect_left(through, asked)
        return ends[place] - through[place] + asked

    return {
        "elapsed_bound": nanoseconds_each(
            lambda first, last: opened(last) - opened(first),
            [(span.start.micros, span.end.micros) for _, span, _ in questions],
        ),
        "due_bound": nanoseconds_each(due, [(start.micros, length.micros) for start, _, length in questions]),
    }


if __name__ == "__main__":
    measure(int(sys.argv[1]), int(sys.argv[2]))

"""Counts, levels and answers that name what the agreement does not know: shown with the reason."""

from collections.abc import Iterator, Sequence

from upheld.core.availability.levels import is_level
from upheld.core.explain import show_count
from upheld.core.facts import (
    Fact,
    LevelMeasured,
    OutageOpened,
    RequestsCounted,
    ShareAffected,
    TaskTimed,
    WindowApproved,
    WindowPlanned,
    WindowRefused,
    of_kind,
)
from upheld.core.terms import Terms


def find_uncounted(terms: Terms, facts: Sequence[Fact]) -> Iterator[str]:
    """What was counted or measured and stands for nothing."""
    components = {part for service in terms.services.values() for part in (*service.components, *service.uncovered)}
    figures = {measure.figure for measure in terms.measures.values()}
    outages = {fact.outage for fact in of_kind(facts, OutageOpened)}
    windows = {fact.window for fact in of_kind(facts, WindowPlanned)}
    for counted in of_kind(facts, RequestsCounted):
        if counted.component not in components:
            yield f"{counted.id}: component {counted.component!r} is not in the agreement; its requests are not counted"
        elif counted.from_at >= counted.to_at:
            yield f"{counted.id}: the requests were counted in no time at all; they are not counted"
        elif not 0 <= counted.failed <= counted.total:
            total = show_count(counted.total, "requests")
            yield f"{counted.id}: {counted.failed} of {total} cannot have failed; all of them count so"
    for shared in of_kind(facts, ShareAffected):
        if shared.outage not in outages:
            yield f"{shared.id}: no outage is called {shared.outage!r}; its share of users is put on nothing"
        elif shared.all <= 0:
            yield f"{shared.id}: a share of {shared.all} users is none; everybody counts as hit"
    for measured in of_kind(facts, LevelMeasured):
        if measured.figure not in figures:
            yield f"{measured.id}: no measure of the agreement has the figure {measured.figure!r}; it is only kept"
        elif not is_level(measured.level):
            yield f"{measured.id}: {measured.level!r} is no decimal number; it is not counted"
    for timed in of_kind(facts, TaskTimed):
        if timed.measure not in terms.measures:
            yield f"{timed.id}: no measure is called {timed.measure!r}; nothing of it is judged"
    for answer in facts:
        if isinstance(answer, WindowApproved | WindowRefused) and answer.window not in windows:
            yield f"{answer.id}: no work is called {answer.window!r}; the answer is put on nothing"

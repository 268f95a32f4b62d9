"""Cases of one planned window: what kind of work it is judged to be."""

from typing import Any

from tools.cases.question import Question, at
from upheld.core.maintenance import Window, check_plan
from upheld.core.timeline import Span, Timeline


def maintenance(question: Question) -> dict[str, Any]:
    given = question.given
    start = at(given["start"])
    span = Span(start, at(given["end"]) if given.get("end") else start)
    told, vendor = (at(given[key]) if given.get(key) else None for key in ("announced", "vendor_notice"))
    window = Window("window", given["kind"], span, span, told, vendor, False, ())
    judged = check_plan(question.terms(), window, [], Timeline())
    return {"classified": judged.kind.name, "earliest": judged.earliest_at}

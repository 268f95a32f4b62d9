"""When the sides go through the text again, and whether that is overdue: from the day after the day named."""

from collections.abc import Mapping, Sequence
from datetime import date

from upheld.core.explain import Finding, Step, Verdict
from upheld.core.facts import Fact, Frozen, ReviewHeld, frozen_class, of_kind
from upheld.core.terms.editions import Edition
from upheld.core.terms.quantities import NotAQuantity, parse_date
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Instant, Span


@frozen_class
class Review(Frozen):
    """The next review; `next_on` is None where none is named any more."""

    next_on: date | None
    last_on: date | None
    is_overdue: bool
    why: Step


def look_up_review(edition: Edition, facts: Sequence[Fact], today: date, dates: Mapping[str, date]) -> Review | None:
    """
    The state of the reviews on a day; None where the text names none and none was held.

    `dates` are the local dates of the reviews that were held, by their facts' ids.
    """
    held = [fact for fact in of_kind(facts, ReviewHeld) if fact.id in dates]
    if edition.next_review is None and edition.last_review is None and not held:
        return None
    last = held[-1] if held else None
    last_on = dates[last.id] if last else edition.last_review.value if edition.last_review else None
    next_on = read_date(last.next_on) if last else edition.next_review.value if edition.next_review else None
    is_overdue = next_on is not None and next_on < today
    said = [term for term in (edition.next_review, edition.last_review) if term]
    clauses = tuple(dict.fromkeys(clause for term in said for clause in term.clauses))
    readings = tuple(dict.fromkeys(name for term in said for name in term.readings))
    words = f"the next review is due on {next_on}; today is {today}" if next_on else "no next review is named"
    value = "overdue" if is_overdue else "not overdue"
    return Review(next_on, last_on, is_overdue, Step(value, words, clauses, readings, tuple(fact.id for fact in held[-1:])))


def read_date(written: str) -> date | None:
    try:
        return parse_date(written)
    except NotAQuantity:
        return None


def judge_review(terms: Terms, facts: Sequence[Fact], period: Span, as_of: Instant) -> list[Finding]:
    """The reviews as they stand at `as_of`."""
    edition, zone = terms.besides.edition, terms.statement_period.zone
    if edition is None:
        return []
    dates = {fact.id: zone.date_at(fact.occurred_at) for fact in of_kind(facts, ReviewHeld)}
    review = look_up_review(edition, facts, zone.date_at(as_of), dates)
    if review is None:
        return []
    quantities = (
        ("overdue", "yes" if review.is_overdue else "no"),
        ("next review", review.next_on.isoformat() if review.next_on else "none"),
        ("last review", review.last_on.isoformat() if review.last_on else "none"),
    )
    value = "overdue" if review.is_overdue else "not overdue"
    return [Finding("agreement/review", period, value, Verdict.NOT_APPLICABLE, review.why, quantities=quantities)]

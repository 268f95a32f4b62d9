"""Reviews: due on a day, overdue from the day after, moved by a review that was held."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.core.orchard import GONE, JUNE, LATER, bound, state, told
from upheld.core.duties import judge_edition, judge_review, look_up_review
from upheld.core.terms.duties import Besides
from upheld.core.timeline import Instant


@pytest.mark.parametrize(("today", "overdue"), [("2024-11-20", False), ("2024-11-21", True), ("2023-01-01", False)])
def test_is_overdue_from_the_day_after(today, overdue):
    """On the day itself it is still in time."""
    edition = bound().besides.edition
    assert edition is not None
    found = look_up_review(edition, (), date.fromisoformat(today), {})
    assert found is not None
    assert (overdue, date(2024, 3, 1), ("OR-15",)) == (found.is_overdue, found.last_on, found.why.clauses)
    assert ("overdue" if overdue else "not overdue") == found.why.value


def review(*facts, as_of: str = "2025-06-30T12:00Z", **places):
    found = state(list(facts), as_of=Instant.parse(as_of), **places).findings
    return next((dict(one.quantities) for one in found if one.rule == "agreement/review"), None)


def test_a_review_that_was_held_names_the_next():
    """The date of the last review is the day on which it was held; the next is the one named there."""
    held = told("review-held", "2025-06-20T09:00Z", next_on="2026-06-20")
    assert {"overdue": "no", "next review": "2026-06-20", "last review": "2025-06-20"} == review(held)
    assert {"overdue": "yes", "next review": "2024-11-20", "last review": "2024-03-01"} == review()


def test_a_review_may_name_no_next():
    """Then nothing is overdue."""
    held = told("review-held", "2025-06-20T09:00Z", next_on="")
    assert {"overdue": "no", "next review": "none", "last review": "2025-06-20"} == review(held)


def test_is_silent_without_an_agreement_block():
    """Terms that know of no text of their own have neither editions nor reviews."""
    terms = replace(bound(), besides=Besides())
    assert [] == judge_review(terms, (), JUNE, LATER)
    assert [] == judge_edition(terms, (), JUNE, None, LATER)


def test_is_silent_where_none_is_named():
    """Without a date in the text and without a review there is nothing to tell; a last one alone is told."""
    gone: dict[str, Any] = {"agreement__next_review": GONE, "agreement__last_review": GONE}
    assert review(**gone) is None
    assert {"overdue": "no", "next review": "none", "last review": "2024-03-01"} == review(agreement__next_review=GONE)
    only_next = review(agreement__last_review=GONE)
    assert only_next is not None
    assert "none" == only_next["last review"]

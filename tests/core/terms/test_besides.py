"""Access, duties, notices, plans and the text's own editions as rules: what is read, and what is refused."""

from datetime import date
from typing import Any

import pytest

from tests.core.orchard import GONE, bound, problems
from upheld.core.terms.lengths import later_date
from upheld.core.terms.quantities import Days, Months
from upheld.core.timeline import DAY, HOUR, Duration

SWITCH = {"held by": "customer", "at first": False, "takes effect": "at once"}


@pytest.mark.parametrize(
    ("places", "problem"),
    [
        ({"access__pages__switch": GONE}, "access/pages/switch: `while on` needs the switch that opens it"),
        ({"access__pages__switch": "suport-user"}, "access/pages/switch: no switch is called 'suport-user'; nearest is"),
        ({"access__contents__purposes": GONE}, "access/contents/purposes: `for a purpose` names the purposes"),
        ({"access__pages__rule": "sometimes"}, "access/pages/rule: 'sometimes' is not one of always, never"),
        ({"switches": {"s": {"held by": "cat", "at first": False, "takes effect": "at once"}}}, "switches/s/held by: 'cat'"),
        (
            {"switches": {"s": {"held by": "customer", "at first": "no", "takes effect": "at once"}}},
            "switches/s/at first: 'no'",
        ),
        (
            {"switches": {"s": {"held by": "customer", "at first": False, "takes effect": "2 months"}}},
            "switches/s/takes effect: 2 months is not how long a switch takes",
        ),
        ({"duties__copies__who": "nobody"}, "duties/copies/who: 'nobody' is not one of provider"),
        ({"duties__copies__every": "2 business hours"}, "duties/copies/every: 120 open minutes of business are"),
        ({"notices__works__ahead": "a day"}, "notices/works/ahead: 'a day' says no comparison"),
        ({"notices__works__ahead": "at least 3 office days"}, "notices/works/ahead: no calendar is called 'office'"),
        ({"notices__works__outside": "office"}, "notices/works/outside: no calendar is called 'office'"),
        ({"notices__works__to": GONE}, "notices/works/to: 'to' is missing"),
        ({"plans__p": {"lasts": "none", "steps": ["a"]}}, "plans/p/done when: 'done when' is missing"),
        (
            {"plans__p": {"lasts": "none", "steps": ["a"], "done when": "x", "when": {"weather": "fine"}}},
            "plans/p/when/weather: 'weather' is not known here",
        ),
        (
            {"instructions__change_takes_effect": "signed"},
            "instructions/change takes effect: 'signed' is not one of received",
        ),
        ({"agreement__effective": "in spring"}, "agreement/effective: 'in spring' is not a date"),
        ({"instructions__others": GONE}, "instructions/others: 'others' is missing"),
        ({"agreement__next_review": "20/11/2024"}, "agreement/next review: '20/11/2024' is not a date"),
    ],
)
def test_refuses_what_cannot_be_judged(places, problem):
    """Located, with what to write instead."""
    found = problems(**places)
    assert any(line.startswith(problem) for line in found), found


def test_a_duty_that_costs_nothing_says_so():
    """`charge: none` on a duty is kept; without it nothing is said of its cost."""
    duties = bound().besides.duties
    assert [True, False] == [duties[name].is_free for name in ("anti-virus", "copies")]


def test_an_agreement_needs_none_of_it():
    """Without these blocks there is nothing to judge, and nothing is missing."""
    gone: dict[str, Any] = dict.fromkeys(("instructions", "duties", "notices", "plans", "access", "switches"), GONE)
    besides = bound(**gone).besides
    assert bound(agreement=GONE).besides.edition is None
    assert (None, {}, {}, {}) == (besides.instructions, besides.duties, besides.notices, besides.plans)


@pytest.mark.parametrize(
    ("day", "length", "later"),
    [
        ("2024-02-29", Months(12), "2025-02-28"),
        ("2024-02-29", Months(48), "2028-02-29"),
        ("2025-01-31", Months(1), "2025-02-28"),
        ("2025-12-31", Months(1), "2026-01-31"),
        ("2025-11-30", Months(3), "2026-02-28"),
        ("2025-01-15", Months(12), "2026-01-15"),
        ("2025-06-02", DAY * 14, "2025-06-16"),
        ("2025-06-02", HOUR, "2025-06-03"),
        ("2025-02-28", Days(1), "2025-03-01"),
        ("2025-06-02", Duration(0), "2025-06-02"),
    ],
)
def test_a_date_that_does_not_exist_is_the_last_of_its_month(day, length, later):
    """Months count dates; elapsed time counts days, a part of one as a whole."""
    assert later == later_date(date.fromisoformat(day), length).isoformat()

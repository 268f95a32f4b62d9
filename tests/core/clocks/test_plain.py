"""Which runs may be reckoned by the million: those of which start, allowed time and calendar alone decide."""

from typing import Any

import pytest

from tests.core.clocks.agreement import bound, changed, held, put, resolved, run, ticket
from upheld.core.clocks import Timed
from upheld.core.facts import Fact

NINE, TEN = "2026-03-02T09:00Z", "2026-03-02T10:00Z"
WAITS: dict[str, Any] = {"clocks__respond__pauses": [{"waiting for": "customer"}]}


def timed(*more: Fact, priority: str = "high", as_of: str = "2026-03-02T12:00Z", **places: Any) -> Timed:
    return run([*ticket(NINE, priority=priority), *more], as_of, bound(changed(**places)))


def test_a_time_in_open_hours_is_plain():
    """One case, no pause, no bound: and its due instant is what calendar and allowed time make of the start."""
    found = timed()

    assert found.is_plain
    assert found.start_at is not None
    assert found.allowed is not None
    assert found.due_at == bound().calendars["business"].due(found.start_at, found.allowed)


def test_one_that_could_pause_and_did_not_is_plain():
    assert timed(**WAITS).is_plain


@pytest.mark.parametrize("priority", ["idle", ""])
def test_where_nothing_is_promised_nothing_is_plain(priority):
    """No time, or no priority yet."""
    assert not timed(priority=priority).is_plain


def test_one_that_stood_still_is_not():
    assert not timed(*held(NINE, TEN), **WAITS).is_plain


def test_one_whose_priority_changed_is_not():
    assert not timed(put(TEN, "low")).is_plain


def test_one_with_a_bound_is_not():
    assert not timed(clocks__respond__at_latest={"from": "received", "in all": "24 hours"}).is_plain


def test_one_in_days_is_not():
    """Days end with a day of the calendar, not after so much open time."""
    assert not timed(clocks__respond__cases__high__within="2 whole business days").is_plain


@pytest.mark.parametrize(
    "places",
    [
        {"clocks__respond__cases__high__when": {"priority": "high", "start": "in business"}},
        {"clocks__respond__only_while": {"at": "in always"}},
    ],
)
def test_one_for_which_another_calendar_is_asked_is_not(places):
    """A change of that calendar would move it, too."""
    assert not timed(**places).is_plain


def test_one_that_has_not_begun_is_not():
    assert not run([*ticket(NINE), resolved(TEN)], NINE, bound(changed(clocks__respond__starts="resolved"))).is_plain

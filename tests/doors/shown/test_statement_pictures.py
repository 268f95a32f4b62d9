"""The pictures of a statement show what its figures say: every second of a state, and what could be borne."""

import json

import pytest

from tests.core.sample import outage
from tests.verify.samples import live_through_february, state
from upheld.core.proof import canonical_bytes
from upheld.core.timeline import Timeline
from upheld.doors.shown.statement_pictures import picture_budget, picture_period
from upheld.pages.states import State
from upheld.pages.words import UTC


@pytest.fixture(scope="module")
def content():
    """February as its statement keeps it: down for five hours, a storm, half an hour of work, a day that nobody measured."""
    storm = outage("o9", "2026-02-15T22:00Z", "2026-02-16T01:00Z", cause="storm")
    told = [*storm, *(fact for fact in live_through_february() if fact.id != "seen-2026-02-07T00:00:00.000000Z")]
    return json.loads(canonical_bytes(state(told).to_json()))


@pytest.fixture(scope="module")
def finding(content):
    return next(one for one in content["findings"] if one["rule"].startswith("availability/"))


@pytest.mark.parametrize(
    ("shown", "quantity"),
    [
        (State.DOWN, "down"),
        (State.MAINTENANCE, "out of base"),
        (State.UNKNOWN, "not measured"),
        (State.EXCLUDED, "up by exclusion"),
    ],
)
def test_time_in_the_picture_is_the_time_in_the_figure(content, finding, shown, quantity):
    """To the microsecond, nothing twice."""
    line = picture_period(content, finding, UTC)
    assert line is not None
    spans = [one.span for one in line.spans if one.state is shown]

    assert Timeline.of(spans).total.micros == finding["quantities"][quantity]["micros"]
    assert sum(span.length.micros for span in spans) == finding["quantities"][quantity]["micros"]


def test_the_line_is_of_the_period(content, finding):
    """Its days, as the statement has them."""
    line = picture_period(content, finding, UTC)

    assert line is not None
    assert content["period"] == [str(line.days.start), str(line.days.end)]
    assert content["as_of"] == str(line.as_of)


def test_the_bar_is_what_could_be_borne(finding):
    """Overdrawn by what the words of the statement say."""
    budget = picture_budget(finding)

    assert budget is not None
    assert (finding["quantities"]["borne"]["micros"], finding["quantities"]["down"]["micros"]) == (
        budget.allowed.micros,
        budget.used.micros,
    )


def test_without_a_promise_there_is_no_picture(content):
    """Of an agreement that promises no availability."""
    assert (None, None) == (picture_period(content, None, UTC), picture_budget(None))


def test_without_a_target_there_is_no_bar(finding):
    """A share that is told and not promised bears anything."""
    bare = {**finding, "quantities": {name: value for name, value in finding["quantities"].items() if name != "borne"}}

    assert picture_budget(bare) is None

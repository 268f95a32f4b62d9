"""Calendars made of others: joined when terms are bound, refused where that makes no sense."""

import pytest

from tests.core.sample import BLOCKS
from tests.core.terms.changed import problems, terms

NIGHTS = {"zone": "UTC", "open": ["mon-sun 20:00-24:00"], "closed": "none", "day": "whole"}
JOINED = {"zone": "UTC", "open": "none", "closed": "none", "day": "closing", "any of": ["business", "nights"]}


def calendars(**said):
    changed = {name.replace("_", " "): value for name, value in said.items()}
    return {**BLOCKS["calendars"], "nights": NIGHTS, "either": {**JOINED, **changed}}


def test_are_joined():
    """The calendar knows both of which it is made, and has no hours of its own."""
    either = terms(calendars=calendars()).calendars["either"]

    assert ["business", "nights"] == [site.name for site in either.sites]
    assert ((),) * 7 == either.hours


def test_one_that_cannot_be_read_is_told_once():
    """Its own hours are wrong: nothing is joined to it."""
    found = problems(calendars=calendars(open=["someday"]))

    assert ["calendars/either/open"] == [one.split(": ")[0] for one in found]


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"any_of": ["busines"]}, "calendars/either/any of: no calendar is called 'busines'; nearest is 'business'"),
        ({"any_of": ["either"]}, "calendars/either/any of: either is made of others itself; name those instead of it"),
        ({"day": "open hours"}, "a day of several places has no length of its own; write day: whole, closing or none"),
    ],
)
def test_says_what_cannot_be_joined(said, what):
    """At its place, with what to write."""
    found = problems(calendars=calendars(**said))

    assert any(what in one for one in found), found

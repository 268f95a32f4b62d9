"""What made an incident: which facts say of each of its moments why it was down."""

import pytest

from tests.core.clocks.agreement import LATER, at, bound, failed
from tests.core.terms.changed import changed, terms
from upheld.core.availability import read_outages
from upheld.core.clocks.incidents import course_of_causes, excuses_win, stretches_of
from upheld.core.clocks.matter import BEGIN, Laid
from upheld.core.timeline import Span

MON = "2026-02-02"


def test_each_moment_cites_the_facts_of_its_cause():
    """Storm from nine to ten: that hour cites whoever said so; the hour before it, of no named cause, the outage itself."""
    facts = failed(f"{MON}T08:00Z", f"{MON}T10:00Z", storm=(f"{MON}T09:00Z", f"{MON}T10:00Z"))
    opened, closed, storm = (fact.id for fact in facts)

    assert [
        (Span(at(f"{MON}T08:00Z"), at(f"{MON}T09:00Z")), "own", (opened, closed)),
        (Span(at(f"{MON}T09:00Z"), at(f"{MON}T10:00Z")), "storm", (storm,)),
    ] == [(laid.span, laid.value, laid.facts) for laid in stretches_of(read_outages(bound(), facts, LATER))]


@pytest.mark.parametrize(("overlap", "wins"), [("down wins", "own"), ("up wins", "storm")])
def test_of_causes_at_once_those_hold_that_the_agreement_lets_win(overlap: str, wins: str):
    """A fault of our own and a storm in the same hour: clocks see the one that the promise of availability sees."""
    nine, ten = at(f"{MON}T09:00Z"), at(f"{MON}T10:00Z")
    laid = [Laid(Span(nine, ten), "own", ("a",)), Laid(Span(nine, ten), "storm", ("b",))]
    course = course_of_causes(terms(availability__uptime__overlap=overlap), laid)

    assert ((BEGIN, nine, ten), (None, (wins,), None)) == (course.starts, course.values)


def test_an_excuse_wins_where_every_promise_says_so():
    """Of two promises one lets the own cause win: no clock stands still for the other one's sake."""
    promises = changed()["availability"] | {"second": changed()["availability"]["uptime"] | {"overlap": "up wins"}}

    assert not excuses_win(terms(availability=promises))
    promises["uptime"] = promises["second"]
    assert excuses_win(terms(availability=promises))

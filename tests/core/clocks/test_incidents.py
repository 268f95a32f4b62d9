"""What made an incident: which facts say of each of its moments why it was down."""

from tests.core.clocks.agreement import LATER, at, bound, failed
from upheld.core.availability import read_outages
from upheld.core.clocks.incidents import stretches_of
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

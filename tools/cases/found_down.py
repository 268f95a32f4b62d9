"""Outages in the story of a case: a prober finds the service down, and people say why it was."""

from tools.cases.story import ENGINEER, SECOND_PERSON, Deed, Story
from upheld.apps.fleet.services import watch_service
from upheld.apps.probes.queries import outage
from upheld.apps.probes.services import approve_cause, assign_cause, ingest
from upheld.core.facts import OutageOpened
from upheld.core.terms import Terms
from upheld.core.timeline import SECOND, Instant, Span
from upheld.gateways.samples import Batch, Observation, Outcome

EVERY, BAD_ENOUGH = 10, 3
"""Seconds between two answers of the prober, and how many bad ones make an outage."""


def find_down(story: Story, terms: Terms) -> Deed:
    """The prober finds the first component of the service down; its answers are the only thing that opens an outage."""
    name, service = next(iter(terms.services.items()))

    def deed(when: Instant) -> None:
        slug = f"{story.agreement.key}-{name}"
        watch_service(
            slug=slug, name=name, customer=story.agreement.customer, agreement=story.agreement.key, terms_service=name,
            component=service.components[0], url="http://127.0.0.1:9/", interval_seconds=EVERY, deadline_seconds=4,
            allow=["127.0.0.0/8"],
        )  # fmt: skip
        seen = [find_bad(slug, number, when + SECOND * EVERY * number) for number in range(BAD_ENOUGH)]
        batch = Batch("local", slug, 1, when.micros, seen[-1].finished_at, (), tuple(seen))
        [opened] = [fact for fact in ingest(batch=batch, at=Instant(seen[-1].finished_at)) if isinstance(fact, OutageOpened)]
        story.outage = opened.outage

    return deed


def find_bad(slug: str, number: int, known_at: Instant) -> Observation:
    """An answer that failed, known at an instant: from then on the service counts as bad."""
    begun = known_at.before(SECOND)
    return Observation(
        check_id=slug, sequence=number + 1, started_at=begun.micros, finished_at=known_at.micros, seen_at=known_at.micros,
        vouches_from=known_at.before(SECOND * EVERY).micros, duration_us=SECOND.micros, outcome=Outcome.BAD,
        reason="connection refused", phases={},
    )  # fmt: skip


def blame(story: Story, terms: Terms, since: Instant, cause: str) -> Deed:
    """A cause is put on the outage, with the evidence that it asks for, and a second person approves it."""
    evidence = next(iter(terms.causes[cause].evidence), "")

    def deed(when: Instant) -> None:
        put = assign_cause(
            outage=outage(story.outage), span=Span(since, when), cause=cause, evidence=evidence, by=ENGINEER, at=when
        )
        approve_cause(agreement=story.agreement.key, assignment=put.id, by=SECOND_PERSON, at=when)

    return deed

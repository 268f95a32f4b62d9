"""Outages in the story of a case as a prober sees them: the whole time is watched, and every second of it is known."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.cases.story import Deed, Story
from upheld.apps.fleet.services import watch_service
from upheld.apps.probes.services import ingest
from upheld.core.facts import OutageOpened
from upheld.core.terms import Terms
from upheld.core.timeline import DAY, SECOND, Instant, Span, Timeline
from upheld.gateways.samples import Batch, Observation, Outcome

DAY_SECONDS = DAY.micros // SECOND.micros


@dataclass(frozen=True)
class Down:
    """A span in which a component cannot be reached."""

    component: str
    span: Span


@dataclass
class Watched:
    """What the prober made of it: the outage of each component that began at an instant."""

    outages: dict[tuple[str, Instant], str] = field(default_factory=dict)
    spans: dict[str, Timeline] = field(default_factory=dict)

    def outage_of(self, down: Down) -> str:
        """The outage in which a span lies: spans of a component that touch are one."""
        [whole] = [span for span in self.spans[down.component].spans if span.start <= down.span.start < span.end]
        return self.outages[down.component, whole.start]


def watch(story: Story, terms: Terms, within: Span, downs: Sequence[Down]) -> Watched:
    """Watch every component of the agreement's first service from before `within` to its end, or to the last outage's."""
    watched = Watched()
    name, service = next(iter(terms.services.items()))
    first = min([within.start, *(down.span.start for down in downs)]).before(DAY)
    last = max([within.end, *(down.span.end for down in downs)])
    for component in service.components:
        slug = f"{story.agreement.key}-{component}"[:60]
        watched.spans[component] = Timeline.of(down.span for down in downs if down.component == component)
        story.then(first, put_under_watch(story, slug, name, component))
        tell_seen(story, watched, slug, component, Span(first, last))
    return watched


def put_under_watch(story: Story, slug: str, name: str, component: str) -> Deed:
    def deed(when: Instant) -> None:
        watch_service(
            slug=slug, name=component, customer=story.agreement.customer, agreement=story.agreement.key, terms_service=name,
            component=component, url="http://127.0.0.1:9/", interval_seconds=DAY_SECONDS, deadline_seconds=4,
            allow=["127.0.0.0/8"],
        )  # fmt: skip

    return deed


def tell_seen(story: Story, watched: Watched, slug: str, component: str, whole: Span) -> None:
    """An answer each day, and one at each change; those up to a change come in one batch, at that instant."""
    spans = watched.spans[component].spans
    changes = {instant for span in spans for instant in (span.start, span.end)}
    days = {whole.start + DAY * number for number in range(whole.length.micros // DAY.micros + 1)}
    seen: list[Observation] = []
    held: list[Observation] = []
    sequence = 0
    for instant in sorted(changes | days | {whole.end}):
        is_down = any(span.start <= instant < span.end for span in spans)
        held.append(answer(slug, instant, seen[-1] if seen else None, is_down=is_down))
        seen.append(held[-1])
        if instant in changes or instant == whole.end:
            sequence += 1
            batch = Batch("local", slug, sequence, held[0].started_at, instant.micros, (), tuple(held))
            story.then(instant, take(watched, component, batch))
            held = []


def answer(slug: str, known_at: Instant, last: Observation | None, *, is_down: bool) -> Observation:
    """One answer, known at an instant: from then on the component counts as it says."""
    begun = known_at.before(SECOND)
    return Observation(
        check_id=slug, sequence=last.sequence + 1 if last else 1, started_at=begun.micros, finished_at=known_at.micros,
        seen_at=known_at.micros, vouches_from=last.seen_at if last else known_at.micros, duration_us=SECOND.micros,
        outcome=Outcome.BAD if is_down else Outcome.GOOD, reason="connection refused" if is_down else "", phases={},
    )  # fmt: skip


def take(watched: Watched, component: str, batch: Batch) -> Deed:
    def deed(when: Instant) -> None:
        for fact in ingest(batch=batch, at=when):
            if isinstance(fact, OutageOpened):
                watched.outages[component, fact.first_bad_at] = fact.outage

    return deed

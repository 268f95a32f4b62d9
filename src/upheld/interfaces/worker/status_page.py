"""What the public status page shows: every watched service, the days behind it, the work ahead. No customer, no person."""

from collections.abc import Sequence

from upheld.apps.findings.queries import known_facts
from upheld.apps.ledger.services import open_signer
from upheld.apps.maintenance.queries import Window, windows_of
from upheld.apps.parties.queries import UnknownParty, provider_name
from upheld.apps.probes.queries import Outage, Standing, list_outages, list_standings
from upheld.core.facts import Fact, NotMeasured, ObservationsSealed, of_kind
from upheld.core.timeline import DAY, Instant, Span, Timeline
from upheld.pages.contexts import ComponentStatus, Link, PlannedWork, StateSpan, StatusPage, TroubledDay
from upheld.pages.states import State
from upheld.pages.words import UTC

DAYS_SHOWN = 90
MOST_TROUBLES = 20
HISTORY = "history"
"""The folder of the months, below the page."""
STATES = {"up": State.UP, "down": State.DOWN, "unknown": State.UNKNOWN}


def build_status_page(as_of: Instant) -> StatusPage:
    """The page as of an instant; days are those of UTC."""
    today = UTC.midnight(UTC.date_at(as_of))
    days = Span(today.before(DAY * (DAYS_SHOWN - 1)), today + DAY)
    standings = list_standings(as_of)
    outages = [row for row in list_outages(limit=1000) if not row.is_void]
    windows = {key: windows_of(key) for key in {standing.service.agreement for standing in standings}}
    components, troubles, planned = [], [], []
    for standing in standings:
        own = [row for row in outages if row.service_id == standing.service.pk]
        work = [window for window in windows[standing.service.agreement] if window.state != "cancelled"]
        components.append(show_component(standing, own, work, days, as_of))
        troubles += show_troubles(standing, own, days, as_of)
        planned += [
            PlannedWork(window.span, standing.service.name, window.reason) for window in work if window.span.end > as_of
        ]
    return StatusPage(
        provider=name_provider(),
        as_of=as_of,
        days=days,
        components=tuple(components),
        troubles=tuple(sorted(troubles, key=lambda trouble: trouble.span, reverse=True)[:MOST_TROUBLES]),
        planned=tuple(sorted(planned, key=lambda work: work.span)),
        verifier_keys=(open_signer().verifier_key(),),
        history_url=f"{HISTORY}/{today.utc():%Y-%m}.html",
        feeds=(Link("JSON", "status.json"),),
    )


def name_provider() -> str:
    try:
        return provider_name()
    except UnknownParty:
        return "Service"


def show_component(
    standing: Standing, outages: Sequence[Outage], windows: Sequence[Window], days: Span, as_of: Instant
) -> ComponentStatus:
    _, facts = known_facts(standing.service.agreement)
    component = standing.service.component
    lived = Timeline.of([Span.forward(days.start, min(as_of, days.end))])
    blind = Timeline.of(
        Span.forward(fact.from_at, fact.to_at) for fact in of_kind(facts, NotMeasured) if fact.component == component
    )
    seen = seen_time(standing, facts, as_of).subtract(blind)
    down = Timeline.of(span_of(outage, as_of) for outage in outages).subtract(blind).intersect(lived)
    work = Timeline.of(Span.forward(*worked(window, as_of)) for window in windows).intersect(lived)
    unknown = lived.subtract(seen).subtract(down).subtract(work)
    spans = [
        *(StateSpan(span, State.DOWN, standing.outage is not None and span.end == as_of) for span in down.subtract(work)),
        *(StateSpan(span, State.MAINTENANCE) for span in work),
        *(StateSpan(span, State.UNKNOWN) for span in unknown),
    ]
    return ComponentStatus(
        name=standing.service.name,
        state=STATES[standing.state],
        spans=tuple(sorted(spans, key=lambda shown: shown.span)),
        since=standing.since_at,
    )


def seen_time(standing: Standing, facts: Sequence[Fact], as_of: Instant) -> Timeline:
    """The time that was watched: what is sealed, and what came since."""
    component = standing.service.component
    seals = [fact for fact in of_kind(facts, ObservationsSealed) if fact.component == component]
    spans = [Span.forward(fact.from_at, fact.to_at) for fact in seals]
    last = max((span.end for span in spans), default=standing.since_at)
    if last is not None and standing.seen_at is not None and standing.state != "unknown":
        # Between two samples it is as it was: up to now, as long as the samples keep coming.
        spans.append(Span.forward(last, as_of))
    return Timeline.of(spans)


def worked(window: Window, as_of: Instant) -> tuple[Instant, Instant]:
    """When the work was done, as far as that was recorded; else as it was planned."""
    start = Instant.of(window.started_at) if window.started_at else window.span.start
    return start, Instant.of(window.ended_at) if window.ended_at else window.span.end


def span_of(outage: Outage, as_of: Instant) -> Span:
    return Span.forward(outage.began_at, outage.ended_at or as_of)


def show_troubles(standing: Standing, outages: Sequence[Outage], days: Span, as_of: Instant) -> list[TroubledDay]:
    return [
        TroubledDay(
            span=span_of(outage, as_of),
            words=f"{standing.service.name} {'is' if outage.ended_at is None else 'was'} down",
            is_running=outage.ended_at is None,
        )
        for outage in outages
        if span_of(outage, as_of).end > days.start
    ]

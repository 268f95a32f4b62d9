"""What the public status page shows: every watched service, the days behind it, the work ahead. No customer, no person."""

from collections.abc import Iterable, Sequence

from upheld.apps.ledger.platform import platform_head
from upheld.apps.ledger.services import open_signer
from upheld.apps.maintenance.queries import Window, windows_of
from upheld.apps.parties.queries import UnknownParty, provider_name
from upheld.apps.probes.queries import Outage, Standing, list_outages, list_standings
from upheld.apps.witnesses.queries import latest_stamp
from upheld.core.timeline import DAY, MICRO, Instant, Span, Timeline
from upheld.gateways.pyz import NAME, WITNESS_NAME
from upheld.interfaces.worker.status_days import ComponentDays, PeriodDown, read_days, span_of
from upheld.pages.contexts import ComponentStatus, Link, PlannedWork, StateSpan, StatusPage, TroubledDay
from upheld.pages.states import State
from upheld.pages.words import NBSP, UTC, say_minutes, say_month

DAYS_SHOWN = 90
MOST_TROUBLES = 20
HISTORY = "history"
"""The folder of the months, below the page."""
HEADS, HEAD, STAMP = "heads", "head.json", "stamp.json"
"""The folder of the signed head over all ledgers, below the page, its file, and that of the newest stamped one."""
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
        read = read_days(standing, own, days, as_of)
        components.append(show_component(standing, read, work, days, as_of))
        troubles += show_troubles(standing, own, read, days, as_of)
        ahead = [window for window in work if window.state != "over" and window.span.end > as_of]
        planned += [PlannedWork(window.span, standing.service.name, title_work(window)) for window in ahead]
    return StatusPage(
        provider=name_provider(),
        as_of=as_of,
        days=days,
        components=tuple(components),
        troubles=tuple(sorted(troubles, key=lambda trouble: trouble.span, reverse=True)[:MOST_TROUBLES]),
        planned=tuple(sorted(planned, key=lambda work: work.span)),
        verifier_keys=(open_signer().verifier_key(),),
        verifier_url=NAME,
        head_url=link_head(f"{HEADS}/{HEAD}"),
        stamp_url=link_stamp(""),
        witness_url=link_head(WITNESS_NAME),
        history_url=f"{HISTORY}/{today.utc():%Y-%m}.html",
        feeds=(Link("JSON", "status.json"),),
    )


def link_stamp(above: str) -> str:
    """Where the newest stamped head lies, from a page so far below; nothing before the first."""
    return f"{above}{HEADS}/{STAMP}" if latest_stamp() else ""


def link_head(address: str) -> str:
    """An address of what shows the head over all ledgers; nothing before there is one."""
    return address if platform_head() else ""


def name_provider() -> str:
    try:
        return provider_name()
    except UnknownParty:
        return "Service"


def show_component(
    standing: Standing, days: ComponentDays, windows: Sequence[Window], shown: Span, as_of: Instant
) -> ComponentStatus:
    """Down time is the judge's, also inside planned work where that counts; the rest of planned work is maintenance."""
    lived = Span.forward(shown.start, min(as_of, shown.end))
    work = plan_time(windows, as_of).within(lived).subtract(days.down)
    runs = standing.outage is not None
    timed = (
        (days.down, State.DOWN), (work, State.MAINTENANCE), (days.excused.subtract(work), State.EXCLUDED),
        (days.partly.subtract(work), State.DEGRADED), (days.unmeasured.subtract(work), State.UNKNOWN),
    )  # fmt: skip
    spans = [
        StateSpan(span, state, runs and state is State.DOWN and span.end == as_of) for time, state in timed for span in time
    ]
    return ComponentStatus(
        name=standing.service.name,
        state=tell_state(standing, timed, as_of),
        spans=tuple(sorted(spans, key=lambda one: one.span)),
        since=standing.since_at,
        says=" ".join(tell_period(one) for one in choose_periods(days.periods, shown, as_of)),
    )


def tell_state(standing: Standing, timed: Iterable[tuple[Timeline, State]], as_of: Instant) -> State:
    """What the prober says; of an outage what the judge makes of its last moment."""
    if standing.state != "down":
        return STATES[standing.state]
    return next((state for time, state in timed if time.contains(as_of.before(MICRO))), State.DOWN)


def choose_periods(periods: Sequence[PeriodDown], shown: Span, as_of: Instant) -> list[PeriodDown]:
    """The latest two, the later first, of those that are shown for the better part of what has passed of them."""
    inside = []
    for one in periods:
        passed = Span.forward(one.period.start, min(as_of, one.period.end))
        part = passed.overlap(shown)
        if part is not None and part.length * 2 >= passed.length:
            inside.append(one)
    return inside[:-3:-1]


def tell_period(one: PeriodDown) -> str:
    """`August so far: 178 min down.` to the judge's own sum."""
    month = say_month(one.period, one.zone).split(NBSP)[0] if is_calendar_month(one) else say_month(one.period, one.zone)
    down = f"{say_minutes(one.down)} down" if one.down else "none down"
    unseen = f", {say_minutes(one.unseen)} not measured, which counts as down" if one.unseen else ""
    return f"{month}{'' if one.is_over else ' so far'}: {down}{unseen}."


def is_calendar_month(one: PeriodDown) -> bool:
    return say_month(one.period, one.zone).count(NBSP) == 1


def plan_time(windows: Sequence[Window], as_of: Instant) -> Timeline:
    return Timeline.of(Span.forward(*worked(window, as_of)) for window in windows)


def worked(window: Window, as_of: Instant) -> tuple[Instant, Instant]:
    """When the work was done, as far as that was recorded; else as it was planned."""
    start = Instant.of(window.started_at) if window.started_at else window.span.start
    return start, Instant.of(window.ended_at) if window.ended_at else window.span.end


def title_work(window: Window) -> str:
    """What everybody may read of planned work: its kind. Its reason is for the customer who is told, and for nobody else."""
    return f"{window.kind.replace('-', ' ')} maintenance"


def show_troubles(
    standing: Standing, outages: Sequence[Outage], days: ComponentDays, shown: Span, as_of: Instant
) -> list[TroubledDay]:
    found = []
    for outage in outages:
        span = span_of(outage, as_of)
        if (part := span.overlap(shown)) is not None:
            words = tell_trouble(standing.service.name, days, part, is_over=outage.ended_at is not None)
            found.append(TroubledDay(span=span, words=words, is_running=outage.ended_at is None))
    return found


def tell_trouble(name: str, days: ComponentDays, span: Span, *, is_over: bool) -> str:
    """Whether it counted: all of it, a part of it by minutes, or nothing."""
    verb, down = "was" if is_over else "is", days.down.within(span).total
    if down == span.length:
        return f"{name} {verb} down"
    if down:
        return f"{name} {verb} down; {say_minutes(down)} of it count"
    if days.partly.within(span).total == span.length:
        return f"{name} {verb} down, its service as a whole {verb} not"
    return f"{name} {verb} not reached; none of it counts as down"

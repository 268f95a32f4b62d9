"""Services: is it up, and what can the period still bear."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.timeline import ZERO, Duration, Instant, Span, Timeline
from upheld.pages.contexts.outages import Edges
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Budget, Empty, Figure, StateSpan
from upheld.pages.states import State, find_worst
from upheld.pages.words import join_words, say_count, say_instant, say_length, say_minutes, say_month

NOT_WATCHED = Empty(
    "No service is watched",
    "A service appears here with its first sample: sign an agreement for a customer, then give it a probe.",
)
NOT_MEASURED = Empty("Nothing was measured in this period", "The picture fills with the first sample.")
NO_HOURS = Timeline()


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceRow:
    """One service of one agreement in the list."""

    agreement: AgreementName
    state: State
    period: Span
    since: Instant | None = None
    so_far: str = ""
    """Availability so far, in words: `99.6008 %`."""
    promised: str = ""
    left: Duration | None = None
    spans: tuple[StateSpan, ...] = ()
    sampled_at: Instant | None = None
    """The last sample: is the watcher itself alive."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicesPage(Page):
    """All that is looked after, whatever is wrong first."""

    template: ClassVar[str] = "upheld/services.html"
    section: ClassVar[str] = "Services"
    is_live: ClassVar[bool] = True

    as_of: Instant
    rows: tuple[ServiceRow, ...] = ()
    empty: Empty = NOT_WATCHED

    @property
    def heading(self) -> str:
        if not self.rows:
            return "No service is watched yet"
        down = list(dict.fromkeys(row.agreement.service for row in self.rows if row.state is State.DOWN))
        if down:
            others = len({row.agreement.service for row in self.rows} - set(down))
            tail = f"; {say_count(others, 'other')} {'is' if others == 1 else 'are'} not" if others else ""
            return f"{join_words(down)} {'is' if len(down) == 1 else 'are'} down{tail}"
        worst = find_worst([row.state for row in self.rows])
        count = say_count(len(self.rows), "service")
        return f"{count}, none down" if worst is State.UP else f"{count}, none down; one is {worst.phrase}"

    @property
    def crossing(self) -> str:
        return " ".join(f"{row.agreement.key}:{row.state}" for row in self.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedSpan:
    """Time that was not plainly up: what it counts as, because of what. Alike spans share a row."""

    spans: tuple[Span, ...]
    state: State
    counts_as: str
    """`down`, `up`, `out of base`, `not known`."""
    because: str
    clauses: tuple[str, ...] = ()
    is_running: bool = False
    deed: Link | None = None

    @property
    def length(self) -> Duration:
        return sum((span.length for span in self.spans), ZERO)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicePage(Page):
    """
    One service under one agreement, in one period.

    `rows` and `up` add to the time gone by; what they miss is shown as a row of its own, never smoothed over.
    """

    template: ClassVar[str] = "upheld/service.html"
    section: ClassVar[str] = "Services"
    is_live: ClassVar[bool] = True

    as_of: Instant
    list_url: str
    agreement: AgreementName
    period: Span
    state: State
    component: str
    since: Instant | None = None
    budget: Budget | None = None
    missed_at: Instant | None = None
    is_decided: bool = False
    """The period is over."""
    lede: str = ""
    figures: tuple[Figure, ...] = ()
    """Three at most."""
    rows: tuple[CountedSpan, ...] = ()
    up: Duration = ZERO
    open_hours: Timeline = NO_HOURS
    """The agreement's business hours, the ground of the picture; none where it has none."""
    hours_clauses: tuple[str, ...] = ()
    edges: tuple[Edges, ...] = ()
    """The outages of the period, the one to be shown first."""
    measured_by: str = ""
    """Whose eyes: `CloudWatch`, `our own probes, once a minute`."""
    before: Link | None = None
    after: Link | None = None
    csv_url: str = ""
    empty: Empty = NOT_MEASURED

    @property
    def gone_by(self) -> Duration:
        return max(min(self.as_of, self.period.end) - self.period.start, ZERO)

    @property
    def other_edges(self) -> tuple[Edges, ...]:
        return self.edges[1:]

    @property
    def accounted(self) -> Duration:
        return sum((row.length for row in self.rows), self.up)

    @property
    def missing(self) -> Duration:
        """Time that no row speaks of; nothing, unless the account is wrong."""
        return self.gone_by - self.accounted

    @property
    def sum_words(self) -> str:
        """How the last row comes about: `39,770 min gone by, less 178 min down, 40 min maintenance`."""
        totals: dict[State, Duration] = {}
        for row in self.rows:
            totals[row.state] = totals.get(row.state, ZERO) + row.length
        parts = [f"{say_minutes(length)} {state.phrase}" for state, length in totals.items()]
        return f"{say_minutes(self.gone_by)} gone by" + (f", less {', '.join(parts)}" if parts else "")

    @property
    def heading(self) -> str:
        month = say_month(self.period, self.agreement.zone).split("\u00a0")[0]
        if self.is_decided:
            down = sum((row.length for row in self.rows if row.counts_as == "down"), ZERO)
            return f"{month}: {say_minutes(down)} down and counted"
        if self.state is State.DOWN and self.since is not None:
            start = f"The {self.component} has been down for {say_length(self.as_of - self.since)}"
        else:
            start = f"The {self.component} is {self.state.phrase}"
        if self.budget is None:
            return start
        if self.budget.over:
            return f"{start}. {month} is missed by {say_length(self.budget.over)}"
        return f"{start}. {month} can bear {say_length(self.budget.left)} more"

    @property
    def since_words(self) -> str:
        return say_instant(self.since, self.agreement.zone, as_of=self.as_of) if self.since else ""

    @property
    def crumbs(self) -> tuple[Link, ...]:
        month = say_month(self.period, self.agreement.zone)
        return (Link("Services", self.list_url), *map(Link, (self.agreement.service, self.agreement.customer, month)))

    @property
    def title(self) -> str:
        return f"{self.agreement.service}, {self.agreement.customer}"

    @property
    def crossing(self) -> str:
        return f"{self.state}{' missed' if self.budget and self.budget.over else ''}"

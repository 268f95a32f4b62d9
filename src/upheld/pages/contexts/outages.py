"""Outages: the four instants, what it cost so far, which cause, who decides."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.money import Money
from upheld.core.timeline import ZERO, Duration, Instant, Span
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, FactLine, Figure, Form, Why
from upheld.pages.words import say_instant, say_length, say_minutes, say_money


@dataclass(frozen=True, kw_only=True, slots=True)
class Edges:
    """
    An outage between its samples. It counts from the first bad sample to the first good one after it.

    What lies between two samples is not known: `least` and `most` bound the true length. None is an edge not seen: nothing
    good before, or no good sample yet.
    """

    name: str
    url: str
    first_bad_at: Instant
    last_bad_at: Instant
    last_good_at: Instant | None = None
    first_good_at: Instant | None = None
    every: Duration = ZERO
    bad: int = 0
    """Bad samples in it."""
    facts: tuple[FactLine, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.first_good_at is None

    def counted(self, as_of: Instant) -> Duration:
        return (self.first_good_at or max(as_of, self.last_bad_at)) - self.first_bad_at

    @property
    def least(self) -> Duration:
        return self.last_bad_at - self.first_bad_at

    def most(self, as_of: Instant) -> Duration:
        return (self.first_good_at or max(as_of, self.last_bad_at)) - (self.last_good_at or self.first_bad_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class OutageRow:
    """One outage in a list."""

    name: str
    url: str
    agreement: AgreementName
    component: str
    started_at: Instant
    ended_at: Instant | None
    cause: str
    """The assigned cause in words; empty where none is, and so it counts as the provider's own."""
    counts_as: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OutagesPage(Page):
    """All outages, the open ones first."""

    template: ClassVar[str] = "upheld/outages.html"
    section: ClassVar[str] = "Services"
    is_live: ClassVar[bool] = True

    as_of: Instant
    rows: tuple[OutageRow, ...] = ()
    services_url: str = ""
    older: Link | None = None

    @property
    def heading(self) -> str:
        running = sum(1 for row in self.rows if row.ended_at is None)
        if not self.rows:
            return "No outage was recorded"
        if not running:
            return "No outage is open"
        return "1 outage is open" if running == 1 else f"{running} outages are open"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link("Services", self.services_url), Link("Outages"))

    @property
    def crossing(self) -> str:
        return " ".join(row.name for row in self.rows if row.ended_at is None)


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignedCause:
    """A cause put on a span of the outage, and what the span counts as because of it."""

    span: Span
    cause: str
    counts_as: str
    evidence: str = ""
    by: str = ""
    fact: FactLine | None = None
    clauses: tuple[str, ...] = ()
    deed: Form | None = None
    """Approving it as a second person, where it waits for one: a form of one button."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OutagePage(Page):
    """One outage: evidence at its edges, what it cost so far, its causes, and the form that assigns one."""

    template: ClassVar[str] = "upheld/outage.html"
    section: ClassVar[str] = "Services"
    is_live: ClassVar[bool] = True

    as_of: Instant
    agreement: AgreementName
    component: str
    edges: Edges
    counted: Duration
    """Down and counted, so far."""
    owed: Money | None = None
    """What this outage brings as a credit so far; None where none is promised or the month is not missed."""
    figures: tuple[Figure, ...] = ()
    why: Why | None = None
    causes: tuple[AssignedCause, ...] = ()
    form: Form | None = None
    who_may: str = ""
    """Where the reader may not assign a cause: why, and who could."""
    seen: str = ""
    """What the first bad sample said: `connection refused by 203.0.113.7 after 3 ms`."""
    list_url: str = ""
    until: Instant | None = None
    """Instants at which it next costs more are in `figures`; this is when the promise is missed."""

    @property
    def heading(self) -> str:
        lasting = say_length(self.edges.counted(self.as_of))
        cost = f" It has cost {say_money(self.owed)}" if self.owed and self.owed.amount else ""
        counted = f"{say_minutes(self.counted)} count" if self.counted else "none of it counts"
        if self.edges.is_open:
            return f"Down for {lasting}; {counted} so far.{cost}".rstrip(".")
        return f"Down for {lasting}; {counted}.{cost}".rstrip(".")

    @property
    def title(self) -> str:
        return f"{self.edges.name}, {self.agreement.service}"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        service = Link(self.agreement.service, self.agreement.url)
        return (Link("Services", self.list_url), service, Link(self.agreement.customer), Link(self.edges.name))

    @property
    def since_words(self) -> str:
        return say_instant(self.edges.first_bad_at, self.agreement.zone, as_of=self.as_of, exact=True)

    @property
    def crossing(self) -> str:
        return "open" if self.edges.is_open else "closed"

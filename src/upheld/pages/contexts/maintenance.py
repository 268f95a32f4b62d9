"""Planned work: would it count, is it told, did it begin."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.money import Money
from upheld.core.timeline import ZERO, Duration, Instant, Span
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Budget, FactLine, Form, Why
from upheld.pages.words import say_count, say_instant, say_minutes, say_span


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowRow:
    """One planned work in a list, with what it would be judged as."""

    name: str
    url: str
    agreement: AgreementName
    span: Span
    kind: str
    reason: str
    would_count: bool
    verdict: str
    """`Out of base`, or `Would count: notice is too short`."""
    says: str = ""
    """What stands behind the verdict: `notice delivered Thu 27 Aug 09:12 UTC`."""
    clauses: tuple[str, ...] = ()
    status: str = "planned"
    """`planned`, `told`, `running`, `over`, `cancelled`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowsPage(Page):
    """All planned work, what is ahead first."""

    template: ClassVar[str] = "upheld/windows.html"
    section: ClassVar[str] = "Maintenance"

    as_of: Instant
    ahead: tuple[WindowRow, ...] = ()
    past: tuple[WindowRow, ...] = ()
    plan_url: str = ""
    """Empty where the reader may not plan; then `who_may` says who could."""
    who_may: str = ""

    @property
    def heading(self) -> str:
        if not self.ahead:
            return "No work is planned"
        counting = sum(1 for row in self.ahead if row.would_count)
        planned = say_count(len(self.ahead), "work is planned", "works are planned")
        return f"{planned}; {f'{counting} would count' if counting else 'none would count'}"


@dataclass(frozen=True, slots=True)
class PlanTest:
    """One condition of the agreement: passed, failed, or (None) not known yet, with both numbers in words."""

    passes: bool | None
    words: str
    says: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearestTime:
    """A time near the wished one that would not count. `starts` and `ends` are what the form's fields would hold."""

    span: Span
    says: str
    starts: str
    ends: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanCost:
    """What the work would take from the promise of its month."""

    period: Span
    budget: Budget
    """`used` is this work; what is already used is in `before`."""
    before: Duration = ZERO
    amount: Money | None = None
    """What missing the month would then cost."""
    why: Why | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanVerdict(Page):
    """
    The judge's answer to what stands in the form, by itself: asked for while one types, or part of the plan page.

    `counts` is the part of the span that would be down, `out_of_base` the part taken out of the calculation.
    """

    template: ClassVar[str] = "upheld/parts/plan_verdict_alone.html"

    agreement: AgreementName
    span: Span
    counts: Duration
    out_of_base: Duration = ZERO
    counts_as_up: Duration = ZERO
    tests: tuple[PlanTest, ...] = ()
    judged_as: str = ""
    effect: str = ""
    """`counts as down`, `counts as up`, `out of base`."""
    effect_clauses: tuple[str, ...] = ()
    reading: Link | None = None
    reading_says: str = ""
    cost: PlanCost | None = None
    nearest: tuple[NearestTime, ...] = ()

    @property
    def would_count(self) -> bool:
        return bool(self.counts)

    @property
    def sentence(self) -> str:
        """The verdict in one line, the first thing that is read."""
        if not self.counts:
            away = "out of base" if self.out_of_base else "as up"
            return f"None of the {say_minutes(self.span.length)} would count: all of it {away}"
        if self.counts == self.span.length:
            return f"All {say_minutes(self.counts)} would count as down"
        return f"{say_minutes(self.counts)} of {say_minutes(self.span.length)} would count as down"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanPage(Page):
    """The form for planned work; nothing is saved or sent until the reader says so."""

    template: ClassVar[str] = "upheld/plan.html"
    section: ClassVar[str] = "Maintenance"

    list_url: str
    form: Form
    verdict: PlanVerdict | None = None
    verdict_url: str = ""
    """Asked while one types, with the form's fields in the query; answers a `PlanVerdict`."""
    read_back: str = ""
    """The times in other words: `3 h. In London it is 17:00 to 20:00.`"""
    notice_deed: str = ""
    """`Give notice to ops@acorn.example`, or `Give notice although it counts…`; empty where nobody can be told."""

    @property
    def heading(self) -> str:
        return "Plan work"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link("Maintenance", self.list_url), Link("Plan work"))


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowPage(Page):
    """One planned work: its verdict as it was kept, its notice, and what may be done with it now."""

    template: ClassVar[str] = "upheld/window.html"
    section: ClassVar[str] = "Maintenance"

    as_of: Instant
    list_url: str
    row: WindowRow
    verdict: PlanVerdict | None = None
    facts: tuple[FactLine, ...] = ()
    deeds: tuple[Form, ...] = ()
    """Each a form of one button, such as `Start the work` or `Cancel the work…`."""
    why_none: str = ""
    """Where nothing may be done: why, and who could."""

    @property
    def heading(self) -> str:
        when = say_span(self.row.span, self.row.agreement.zone, as_of=self.as_of)
        return f"{self.row.agreement.service}, {when}: {self.row.verdict[:1].lower()}{self.row.verdict[1:]}"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link("Maintenance", self.list_url), Link(self.row.name))

    @property
    def told(self) -> str:
        notices = [line.fact for line in self.facts if line.fact.TYPE.startswith("notice-given")]
        return say_instant(notices[0].occurred_at, self.row.agreement.zone, as_of=self.as_of) if notices else ""

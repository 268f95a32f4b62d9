"""How well clocks were kept: what fell due, what was met, what was missed, what still runs, what does not count."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.explain import Share, Verdict
from upheld.core.timeline import Instant, Span
from upheld.pages.contexts.lists import Section
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Field, Held
from upheld.pages.words import say_count, say_figure


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A run that is no part of the share: which, and why."""

    name: str
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockKept:
    """What became of the runs of one clock in one period; `shown` is the share as a statement has it."""

    clock: str
    met: int
    missed: int
    running: int
    left_out: tuple[LeftOut, ...] = ()
    shown: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AttainmentRow(ClockKept):
    """One clock in one period, of all its tickets or of those of one priority. `due` counts every run of the period."""

    agreement: AgreementName
    period: Span
    priority: str
    due: int
    verdict: Verdict
    clauses: tuple[str, ...] = ()
    share: Share | None = None

    @property
    def settled(self) -> int:
        """What the share is of."""
        return self.met + self.missed

    @property
    def share_words(self) -> str:
        return say_figure(self.share) if self.share else "none yet"

    @property
    def says(self) -> str:
        """The denominator: `3 of 4 settled`."""
        return f"{self.met} of {self.settled} settled" if self.settled else "nothing is settled"

    @property
    def is_whole(self) -> bool:
        return self.priority == "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class AttainmentPage(Page):
    """Every clock that ran in a period."""

    template: ClassVar[str] = "upheld/attainment.html"
    section: ClassVar[str] = "Desk"

    as_of: Instant
    desk_url: str = "/desk"
    url: str = ""
    period: str = ""
    rows: tuple[AttainmentRow, ...] = ()
    rated: Section | None = None
    """How content customers said they were with what was settled."""
    held: tuple[Held, ...] = ()
    filters: tuple[Field, ...] = ()
    csv_url: str = ""
    before: Link | None = None

    @property
    def heading(self) -> str:
        whole = [row for row in self.rows if row.is_whole]
        settled = sum(row.settled for row in whole)
        if not settled:
            return "No clock was settled in this period"
        missed = sum(row.missed for row in whole)
        kept = f"{sum(row.met for row in whole):,} of {say_count(settled, 'settled clock', 'settled clocks')}"
        return f"{kept} kept the time; {f'{missed:,} did not' if missed else 'none was missed'}"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link(self.section, self.desk_url), Link("How well clocks were kept"))

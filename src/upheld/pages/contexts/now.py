"""What costs money next, and when."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.timeline import Duration, Instant, Span
from upheld.pages.contexts.desk import TicketRow
from upheld.pages.contexts.maintenance import WindowRow
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Budget, Empty, Held, Owed, StateSpan, Why
from upheld.pages.states import State
from upheld.pages.words import join_words, say_count, say_instant, say_length, say_money, say_month


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk:
    """One promise that can still be missed: what is left, when it would be missed, what would be owed."""

    agreement: AgreementName
    state: State
    period: Span
    left: Duration
    budget: Budget
    since: Instant | None = None
    """When the running trouble began."""
    missed_at: Instant | None = None
    """When the promise is missed if the trouble lasts; None while nothing runs, or once it is missed."""
    owed: tuple[Owed, ...] = ()
    promised: str = ""
    """The target in words, `99.5 %`."""
    says: str = ""
    """A last sentence where one is due, for instance who must ask for a credit."""
    why: Why | None = None
    outage_url: str = ""
    cause_url: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """An instant ahead at which something falls due: money, or a clock."""

    at: Instant
    words: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the next hours: what happened (solid), what lasts (thin), and the flags ahead."""

    words: str
    says: str
    spans: tuple[StateSpan, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class CalmRow:
    """A promise with nothing at risk."""

    promise: Link
    so_far: str
    spans: tuple[StateSpan, ...]
    period: Span
    left: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NowPage(Page):
    """The console's first page. Without services it names the next steps instead of showing blank tables."""

    template: ClassVar[str] = "upheld/now.html"
    section: ClassVar[str] = "Now"
    is_live: ClassVar[bool] = True

    as_of: Instant
    risks: tuple[Risk, ...] = ()
    """The most pressing first."""
    lanes: tuple[Lane, ...] = ()
    window: Span | None = None
    """The hours that the lanes show."""
    windows: tuple[WindowRow, ...] = ()
    calm: tuple[CalmRow, ...] = ()
    held: tuple[Held, ...] = ()
    desk: tuple[Link, ...] = ()
    """What of the desk somebody should look at: tickets over their time, tickets that are held."""
    clocks: tuple[TicketRow, ...] = ()
    """The tickets whose clocks are due next, the most urgent first."""
    next_steps: tuple[Empty, ...] = ()
    """For a first run: what to do next, and the demo agreement."""
    plan_url: str = ""
    services_url: str = ""
    desk_url: str = ""

    @property
    def open_risks(self) -> tuple[Risk, ...]:
        return tuple(risk for risk in self.risks if risk.since is not None)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Everything that falls due, in order: the picture as a list."""
        all_flags = (Flag(flag.at, f"{lane.words}: {flag.words}", flag.says) for lane in self.lanes for flag in lane.flags)
        return tuple(sorted(all_flags, key=lambda flag: flag.at))

    @property
    def counting_windows(self) -> int:
        return sum(1 for window in self.windows if window.would_count)

    @property
    def heading(self) -> str:
        if not self.risks and not self.calm:
            return "Nothing is watched yet"
        pressing = next((risk for risk in self.open_risks if risk.missed_at and risk.owed), None)
        if pressing and pressing.missed_at:
            first = pressing.owed[0]
            ahead = say_length(max(first.at - self.as_of, Duration(0)))
            when = say_instant(first.at, pressing.agreement.zone, as_of=self.as_of)
            service = pressing.agreement.service
            return f"{say_money(first.amount)} can be claimed in {ahead}, at {when}, unless {service} comes back"
        if self.open_risks:
            names = list(dict.fromkeys(risk.agreement.service for risk in self.open_risks))
            return f"{join_words(names)} {'is' if len(names) == 1 else 'are'} in trouble since {self.first_since}"
        if self.risks:
            least = min(self.risks, key=lambda risk: risk.left)
            month = say_month(least.period, least.agreement.zone)
            return f"Nothing is down. {month} can bear {say_length(least.left)} of {least.agreement.service}"
        return "Nothing is down, and nothing is at risk"

    @property
    def first_since(self) -> str:
        risk = min(self.open_risks, key=lambda risk: risk.since or self.as_of)
        return say_instant(risk.since or self.as_of, risk.agreement.zone, as_of=self.as_of)

    @property
    def trouble(self) -> str:
        """`2 outages`, for the line under the heading."""
        return say_count(len(self.open_risks), "outage")

    @property
    def next_clock(self) -> str:
        """`The next clock, T-7 first response: 6 min left`, for the line under the heading."""
        first = next((row for row in self.clocks if row.due and not row.due.is_over), None)
        return f"The next clock, {first.name} {first.due.clock}: {first.due.says}" if first and first.due else ""

    @property
    def crossing(self) -> str:
        near = (f"{row.name}:{row.due.is_over}" for row in self.clocks if row.due and row.due.is_near)
        return " ".join(sorted((*(f"{risk.agreement.key}:{risk.state}" for risk in self.open_risks), *near)))

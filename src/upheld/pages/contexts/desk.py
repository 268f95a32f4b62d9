"""The desk: the queue, and the clocks of tickets as every page shows them."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.service_hours import Zone
from upheld.core.timeline import MINUTE, ZERO, Duration, Instant
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Field, Form
from upheld.pages.words import UTC, capitalise, say_count, say_left, say_over, say_sentence

NEAR = MINUTE * 15


@dataclass(frozen=True, kw_only=True, slots=True)
class DueClock:
    """The clock that is due next on a ticket. `left` and `over` are open time of its calendar; one of them is nothing."""

    clock: str
    """Its name in words: `first response`."""
    due_at: Instant
    left: Duration = ZERO
    over: Duration = ZERO
    hours: str = ""
    """Which hours count; empty where all do."""
    is_over: bool = False

    @property
    def is_near(self) -> bool:
        """A quarter of an hour or less is left, or nothing."""
        return self.is_over or self.left <= NEAR

    @property
    def says(self) -> str:
        """`3 h 20 min left in the hours of support-hours`, or `1 h 20 min over`."""
        if self.is_over:
            return f"{say_over(self.over)}{f', in the hours of {self.hours}' if self.hours else ''}"
        return say_left(self.left, self.hours)


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketRow:
    """One ticket of a list. A held one stands under no agreement, and says why."""

    name: str
    url: str
    subject: str
    state: str
    kind: str
    agreement: AgreementName | None = None
    customer: str = ""
    priority: str = ""
    assignee: str = ""
    held_because: str = ""
    tags: tuple[str, ...] = ()
    due: DueClock | None = None
    needs: str = ""
    """What must be known before anybody can say when it is due: `needs a priority`."""
    is_chat: bool = False
    """Whether it goes on in the live chat."""

    @property
    def is_over(self) -> bool:
        return self.due is not None and self.due.is_over

    @property
    def held_says(self) -> str:
        return say_sentence(self.held_because)

    @property
    def zone(self) -> Zone:
        return self.agreement.zone if self.agreement else UTC


@dataclass(frozen=True, kw_only=True, slots=True)
class Several:
    """The form for one deed on several rows. `refused` says of each ticket that was left as it was why."""

    form: Form
    chosen: tuple[str, ...] = ()
    """The names of those that were chosen, where nothing was done."""
    refused: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return bool(self.form.problems or self.chosen)

    @property
    def refused_says(self) -> str:
        return say_count(len(self.refused), "ticket was left as it was", "tickets were left as they were")


@dataclass(frozen=True, kw_only=True, slots=True)
class QueuePage(Page):
    """Tickets, by what is due next. `overdue` counts all of them, also those that are not shown."""

    template: ClassVar[str] = "upheld/desk.html"
    section: ClassVar[str] = "Desk"
    is_live: ClassVar[bool] = True

    as_of: Instant
    rows: tuple[TicketRow, ...] = ()
    overdue: int = 0
    url: str = ""
    search: Field | None = None
    filters: tuple[Field, ...] = ()
    is_filtered: bool = False
    earlier: Link | None = None
    later: Link | None = None
    several: Several | None = None
    deeds: tuple[Link, ...] = ()
    rooms: tuple[Link, ...] = ()
    """What else the desk keeps."""

    @property
    def held(self) -> int:
        return sum(1 for row in self.rows if row.held_because)

    @property
    def heading(self) -> str:
        if self.overdue:
            return f"{say_count(self.overdue, 'ticket is', 'tickets are')} over the promised time"
        first = next((row for row in self.rows if row.due), None)
        if first and first.due:
            return f"{first.name} is due next: {first.due.clock}, {first.due.says}"
        waiting = next((row for row in self.rows if row.needs), None)
        if waiting:
            return f"{waiting.name}: {waiting.needs}"
        if self.rows:
            return f"{say_count(len(self.rows), 'ticket')}; nothing is due"
        return "No ticket is like that" if self.is_filtered else "No ticket is open"

    @property
    def crossing(self) -> str:
        crossed = [row for row in self.rows if row.is_over or row.held_because]
        return " ".join(f"{row.name}:{'over' if row.is_over else 'held'}" for row in crossed)


@dataclass(frozen=True, kw_only=True, slots=True)
class MacroRow:
    """A macro as its list shows it."""

    name: str
    text: str
    use: str
    """`an answer`, `an answer that is an update`, `a note`."""
    by: str
    deed: Form | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MacrosPage(Page):
    """The texts that staff use on many tickets."""

    template: ClassVar[str] = "upheld/macros.html"
    section: ClassVar[str] = "Desk"

    as_of: Instant
    desk_url: str = "/desk"
    rows: tuple[MacroRow, ...] = ()
    form: Form | None = None
    who_may: str = ""

    @property
    def heading(self) -> str:
        return capitalise(f"{say_count(len(self.rows), 'macro is', 'macros are')} kept")

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link(self.section, self.desk_url), Link("Macros"))

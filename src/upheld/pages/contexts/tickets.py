"""One ticket: what was said, what runs on it, when to telephone, and what may be done."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.explain import Verdict
from upheld.core.service_hours import Zone
from upheld.core.timeline import ZERO, Duration, Instant, Span
from upheld.pages.contexts.desk import DueClock
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Budget, FactLine, Field, Form, Why
from upheld.pages.contexts.portal import Condition
from upheld.pages.words import UTC, say_count, say_sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarStrip:
    """The open hours that a run crosses, and what each part of them is to it: used, paused, left, or over its time."""

    calendar: str
    """Its own name; nothing where every hour counts."""
    opened: tuple[Span, ...]
    """Whole openings, from that of the start to that of the end."""
    start_at: Instant
    due_at: Instant | None = None
    used: tuple[Span, ...] = ()
    paused: tuple[Span, ...] = ()
    left: tuple[Span, ...] = ()
    over: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockCard:
    """One run of a clock: how it stands, how much it used of what it is allowed, in which calendar, and why."""

    clock: str
    state: str
    verdict: Verdict
    used: Duration = ZERO
    allowed: Duration | None = None
    hours: str = ""
    """`round the clock`, `in the hours of support-hours`."""
    start_at: Instant | None = None
    stop_at: Instant | None = None
    due: DueClock | None = None
    """Where it runs: what is left of it. Nothing while a pause hides when it is due."""
    due_at: Instant | None = None
    why: Why | None = None
    clauses: tuple[str, ...] = ()
    needs: str = ""
    """What must be known before it can be timed: `needs a priority`."""
    strip: CalendarStrip | None = None
    """Where closed time or a pause lies in it."""

    @property
    def is_open(self) -> bool:
        return self.state in ("running", "paused", "not known")

    @property
    def budget(self) -> Budget | None:
        """Used of allowed, for the picture."""
        return None if self.allowed is None else Budget(self.allowed, self.used)

    @property
    def is_pressing(self) -> bool:
        """Over its time, or with less than half of it left."""
        if self.due is None or self.allowed is None:
            return False
        return self.due.is_over or self.due.left.micros * 2 <= self.allowed.micros


@dataclass(frozen=True, slots=True)
class File:
    """Something that was handed over: handed out from an address of its own, never shown in a page."""

    name: str
    url: str
    size: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One message. `kind` is `customer`, `person`, `note` or `machine`; a machine never answers."""

    number: int
    kind: str
    by: str
    at: Instant
    channel: str
    text: str
    says: str = ""
    """What it holds besides an answer: `an update`."""
    files: tuple[File, ...] = ()
    layout_url: str = ""
    """Where it stands as its writer laid it out, cleaned; none of what came as plain text."""
    original_url: str = ""
    """Where the mail is as it came, to be saved."""
    doubts: tuple[str, ...] = ()
    """What to know of how it came, each a sentence."""
    waived: str = ""
    fact: Link | None = None
    deeds: tuple[Form, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Telephone:
    """Whether the customer may telephone now, and why. `number` is theirs to call."""

    is_open: bool
    heading: str
    says: str
    number: str
    why: Why | None = None
    clauses: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    """Each with what was found of it; one that time alone will meet is not met yet."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A line about the ticket, with the clause it rests on and where it leads."""

    name: str
    words: str
    clauses: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answering:
    """The form of an answer: macros to begin from, who hears it, which clock it stops."""

    form: Form
    whom: str
    says: str
    clauses: tuple[str, ...] = ()
    macros: Field | None = None
    macros_url: str = ""
    note: Form | None = None
    writes_url: str = ""
    """Where the page says that somebody writes here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OthersPart(Page):
    """Who else is at the ticket now, by itself: asked for again while the page is open."""

    template: ClassVar[str] = "upheld/parts/others.html"

    url: str
    others: tuple[str, ...] = ()
    """Each a sentence: `Tom Okafor writes here.`"""


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketPage(Page):
    """A ticket of the desk, for the provider's people."""

    template: ClassVar[str] = "upheld/ticket.html"
    section: ClassVar[str] = "Desk"
    is_live: ClassVar[bool] = True

    as_of: Instant
    name: str
    subject: str
    state: str
    customer: str
    desk_url: str = "/desk"
    agreement: AgreementName | None = None
    held_because: str = ""
    merged_into: Link | None = None
    priority: str = ""
    priority_says: str = ""
    """Who set it: `as the customer wished`, `the customer wished urgent`."""
    priority_clauses: tuple[str, ...] = ()
    is_unverified: bool = False
    messages: tuple[Said, ...] = ()
    earlier: Link | None = None
    """Where there are more messages than are shown."""
    clocks: tuple[ClockCard, ...] = ()
    no_clocks: str = ""
    """Why nothing runs."""
    telephone: Telephone | None = None
    details: tuple[Detail, ...] = ()
    holds: tuple[Said, ...] = ()
    calls: tuple[Detail, ...] = ()
    others: OthersPart | None = None
    answering: Answering | None = None
    deeds: tuple[Form, ...] = ()
    why_none: str = ""
    facts: tuple[FactLine, ...] = ()
    """The latest ones about it."""
    facts_url: str = ""

    @property
    def heading(self) -> str:
        return f"{self.name} {self.subject}"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link(self.section, self.desk_url), Link(self.name))

    @property
    def held_says(self) -> str:
        return say_sentence(self.held_because)

    @property
    def zone(self) -> Zone:
        return self.agreement.zone if self.agreement else UTC

    @property
    def running(self) -> tuple[ClockCard, ...]:
        return tuple(card for card in self.clocks if card.is_open)

    @property
    def settled(self) -> tuple[ClockCard, ...]:
        return tuple(card for card in self.clocks if not card.is_open)

    @property
    def settled_words(self) -> str:
        return say_count(len(self.settled), "clock", "clocks")

    @property
    def crossing(self) -> str:
        over = [card.clock for card in self.running if card.due and card.due.is_over]
        return f"{self.state}:{len(self.messages)}:{','.join(over)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class FormPage(Page):
    """A page of the desk that asks: opening a ticket for a customer, recording a call."""

    template: ClassVar[str] = "upheld/asking.html"
    section: ClassVar[str] = "Desk"

    as_of: Instant
    verb: str
    """`Open a ticket for a customer`."""
    lede: str = ""
    desk_url: str = "/desk"
    choose: Form | None = None
    """What is to be chosen first; asked for by an address, so nothing is kept yet."""
    form: Form | None = None
    answer: Telephone | None = None
    """What the agreement says of a call, before it is kept."""
    agreement: AgreementName | None = None
    warnings: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return self.verb

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link(self.section, self.desk_url), Link(self.verb))

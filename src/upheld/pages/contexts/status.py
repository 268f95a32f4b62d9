"""The public status page: the worst thing in a sentence, every component, planned work, days with trouble."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.service_hours import Zone
from upheld.core.timeline import DAY, Duration, Instant, Span
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import StateSpan
from upheld.pages.states import State, find_worst
from upheld.pages.words import UTC, join_words, say_count, say_length, say_month

PLAIN = {
    State.UP: "is up",
    State.DOWN: "is down",
    State.DEGRADED: "is slow or works in part",
    State.UNKNOWN: "is not measured",
    State.EXCLUDED: "is not reached, for a reason outside",
    State.MAINTENANCE: "is under maintenance",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ComponentStatus:
    """One component: its state now, since when, and its days."""

    name: str
    state: State
    spans: tuple[StateSpan, ...]
    """Everything of the shown days that was not plainly up."""
    since: Instant | None = None
    says: str = ""
    """`August so far: 178 min down. July: 252 min.`"""


@dataclass(frozen=True, slots=True)
class StatusWord:
    """What a person wrote while it lasts."""

    at: Instant
    words: str


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """Work ahead as everybody may read it: when, of what, and what kind of work; its reason is the customer's alone."""

    span: Span
    component: str
    title: str


@dataclass(frozen=True, slots=True)
class TroubledDay:
    """A span of trouble in words, with what was changed because of it."""

    span: Span
    words: str
    is_running: bool = False
    link: Link | None = None

    @property
    def length(self) -> Duration:
        return self.span.length


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusFrame(Page):
    """What both status pages share: the provider, the way between them, the ledger's public key."""

    provider: str
    as_of: Instant
    zone: Zone = UTC
    now_url: str = "index.html"
    history_url: str = ""
    sign_in_url: str = ""
    feeds: tuple[Link, ...] = ()
    verifier_keys: tuple[str, ...] = ()
    verifier_url: str = ""
    """Where the programme can be had that checks a bundle with such a key."""
    head_url: str = ""
    """The signed head over all ledgers; nothing before the first."""
    stamp_url: str = ""
    """Such a head with the time stamp of an authority; nothing before the first."""
    witness_url: str = ""
    """Where the programme can be had that keeps such heads, and demands that the next one continues the last."""
    kept: str = ""
    """Where the page is kept: `This page is kept on another machine.`"""


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusPage(StatusFrame):
    """Now. No names of staff or customers; able to be a plain file."""

    template: ClassVar[str] = "upheld/status.html"
    section: ClassVar[str] = "Now"
    is_live: ClassVar[bool] = True

    days: Span
    """The days that the bars show, 90 of them."""
    components: tuple[ComponentStatus, ...] = ()
    words: tuple[StatusWord, ...] = ()
    next_word_at: Instant | None = None
    planned: tuple[PlannedWork, ...] = ()
    troubles: tuple[TroubledDay, ...] = ()

    @property
    def worst(self) -> State:
        return find_worst([component.state for component in self.components])

    @property
    def worst_components(self) -> tuple[ComponentStatus, ...]:
        return tuple(component for component in self.components if component.state is self.worst)

    @property
    def others(self) -> tuple[ComponentStatus, ...]:
        """In trouble too, though less."""
        calm = (State.UP, State.EXCLUDED, self.worst)
        return tuple(component for component in self.components if component.state not in calm)

    @property
    def heading(self) -> str:
        if not self.components:
            return "Nothing is shown here yet"
        if self.worst is State.UP:
            return "Up" if len(self.components) == 1 else f"All {say_count(len(self.components), 'component')} are up"
        names = [component.name for component in self.worst_components]
        return f"{join_words(names)} {PLAIN[self.worst].replace('is ', 'are ', 1) if len(names) > 1 else PLAIN[self.worst]}"

    @property
    def title(self) -> str:
        return f"{self.provider} status"

    @property
    def shown_days(self) -> int:
        return self.days.length.micros // DAY.micros

    @property
    def since(self) -> Instant | None:
        return min((found.since for found in self.worst_components if found.since), default=None)

    @property
    def lasting(self) -> str:
        return say_length(self.as_of - self.since) if self.since else ""

    @property
    def crossing(self) -> str:
        return " ".join(f"{component.name}:{component.state}" for component in self.components)


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusMonthPage(StatusFrame):
    """One month: the same spans day by day, and all its trouble in words."""

    template: ClassVar[str] = "upheld/status_month.html"
    section: ClassVar[str] = "History"

    month: Span
    components: tuple[ComponentStatus, ...] = ()
    troubles: tuple[TroubledDay, ...] = ()
    before: Link | None = None
    after: Link | None = None

    @property
    def heading(self) -> str:
        month = say_month(self.month, self.zone)
        if not self.troubles:
            return f"{month}: no trouble recorded"
        return f"{month}: {say_count(len(self.troubles), 'span of trouble', 'spans of trouble')}"

    @property
    def title(self) -> str:
        return f"{say_month(self.month, self.zone)}, {self.provider} status"

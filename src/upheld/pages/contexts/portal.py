"""The first page of the portal: does it work for me, what was promised, what waits for me."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.money import Money
from upheld.core.timeline import Duration, Instant, Span
from upheld.pages.contexts.lists import Section
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Budget, Figure, Form
from upheld.pages.states import State, find_worst
from upheld.pages.words import join_words, say_length, say_month


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceHere:
    """One service of the customer: how it stands, what its period has come to, what is owed next."""

    agreement: AgreementName
    state: State
    period: Span | None = None
    """None where it cannot be judged."""
    since: Instant | None = None
    lasting: Duration | None = None
    outage: Link | None = None
    seen_at: Instant | None = None
    figure: Figure | None = None
    budget: Budget | None = None
    missed_at: Instant | None = None
    amount: Money | None = None
    """What may be claimed once the period is missed, if it lasts."""
    amount_at: Instant | None = None
    says: str = ""
    """In place of all figures, where the agreement cannot be judged."""

    @property
    def month(self) -> str:
        return say_month(self.period, self.agreement.zone).split("\u00a0")[0] if self.period else "this period"

    @property
    def over_words(self) -> str:
        """By how much the period is missed; nothing while it is not."""
        return say_length(self.budget.over) if self.budget and self.budget.over else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HomePage(Page):
    """The customer's first page."""

    template: ClassVar[str] = "upheld/home.html"
    section: ClassVar[str] = "Home"
    is_live: ClassVar[bool] = True

    as_of: Instant
    services: tuple[ServiceHere, ...] = ()
    sections: tuple[Section, ...] = ()
    deeds: tuple[Link, ...] = ()

    @property
    def down(self) -> tuple[ServiceHere, ...]:
        return tuple(one for one in self.services if one.state in (State.DOWN, State.DEGRADED))

    @property
    def worst(self) -> State:
        return find_worst([one.state for one in self.services])

    @property
    def heading(self) -> str:
        if not self.services:
            return "Nothing is watched for you yet"
        names = [one.agreement.service for one in self.services if one.state is self.worst]
        told, are = join_words(names), "are" if len(names) > 1 else "is"
        if self.worst in (State.UP, State.EXCLUDED):
            working = [one.agreement.service for one in self.services]
            return f"{join_words(working)} {'work' if len(working) > 1 else 'works'}"
        if self.worst is State.UNKNOWN:
            return f"Nobody sees whether {told} {'work' if len(names) > 1 else 'works'}"
        if self.worst is State.MAINTENANCE:
            return f"{told} {are} being worked on"
        return f"{told} {are} {self.worst.phrase} for you"

    @property
    def crossing(self) -> str:
        return " ".join(f"{one.agreement.key}:{one.state.value}" for one in self.services)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a claim: met, not met, or (None) not known yet."""

    holds: bool | None
    words: str
    """The sentence that must be true."""
    clauses: tuple[str, ...] = ()
    found: str = ""
    """What was found of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimPage(Page):
    """One claim: what it is for, each condition, what was decided."""

    template: ClassVar[str] = "upheld/claim.html"
    section: ClassVar[str] = "Claims"

    as_of: Instant
    list_url: str
    name: str
    agreement: AgreementName
    outage: Link
    answer: str
    conditions: tuple[Condition, ...] = ()
    amount: Figure | None = None
    told: tuple[tuple[str, str], ...] = ()
    """How it was filed: pairs of a word and what is said."""
    decision: str = ""
    appeal: tuple[str, ...] = ()
    """What was said on appeal, and what became of it."""
    form: Form | None = None
    """The appeal, where one may be made."""
    evidence: tuple[Link, ...] = ()
    """The facts of the ledger that support it."""
    sections: tuple[Section, ...] = ()
    """What follows the conditions for whoever decides."""

    @property
    def heading(self) -> str:
        return self.answer

    @property
    def counted(self) -> str:
        met = sum(1 for one in self.conditions if one.holds)
        wrong = sum(1 for one in self.conditions if one.holds is False)
        return f"{met} met · {wrong} not met · {len(self.conditions) - met - wrong} not known yet"

    @property
    def under(self) -> str:
        return self.agreement.service

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link("Claims", self.list_url), Link(self.name))


@dataclass(frozen=True, kw_only=True, slots=True)
class DecidingPage(ClaimPage):
    """One claim as the provider's people see and decide it."""

    section: ClassVar[str] = "Money"

    credits_url: str

    @property
    def under(self) -> str:
        return self.agreement.words

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link("Credits", self.credits_url), Link("Claims", self.list_url), Link(self.name))

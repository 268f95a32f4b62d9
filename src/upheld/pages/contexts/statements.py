"""Statements: met or missed, what is owed, and how to check it alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from upheld.core.explain import Verdict
from upheld.core.money import Money
from upheld.core.service_hours import Zone
from upheld.core.timeline import Duration, Instant, Span
from upheld.pages.contexts.attainment import ClockKept
from upheld.pages.contexts.owed import CreditRow, InvoicePreview, PromiseRow, RunRow
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Budget, Empty, Figure, Form, StateSpan, Why
from upheld.pages.contexts.samples import SampleRow
from upheld.pages.words import keep_together, say_count, say_money, say_month

NONE_ISSUED = Empty(
    "No statement was issued", "One is made for each agreement when its period is over, or when you ask for it."
)


OUTCOMES = {
    Verdict.MET: "was met",
    Verdict.MISSED: "was missed",
    Verdict.REACHED: "was reached",
    Verdict.NOT_REACHED: "was not reached",
    Verdict.UNDECIDED: "is undecided",
    Verdict.UNDEFINED: "is undefined",
    Verdict.NOT_YET_KNOWN: "is not known yet",
    Verdict.NOT_APPLICABLE: "does not apply",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementRow:
    """One statement in the list."""

    url: str
    agreement: AgreementName
    period: Span
    number: int
    issued_at: Instant
    verdict: Verdict
    figure: str
    credited: Money | None = None
    followed_by: Link | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementsPage(Page):
    """What customers were told, the latest first."""

    template: ClassVar[str] = "upheld/statements.html"
    section: ClassVar[str] = "Statements"

    as_of: Instant
    rows: tuple[StatementRow, ...] = ()
    deeds: tuple[Link, ...] = ()
    """Periods that are over and have no statement yet: `Issue July 2026 for Acorn Legal`."""
    empty: Empty = NONE_ISSUED
    older: Link | None = None

    @property
    def heading(self) -> str:
        if not self.rows:
            return "No statement was issued yet"
        last = self.rows[0]
        month = say_month(last.period, last.agreement.zone)
        return f"{month} for {last.agreement.customer}: {last.verdict.value}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReasonSection:
    """One figure of the statement with all its reasons."""

    anchor: str
    heading: str
    why: Why
    verdict: Verdict | None = None
    shown: str = ""
    """The figure beside the heading where there is no verdict: `EUR 200.00`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimRow:
    """A customer's request for a credit and what became of it."""

    claim: str
    outage: str
    filed_at: Instant
    amount: Money | None
    verdict: str
    """`granted`, `refused`, `waits for a person`."""
    because: str
    clauses: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class UsedReading:
    """A reading that the figures used, and what its other senses would have made."""

    name: str
    question: str
    ours: str
    """Sense and figure: `out of base: 99.4342 %`."""
    others: tuple[str, ...]
    changes: str
    """What another sense would change: `nothing`, `figures`, `verdicts, money and figures`."""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the period was measured, and by whom; the gaps in words."""

    measured: Duration
    whole: Duration
    by: str
    gaps: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodLine:
    """The days of a statement's period in one line, up to the instant that it looks from."""

    days: Span
    name: str
    spans: tuple[StateSpan, ...]
    as_of: Instant
    zone: Zone


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementPage(Page):
    """One statement as it was issued; nothing later moves it."""

    template: ClassVar[str] = "upheld/statement.html"
    section: ClassVar[str] = "Statements"

    list_url: str
    agreement: AgreementName
    period: Span
    number: int
    issued_at: Instant | None
    """None while it is only what would be stated."""
    verdict: Verdict
    promise: str = "availability"
    is_promised: bool = True
    """Whether a share of availability is promised at all, or only told."""
    missed: int = 0
    """How many other promises were missed."""
    credited: Money | None = None
    credited_time: str = ""
    """A credit that is given in time, in words."""
    figures: tuple[Figure, ...] = ()
    line: PeriodLine | None = None
    budget: Budget | None = None
    sections: tuple[ReasonSection, ...] = ()
    promises: tuple[PromiseRow, ...] = ()
    attained: tuple[ClockKept, ...] = ()
    runs: tuple[RunRow, ...] = ()
    credits: tuple[CreditRow, ...] = ()
    corrections: tuple[str, ...] = ()
    """What two persons put right of the period's credits, also after it was issued."""
    claims: tuple[ClaimRow, ...] = ()
    rights: tuple[PromiseRow, ...] = ()
    invoice: InvoicePreview | None = None
    asked: tuple[PromiseRow, ...] = ()
    """What was asked and decided: access, calls, instructions, the end of the contract."""
    readings: tuple[UsedReading, ...] = ()
    coverage: Coverage | None = None
    samples: tuple[SampleRow, ...] = ()
    """Counted from the seals in the ledger, beside what was signed."""
    open_questions: tuple[str, ...] = ()
    signed: str = ""
    """`Signed. Countersigned by Acorn Legal on Fri 7 Aug 08:31 UTC`."""
    bundle_url: str = ""
    bundle_name: str = ""
    verify_url: str = ""
    page_url: str = ""
    """Where the second verifier is, which a browser opens."""
    """Where `upheld-verify.pyz` can be had."""
    pdf_url: str = ""
    json_url: str = ""
    csv_url: str = ""
    facts: int = 0
    digests: tuple[tuple[str, str], ...] = ()
    checkpoint: int | None = None
    checkpoint_at: Instant | None = None
    verifier_key: str = ""
    follows: Link | None = None
    followed_by: Link | None = None
    deed: Form | None = None
    """Issuing it, or a further one: a form of one button."""
    deed_says: str = ""
    dispute: Link | None = None
    """Where the customer says that a figure is not right."""

    @property
    def heading(self) -> str:
        """What was promised first, how many other promises were missed, what is credited."""
        month = say_month(self.period, self.agreement.zone)
        first = f"{self.promise} {OUTCOMES[self.verdict]}" if self.is_promised else f"no share of {self.promise} is promised"
        told = [f"{month}: {first}"]
        if self.missed:
            many = "1 other promise was missed" if self.missed == 1 else f"{self.missed} other promises were missed"
            told.append(many if self.is_promised else many.replace(" other", ""))
        given = [say_money(self.credited)] if self.credited and self.credited.amount else []
        given += [self.credited_time] if self.credited_time else []
        if given:
            told.append(f"{' and '.join(given)} {'are' if len(given) > 1 else 'is'} credited")
        return ". ".join(told)

    @property
    def title(self) -> str:
        return f"Statement {say_month(self.period, self.agreement.zone)}, {self.agreement.customer}"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        month = say_month(self.period, self.agreement.zone)
        return (Link("Statements", self.list_url), *map(Link, (self.agreement.customer, self.agreement.service, month)))

    @property
    def command(self) -> str:
        return f"python upheld-verify.pyz {self.bundle_name} --key {self.verifier_key}"

    @property
    def facts_words(self) -> str:
        return say_count(self.facts, "fact")


@dataclass(frozen=True, kw_only=True, slots=True)
class WhyPage(Page):
    """The permanent address of one tree of reasons."""

    template: ClassVar[str] = "upheld/why.html"
    section: ClassVar[str] = "Statements"

    figure: str
    says: str
    why: Why
    verdict: Verdict | None = None
    back: Link | None = None
    dispute: Link | None = None
    """Where the customer says that it is not right."""

    @property
    def heading(self) -> str:
        return keep_together(f"Why {self.figure}")

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (*((self.back,) if self.back else ()), Link("Reasons"))


@dataclass(frozen=True, kw_only=True, slots=True)
class WhyPart(Page):
    """The lines below one step, fetched when they are opened: `path` is the way down by position, `0.2.1`."""

    template: ClassVar[str] = "upheld/parts/reasons_below.html"

    why: Why
    path: str

    @property
    def step(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.why.step if isinstance(self.why.step, Mapping) else self.why.step.to_json()
        for place in self.path.split("."):
            found = found["because"][int(place)]
        return found

"""Parts of a statement that stand as tables: its promises, what ran, what is owed, what was asked."""

from dataclasses import dataclass

from upheld.core.explain import Verdict
from upheld.core.timeline import Instant


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseRow:
    """One rule of the agreement and what the period came to: its figure, its verdict, the sentence that says what it is."""

    promise: str
    figure: str
    verdict: Verdict
    says: str = ""
    bounds: str = ""
    is_goal: bool = False
    clauses: tuple[str, ...] = ()
    url: str = ""
    """Where its reasons stand: further down the page, or on a page of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRow:
    """One run of a clock: when it began, when it was due, what it used of what it was allowed."""

    clock: str
    of: str
    """The ticket or the outage, and which of several runs."""
    verdict: Verdict
    state: str
    """`stopped`, `running`, `paused`, `no time`, where that says more than the verdict."""
    used: str
    allowed: str
    started_at: Instant | None = None
    due_at: Instant | None = None
    stopped_at: Instant | None = None
    clauses: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """A line of the invoice; one that does not count has a word in place of its amount, or waits."""

    words: str
    shown: str
    counts: bool
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class InvoicePreview:
    """What the period costs as far as it is known: the counted lines add up to the net sum."""

    lines: tuple[InvoiceRow, ...]
    sums: tuple[tuple[str, str], ...]
    says: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CreditRow:
    """A credit of the period: how many units it counts, what was given, and how it stands."""

    credit: str
    units: str
    amount: str
    granted: str
    state: str
    gives_way_to: str = ""
    clauses: tuple[str, ...] = ()
    url: str = ""

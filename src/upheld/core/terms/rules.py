"""The rules of an agreement, typed: what the judges read. Every value keeps its clauses and readings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from upheld.core.money import Money, Rounding
from upheld.core.service_hours import ServiceHours, Zone
from upheld.core.terms.access import Doors
from upheld.core.terms.charges import Fees
from upheld.core.terms.conditions import Circumstances, Condition, Known
from upheld.core.terms.document import Document
from upheld.core.terms.duties import Besides
from upheld.core.terms.formula import Formula
from upheld.core.terms.place import Term
from upheld.core.terms.quantities import Comparison, Deadline, Frequency
from upheld.core.timeline import Duration, Instant, Span

EFFECTS = ("down", "up", "out of base")


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar period of whole months, on the dates of a zone. `per_day` is None where elapsed time is counted."""

    name: str
    months: int
    first_month: int
    zone: Zone
    per_day: Duration | None
    clauses: tuple[str, ...]

    def starting(self, year: int, month: int) -> Span:
        """The period that starts with a month."""
        later = month - 1 + self.months
        start = self.zone.midnight(date(year, month, 1))
        return Span(start, self.zone.midnight(date(year + later // 12, later % 12 + 1, 1)))

    def containing(self, instant: Instant) -> Span:
        """The period in which an instant lies."""
        day = self.zone.date_at(instant)
        into = (day.year * 12 + day.month - 1 - (self.first_month - 1)) % self.months
        first = day.year * 12 + day.month - 1 - into
        return self.starting(first // 12, first % 12 + 1)

    def all_time(self, span: Span) -> Duration:
        """The length that the agreement gives a period: elapsed, or so much for each of its dates."""
        if self.per_day is None:
            return span.length
        days = self.zone.date_at(span.end) - self.zone.date_at(span.start)
        return self.per_day * days.days


@dataclass(frozen=True, slots=True)
class Evidence:
    name: str
    kind: str
    source: str
    every: Duration | None
    decisive: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    means: str
    each: str
    components: tuple[str, ...]
    down_when: Condition
    clauses: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """
    Who answers for a cause, and how time with it counts. `otherwise`: the cause of an outage that was given none.
    `approval`: whose approval an assignment needs before it holds.
    """

    name: str
    responsible: Term[str]
    counts_as: Term[str]
    evidence: tuple[str, ...]
    approval: Term[tuple[str, ...]]
    otherwise: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MaintenanceKind:
    """A kind of planned work and its tests. `fallback` is the kind it is judged as when a test fails."""

    name: str
    means: str
    counts_as: Term[str]
    measured: Term[str]
    notice: Term[Comparison | None]
    waived_when: Condition | None
    outside: Term[ServiceHours] | None
    not_within: Term[tuple[str, ...]] | None
    at_most: Term[Frequency] | None
    beyond: Term[str] | None
    fallback: str | None
    same_as: str | None
    """The kind that this one is another name for."""
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Availability:
    """One promise of availability, counted as time down over time."""

    name: str
    service: str
    strength: str
    period: Period
    target: Term[Comparison | None]
    overlap: Term[str]
    unmeasured: Term[str]
    part_period: Term[str]
    formula: Term[Formula]
    where: Mapping[str, str]
    evidence: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """What is owed for a missed promise: so much for each full unit of time that counts."""

    name: str
    promise: str
    when: Condition
    unit: Term[Duration]
    times: Term[Fraction]
    price: Term[Money]
    hours_of_period: Term[Fraction | None]
    """Hours over which a period's price is shared; None is the hours of that period."""
    counted: Term[str]
    touching: Term[str]
    across_periods: Term[str]
    cap: Term[str]
    offsets: Term[str] | None
    paid: Term[str]
    rounding: Rounding
    rounding_term: Term[str]
    claim_needed: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a customer must do for a credit: every ground of refusal, in the order of the text."""

    name: str
    credits: tuple[str, ...]
    channels: Term[tuple[str, ...]]
    details: tuple[str, ...]
    refused_when: tuple[tuple[str, Condition, tuple[str, ...]], ...]
    deadlines: tuple[Term[Deadline], ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement bound to one customer's parameters and one choice of readings: what the judges read."""

    document: Document
    currency: str
    calendars: Mapping[str, ServiceHours]
    periods: Mapping[str, Period]
    evidence: Mapping[str, Evidence]
    services: Mapping[str, Service]
    causes: Mapping[str, Cause]
    maintenance: Mapping[str, MaintenanceKind]
    availability: Mapping[str, Availability]
    credits: Mapping[str, Credit]
    claims: Mapping[str, Claim]
    readings: Mapping[str, str]
    """Every reading with the sense that is in force here."""
    parameters: Mapping[str, Known] = field(default_factory=dict)
    """The customer's values, each by its kind; conditions ask for them by name."""
    fees: Fees = Fees()
    doors: Doors = Doors()
    besides: Besides = Besides()

    def circumstances(
        self, facts: Mapping[str, Known], anchors: Mapping[str, Instant | None] | None = None
    ) -> Circumstances:
        """What conditions are answered from: these facts, the customer's parameters, and the anchors that are known."""
        told = {name: instant for name, instant in (anchors or {}).items() if instant is not None}
        return Circumstances({**self.parameters, **facts}, told, self.calendars)

    @property
    def usual_cause(self) -> Cause | None:
        """The cause of an outage that was given none."""
        return next((cause for cause in self.causes.values() if cause.otherwise), None)

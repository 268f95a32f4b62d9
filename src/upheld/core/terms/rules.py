"""The rules of an agreement, typed: what the judges read. Every value keeps its clauses and readings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from upheld.core.service_hours import ServiceHours
from upheld.core.terms.access import Doors
from upheld.core.terms.availability import Availability
from upheld.core.terms.caps import SharedCap
from upheld.core.terms.charges import Fees
from upheld.core.terms.circumstances import Circumstances, Known
from upheld.core.terms.claiming import Claim
from upheld.core.terms.credits import Credit
from upheld.core.terms.desk import HelpDesk
from upheld.core.terms.document import Document
from upheld.core.terms.duties import Besides
from upheld.core.terms.maintenance import MaintenanceKind
from upheld.core.terms.measures import Measure
from upheld.core.terms.periods import MONTHS, Period
from upheld.core.terms.rights import Right
from upheld.core.terms.services import Cause, Evidence, Service
from upheld.core.timeline import Instant


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
    rights: Mapping[str, Right] = field(default_factory=dict)
    parameters: Mapping[str, Known] = field(default_factory=dict)
    """The customer's values, each by its kind; conditions ask for them by name."""
    measures: Mapping[str, Measure] = field(default_factory=dict)
    fees: Fees = field(default_factory=Fees)
    doors: Doors = field(default_factory=Doors)
    besides: Besides = field(default_factory=Besides)
    desk: HelpDesk = field(default_factory=HelpDesk)
    caps: Mapping[str, SharedCap] = field(default_factory=dict)
    """Caps over several credits."""

    def circumstances(
        self, facts: Mapping[str, Known], anchors: Mapping[str, Instant | None] | None = None
    ) -> Circumstances:
        """What conditions are answered from: these facts, the customer's parameters, and the anchors that are known."""
        told = {name: instant for name, instant in (anchors or {}).items() if instant is not None}
        return Circumstances({**self.parameters, **facts}, told, self.calendars, self.statement_period.zone, self.periods)

    @property
    def statement_period(self) -> Period:
        """The period of a statement: that of the first promise, else the first that is written, else months in UTC."""
        promised = (promise.period for promise in self.availability.values())
        found = (period for period in (*promised, *self.periods.values()) if not period.sliding)
        return next(found, MONTHS)

    @property
    def usual_cause(self) -> Cause | None:
        """The cause of an outage that was given none."""
        return next((cause for cause in self.causes.values() if cause.otherwise), None)


__all__ = [
    "Availability",
    "Cause",
    "Claim",
    "Credit",
    "Evidence",
    "MaintenanceKind",
    "Period",
    "Right",
    "Service",
    "Terms",
]

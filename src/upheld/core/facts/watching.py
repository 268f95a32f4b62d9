"""What was watched: observations, outages, and the time in which nothing could be seen."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("observations-sealed", 1)
class ObservationsSealed(Fact):
    """A batch of observations of one component, which vouches for the time from `from_at` to `to_at`."""

    component: str
    from_at: Instant
    to_at: Instant
    every: int
    """Sampling interval, microseconds."""
    good: int
    bad: int
    unseen: int
    digest: str
    """SHA-256 of the sealed batch, hexadecimal."""


@fact("coverage-declared", 1)
class CoverageDeclared(Fact):
    """A record that names the evidence and says that it covers this time whole (an import, a provider's own record)."""

    from_at: Instant
    to_at: Instant
    evidence: str


@fact("outage-opened", 1)
class OutageOpened(Fact):
    """
    A component was found unavailable. `last_good_at` is None where nothing was seen before; `resource` names the one
    instance that failed, where not all of the customer's did.
    """

    outage: str
    component: str
    first_bad_at: Instant
    last_good_at: Instant | None = None
    because: str = ""
    resource: str = ""


@fact("outage-closed", 1)
class OutageClosed(Fact):
    """It was found available again."""

    outage: str
    last_bad_at: Instant
    first_good_at: Instant


@fact("not-measured", 1)
class NotMeasured(Fact):
    """Time in which nothing could be seen, with the reason. Not down, and not silently up."""

    component: str
    from_at: Instant
    to_at: Instant
    because: str


@fact("clock-stepped", 1)
class ClockStepped(Fact):
    """A prober's wall clock moved against its monotonic clock."""

    by: int
    """Microseconds; positive is forward."""

"""The facts that are judged today, by family. A changed fact becomes a new version; the old one stays readable for ever."""

from upheld.core.facts.record import Fact, fact
from upheld.core.money import Money
from upheld.core.timeline import Instant


# --- watching ---------------------------------------------------------------------------------------------------------
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
    """A component was found unavailable. `last_good_at` is None where nothing was seen before."""

    outage: str
    component: str
    first_bad_at: Instant
    last_good_at: Instant | None = None
    because: str = ""


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


# --- attribution ------------------------------------------------------------------------------------------------------
@fact("cause-assigned", 1)
class CauseAssigned(Fact):
    """A cause put on a span of an outage, with its evidence. The latest assignment of a second holds."""

    outage: str
    from_at: Instant
    to_at: Instant
    cause: str
    evidence: str
    by: str
    note: str = ""


@fact("cause-approved", 1)
class CauseApproved(Fact):
    """A second person approved an assignment of a cause whose agreement asks for that. `assignment` is that fact's id."""

    assignment: str
    by: str


@fact("fact-corrected", 1)
class FactCorrected(Fact):
    """An earlier fact no longer holds; what holds instead, if anything, is recorded as a fact of its own."""

    corrects: str
    because: str
    by: str
    approved_by: str = ""


# --- maintenance ------------------------------------------------------------------------------------------------------
@fact("window-planned", 1)
class WindowPlanned(Fact):
    """Work announced for a span, as a kind that the agreement names."""

    window: str
    kind: str
    from_at: Instant
    to_at: Instant
    reason: str = ""


@fact("window-cancelled", 1)
class WindowCancelled(Fact):
    """Planned work that will not be done: its window excuses nothing."""

    window: str
    because: str


@fact("window-started", 1)
class WindowStarted(Fact):
    """The work began."""

    window: str


@fact("window-ended", 1)
class WindowEnded(Fact):
    """The work ended."""

    window: str


@fact("notice-given", 1)
class NoticeGiven(Fact):
    """The customer was told of a window; counts from when it was sent."""

    window: str
    to: str
    by: str
    delivery: str = ""


@fact("vendor-notice-received", 1)
class VendorNoticeReceived(Fact):
    """A supplier told the provider of the work behind a window."""

    window: str
    vendor: str


# --- desk, as far as claims need it -----------------------------------------------------------------------------------
@fact("ticket-opened", 1)
class TicketOpened(Fact):
    """A customer's ticket; `outage` names what it documents."""

    ticket: str
    channel: str
    outage: str = ""


# --- money ------------------------------------------------------------------------------------------------------------
@fact("invoice-issued", 1)
class InvoiceIssued(Fact):
    """An invoice went to the customer; from `due_at` on it is overdue while it is not paid."""

    invoice: str
    amount: Money
    due_at: Instant


@fact("invoice-paid", 1)
class InvoicePaid(Fact):
    """An invoice was paid."""

    invoice: str


@fact("claim-filed", 1)
class ClaimFiled(Fact):
    """A customer's request for a credit."""

    claim: str
    credit: str
    outage: str
    channel: str
    details: tuple[str, ...] = ()
    ticket: str = ""


@fact("claim-decided", 1)
class ClaimDecided(Fact):
    """A person granted or refused a claim."""

    claim: str
    granted: bool
    by: str
    because: str


# --- parties, agreements ----------------------------------------------------------------------------------------------
@fact("agreement-signed", 1)
class AgreementSigned(Fact):
    """Who is bound by which version from `occurred_at`, with the digests of what was signed and the ledger's key."""

    document: str
    version: str
    customer: str
    source_digest: str
    terms_digest: str
    calendars_digest: str
    verifier_key: str


@fact("parameter-set", 1)
class ParameterSet(Fact):
    """A customer's own value for a parameter, from an instant."""

    name: str
    value: str
    from_at: Instant


# --- statements -------------------------------------------------------------------------------------------------------
@fact("statement-issued", 1)
class StatementIssued(Fact):
    """What the customer was told of a period. A later number replaces nothing; it names what it follows."""

    statement: str
    period_from_at: Instant
    period_to_at: Instant
    as_of: Instant
    digest: str
    follows: str = ""

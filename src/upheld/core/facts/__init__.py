"""What happened: frozen records, one class for each kind of fact, each versioned."""

from upheld.core.facts.access import AccessAsked, AccessUsed, SwitchTurned
from upheld.core.facts.causes import CauseApproved, CauseAssigned, FactCorrected
from upheld.core.facts.desk import TicketOpened
from upheld.core.facts.duties import (
    CheckCompared,
    DutyAsked,
    DutyDone,
    EventHappened,
    NoticeSent,
    PlanSignedOff,
    PlanStarted,
    PlanStepDone,
    ReviewHeld,
    SessionHeld,
)
from upheld.core.facts.fees import (
    ChargeApproved,
    CreditApplied,
    EndRequested,
    QuoteAccepted,
    QuoteGiven,
    ResourceEnded,
    ResourceStarted,
    VolumeMeasured,
    WorkLogged,
)
from upheld.core.facts.history import FactsDiffer, known_at, of_kind
from upheld.core.facts.money import ClaimDecided, ClaimFiled, InvoiceIssued, InvoicePaid
from upheld.core.facts.parties import (
    AgreementSigned,
    InstructionReceived,
    ParameterSet,
    PersonNamed,
    VersionPublished,
)
from upheld.core.facts.record import KINDS, Fact, FactProblem, read_fact
from upheld.core.facts.statements import StatementIssued
from upheld.core.facts.watching import (
    ClockStepped,
    CoverageDeclared,
    NotMeasured,
    ObservationsSealed,
    OutageClosed,
    OutageOpened,
)
from upheld.core.facts.works import (
    NoticeGiven,
    VendorNoticeReceived,
    WindowCancelled,
    WindowEnded,
    WindowPlanned,
    WindowStarted,
)

__all__ = [
    "KINDS",
    "AccessAsked",
    "AccessUsed",
    "AgreementSigned",
    "CauseApproved",
    "CauseAssigned",
    "ChargeApproved",
    "CheckCompared",
    "ClaimDecided",
    "ClaimFiled",
    "ClockStepped",
    "CoverageDeclared",
    "CreditApplied",
    "DutyAsked",
    "DutyDone",
    "EndRequested",
    "EventHappened",
    "Fact",
    "FactCorrected",
    "FactProblem",
    "FactsDiffer",
    "InstructionReceived",
    "InvoiceIssued",
    "InvoicePaid",
    "NotMeasured",
    "NoticeGiven",
    "NoticeSent",
    "ObservationsSealed",
    "OutageClosed",
    "OutageOpened",
    "ParameterSet",
    "PersonNamed",
    "PlanSignedOff",
    "PlanStarted",
    "PlanStepDone",
    "QuoteAccepted",
    "QuoteGiven",
    "ResourceEnded",
    "ResourceStarted",
    "ReviewHeld",
    "SessionHeld",
    "StatementIssued",
    "SwitchTurned",
    "TicketOpened",
    "VendorNoticeReceived",
    "VersionPublished",
    "VolumeMeasured",
    "WindowCancelled",
    "WindowEnded",
    "WindowPlanned",
    "WindowStarted",
    "WorkLogged",
    "known_at",
    "of_kind",
    "read_fact",
]

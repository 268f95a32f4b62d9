"""What happened: frozen records, one class for each kind of fact, each versioned."""

from upheld.core.facts.causes import CauseApproved, CauseAssigned, FactCorrected
from upheld.core.facts.desk import TicketOpened
from upheld.core.facts.history import FactsDiffer, known_at, of_kind
from upheld.core.facts.money import ClaimDecided, ClaimFiled, InvoiceIssued, InvoicePaid
from upheld.core.facts.parties import AgreementSigned, ParameterSet
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
    "AgreementSigned",
    "CauseApproved",
    "CauseAssigned",
    "ClaimDecided",
    "ClaimFiled",
    "ClockStepped",
    "CoverageDeclared",
    "Fact",
    "FactCorrected",
    "FactProblem",
    "FactsDiffer",
    "InvoiceIssued",
    "InvoicePaid",
    "NotMeasured",
    "NoticeGiven",
    "ObservationsSealed",
    "OutageClosed",
    "OutageOpened",
    "ParameterSet",
    "StatementIssued",
    "TicketOpened",
    "VendorNoticeReceived",
    "WindowCancelled",
    "WindowEnded",
    "WindowPlanned",
    "WindowStarted",
    "known_at",
    "of_kind",
    "read_fact",
]

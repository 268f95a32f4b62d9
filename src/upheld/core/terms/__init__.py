"""What was promised: the document as signed, and its rules as they bind one customer."""

from upheld.core.terms.binding import bind
from upheld.core.terms.document import Document
from upheld.core.terms.place import Term, TermProblem
from upheld.core.terms.rules import (
    Availability,
    Cause,
    Claim,
    Credit,
    Evidence,
    MaintenanceKind,
    Period,
    Service,
    Terms,
)

__all__ = [
    "Availability",
    "Cause",
    "Claim",
    "Credit",
    "Document",
    "Evidence",
    "MaintenanceKind",
    "Period",
    "Service",
    "Term",
    "TermProblem",
    "Terms",
    "bind",
]

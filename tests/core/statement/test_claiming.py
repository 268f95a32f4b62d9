"""What a claim is held against: the invoices that were late when it came."""

import pytest

from tests.core.sample import CALENDARS, DOCUMENT, claim, header
from tests.core.spans import at
from tests.core.terms.changed import terms
from upheld.core.facts import ClaimFiled, InvoiceIssued, InvoicePaid
from upheld.core.money import Money
from upheld.core.statement import gather
from upheld.core.statement.claiming import late_invoices

CAME = "2025-06-12T10:00Z"
DUE, AFTER = "2025-06-01T00:00Z", "2025-06-01T00:00:01Z"


@pytest.mark.parametrize(
    ("due", "paid", "until"), [(DUE, DUE, None), (DUE, AFTER, AFTER), (CAME, "", None), (DUE, "", CAME)]
)
def test_only_what_was_paid_after_it_was_due_was_late(due: str, paid: str, until: str | None) -> None:
    """Paid at the very instant, or due at the very instant of the claim, is not late; a second more is."""
    facts = [InvoiceIssued(**header("i", "2025-05-01T00:00Z"), invoice="i", amount=Money.parse("EUR 10"), due_at=at(due))]
    given = [*facts, *([InvoicePaid(**header("p", paid), invoice="i")] if paid else [])]
    filed = claim(CAME, "o1")
    assert isinstance(filed, ClaimFiled)

    found = late_invoices(gather(DOCUMENT, CALENDARS, given, at("2026-01-01T00:00Z"), {}), terms(), filed)

    assert ([(at(due), at(until), "i")] if until else []) == [(one.due_at, one.paid_at, one.fact) for one in found]

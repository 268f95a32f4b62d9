"""Rows of money and their facts."""

from upheld.apps.billing.models import Claim, Invoice
from upheld.core.facts import ClaimDecided, ClaimFiled, InvoiceIssued, InvoicePaid
from upheld.core.money import Money
from upheld.core.timeline import Instant


def issued_fact(invoice: Invoice, *, by: str, at: Instant) -> InvoiceIssued:
    return InvoiceIssued(
        id=f"invoice-{invoice.number}-issued", agreement=invoice.agreement.key, occurred_at=Instant.of(invoice.issued_at),
        recorded_at=at, source=by, invoice=invoice.number, amount=Money.parse(invoice.amount),
        due_at=Instant.of(invoice.due_at),
    )  # fmt: skip


def paid_fact(invoice: Invoice, *, paid_at: Instant, by: str, at: Instant) -> InvoicePaid:
    return InvoicePaid(
        id=f"invoice-{invoice.number}-paid", agreement=invoice.agreement.key, occurred_at=paid_at, recorded_at=at,
        source=by, invoice=invoice.number,
    )  # fmt: skip


def filed_fact(claim: Claim, *, by: str, at: Instant) -> ClaimFiled:
    return ClaimFiled(
        id=f"{claim.name}-filed", agreement=claim.agreement.key, occurred_at=Instant.of(claim.filed_at), recorded_at=at,
        source=by, claim=claim.name, credit=claim.credit, outage=claim.outage, channel=claim.channel,
        details=tuple(claim.details), ticket=claim.ticket,
    )  # fmt: skip


def decided_fact(claim: Claim, *, at: Instant) -> ClaimDecided:
    return ClaimDecided(
        id=f"{claim.name}-decided", agreement=claim.agreement.key, occurred_at=at, recorded_at=at,
        source=claim.decided_by, claim=claim.name, granted=bool(claim.granted), by=claim.decided_by, because=claim.because,
    )  # fmt: skip

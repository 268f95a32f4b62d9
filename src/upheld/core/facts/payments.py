"""What was paid towards an invoice, and what was taken back of one."""

from upheld.core.facts.record import Fact, fact
from upheld.core.money import Money


@fact("payment-received", 1)
class PaymentReceived(Fact):
    """Money came towards an invoice, a part of it or more. Once the sum is reached, `invoice-paid/1` says so."""

    payment: str
    invoice: str
    amount: Money


@fact("invoice-credited", 1)
class InvoiceCredited(Fact):
    """A credit note took back a part of an invoice, or all of it. The invoice itself stays as it was issued."""

    note: str
    invoice: str
    amount: Money
    because: str
    approved_by: str

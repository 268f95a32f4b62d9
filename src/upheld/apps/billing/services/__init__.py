"""Writing about money: each step is a row and a fact in one transaction."""

from upheld.apps.billing.services.claims import CannotDecide, CannotFile, decide_claim, file_claim
from upheld.apps.billing.services.invoices import InvoiceDiffers, issue_invoice, record_payment

__all__ = ["CannotDecide", "CannotFile", "InvoiceDiffers", "decide_claim", "file_claim", "issue_invoice", "record_payment"]

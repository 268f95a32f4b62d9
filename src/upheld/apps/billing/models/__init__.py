"""Rows of money."""

from upheld.apps.billing.models.claims import Claim
from upheld.apps.billing.models.credits import Application, Credit, Look
from upheld.apps.billing.models.invoices import Invoice, Series
from upheld.apps.billing.models.payments import Payment, Reversal
from upheld.apps.billing.models.terminations import Termination

__all__ = ["Application", "Claim", "Credit", "Invoice", "Look", "Payment", "Reversal", "Series", "Termination"]

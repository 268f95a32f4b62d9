"""Rows of money."""

from upheld.apps.billing.models.claims import Claim
from upheld.apps.billing.models.invoices import Invoice

__all__ = ["Claim", "Invoice"]

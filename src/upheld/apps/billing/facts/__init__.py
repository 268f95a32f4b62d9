"""Rows of money and their facts."""

from upheld.apps.billing.facts.claims import decided_fact, filed_fact
from upheld.apps.billing.facts.invoices import issued_fact, paid_fact

__all__ = ["decided_fact", "filed_fact", "issued_fact", "paid_fact"]

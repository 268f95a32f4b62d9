"""Rows of money and their facts."""

from upheld.apps.billing.facts.claims import decided_fact, filed_fact
from upheld.apps.billing.facts.invoices import credited_fact, ending_fact, issued_fact, paid_fact, received_fact

__all__ = ["credited_fact", "decided_fact", "ending_fact", "filed_fact", "issued_fact", "paid_fact", "received_fact"]

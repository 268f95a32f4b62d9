"""Invoices as they are on record."""

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models import Invoice


def invoices_of(agreement: Agreement) -> list[Invoice]:
    return list(agreement.invoices.order_by("issued_at", "number"))

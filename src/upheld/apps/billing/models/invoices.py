"""Rows of invoices. Amounts are texts as the ledger writes them; nothing is added up here."""

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint

from upheld.apps.agreements.models import Agreement


class Invoice(models.Model):
    """An invoice that was issued under an agreement. Only whether it was paid matters here: a claim may depend on it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="invoices")
    number = models.CharField(max_length=100)
    amount = models.CharField(max_length=100)
    issued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "billing_invoice"
        constraints: ClassVar = [UniqueConstraint(fields=["agreement", "number"], name="an_invoice_has_its_number_alone")]

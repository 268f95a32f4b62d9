"""Rows of payments: money that came, towards an invoice or not known for what. None is lost, none is counted twice."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from upheld.apps.billing.models.invoices import Invoice
from upheld.core.money import Money


class Payment(models.Model):
    """
    Money that came. Without an `invoice` it waits for a person, and `problem` says why; it keeps its line as it came.

    `key` is the same for the same line of the same account, so that a file read twice counts once.
    """

    number = models.PositiveIntegerField(unique=True)
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="payments")
    amount = models.CharField(max_length=100, blank=True)
    """As the ledger writes it; empty where the line could not be read."""
    paid_at = models.DateTimeField(null=True)
    reference = models.TextField(blank=True)
    key = models.CharField(max_length=100, unique=True)
    line = models.TextField(blank=True)
    """The line as it came, where it was imported."""
    origin = models.CharField(max_length=200, blank=True)
    """The name of the file, or nothing where a person recorded it."""
    problem = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "billing_payment"
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(invoice__isnull=True) | (~Q(amount="") & Q(paid_at__isnull=False)),
                name="what_counts_has_an_amount_and_a_time",
            ),
        ]

    @property
    def name(self) -> str:
        """How facts and people call it: `P-1`."""
        return f"P-{self.number}"

    @property
    def money(self) -> Money | None:
        return Money.parse(self.amount) if self.amount else None

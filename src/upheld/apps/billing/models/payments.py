"""Rows of payments: money that came, towards an invoice or not known for what. None is lost, none is counted twice."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from upheld.apps.billing.models.invoices import Invoice
from upheld.core.money import Money
from upheld.core.timeline import Instant


class Payment(models.Model):
    """
    Money that came. Without an `invoice` it waits for a person, and `problem` says why; it keeps its line as it came. What
    is for no invoice, such as a bank's fee, is put aside: it waits no longer, and a person may still count it.

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
    aside_by = models.CharField(max_length=200, blank=True, default="")
    aside_at = models.DateTimeField(null=True, blank=True)
    aside_because = models.TextField(blank=True, default="")

    class Meta:
        db_table = "billing_payment"
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(invoice__isnull=True) | (~Q(amount="") & Q(paid_at__isnull=False)),
                name="what_counts_has_an_amount_and_a_time",
            ),
            CheckConstraint(
                condition=Q(invoice__isnull=True) | Q(aside_at__isnull=True), name="what_counts_is_not_put_aside"
            ),
            CheckConstraint(
                condition=Q(aside_at__isnull=True, aside_by="", aside_because="")
                | (Q(aside_at__isnull=False) & ~Q(aside_by="") & ~Q(aside_because="")),
                name="what_is_put_aside_has_a_person_and_a_reason",
            ),
        ]

    @property
    def name(self) -> str:
        """How facts and people call it: `P-1`."""
        return f"P-{self.number}"

    @property
    def money(self) -> Money | None:
        return Money.parse(self.amount) if self.amount else None

    @property
    def reversed_at(self) -> Instant | None:
        """Since when it counts no longer; None while it counts."""
        found: Reversal | None = getattr(self, "reversal", None)
        return Instant.of(found.reversed_at) if found else None

    def counts_at(self, as_of: Instant) -> bool:
        """Whether it came by then, and was not reversed by then."""
        end = self.reversed_at
        return self.paid_at is not None and Instant.of(self.paid_at) <= as_of and (end is None or end > as_of)


class Reversal(models.Model):
    """
    That a payment was counted wrongly: it stays on record and counts no longer. Where the money is kept, `becomes` is the
    payment that stands for it, towards another invoice or waiting for a person.
    """

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="reversal")
    becomes = models.OneToOneField(Payment, null=True, on_delete=models.PROTECT, related_name="stands_for")
    because = models.TextField()
    proposed_by = models.CharField(max_length=200)
    confirmed_by = models.CharField(max_length=200)
    reversed_at = models.DateTimeField()

    class Meta:
        db_table = "billing_reversal"
        constraints: ClassVar = [
            CheckConstraint(
                condition=~Q(confirmed_by="") & ~Q(because="") & ~Q(confirmed_by=F("proposed_by")),
                name="a_reversal_has_a_reason_and_two_persons",
            ),
        ]

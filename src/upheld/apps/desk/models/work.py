"""Work for a customer, its price where that was quoted, and time bought ahead."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models.ticket import Ticket


class Quote(models.Model):
    """A price named for what the agreement leaves to a quote. It is accepted once, or declined once."""

    number = models.PositiveIntegerField(unique=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="quotes")
    charge = models.CharField(max_length=100)
    amount = models.CharField(max_length=100)
    """As the ledger writes it: `EUR 120.00`."""
    words = models.TextField(blank=True)
    """What is done for it."""
    given_by = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    accepted_by = models.CharField(max_length=200, blank=True)
    accepted_at = models.DateTimeField(null=True)
    declined_by = models.CharField(max_length=200, blank=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_quote"
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(declined_at__isnull=True), name="a_quote_is_accepted_or_declined"
            ),
        ]

    @property
    def name(self) -> str:
        """How facts and people call it: `Q-1`."""
        return f"Q-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.declined_at is None


class Work(models.Model):
    """
    Time or things done for a customer. `charge` is a charge of the agreement, or a topic that names one; what it costs is
    the judge's answer. The fields from `topic` on are what a charge's condition may ask for.
    """

    number = models.PositiveIntegerField(unique=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="work")
    charge = models.CharField(max_length=100)
    from_at = models.DateTimeField()
    lasted_us = models.BigIntegerField(default=0)
    """Microseconds."""
    count = models.PositiveIntegerField(default=1)
    words = models.TextField(blank=True)
    topic = models.CharField(max_length=100, blank=True)
    deleted_by = models.CharField(max_length=20, blank=True)
    restore = models.CharField(max_length=50, blank=True)
    responsible = models.CharField(max_length=20, blank=True)
    is_erroneous = models.BooleanField(default=False)
    quote = models.ForeignKey(Quote, null=True, on_delete=models.PROTECT, related_name="work")
    by = models.CharField(max_length=200)
    logged_at = models.DateTimeField()
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_work"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(lasted_us__gte=0), name="work_takes_no_negative_time"),
            CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by="") | (Q(approved_at__isnull=False) & ~Q(approved_by="")),
                name="an_approval_has_a_person_and_a_time",
            ),
        ]

    @property
    def name(self) -> str:
        """How facts and people call it: `W-1`."""
        return f"W-{self.number}"


class Purchase(models.Model):
    """Time that a customer bought ahead, from which work of one charge is taken."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="purchases")
    number = models.PositiveIntegerField(unique=True)
    charge = models.CharField(max_length=100)
    lasted_us = models.BigIntegerField()
    """Microseconds bought."""
    bought_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    """From when the rest of it is lost; empty where it is kept."""
    reference = models.CharField(max_length=200)
    """The invoice or order."""
    by = models.CharField(max_length=200)

    class Meta:
        db_table = "desk_purchase"
        constraints: ClassVar = [CheckConstraint(condition=Q(lasted_us__gt=0), name="a_purchase_buys_some_time")]

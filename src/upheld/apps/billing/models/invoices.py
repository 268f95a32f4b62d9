"""Rows of invoices and credit notes. Amounts are texts as the ledger writes them; nothing is added up here."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from upheld.apps.agreements.models import Agreement
from upheld.core.money import Money
from upheld.core.timeline import MICRO, Instant, Span


class Series(models.Model):
    """The numbers of one kind of paper in one year: `INV-2026`. `last` is the last number that was given out."""

    name = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "billing_series"


class Invoice(models.Model):
    """
    An invoice of an agreement, or a credit note that takes back a part of one. What was issued never changes.

    Without a `series` it was written elsewhere and recorded here with its own number. Only whether it was paid matters for
    claims.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", "Invoice"
        CREDIT_NOTE = "credit note", "Credit note"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="invoices")
    number = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.INVOICE)
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="invoices")
    place = models.PositiveIntegerField(null=True)
    """Its number within the series."""
    amount = models.CharField(max_length=100)
    """What is to be paid: with tax, where the agreement says how much that is. Of a credit note, what is taken back."""
    net = models.CharField(max_length=100, blank=True)
    tax = models.CharField(max_length=100, blank=True)
    """Empty where the agreement does not state the tax."""
    period_from_at = models.DateTimeField(null=True)
    period_to_at = models.DateTimeField(null=True)
    turn = models.PositiveIntegerField(default=1)
    """The second invoice of a period is drawn up once the first was taken back whole."""
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="credit_notes")
    because = models.TextField(blank=True)
    """Why a credit note was issued."""
    content = models.JSONField(default=dict)
    """
    Every line with its clauses and reasons as issued, credits, names: all that pages, paper and exports show. Empty where
    it was written elsewhere.
    """
    issued_by = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    """When nothing was left to pay: the one thing that changes."""

    class Meta:
        db_table = "billing_invoice"
        constraints: ClassVar = [
            UniqueConstraint(fields=["agreement", "number"], name="an_invoice_has_its_number_alone"),
            UniqueConstraint(fields=["series", "place"], name="a_number_of_a_series_is_given_once"),
            UniqueConstraint(
                fields=["agreement", "period_from_at", "turn"], condition=Q(kind="invoice", period_from_at__isnull=False),
                name="a_period_is_invoiced_once",
            ),
            CheckConstraint(
                condition=Q(series__isnull=True, place__isnull=True) | Q(series__isnull=False, place__gt=0),
                name="a_place_is_in_a_series",
            ),
            CheckConstraint(
                condition=Q(kind="invoice", corrects__isnull=True)
                | (Q(kind="credit note", corrects__isnull=False) & ~Q(because="")),
                name="a_credit_note_says_of_what_and_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def money(self) -> Money:
        return Money.parse(self.amount)

    @property
    def is_drawn_up(self) -> bool:
        """Whether it was drawn up here, from terms and facts."""
        return self.series_id is not None

    @property
    def period(self) -> Span | None:
        if self.period_from_at is None or self.period_to_at is None:
            return None
        return Span(Instant.of(self.period_from_at), Instant.of(self.period_to_at))

    @property
    def credits_at(self) -> Instant:
        """
        The instant of a credit that this invoice takes off: the last of its period.

        The judge takes a credit off the invoice of the period in which it happens, so `credit-applied/1` occurs then.
        """
        return self.period.end.before(MICRO) if self.period else Instant.of(self.issued_at)

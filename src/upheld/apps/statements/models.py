"""Rows of statements: what was told, byte for byte. A later one follows an earlier one and replaces nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.agreements.models import Agreement
from upheld.core.timeline import Instant, Span


class Statement(models.Model):
    """One statement of one period of one agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="statements")
    name = models.CharField(max_length=250, unique=True)
    """`acorn-harbour/2026-02/1`."""
    number = models.PositiveIntegerField()
    period_from_at = models.DateTimeField()
    period_to_at = models.DateTimeField()
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    as_of = models.DateTimeField()
    is_over = models.BooleanField()
    """False for a statement of a period that still ran."""
    content = models.BinaryField()
    """Canonical JSON, as it was issued."""
    digest = models.CharField(max_length=64)
    ledger_size = models.BigIntegerField()
    """Entries of the ledger with the fact that it was issued: the last of them."""
    prepared_by = models.CharField(max_length=200)
    told_at = models.DateTimeField(null=True)
    """When the customer's contacts were written to; None: not yet, or never, where it was interim."""

    class Meta:
        db_table = "statements_statement"
        constraints: ClassVar = [
            UniqueConstraint(fields=["agreement", "period_from_at", "number"], name="statements_of_a_period_are_numbered"),
            CheckConstraint(condition=Q(period_to_at__gt=F("period_from_at")), name="a_period_has_length"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> Span:
        return Span(Instant.of(self.period_from_at), Instant.of(self.period_to_at))

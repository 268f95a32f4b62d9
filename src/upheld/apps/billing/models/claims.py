"""Rows of claims: what a customer asks for, and what a person decided."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from upheld.apps.agreements.models import Agreement


class Claim(models.Model):
    """A customer's request for a credit, and what a person decided. `number` counts through the installation."""

    number = models.PositiveIntegerField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="claims")
    credit = models.CharField(max_length=100)
    outage = models.CharField(max_length=50)
    channel = models.CharField(max_length=50)
    details = models.JSONField(default=list)
    ticket = models.CharField(max_length=50, blank=True)
    filed_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    """None until a person decided."""
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        db_table = "billing_claim"
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(granted__isnull=True, decided_at__isnull=True, decided_by="")
                | (Q(granted__isnull=False, decided_at__isnull=False) & ~Q(decided_by="") & ~Q(because="")),
                name="a_decision_has_a_person_a_time_and_a_reason",
            )
        ]

    @property
    def name(self) -> str:
        """How facts and people call it: `C-1`."""
        return f"C-{self.number}"

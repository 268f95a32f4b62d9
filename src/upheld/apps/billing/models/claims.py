"""Rows of claims: what a customer asks for, and what a person decided."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from upheld.apps.agreements.models import Agreement


class Claim(models.Model):
    """A customer's request for a credit, and what a person decided. `number` counts through the installation."""

    number = models.PositiveIntegerField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="claims")
    credit = models.CharField(max_length=100)
    outage = models.CharField(max_length=50, blank=True)
    """Empty where it is for a whole period, or for what its ticket is about."""
    period_from_at = models.DateTimeField(null=True)
    """The start of the period that is claimed for, where it names no outage."""
    channel = models.CharField(max_length=50)
    details = models.JSONField(default=list)
    ticket = models.CharField(max_length=50, blank=True)
    filed_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    """None until a person decided."""
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    """Facts of the ledger that support it: pairs of id and digest of the leaf."""
    appealed_by = models.CharField(max_length=200, blank=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_because = models.TextField(blank=True)
    appeal_granted = models.BooleanField(null=True)
    """None until a second person decided the appeal."""
    appeal_decided_by = models.CharField(max_length=200, blank=True)
    appeal_decided_at = models.DateTimeField(null=True)
    appeal_answer = models.TextField(blank=True)

    class Meta:
        db_table = "billing_claim"
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(granted__isnull=True, decided_at__isnull=True, decided_by="")
                | (Q(granted__isnull=False, decided_at__isnull=False) & ~Q(decided_by="") & ~Q(because="")),
                name="a_decision_has_a_person_a_time_and_a_reason",
            ),
            CheckConstraint(
                condition=Q(appealed_at__isnull=True, appealed_by="", appeal_because="", appeal_granted__isnull=True)
                | (Q(appealed_at__isnull=False, granted__isnull=False) & ~Q(appealed_by="") & ~Q(appeal_because="")),
                name="an_appeal_follows_a_decision",
            ),
            CheckConstraint(
                condition=Q(appeal_granted__isnull=True, appeal_decided_at__isnull=True, appeal_decided_by="")
                | (
                    Q(appeal_granted__isnull=False, appeal_decided_at__isnull=False)
                    & ~Q(appeal_decided_by="")
                    & ~Q(appeal_answer="")
                    & ~Q(appeal_decided_by=F("decided_by"))
                ),
                name="an_appeal_is_decided_by_another_person",
            ),
        ]

    @property
    def name(self) -> str:
        """How facts and people call it: `C-1`."""
        return f"C-{self.number}"

    @property
    def is_granted(self) -> bool | None:
        """What holds: the decision on the appeal where there is one, else the first; None until a person decided."""
        return self.granted if self.appeal_granted is None else self.appeal_granted

    @property
    def waits(self) -> bool:
        """Whether it waits for a person of the provider: for a decision, or for one on its appeal."""
        return self.granted is None or (self.appealed_at is not None and self.appeal_granted is None)

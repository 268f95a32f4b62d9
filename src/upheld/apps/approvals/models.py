"""Rows of what needs two persons. The database itself refuses a second person who is the first."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

OPEN = Q(confirmed_at__isnull=True, refused_at__isnull=True)


class Approval(models.Model):
    """
    What one person proposed, and what a second one made of it.

    `kind` says what is proposed, `subject` for what, under the `agreement` of this key (empty: for the installation);
    `content` is what will be done once it is confirmed. Rows are kept for good.
    """

    kind = models.CharField(max_length=50)
    subject = models.CharField(max_length=200)
    agreement = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict)
    because = models.TextField()
    proposed_by = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=200, blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_because = models.TextField(blank=True)

    class Meta:
        db_table = "approvals_approval"
        constraints: ClassVar = [
            CheckConstraint(condition=~Q(confirmed_by=F("proposed_by")), name="the_second_person_is_not_the_first"),
            CheckConstraint(condition=~Q(proposed_by="") & ~Q(because=""), name="a_proposal_has_a_person_and_a_reason"),
            CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
                name="a_confirmation_has_a_person_and_a_time",
            ),
            CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_by="", refused_because="")
                | (Q(refused_at__isnull=False) & ~Q(refused_by="") & ~Q(refused_because="")),
                name="a_refused_proposal_has_a_person_a_time_and_a_reason",
            ),
            CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True), name="a_proposal_ends_in_one_way"
            ),
            UniqueConstraint(
                fields=["kind", "agreement", "subject"], condition=OPEN, name="one_proposal_waits_for_each_subject"
            ),
        ]

    @property
    def name(self) -> str:
        """How people call it: `A-1`."""
        return f"A-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.refused_at is None

"""Rows of erasures: that somebody was erased, and nothing of who it was."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q


class Erasure(models.Model):
    """Somebody was erased. `person` is the mark, `by` and `approved_by` are the pseudonyms of who did it."""

    person = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    approved_by = models.CharField(max_length=200, blank=True, default="")
    rows = models.PositiveIntegerField(default=0)
    """How many rows were blanked, changed or removed."""
    kept = models.JSONField(default=list)
    """What never changes and names the person in clear: facts by ledger and number, issued invoices, signed texts."""
    swept_at = models.DateTimeField(null=True)
    """When the database's files were rewritten, so that freed pages hold nothing either."""

    class Meta:
        db_table = "erasure_erasure"
        constraints: ClassVar = [
            CheckConstraint(condition=~Q(approved_by=F("by")) | Q(approved_by=""), name="who_approved_an_erasure_is_another")
        ]

    def __str__(self) -> str:
        return self.person

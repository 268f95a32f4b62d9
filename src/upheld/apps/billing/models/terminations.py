"""Rows of wishes to end a contract. Whether one is accepted is the judge's answer, never a column."""

from django.db import models

from upheld.apps.agreements.models import Agreement


class Termination(models.Model):
    """Somebody wants a contract to end: on a day, or as soon as it can."""

    number = models.PositiveIntegerField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terminations")
    side = models.CharField(max_length=20)
    """`customer` or `provider`."""
    by = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    wished_on = models.DateField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        db_table = "billing_termination"

    @property
    def name(self) -> str:
        """How facts and people call it: `E-1`."""
        return f"E-{self.number}"

"""Holds: for whom or what the work on a ticket waits."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.desk.models.ticket import Ticket


class Hold(models.Model):
    """
    Work waits; `number` counts through the ticket. `evidence` is the public message that asked, or the vendor's reference:
    without it no clock stands still.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="holds")
    number = models.PositiveIntegerField()
    waiting_for = models.CharField(max_length=50, blank=True)
    """`customer`, `third party`, or nobody where only a cause of the agreement holds."""
    cause = models.CharField(max_length=100, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "desk_hold"
        indexes: ClassVar = [
            models.Index(fields=["until_at"], name="desk_holds_ending", condition=Q(closed_at__isnull=True))
        ]
        constraints: ClassVar = [
            UniqueConstraint(fields=["ticket", "number"], name="a_hold_has_its_number_alone"),
            CheckConstraint(condition=~Q(waiting_for="") | ~Q(cause=""), name="a_hold_waits_for_somebody_or_has_a_cause"),
            CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="a_hold_ends_after_it_began"
            ),
        ]

    @property
    def name(self) -> str:
        """How facts call it: `T-1-h1`."""
        return f"{self.ticket.name}-h{self.number}"

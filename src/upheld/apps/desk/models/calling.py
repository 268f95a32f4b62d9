"""The telephone's log, and times at which the desk declared a high load."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models.ticket import Ticket


class Call(models.Model):
    """Somebody telephoned. `code` is what the agreement said of the call then: `ok`, `too-early`, `ticket-first`."""

    number = models.PositiveIntegerField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="calls")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="calls")
    by = models.CharField(max_length=200)
    """The pseudonym, or as much as is known, of who called."""
    called_at = models.DateTimeField()
    taken_by = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    """What was said, for staff."""
    code = models.CharField(max_length=50, blank=True)
    is_misuse = models.BooleanField(default=False)

    class Meta:
        db_table = "desk_call"

    @property
    def name(self) -> str:
        """How facts and people call it: `K-1`."""
        return f"K-{self.number}"


class HighLoad(models.Model):
    """A time of high load that the desk declared, before it counted."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="high_loads")
    number = models.PositiveIntegerField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    queue = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=200)
    declared_at = models.DateTimeField()

    class Meta:
        db_table = "desk_high_load"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="a_high_load_takes_time"),
            models.UniqueConstraint(fields=["agreement", "number"], name="a_high_load_has_its_number_alone"),
        ]

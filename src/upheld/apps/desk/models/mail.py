"""What came in, byte for byte, before anybody read it."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q


class Reading(models.TextChoices):
    """What became of raw bytes."""

    WAITING = "waiting"
    READ = "read"
    UNREADABLE = "unreadable"
    """It became a ticket all the same, from its envelope."""
    IGNORED = "ignored"
    """A bounce, a loop: kept, with the reason, and nobody is asked to answer."""


class Inbound(models.Model):
    """Raw bytes that came by a channel; kept once, however often they are brought."""

    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of envelope and bytes."""
    channel = models.CharField(max_length=50)
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = models.JSONField(default=list)
    raw = models.BinaryField()
    whole_size = models.PositiveBigIntegerField(null=True)
    """Bytes of the whole, where `raw` is its beginning alone; None where it is all here."""
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=Reading.choices, default=Reading.WAITING)
    because = models.CharField(max_length=500, blank=True)
    """Why it could not be read, or was not made a ticket of."""

    class Meta:
        db_table = "desk_inbound"
        indexes: ClassVar = [models.Index(fields=["id"], name="desk_inbound_waiting", condition=Q(state="waiting"))]
        constraints: ClassVar = [
            CheckConstraint(condition=Q(state__in=Reading.values), name="what_came_in_stands_in_a_known_state"),
            CheckConstraint(condition=Q(state__in=["waiting", "read"]) | ~Q(because=""), name="what_was_put_aside_says_why"),
        ]

"""Who looks at a ticket now, so that two people do not answer it at once. No evidence: it may be thrown away."""

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint

from upheld.apps.desk.models.ticket import Ticket
from upheld.apps.parties.models import User


class Presence(models.Model):
    """Somebody of the provider has a ticket open, and perhaps writes on it."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    wrote_at = models.DateTimeField(null=True)
    """When letters were last in the fields of an answer or a note."""

    class Meta:
        db_table = "desk_presence"
        constraints: ClassVar = [UniqueConstraint(fields=["ticket", "user"], name="somebody_is_at_a_ticket_once")]

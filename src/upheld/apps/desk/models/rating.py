"""How content a customer was with a ticket."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from upheld.apps.desk.models.ticket import Ticket

WORST, BEST = 1, 5


class Rating(models.Model):
    """One to five of five, and what the customer says to it; the last word of the customer stands."""

    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    """The pseudonym of who gave it."""
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_rating"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(score__gte=WORST) & Q(score__lte=BEST), name="a_rating_is_one_to_five")
        ]

"""Templates of tickets: what a report that comes often is filled in with when it is opened."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from upheld.apps.desk.models.ticket import Kind


class TicketTemplate(models.Model):
    """
    A report by its name. `topic`, `impact` and `urgency` are words of an agreement, and fill in nothing under one that
    does not know them. `is_offered` is True for one that customers may begin from as well.
    """

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.INCIDENT)
    topic = models.CharField(max_length=100, blank=True, default="")
    impact = models.CharField(max_length=50, blank=True, default="")
    urgency = models.CharField(max_length=50, blank=True, default="")
    subject = models.CharField(max_length=500)
    text = models.TextField(blank=True, default="")
    tags = models.JSONField(default=list)
    """Those that the ticket gets."""
    is_offered = models.BooleanField(default=False)
    by = models.CharField(max_length=200)
    """Who wrote it last."""
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_ticket_template"
        constraints: ClassVar = [
            CheckConstraint(condition=~Q(name="") & ~Q(subject=""), name="a_template_has_name_and_subject"),
            CheckConstraint(condition=Q(kind__in=Kind.values), name="a_template_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.name

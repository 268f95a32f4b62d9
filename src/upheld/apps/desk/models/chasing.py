"""Who is told when a clock is nearly or wholly used up, and whether an outage opens a ticket by itself."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from upheld.apps.agreements.models import Agreement
from upheld.apps.oncall.models import Hours, Policy


class When(models.TextChoices):
    """On which side of a due instant somebody is told."""

    BEFORE = "before", "Before the time is over"
    AFTER = "after", "Once it is over"


class Escalation(models.Model):
    """
    One line of who is told: it is for tickets of an agreement and a priority, and for clocks, each empty for all of them.

    Of several that fit, the one that names most is used.
    """

    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.CASCADE, related_name="+")
    priority = models.CharField(max_length=50, blank=True)
    clocks = models.JSONField(default=list)
    """Names of clocks, as agreements call them."""
    when = models.CharField(max_length=10, choices=When.choices)
    hours = models.CharField(max_length=10, choices=Hours.choices, default=Hours.ALWAYS)
    """Around the clock, or only inside or outside the open time of `calendar`."""
    calendar = models.CharField(max_length=100, blank=True)
    """A calendar of the agreement; empty: the one by which the clock runs."""
    is_urgent = models.BooleanField(default=True)
    """What is not urgent waits for the end of the policy's quiet hours."""
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "desk_escalation"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(when__in=When.values), name="an_escalation_is_before_or_after"),
            CheckConstraint(condition=Q(hours__in=Hours.values), name="an_escalation_has_known_hours"),
        ]


class OutageRule(models.Model):
    """An outage under this agreement opens a ticket by itself, of this priority and topic where they are given."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="+")
    priority = models.CharField(max_length=50, blank=True)
    topic = models.CharField(max_length=100, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_outage_rule"

"""Who is told when a clock is nearly or wholly used up, and whether an outage opens a ticket by itself."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models.ticket import Ticket
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
    minutes = models.PositiveIntegerField(null=True)
    """A moment of its own: so long before or after the due instant, in open time; empty where it has none."""
    percent = models.PositiveSmallIntegerField(null=True)
    """Or once so much of the allowed time is used; before only."""
    is_around_clock = models.BooleanField(default=False)
    """Whether the minutes after are counted around the clock."""
    is_laid = models.BooleanField(default=False)
    """Whether the runs that were there when the line was written have their reminders."""

    class Meta:
        db_table = "desk_escalation"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(when__in=When.values), name="an_escalation_is_before_or_after"),
            CheckConstraint(condition=Q(hours__in=Hours.values), name="an_escalation_has_known_hours"),
            CheckConstraint(condition=Q(minutes=None) | Q(percent=None), name="an_escalation_has_one_moment"),
            CheckConstraint(
                condition=Q(percent=None) | Q(when=When.BEFORE, percent__gte=1, percent__lte=99),
                name="an_escalation_at_a_share_is_before",
            ),
            CheckConstraint(
                condition=Q(is_around_clock=False) | Q(when=When.AFTER, minutes__isnull=False),
                name="an_escalation_around_the_clock_is_after",
            ),
        ]


class Reminder(models.Model):
    """When a line with a moment of its own tells of a run; only such lines have any. It outlives the row of its run."""

    line = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+", db_index=False)
    clock = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    fire_us = models.BigIntegerField()
    """Microseconds, UTC, as the run was reckoned last."""
    is_passed = models.BooleanField(default=False)
    """Nobody is told: a later line was due already, or it does not hold at these hours."""
    told_us = models.BigIntegerField(null=True)
    """When it told; it does so once, wherever the due instant moves."""

    class Meta:
        db_table = "desk_reminder"
        indexes: ClassVar = [
            models.Index(fields=["fire_us"], name="desk_reminders_due", condition=Q(told_us__isnull=True, is_passed=False)),
        ]
        constraints: ClassVar = [
            UniqueConstraint(fields=["ticket", "clock", "number", "line"], name="a_reminder_is_kept_once"),
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

"""Rows of pages: what somebody was to be woken for, each step that was taken, and each message of it."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from upheld.apps.oncall.models.outbox import Message
from upheld.apps.oncall.models.policies import Policy
from upheld.apps.parties.models import User


class Page(models.Model):
    """
    One reason to wake somebody, by one policy: it goes from step to step until somebody acknowledges it.

    `number` counts through the installation.
    """

    number = models.PositiveIntegerField(unique=True)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="pages")
    about = models.CharField(max_length=200)
    """What it is about, as facts call it: `T-7`, or an outage's name."""
    key = models.CharField(max_length=200)
    """The reason: with the same policy and subject of it, it pages once."""
    is_urgent = models.BooleanField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    plan = models.JSONField()
    """The policy as it held when the page began: steps, repeats, hours, quiet hours."""
    open_spans = models.JSONField(default=list)
    """The open time that the clause's calendar has, as pairs of microseconds; empty where it is not known."""
    began_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField(default=0)
    """How many steps were taken, over all rounds."""
    next_at = models.DateTimeField(null=True)
    """When the next step is due; None when there is none."""
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_because = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "oncall_page"
        constraints: ClassVar = [
            UniqueConstraint(fields=["policy", "about", "key"], name="a_reason_pages_once"),
            CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="somebody_acknowledged_a_page",
            ),
            CheckConstraint(
                condition=Q(next_at__isnull=True) | Q(acknowledged_at__isnull=True, resolved_at__isnull=True),
                name="a_page_that_is_over_goes_no_further",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="oncall_pages_due", condition=Q(next_at__isnull=False)),
            models.Index(fields=["about"], name="oncall_pages_by_about"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How people call it: `P-7`."""
        return f"P-{self.number}"

    @property
    def state(self) -> str:
        """`resolved`, `acknowledged`, `running`, or `unanswered` where every step was taken and nobody answered."""
        if self.resolved_at:
            return "resolved"
        if self.acknowledged_at:
            return "acknowledged"
        return "running" if self.next_at else "unanswered"


class PageStep(models.Model):
    """A step that was taken, or skipped because it would have told nobody."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="taken_steps")
    place = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    is_skipped = models.BooleanField()
    because = models.TextField(default="", blank=True)
    """Why somebody of the step, or all of it, was left out; a line for each."""

    class Meta:
        db_table = "oncall_page_step"
        constraints: ClassVar = [
            UniqueConstraint(fields=["page", "place"], name="a_step_is_taken_once"),
            CheckConstraint(condition=Q(is_skipped=False) | ~Q(because=""), name="a_skipped_step_has_its_reason"),
        ]


class Told(models.Model):
    """A message of a step: to a person by one of their ways, or to a channel."""

    step = models.ForeignKey(PageStep, on_delete=models.PROTECT, related_name="told")
    target = models.CharField(max_length=300)
    """Who, as pages show it: a person's name, a channel's name."""
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="told")
    answered_at = models.DateTimeField(null=True)
    """When the link in it was used; it is good once."""

    class Meta:
        db_table = "oncall_told"

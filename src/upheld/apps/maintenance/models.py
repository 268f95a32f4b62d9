"""Rows of planned work. What is judged are the facts; these rows are what people look at and work with."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.agreements.models import Agreement
from upheld.apps.oncall.models import Message
from upheld.core.timeline import Instant, Span


class Window(models.Model):
    """Work planned under one agreement, as a kind that its terms name. `number` counts through the installation."""

    number = models.PositiveIntegerField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="windows")
    kind = models.CharField(max_length=100)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    planned_by = models.CharField(max_length=200)
    planned_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "maintenance_window"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="planned_work_takes_time"),
            CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False, ended_at__gte=F("started_at")),
                name="work_ends_after_it_began",
            ),
            CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(started_at__isnull=True), name="work_that_began_is_not_cancelled"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How facts and people call it: `M-1`."""
        return f"M-{self.number}"

    @property
    def span(self) -> Span:
        return Span(Instant.of(self.from_at), Instant.of(self.to_at))

    @property
    def state(self) -> str:
        """`planned`, `told`, `running`, `over` or `cancelled`."""
        if self.cancelled_at:
            return "cancelled"
        if self.ended_at:
            return "over"
        if self.started_at:
            return "running"
        return "told" if self.notices.filter(is_recorded=True).exists() else "planned"


class Notice(models.Model):
    """A mail to the customer about a window: asked for by a person, written by the worker, a fact once it was sent."""

    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="notices")
    to = models.CharField(max_length=320)
    role = models.CharField(max_length=100)
    """Whose address it is, as the ledger names it: `support-contact`."""
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    is_recorded = models.BooleanField(default=False)

    class Meta:
        db_table = "maintenance_notice"
        constraints: ClassVar = [
            UniqueConstraint(fields=["window", "to"], name="an_address_is_told_of_a_window_once"),
            CheckConstraint(
                condition=Q(is_recorded=False) | Q(message__isnull=False), name="a_recorded_notice_was_a_message"
            ),
        ]

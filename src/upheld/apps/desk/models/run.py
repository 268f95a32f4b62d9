"""Runs of clocks as last reckoned: what the queue is sorted by, never what is judged."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models.ticket import Ticket

LIVE = ("running", "paused", "not known", "undecided")
"""States of a run that other terms may change."""


class Run(models.Model):
    """
    One run of one clock on one ticket, as the core saw it at `seen_us`. Instants and lengths are microseconds, UTC.

    It may be thrown away and reckoned anew at any time. `due_us` is empty where nothing is due or a pause hides it.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="runs", db_index=False)
    """Found by the constraint's index, which begins with it."""
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+", db_index=False)
    """The ticket's, once more: after a change of an agreement's calendar its runs are found without their tickets."""
    clock = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20)
    """`running`, `paused`, `stopped`, `not begun`, `no time`, `not for this`, `not known`, `undecided`."""
    verdict = models.CharField(max_length=30)
    calendar = models.CharField(max_length=100)
    is_plain = models.BooleanField(default=False)
    """Whether start, allowed time and calendar alone make the due instant."""
    start_us = models.BigIntegerField(null=True)
    due_us = models.BigIntegerField(null=True)
    stop_us = models.BigIntegerField(null=True)
    used_us = models.BigIntegerField(default=0)
    allowed_us = models.BigIntegerField(null=True)
    seen_us = models.BigIntegerField()
    told_us = models.BigIntegerField(null=True)
    """For which due instant somebody was told that it was passed."""
    warned_us = models.BigIntegerField(null=True)
    """For which due instant somebody was warned before."""

    class Meta:
        db_table = "desk_run"
        indexes: ClassVar = [
            models.Index(fields=["due_us"], name="desk_runs_due", condition=Q(state="running", due_us__isnull=False)),
            models.Index(fields=["agreement"], name="desk_runs_not_plain", condition=Q(is_plain=False, state__in=LIVE)),
        ]
        constraints: ClassVar = [UniqueConstraint(fields=["ticket", "clock", "number"], name="a_run_is_kept_once")]


class Reckoned(models.Model):
    """By which terms the runs of an agreement were reckoned last: the digest of its text, calendars and values."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    reckoned_at = models.DateTimeField()

    class Meta:
        db_table = "desk_reckoned"

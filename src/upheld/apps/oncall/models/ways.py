"""Rows of how a person is reached, and where their calendar of shifts lies."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from upheld.apps.oncall.models.outbox import Kind
from upheld.apps.parties.models import User


class ContactWay(models.Model):
    """An address of a person. It is used once its owner typed in the code that was sent there."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="ways")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = models.CharField(max_length=2048)
    is_for_urgent = models.BooleanField()
    is_for_other = models.BooleanField()
    code_digest = models.CharField(max_length=64)
    code_until_at = models.DateTimeField()
    code_tries = models.PositiveSmallIntegerField(default=0)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "oncall_contact_way"
        constraints: ClassVar = [
            UniqueConstraint(fields=["user", "kind", "address"], name="a_way_is_listed_once"),
            CheckConstraint(condition=Q(kind__in=Kind.values), name="a_way_is_of_a_known_kind"),
            CheckConstraint(condition=Q(is_for_urgent=True) | Q(is_for_other=True), name="a_way_is_for_something"),
        ]


class CalendarAddress(models.Model):
    """Which edition of a person's calendar address is good; a new one ends the one before."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_address")
    number = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "oncall_calendar_address"

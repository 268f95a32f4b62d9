"""Rows of escalation policies: who is told after how long, and where groups read."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from upheld.apps.oncall.models.outbox import Kind
from upheld.apps.oncall.models.rotas import MINUTES_OF_A_DAY, Rota
from upheld.apps.parties.models import User


class Hours(models.TextChoices):
    """When a policy tells: at any time, or as a clause says, in or outside the open spans that come with the page."""

    ALWAYS = "always", "Around the clock"
    OPEN = "open", "In open time only"
    OFF = "off", "Outside open time only"


class Channel(models.Model):
    """A place where a group reads: a room of a chat, a list of mail, a program behind a webhook."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = models.CharField(max_length=2048)

    class Meta:
        db_table = "oncall_channel"
        constraints: ClassVar = [CheckConstraint(condition=Q(kind__in=Kind.values), name="a_channel_is_of_a_known_kind")]

    def __str__(self) -> str:
        return self.name


class Policy(models.Model):
    """Steps, one after the other, until somebody acknowledges. A page keeps the steps that held when it began."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200, unique=True)
    is_default = models.BooleanField(default=False)
    """An outage pages this one."""
    repeats = models.PositiveSmallIntegerField(default=0)
    """How often all steps are gone through again."""
    repeat_after_minutes = models.PositiveSmallIntegerField(default=30)
    """From the last step of a round to the first of the next."""
    hours = models.CharField(max_length=10, choices=Hours.choices, default=Hours.ALWAYS)
    quiet_zone = models.CharField(max_length=100, default="", blank=True)
    """The zone of the quiet hours; without one there are none."""
    quiet_from_minute = models.PositiveSmallIntegerField(default=0)
    quiet_to_minute = models.PositiveSmallIntegerField(default=0)
    """Of pages that are not urgent, what falls due in the quiet hours is held until they end."""

    class Meta:
        db_table = "oncall_policy"
        constraints: ClassVar = [
            CheckConstraint(condition=~Q(name=""), name="a_policy_has_a_name"),
            UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_policy_at_most_is_the_default"),
            CheckConstraint(condition=Q(hours__in=Hours.values), name="a_policy_tells_at_known_hours"),
            CheckConstraint(
                condition=Q(quiet_from_minute__lt=MINUTES_OF_A_DAY, quiet_to_minute__lt=MINUTES_OF_A_DAY),
                name="quiet_hours_lie_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """Who is told so many minutes after the step before; of the first step, after the page."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    after_minutes = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "oncall_step"
        constraints: ClassVar = [UniqueConstraint(fields=["policy", "number"], name="steps_of_a_policy_are_numbered")]


class Target(models.Model):
    """Whom a step tells: whoever is on call by a rota, a person, or a channel."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="targets")
    number = models.PositiveSmallIntegerField()
    rota = models.ForeignKey(Rota, null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "oncall_target"
        constraints: ClassVar = [
            UniqueConstraint(fields=["step", "number"], name="targets_of_a_step_are_numbered"),
            CheckConstraint(
                condition=Q(rota__isnull=False, user__isnull=True, channel__isnull=True)
                | Q(rota__isnull=True, user__isnull=False, channel__isnull=True)
                | Q(rota__isnull=True, user__isnull=True, channel__isnull=False),
                name="a_target_is_one_rota_person_or_channel",
            ),
        ]

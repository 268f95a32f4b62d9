"""Rows of rotas: who is on call by turns, as it stood from when, and who stepped in for whom."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.parties.models import User

MINUTES_OF_A_DAY = 24 * 60
EVERY_DAY = "0123456"


class Rota(models.Model):
    """People who are on call by turns, under one name."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200, unique=True)
    calendar_number = models.PositiveIntegerField(default=1)
    """Which edition of the address of its calendar is good; a new one ends the one before."""

    class Meta:
        db_table = "oncall_rota"
        constraints: ClassVar = [CheckConstraint(condition=~Q(name=""), name="a_rota_has_a_name")]

    def __str__(self) -> str:
        return self.name


class RotaVersion(models.Model):
    """A rota as it holds from an instant until the next version does. Versions of the past are never changed."""

    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="versions")
    from_at = models.DateTimeField()
    zone = models.CharField(max_length=100)
    """The zone, by name, on whose clock hand-offs are."""
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "oncall_rota_version"
        constraints: ClassVar = [UniqueConstraint(fields=["rota", "from_at"], name="a_rota_changes_once_at_an_instant")]


class Layer(models.Model):
    """People in turn. Where two layers of a version name somebody, the one with the higher number is on call."""

    version = models.ForeignKey(RotaVersion, on_delete=models.CASCADE, related_name="layers")
    number = models.PositiveSmallIntegerField()
    begins_on = models.DateField()
    """The local date of a hand-off to the first person; with shifts of whole weeks its weekday is that of all hand-offs."""
    handoff_minute = models.PositiveSmallIntegerField()
    """The wall time of hand-offs, in minutes after midnight."""
    shift_days = models.PositiveSmallIntegerField()
    weekdays = models.CharField(max_length=7, default=EVERY_DAY)
    """On which days the layer holds: 0 is Monday. Its hours begin on these days."""
    from_minute = models.PositiveSmallIntegerField(default=0)
    to_minute = models.PositiveSmallIntegerField(default=0)
    """The layer's hours by the wall clock; up to or before their beginning they end on the next day."""

    class Meta:
        db_table = "oncall_layer"
        constraints: ClassVar = [
            UniqueConstraint(fields=["version", "number"], name="layers_of_a_rota_are_numbered"),
            CheckConstraint(condition=Q(shift_days__gte=1), name="a_shift_lasts_a_day_or_more"),
            CheckConstraint(
                condition=Q(handoff_minute__lt=MINUTES_OF_A_DAY)
                & Q(from_minute__lt=MINUTES_OF_A_DAY, to_minute__lt=MINUTES_OF_A_DAY),
                name="wall_times_lie_within_a_day",
            ),
        ]  # fmt: skip


class Turn(models.Model):
    """One person's place in a layer; the same person may have several."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="turns")
    place = models.PositiveSmallIntegerField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "oncall_turn"
        constraints: ClassVar = [UniqueConstraint(fields=["layer", "place"], name="places_in_a_layer_are_taken_once")]


class Override(models.Model):
    """Somebody steps in for whoever is on call. Of two at the same time the later made holds."""

    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="overrides")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    """From when it does not hold any more; what it was until then stays."""

    class Meta:
        db_table = "oncall_override"
        constraints: ClassVar = [CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="stepping_in_takes_time")]
        indexes: ClassVar = [models.Index(fields=["rota", "to_at"], name="oncall_overrides_by_end")]

"""Rows of the probes: what was seen, what it came to, and the batches that were sealed of it."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.fleet.models import Service
from upheld.core.timeline import Instant


class Outcome(models.TextChoices):
    """What one observation says."""

    GOOD = "good"
    BAD = "bad"
    UNSEEN = "unseen"


class TakenBatch(models.Model):
    """A prober's batch that was taken over from the spool: the second one of the same boot and number is left alone."""

    prober = models.CharField(max_length=200)
    boot = models.CharField(max_length=200)
    sequence = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    """By the prober's clock."""
    taken_at = models.DateTimeField()
    """By ours."""
    observations = models.PositiveIntegerField()

    class Meta:
        db_table = "probes_batch"
        constraints: ClassVar = [UniqueConstraint(fields=["boot", "sequence"], name="a_batch_is_taken_once")]


class Seal(models.Model):
    """
    Observations of one service that were closed up together: their lines lie in a file, its digest in the ledger.

    The file vouches for the time from `from_at` to `to_at`, less what is recorded as not measured.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="seals")
    number = models.PositiveIntegerField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    good = models.PositiveIntegerField()
    bad = models.PositiveIntegerField()
    unseen = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the file, hexadecimal: its name below the folder of its day."""

    class Meta:
        db_table = "probes_seal"
        constraints: ClassVar = [
            UniqueConstraint(fields=["service", "number"], name="seals_of_a_service_are_numbered"),
            CheckConstraint(condition=Q(to_at__gte=F("from_at")), name="a_seal_does_not_run_backwards"),
        ]


class Observation(models.Model):
    """One answer of a prober. Kept here while it is recent; its seal's file keeps it for good."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="observations")
    boot = models.CharField(max_length=200)
    sequence = models.BigIntegerField()
    seen_at = models.DateTimeField()
    """The instant that it speaks for."""
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    line = models.TextField()
    """The whole observation as canonical JSON, as it stands in the sealed file."""
    seal = models.ForeignKey(Seal, null=True, on_delete=models.PROTECT, related_name="observations")

    class Meta:
        db_table = "probes_observation"
        indexes: ClassVar = [
            models.Index(fields=["service", "seen_at"], name="probes_observations_by_time"),
            models.Index(fields=["service"], name="probes_observations_to_seal", condition=Q(seal__isnull=True)),
        ]
        constraints: ClassVar = [
            UniqueConstraint(fields=["service", "boot", "sequence"], name="an_observation_is_kept_once"),
            CheckConstraint(condition=Q(outcome__in=Outcome.values), name="an_observation_has_a_known_outcome"),
        ]


class Course(models.Model):
    """How it stands with a service: what the judge keeps between two batches, and what pages ask for first. Our lock."""

    service = models.OneToOneField(Service, on_delete=models.PROTECT, primary_key=True, related_name="course")
    kept = models.JSONField()
    """`core.availability.confirm.Course`, in whole numbers and texts."""
    state = models.CharField(max_length=10)
    """`up`, `down` or `unknown`, as of the last observation."""
    since_at = models.DateTimeField(null=True)
    last_started_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    sealed_until = models.DateTimeField(null=True)
    blind_count = models.PositiveIntegerField(default=0)
    """How many times without sight are in the ledger: each has a number in its name."""

    class Meta:
        db_table = "probes_course"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(state__in=["up", "down", "unknown"]), name="a_service_is_up_down_or_unknown")
        ]


class Outage(models.Model):
    """A service was found unavailable, with its four instants. `number` counts through the installation."""

    number = models.PositiveIntegerField(unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="outages")
    last_good_at = models.DateTimeField(null=True)
    first_bad_at = models.DateTimeField()
    last_bad_at = models.DateTimeField(null=True)
    first_good_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)
    """What the first bad observation said."""
    is_void = models.BooleanField(default=False)
    """A person corrected it: it never happened."""

    class Meta:
        db_table = "probes_outage"
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["service"], condition=Q(first_good_at__isnull=True), name="a_service_has_one_running_outage"
            ),
            CheckConstraint(
                condition=Q(first_good_at__isnull=True, last_bad_at__isnull=True)
                | Q(first_good_at__gte=F("first_bad_at"), last_bad_at__lte=F("first_good_at")),
                name="an_outage_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How facts and people call it: `O-1`."""
        return f"O-{self.number}"

    @property
    def began_at(self) -> Instant:
        return Instant.of(self.first_bad_at)

    @property
    def ended_at(self) -> Instant | None:
        return Instant.of(self.first_good_at) if self.first_good_at else None

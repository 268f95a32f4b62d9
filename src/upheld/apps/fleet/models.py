"""Rows of the fleet: one for each thing that is watched."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.parties.models import Customer


class Kind(models.TextChoices):
    """How a service is asked whether it is there."""

    HTTP = "http"
    TCP = "tcp"


class Service(models.Model):
    """
    One instance that is watched for one agreement: which component of which service of its terms, and how it is probed.

    `agreement` is the key of the ledger, not a row: the agreements stand above the fleet.
    """

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="services")
    agreement = models.CharField(max_length=200)
    terms_service = models.CharField(max_length=100)
    component = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    url = models.CharField(max_length=2048)
    interval_seconds = models.PositiveIntegerField()
    deadline_seconds = models.PositiveIntegerField()
    status = models.CharField(max_length=200, default="200-299")
    """Statuses of a good answer."""
    body = models.TextField(null=True, blank=True)
    """Text that a good answer contains; None asks for nothing."""
    redirects = models.PositiveSmallIntegerField(default=0)
    allow = models.JSONField(default=list)
    """Networks that may be connected although they are not public."""
    controls = models.JSONField(default=list)
    """Addresses that tell a service that is down from a prober that cannot see."""
    is_watched = models.BooleanField(default=True)

    class Meta:
        db_table = "fleet_service"
        constraints: ClassVar = [
            UniqueConstraint(fields=["agreement", "terms_service", "component"], name="a_component_is_watched_once"),
            CheckConstraint(condition=Q(kind__in=Kind.values), name="a_check_is_of_a_known_kind"),
            CheckConstraint(
                condition=Q(deadline_seconds__gte=1, interval_seconds__gte=F("deadline_seconds")),
                name="a_probe_ends_before_the_next_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""What customers hand over of their own: measurements, incidents, documents, as they came."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from upheld.apps.parties.models import Customer


class ExhibitKind(models.TextChoices):
    """What it is. Tables are looked through; whatever is wrong with them, they are kept."""

    MEASUREMENTS = "measurements", "Measurements (CSV)"
    INCIDENTS = "incidents", "Incidents (CSV)"
    DOCUMENT = "document", "A document"


class Exhibit(models.Model):
    """A file of a customer's own, byte for byte; `number` counts through the installation. It is never changed."""

    number = models.PositiveIntegerField(unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="exhibits")
    kind = models.CharField(max_length=15, choices=ExhibitKind.choices)
    says = models.CharField(max_length=500, blank=True)
    """What it shows, in the customer's words."""
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the bytes as they came."""
    content = models.BinaryField()
    rows = models.PositiveIntegerField(null=True)
    """Of a table, how many were read."""
    flaws = models.JSONField(default=list)
    """Of a table, what cannot be read: line, column, words."""
    by = models.CharField(max_length=200)
    """The pseudonym of who handed it over."""
    shown_as = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "desk_exhibit"
        constraints: ClassVar = [
            UniqueConstraint(fields=["customer", "kind", "digest"], name="an_exhibit_is_kept_once"),
            CheckConstraint(condition=Q(kind__in=ExhibitKind.values), name="an_exhibit_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How people call it: `X-7`."""
        return f"X-{self.number}"

    @property
    def mark(self) -> str:
        """How a claim names it, and with the claim the ledger: by its digest, never by its file name."""
        return f"{self.name}: sha256 {self.digest}, {self.size} bytes"

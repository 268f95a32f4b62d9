"""Rows of the agreements: versions of texts, who is bound by which, and their dated values. Triggers keep them so."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.parties.models import Customer


class Version(models.Model):
    """One edition of an agreement's text, with what was made of it: all that a signature covers, byte for byte."""

    document_id = models.CharField(max_length=100)
    version = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    source = models.BinaryField()
    """The text as it was written, UTF-8."""
    terms = models.BinaryField()
    """Canonical bytes of the terms."""
    calendars = models.BinaryField()
    """Canonical bytes of the frozen calendars."""
    source_digest = models.CharField(max_length=64)
    terms_digest = models.CharField(max_length=64)
    calendars_digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "agreements_version"
        constraints: ClassVar = [UniqueConstraint(fields=["document_id", "version"], name="a_version_is_one_text")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Agreement(models.Model):
    """A customer is bound. `key` names the ledger of this agreement, and all that is shown of it."""

    key = models.SlugField(max_length=200, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="agreements")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="agreements")
    signed_at = models.DateTimeField()
    """From when it binds."""

    class Meta:
        db_table = "agreements_agreement"

    def __str__(self) -> str:
        return self.key


class Amendment(models.Model):
    """From an instant on a customer is bound by another version of the text; the same as its fact in the ledger."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="amendments")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="amendments")
    from_at = models.DateTimeField()
    """The beginning of a period: no period is judged by two versions."""
    recorded_at = models.DateTimeField()
    fact_id = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    approved_by = models.CharField(max_length=200)

    class Meta:
        db_table = "agreements_amendment"
        constraints: ClassVar = [
            UniqueConstraint(fields=["agreement", "fact_id"], name="an_amendment_has_its_own_fact"),
            UniqueConstraint(fields=["agreement", "from_at"], name="one_version_begins_to_bind_at_an_instant"),
            CheckConstraint(condition=~Q(source=F("approved_by")), name="an_amendment_has_two_persons"),
        ]


class Parameter(models.Model):
    """A value that holds for one customer from an instant on; the same as its fact in the ledger."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parameters")
    name = models.CharField(max_length=100)
    value = models.TextField()
    from_at = models.DateTimeField()
    set_at = models.DateTimeField()
    fact_id = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    zone = models.JSONField(null=True)
    """The clocks of a value that is a zone, as its fact carries them; nothing for other values, and for older ones."""

    class Meta:
        db_table = "agreements_parameter"
        constraints: ClassVar = [UniqueConstraint(fields=["agreement", "fact_id"], name="a_value_has_its_own_fact")]

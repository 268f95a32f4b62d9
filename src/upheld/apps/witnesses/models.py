"""Rows of those who keep our heads: where they are mailed to, each day's mailing, witnesses, and what they countersigned."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower

from upheld.apps.agreements.models import Agreement


class HeadReader(models.Model):
    """A mail address that gets the heads of an agreement each day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="head_readers")
    address = models.EmailField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    """The pseudonym of who named it."""

    class Meta:
        db_table = "witnesses_head_reader"
        constraints: ClassVar = [
            UniqueConstraint("agreement", Lower("address"), name="a_reader_gets_the_heads_of_an_agreement_once")
        ]

    def __str__(self) -> str:
        return self.address


class Mailing(models.Model):
    """The heads of a day were written to everybody who was named by then."""

    day = models.DateField(unique=True)
    """In UTC."""
    at = models.DateTimeField()
    size = models.BigIntegerField()
    """Of the tree over all heads."""
    note = models.TextField()
    """The signed head of it, as it was sent."""
    written = models.PositiveIntegerField(default=0)
    """How many mails."""

    class Meta:
        db_table = "witnesses_mailing"

    def __str__(self) -> str:
        return str(self.day)


class Stamp(models.Model):
    """The head over all ledgers of a day, with the time stamp that an authority of others gave it (RFC 3161)."""

    day = models.DateField(unique=True)
    """In UTC."""
    size = models.BigIntegerField()
    note = models.TextField()
    """What was stamped: the SHA-256 of these bytes."""
    authority = models.CharField(max_length=300)
    """The host that was asked."""
    token = models.BinaryField()
    """Its whole answer (DER, TimeStampResp)."""
    stamped_at = models.DateTimeField()
    """As the authority states it."""

    class Meta:
        db_table = "witnesses_stamp"

    def __str__(self) -> str:
        return str(self.day)


class Witness(models.Model):
    """Whoever watches the heads for a customer, by the key that countersigns."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="witnesses")
    name = models.CharField(max_length=200)
    key = models.TextField()
    """`name+id+key` (C2SP signed-note), of a cosigner."""
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        db_table = "witnesses_witness"
        constraints: ClassVar = [
            UniqueConstraint(fields=["agreement", "key"], name="a_witness_of_an_agreement_is_named_once"),
            CheckConstraint(condition=~Q(name=""), name="a_witness_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Countersignature(models.Model):
    """A witness saw a head of the tree over all heads, and it continued all that the witness had seen before."""

    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="countersignatures")
    size = models.BigIntegerField()
    line = models.TextField()
    """The line under the head (C2SP tlog-cosignature)."""
    seen_at = models.DateTimeField()
    """As the witness signed it."""
    received_at = models.DateTimeField()

    class Meta:
        db_table = "witnesses_countersignature"
        constraints: ClassVar = [
            UniqueConstraint(fields=["witness", "size"], name="a_witness_countersigns_a_head_once"),
            CheckConstraint(condition=Q(size__gt=0), name="a_countersigned_head_covers_an_entry"),
        ]

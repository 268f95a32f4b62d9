"""Rows of the ledger: a tree for each agreement, its entries with the hashes above them, and the heads that were signed.

Triggers in the database (see the migrations) refuse every change of an entry or a checkpoint; a tree can only grow.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

LONGEST_KEY = 200
"""Letters in the key of an agreement and in the id of a fact."""


class Tree(models.Model):
    """The state of one agreement's Merkle tree: what is needed to append to it. Its row is the lock of that ledger."""

    agreement = models.CharField(max_length=LONGEST_KEY, unique=True)
    origin = models.CharField(max_length=2 * LONGEST_KEY)
    """The name in its checkpoints; kept from the first entry on, because customers hold heads under it."""
    size = models.BigIntegerField(default=0)
    peaks = models.JSONField(default=list)
    """The roots of the complete subtrees, the largest first, as hex (`core.proof.Frontier`)."""

    class Meta:
        db_table = "ledger_tree"
        constraints: ClassVar = [CheckConstraint(condition=Q(size__gte=0), name="a_tree_has_no_fewer_than_no_entries")]


class Entry(models.Model):
    """A fact in its place. `leaf` is the evidence; the columns beside it are copies that queries look for."""

    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="entries", db_index=False)
    index = models.BigIntegerField()
    fact_id = models.CharField(max_length=LONGEST_KEY)
    type = models.CharField(max_length=100)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    leaf = models.BinaryField()
    """The fact's canonical bytes."""
    hashes = models.BinaryField()
    """The hash of the leaf, and behind it those above it that it completes, upward (`core.proof.completed`)."""

    class Meta:
        db_table = "ledger_entry"
        constraints: ClassVar = [
            UniqueConstraint(fields=["tree", "index"], name="an_entry_has_its_place_alone"),
            UniqueConstraint(fields=["tree", "fact_id"], name="a_fact_is_recorded_once"),
            CheckConstraint(condition=Q(index__gte=0), name="places_are_counted_from_zero"),
        ]


class Checkpoint(models.Model):
    """A head that was signed: never two of one size."""

    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="checkpoints", db_index=False)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    """The signed note, exactly as it is shown (C2SP tlog-checkpoint)."""
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_checkpoint"
        constraints: ClassVar = [
            UniqueConstraint(fields=["tree", "size"], name="one_head_is_signed_for_one_size"),
            CheckConstraint(condition=Q(size__gt=0), name="a_signed_head_covers_an_entry"),
        ]

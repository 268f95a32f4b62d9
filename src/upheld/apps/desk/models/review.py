"""What was learnt afterwards: reviews of what went wrong, and what is to be done so that it does not again."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models.ticket import Ticket
from upheld.apps.parties.models import User


class Review(models.Model):
    """People went through what had happened. `number` counts through the installation."""

    number = models.PositiveIntegerField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reviews")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="reviews")
    outage = models.CharField(max_length=50, blank=True)
    """The outage that was gone through, where it was one."""
    summary = models.TextField()
    cause = models.TextField(blank=True)
    held_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    is_public = models.BooleanField(default=False)
    """Whether the customer reads it."""

    class Meta:
        db_table = "desk_review"
        constraints: ClassVar = [CheckConstraint(condition=~Q(summary=""), name="a_review_says_what_was_learnt")]

    @property
    def name(self) -> str:
        """How facts and people call it: `R-1`."""
        return f"R-{self.number}"


class Action(models.Model):
    """What a review asks of somebody. `duty` is the duty of the agreement that it serves, where it serves one."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()
    what = models.TextField()
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="review_actions")
    duty = models.CharField(max_length=100, blank=True)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        db_table = "desk_action"
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="desk_actions_open", condition=Q(done_at__isnull=True)),
        ]
        constraints: ClassVar = [
            UniqueConstraint(fields=["review", "number"], name="an_action_has_its_number_alone"),
            CheckConstraint(
                condition=Q(done_at__isnull=True, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
                name="an_action_is_done_by_somebody",
            ),
        ]

    @property
    def name(self) -> str:
        """How facts call it: `R-1-a1`."""
        return f"{self.review.name}-a{self.number}"

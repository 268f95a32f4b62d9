"""Macros: texts that staff send or note often, with the names of customer and ticket filled in."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q


class Macro(models.Model):
    """
    A text by its name. `says` is what an answer made of it holds, `then` and `tags` what becomes of its ticket; `is_public`
    is False for one that is a note.
    """

    name = models.CharField(max_length=100, unique=True)
    text = models.TextField()
    is_public = models.BooleanField(default=True)
    says = models.JSONField(default=list)
    then = models.CharField(max_length=20, blank=True, default="")
    """What follows the answer: `wait` for the customer, `resolve`, or nothing."""
    tags = models.JSONField(default=list)
    """Those that its ticket gets besides its own."""
    by = models.CharField(max_length=200)
    """Who wrote it last."""
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_macro"
        constraints: ClassVar = [CheckConstraint(condition=~Q(name="") & ~Q(text=""), name="a_macro_has_name_and_text")]

    def __str__(self) -> str:
        return self.name

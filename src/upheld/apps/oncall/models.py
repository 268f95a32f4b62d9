"""Rows of telling: who wants to be told, and each message on its way (the outbox)."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class Kind(models.TextChoices):
    """By which way somebody is told."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class Recipient(models.Model):
    """Somebody, or some program, that is told of outages."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = models.CharField(max_length=2048)
    """A mail address, or the URL of a webhook."""

    class Meta:
        db_table = "oncall_recipient"
        constraints: ClassVar = [
            UniqueConstraint(fields=["kind", "address"], name="a_recipient_is_told_once"),
            CheckConstraint(condition=Q(kind__in=Kind.values), name="a_recipient_is_told_in_a_known_way"),
        ]

    def __str__(self) -> str:
        return self.address


class Message(models.Model):
    """Something to be told outside: written in the transaction that gave the reason, sent after that, at least once."""

    key = models.CharField(max_length=250, unique=True)
    """Names the reason and the recipient: one message for each, however often the reason is worked on."""
    kind = models.CharField(max_length=10, choices=Kind.choices)
    to = models.CharField(max_length=2048)
    subject = models.CharField(max_length=500)
    """Of a mail its subject, of a webhook the type of its event."""
    body = models.TextField()
    """Of a mail its text, of a webhook its JSON: what is signed and posted, letter for letter."""
    written_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """When it is tried next; None when nothing is to be tried any more."""
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)

    class Meta:
        db_table = "oncall_message"
        indexes: ClassVar = [models.Index(fields=["due_at"], name="oncall_messages_due", condition=Q(due_at__isnull=False))]
        constraints: ClassVar = [
            CheckConstraint(condition=Q(kind__in=Kind.values), name="a_message_goes_a_known_way"),
            CheckConstraint(condition=Q(sent_at__isnull=True) | Q(due_at__isnull=True), name="what_was_sent_is_not_due"),
        ]

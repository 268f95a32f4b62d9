"""Rows of telling: who wants to be told, and each message on its way (the outbox)."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class Kind(models.TextChoices):
    """By which way somebody is told."""

    MAIL = "mail", "Mail"
    WEBHOOK = "webhook", "Webhook"
    TELEGRAM = "telegram", "Telegram"
    SLACK = "slack", "Slack"
    SMS = "sms", "SMS"
    PHONE = "phone", "Phone call"
    APPRISE = "apprise", "Apprise"


OF_RECIPIENTS = (Kind.MAIL, Kind.WEBHOOK)
"""The ways of those who are told of everything; the others are for people who are paged."""


class Event(models.TextChoices):
    """What recipients may ask to be told of."""

    OUTAGE_OPENED = "outage.opened", "A service went down"
    OUTAGE_CLOSED = "outage.closed", "A service is up again"
    TICKET_OPENED = "ticket.opened", "A ticket was opened"
    TICKET_MESSAGE = "ticket.message", "Something was said on a ticket"
    TICKET_PRIORITY = "ticket.priority", "A ticket got another priority"
    TICKET_RESOLVED = "ticket.resolved", "A ticket was resolved"
    TICKET_REOPENED = "ticket.reopened", "A ticket was opened again"
    TICKET_MERGED = "ticket.merged", "A ticket was merged into another"
    CLOCK_WARNED = "clock.warned", "The time of a ticket is nearly over"
    CLOCK_MISSED = "clock.missed", "The time of a ticket is over"
    QUOTE_GIVEN = "quote.given", "A customer was asked to accept a price"
    QUOTE_ANSWERED = "quote.answered", "A customer answered a price"
    APPOINTMENT_PROPOSED = "appointment.proposed", "A time was proposed"
    APPOINTMENT_ANSWERED = "appointment.answered", "A time was agreed to, or declined"
    INSTRUCTION_RECEIVED = "instruction.received", "A customer instructed us"
    CLAIM_FILED = "claim.filed", "A claim was filed"
    CLAIM_APPEALED = "claim.appealed", "A customer appealed against a refusal"
    CLAIM_DECIDED = "claim.decided", "A claim, or an appeal, was decided"
    CREDIT_PROPOSED = "credit.proposed", "A credit was found, and waits to be decided"
    CREDIT_DECIDED = "credit.decided", "A credit was granted, or refused"
    CREDIT_CORRECTED = "credit.corrected", "A granted credit was corrected"
    CREDIT_APPLIED = "credit.applied", "An invoice took a credit off"
    STATEMENT_ISSUED = "statement.issued", "A statement was issued"
    INVOICE_ISSUED = "invoice.issued", "An invoice was issued"
    INVOICE_CREDITED = "invoice.credited", "A credit note took back an invoice, or a part of it"
    INVOICE_PAID = "invoice.paid", "An invoice was paid"
    PAYMENT_RECEIVED = "payment.received", "Money came towards an invoice"
    PAYMENT_REVERSED = "payment.reversed", "A payment that was counted wrongly counts no longer"
    MAINTENANCE_PLANNED = "maintenance.planned", "Work was planned"
    MAINTENANCE_ANNOUNCED = "maintenance.announced", "A customer was sent the notice of planned work"
    MAINTENANCE_STARTED = "maintenance.started", "Planned work began"
    MAINTENANCE_ENDED = "maintenance.ended", "Planned work is over"
    MAINTENANCE_CANCELLED = "maintenance.cancelled", "Planned work was cancelled"
    NOTICE_RECORDED = "notice.recorded", "That a customer was told of something was recorded"


def of_outages() -> list[str]:
    """What a recipient is told of that chose nothing."""
    return [Event.OUTAGE_OPENED.value, Event.OUTAGE_CLOSED.value]


class Recipient(models.Model):
    """Somebody, or some program, that is told of what happens."""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.label) for kind in OF_RECIPIENTS])
    address = models.CharField(max_length=2048)
    """A mail address, or the URL of a webhook."""
    events = models.JSONField(default=of_outages)
    """Of what, each one of `Event`."""

    class Meta:
        db_table = "oncall_recipient"
        constraints: ClassVar = [
            UniqueConstraint(fields=["kind", "address"], name="a_recipient_is_told_once"),
            CheckConstraint(condition=Q(kind__in=list(OF_RECIPIENTS)), name="a_recipient_is_told_in_a_known_way"),
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
    """Of a mail its subject, of a webhook the type of its event, of a call what it is about."""
    body = models.TextField()
    """Of a webhook its JSON, signed and posted letter for letter; of all others the text, of a call what is read."""
    letter = models.JSONField(default=dict)
    """Of a mail of a conversation: who `writer` is, what it is `in_reply_to`, its `references`, the `sender_name`."""
    written_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """When it is tried next; None when nothing is to be tried any more."""
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    """When its reason was gone before it was taken: a page that somebody else acknowledged."""
    last_error = models.TextField(default="", blank=True)

    class Meta:
        db_table = "oncall_message"
        indexes: ClassVar = [models.Index(fields=["due_at"], name="oncall_messages_due", condition=Q(due_at__isnull=False))]
        constraints: ClassVar = [
            CheckConstraint(condition=Q(kind__in=Kind.values), name="a_message_goes_a_known_way"),
            CheckConstraint(condition=Q(sent_at__isnull=True) | Q(due_at__isnull=True), name="what_was_sent_is_not_due"),
            CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(due_at__isnull=True), name="what_was_dropped_is_not_due"
            ),
        ]


class Enclosure(models.Model):
    """A file that goes with a mail."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="enclosures")
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        db_table = "oncall_enclosure"

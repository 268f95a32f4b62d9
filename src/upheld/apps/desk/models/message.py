"""What was said on a ticket, and what was handed over with it."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from upheld.apps.desk.models.mail import Inbound
from upheld.apps.desk.models.ticket import Ticket
from upheld.apps.oncall.models import Message as Outgoing


class Author(models.TextChoices):
    """Who speaks. A machine never answers, whatever it sends."""

    CUSTOMER = "customer", "Customer"
    PERSON = "person", "Person of the provider"
    MACHINE = "machine", "Automatic"


class Message(models.Model):
    """One message; `number` counts through its ticket. `sent_at` is when it happened, `recorded_at` when we knew."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=10, choices=Author.choices)
    is_public = models.BooleanField(default=True)
    says = models.JSONField(default=list)
    """What it holds besides an answer: `ETA`, `update`, `confirmation`, `question`."""
    by = models.CharField(max_length=200)
    """The pseudonym of who wrote it."""
    shown_as = models.CharField(max_length=200, blank=True)
    """The name under which people see its writer."""
    channel = models.CharField(max_length=50)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    """The same as it was laid out, cleaned; empty where it came as plain text."""
    sent_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    mail_id = models.CharField(max_length=250, blank=True)
    """The Message-ID by which mail programs know it; answers name it."""
    inbound = models.ForeignKey(Inbound, null=True, on_delete=models.PROTECT, related_name="messages")
    outgoing = models.ForeignKey(Outgoing, null=True, on_delete=models.PROTECT, related_name="+")
    """The mail by which the customer has it, where one was sent."""
    doubts = models.JSONField(null=True)
    """What its reader must know of how it came: that it was cut or encrypted, what was left out. Each half a sentence; None
    where nothing is known. (A column that may be empty: SQLite would write the table anew for another, without what
    keeps its words found.)"""
    waived_because = models.CharField(max_length=500, blank=True)
    """Why it needs no answer (a word of thanks)."""

    class Meta:
        db_table = "desk_message"
        indexes: ClassVar = [models.Index(fields=["mail_id"], name="desk_messages_by_mail", condition=~Q(mail_id=""))]
        constraints: ClassVar = [
            UniqueConstraint(fields=["ticket", "number"], name="a_message_has_its_number_alone"),
            CheckConstraint(condition=Q(author__in=Author.values), name="a_message_has_a_known_author"),
            CheckConstraint(condition=Q(is_public=True) | ~Q(author=Author.CUSTOMER), name="customers_write_in_public"),
        ]

    @property
    def name(self) -> str:
        """How facts call it: `T-1-m2`."""
        return f"{self.ticket.name}-m{self.number}"


class Attachment(models.Model):
    """A file that came or went with a message; handed out from an address of its own, never shown inside a page."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        db_table = "desk_attachment"
        constraints: ClassVar = [UniqueConstraint(fields=["message", "number"], name="an_attachment_has_its_number_alone")]

"""Tickets, and what sorts them."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.agreements.models import Agreement
from upheld.apps.parties.models import Customer, User


class Kind(models.TextChoices):
    """What sort of matter a ticket is."""

    INCIDENT = "incident", "Incident"
    REQUEST = "request", "Service request"
    QUESTION = "question", "Question"
    CLAIM = "claim", "Claim"
    COMPLAINT = "complaint", "Complaint"
    ACCESS = "access", "Access request"
    COPY = "copy", "Copy of data"


class State(models.TextChoices):
    """Where a ticket stands, as the last deed left it."""

    NEW = "new", "New"
    IN_PROGRESS = "in-progress", "In progress"
    WAITING = "waiting", "Waiting"
    RESOLVED = "resolved", "Resolved"
    MERGED = "merged", "Merged"


class Tag(models.Model):
    """A word under which staff find tickets again."""

    name = models.SlugField(max_length=50, unique=True)

    class Meta:
        db_table = "desk_tag"

    def __str__(self) -> str:
        return self.name


class Ticket(models.Model):
    """
    One matter of a customer. `number` counts through the installation.

    A ticket without an agreement is held: nobody knows yet under which promise it stands, so no clock runs and no fact is
    recorded; all of it is recorded, as of when it came, once somebody says whose it is.
    """

    number = models.PositiveIntegerField(unique=True)
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="desk_tickets")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="tickets")
    requester = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="tickets")
    """Who of the customer's people asks, where it is somebody who signs in."""
    address = models.CharField(max_length=320, blank=True)
    """Where answers go, where that is not a page: a mail address, a chat."""
    is_verified = models.BooleanField(default=True)
    """Whether it is certain that the requester is who they say. An unverified sender has no authority."""
    held_because = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=500)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.INCIDENT)
    channel = models.CharField(max_length=50)
    """By which channel it came, as its agreement calls it."""
    topic = models.CharField(max_length=100, blank=True)
    wish = models.CharField(max_length=50, blank=True)
    """The priority that the customer wished; staff decide, and the wish is kept."""
    priority = models.CharField(max_length=50, blank=True)
    """The priority in force, as the agreement finds it."""
    impact = models.CharField(max_length=50, blank=True)
    urgency = models.CharField(max_length=50, blank=True)
    is_urgent = models.BooleanField(default=False)
    told = models.JSONField(default=list)
    """What else was told when it was opened, each as `name: value`; answers to the questions before reporting too."""
    outage = models.CharField(max_length=50, blank=True)
    """The outage that it documents."""
    opened_by = models.CharField(max_length=10, default="customer")
    """`customer` or `staff`."""
    state = models.CharField(max_length=20, choices=State.choices, default=State.NEW)
    assignee = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="assigned_tickets")
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    """When it was put on record here."""
    changed_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="split_off")
    deeds = models.PositiveIntegerField(default=0)
    """How many things were done to it: the last part of the ids of their facts."""
    tags = models.ManyToManyField(Tag, related_name="tickets", db_table="desk_ticket_tag")

    class Meta:
        db_table = "desk_ticket"
        indexes: ClassVar = [
            models.Index(fields=["customer", "-number"], name="desk_tickets_of_a_customer"),
            models.Index(fields=["address"], name="desk_tickets_by_address"),
            models.Index(fields=["channel", "state"], name="desk_tickets_by_channel"),
        ]
        constraints: ClassVar = [
            CheckConstraint(condition=Q(kind__in=Kind.values), name="a_ticket_is_of_a_known_kind"),
            CheckConstraint(condition=Q(state__in=State.values), name="a_ticket_stands_in_a_known_state"),
            CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="a_merged_ticket_names_the_one_that_goes_on",
            ),
            CheckConstraint(condition=~Q(merged_into=F("id")), name="a_ticket_is_not_merged_into_itself"),
            CheckConstraint(
                condition=Q(agreement__isnull=False) | ~Q(held_because=""), name="a_held_ticket_says_why_it_is_held"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How facts and people call it: `T-1`."""
        return f"T-{self.number}"

    @property
    def is_held(self) -> bool:
        return self.agreement_id is None

    @property
    def is_open(self) -> bool:
        return self.state not in (State.RESOLVED, State.MERGED)


class Link(models.Model):
    """Two tickets that have to do with each other: `about` is `related`, `duplicate`, `follows`, `disputes`."""

    one = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="linked_from")
    about = models.CharField(max_length=20, default="related")
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_link"
        constraints: ClassVar = [
            UniqueConstraint(fields=["one", "other", "about"], name="two_tickets_are_linked_once"),
            CheckConstraint(condition=~Q(one=F("other")), name="a_ticket_is_not_linked_to_itself"),
        ]

"""What the sides agree on at a ticket: times at which something is done, and instructions."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from upheld.apps.desk.models.ticket import Ticket
from upheld.apps.desk.models.waiting import Hold


class Consent(models.TextChoices):
    """How an appointment stands."""

    PROPOSED = "proposed", "Proposed"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class Appointment(models.Model):
    """A time at which something is done: proposed by one side, accepted by the other; `number` counts through the ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="appointments")
    number = models.PositiveIntegerField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    words = models.TextField(blank=True)
    """What is done then."""
    side = models.CharField(max_length=10)
    """Who proposed it: `provider` or `customer`."""
    proposed_by = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Consent.choices, default=Consent.PROPOSED)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    hold = models.OneToOneField(Hold, null=True, on_delete=models.PROTECT, related_name="appointment")
    """Until then the ticket waits, where it was accepted."""

    class Meta:
        db_table = "desk_appointment"
        constraints: ClassVar = [
            UniqueConstraint(fields=["ticket", "number"], name="an_appointment_has_its_number_alone"),
            CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="an_appointment_takes_time"),
            CheckConstraint(condition=Q(side__in=["provider", "customer"]), name="an_appointment_is_proposed_by_a_side"),
            CheckConstraint(condition=Q(state__in=Consent.values), name="an_appointment_stands_in_a_known_state"),
        ]

    @property
    def name(self) -> str:
        """How people call it: `T-1-a1`."""
        return f"{self.ticket.name}-a{self.number}"


class Instruction(models.Model):
    """
    Somebody of the customer told us to do something. Whether that word counts is the agreement's answer; one that does not
    is never carried out.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="instructions")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=200)
    """As the agreement's roles name people: a pseudonym or an address."""
    what = models.TextField()
    received_at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True)
    carried_out_by = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "desk_instruction"
        constraints: ClassVar = [
            UniqueConstraint(fields=["ticket", "number"], name="an_instruction_has_its_number_alone"),
            CheckConstraint(
                condition=Q(carried_out_at__isnull=True, carried_out_by="")
                | (Q(carried_out_at__isnull=False) & ~Q(carried_out_by="")),
                name="an_instruction_is_carried_out_by_somebody",
            ),
        ]

    @property
    def name(self) -> str:
        """How facts call it: `T-1-i1`."""
        return f"{self.ticket.name}-i{self.number}"

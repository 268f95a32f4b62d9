"""The customer's appointments with us: agreed and proposed, on a page, as a file, and for a calendar programme."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from upheld.apps.desk.queries import appointments_ahead
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.refusing import NotHere
from upheld.doors.shown.appointments import tell_appointment, write_calendar
from upheld.interfaces.portal.calendar_addresses import APPOINTMENTS, customer_at, make_address
from upheld.interfaces.portal.frame import customer_of
from upheld.pages.contexts.lists import Entry, Section, TicketsPage
from upheld.pages.contexts.page import Link
from upheld.pages.words import say_count

WHO = {"provider": "We proposed it; you answer.", "customer": "You proposed it; we answer."}


def show_appointments(asked: Asked) -> Answer:
    customer: Any = customer_of(asked)
    found = appointments_ahead(asked.as_of, customer) if customer else []
    rows = [one for one in found if Instant.of(one.proposed_at) <= asked.as_of]
    if asked.form == "ics":
        return write_calendar(rows, asked.as_of, name="Appointments")
    waits = sum(1 for one in rows if one.state == "proposed" and one.side == "provider")
    ahead = say_count(len(rows), "appointment is ahead", "appointments are ahead")
    words = ahead if rows else "No appointment is ahead"
    agreed = tuple(
        tell_appointment(asked, one, page="agreed", who="Both sides agreed.") for one in rows if one.state == "accepted"
    )
    open_ = tuple(tell_appointment(asked, one, page="agreed", who=WHO[one.side]) for one in rows if one.state == "proposed")
    return TicketsPage(
        as_of=asked.as_of,
        answer=f"{say_count(waits, 'time waits', 'times wait')} for your answer" if waits else words,
        lede="A time is proposed, and agreed to or declined, on the page of its ticket.",
        way=(Link("Tickets", asked.url_of("tickets")), Link("Appointments")),
        sections=(
            Section(anchor="agreed", heading="Agreed", entries=agreed, empty="No time is agreed."),
            Section(anchor="proposed", heading="Proposed", entries=open_, empty="No time waits for an answer."),
            Section(
                anchor="calendar", heading="In your own calendar", entries=tuple(list_addresses(asked)),
                says="A calendar programme asks this address again and again. Whoever has it sees the appointments and "
                "nothing else; a new password of yours ends it.",
            ),
        ),
    )  # fmt: skip


def list_addresses(asked: Asked) -> list[Entry]:
    entries = [Entry(words="The calendar as a file", url=asked.url_of("appointments.ics"))]
    if asked.user.customer is not None:
        secret = make_address(asked.user, APPOINTMENTS)
        address = f"{settings.UPHELD_URL}{reverse('portal:appointments-calendar', args=[secret])}"
        entries.insert(0, Entry(words="Your address of the calendar", url=address, says=(f"`{address}`",)))
    return entries


def show_feed(asked: Asked, secret: str) -> Answer:
    """The appointments of the customer whose person has this address."""
    customer = customer_at(secret, APPOINTMENTS)
    if customer is None:
        raise NotHere()
    return write_calendar(appointments_ahead(asked.as_of, customer), asked.as_of, name=f"Appointments of {customer.name}")

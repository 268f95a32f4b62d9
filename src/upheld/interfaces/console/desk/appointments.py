"""Appointments of every ticket: what is agreed, what waits for an answer, and both as a calendar."""

from upheld.apps.desk.queries import appointments_ahead
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.shown.appointments import tell_appointment, write_calendar
from upheld.pages.contexts.lists import Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import say_count

WHO = {"provider": "We proposed it; the customer answers.", "customer": "The customer proposed it; we answer."}


def show_appointments(asked: Asked) -> Answer:
    rows = [one for one in appointments_ahead(asked.as_of) if Instant.of(one.proposed_at) <= asked.as_of]
    if asked.form == "ics":
        return write_calendar(rows, asked.as_of, name="Appointments of the desk")
    agreed = tuple(
        tell_appointment(asked, one, page="ticket-work", who="Both sides agreed.") for one in rows if one.state == "accepted"
    )
    open_ = tuple(
        tell_appointment(asked, one, page="ticket-work", who=WHO[one.side]) for one in rows if one.state == "proposed"
    )
    return WorkPage(
        as_of=asked.as_of,
        answer=f"{say_count(len(agreed), 'appointment is', 'appointments are')} agreed" if agreed else "Nothing is agreed",
        way=(Link("Desk", asked.url_of("desk")), Link("Appointments")),
        deeds=(Link("The calendar as a file", asked.url_of("appointments.ics")),),
        sections=(
            Section(anchor="agreed", heading="Agreed", entries=agreed, empty="No time is agreed."),
            Section(anchor="proposed", heading="Proposed", entries=open_, empty="No time waits for an answer."),
        ),
    )

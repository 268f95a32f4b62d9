"""Appointments in lists and as a calendar (iCalendar, RFC 5545): what is agreed is confirmed, what is proposed tentative."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event

from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.words import UTC, say_instant

Appointment = Any
"""A row of the desk, as its queries give it."""
FACES = {"proposed": Badge("Proposed", "pause"), "accepted": Badge("Agreed", "up", "up")}
DECLINED = Badge("Declined", "excluded", "excluded")


def tell_appointment(asked: Asked, one: Appointment, *, page: str, who: str) -> Entry:
    """`page` is the address of its ticket's page on which it is decided; `who` says whose proposal it is."""
    naming = name_for(asked, one.ticket.agreement) if one.ticket.agreement else None
    until = say_instant(Instant.of(one.to_at), naming.zone if naming else UTC, as_of=asked.as_of)
    return Entry(
        words=f"{one.ticket.name}: {one.words or one.ticket.subject}", url=asked.url_of(page, one.ticket.name),
        at=Instant.of(one.from_at), badge=FACES.get(one.state, DECLINED), says=(f"Until {until}. {who}",), agreement=naming,
        anchor=one.name,
    )  # fmt: skip


def write_calendar(rows: Sequence[Appointment], as_of: Instant, *, name: str) -> HttpResponse:
    """Times in UTC, so that no program's own zone table moves one; a UID that stays with its appointment."""
    calendar = Calendar()
    for field, value in (("prodid", "-//Upheld//Appointments//EN"), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(field, value)
    calendar.add("x-wr-calname", name)
    for one in rows:
        event = Event()
        event.add("uid", f"{one.name}@{settings.UPHELD_NAME}")
        event.add("dtstamp", as_of.utc())
        event.add("dtstart", one.from_at)
        event.add("dtend", one.to_at)
        event.add("summary", f"{one.ticket.name}: {one.words or one.ticket.subject}")
        event.add("status", "CONFIRMED" if one.state == "accepted" else "TENTATIVE")
        calendar.add_component(event)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")

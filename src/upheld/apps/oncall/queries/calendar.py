"""A person's shifts as a calendar (iCalendar, RFC 5545)."""

from icalendar import Calendar, Event

from upheld.apps.oncall.queries.rotas import join_shifts, list_rotas, shifts_between
from upheld.apps.parties.models import User
from upheld.core.timeline import DAY, Instant

BACK, AHEAD = DAY * 60, DAY * 180


def write_calendar(user: User, at: Instant, *, host: str) -> bytes:
    """
    The shifts of one person by all rotas, some weeks back and half a year ahead, as a calendar program asks for them.

    Times are written in UTC, so that no program's own zone table can move a hand-off. A shift keeps its UID as long as its
    beginning and its rota stay.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Upheld//On call//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"On call: {user.name}")
    for rota in list_rotas():
        shifts = [shift for shift in join_shifts(shifts_between(rota, at.before(BACK), at + AHEAD)) if shift.person == user]
        for shift in shifts:
            event = Event()
            event.add("uid", f"{rota.slug}-{user.pk}-{shift.span.start.micros}@{host}")
            event.add("dtstamp", at.utc())
            event.add("dtstart", shift.span.start.utc())
            event.add("dtend", shift.span.end.utc())
            event.add("summary", f"On call: {rota.name}" + (" (stepping in)" if shift.steps_in else ""))
            calendar.add_component(event)
    return bytes(calendar.to_ical())

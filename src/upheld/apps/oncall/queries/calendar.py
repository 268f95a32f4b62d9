"""Shifts as a calendar (iCalendar, RFC 5545): those of a person by all rotas, or everybody's by one rota."""

from collections.abc import Iterator

from icalendar import Calendar, Event

from upheld.apps.oncall.models import Rota
from upheld.apps.oncall.queries.rotas import Shift, join_shifts, list_rotas, shifts_between
from upheld.apps.parties.models import User
from upheld.core.timeline import DAY, Instant

BACK, AHEAD = DAY * 60, DAY * 180
EDGE = DAY * 30
"""Where the past is cut off moves by whole steps, so that the shift that is cut there keeps its beginning meanwhile."""


def write_calendar(user: User, at: Instant, *, host: str) -> bytes:
    """
    The shifts of one person by all rotas, some weeks back and half a year ahead, as a calendar program asks for them.

    Times are written in UTC, so that no program's own zone table can move a hand-off. A shift keeps its UID as long as its
    beginning and its rota stay.
    """
    shifts = ((rota, shift) for rota in list_rotas() for shift in list_shifts(rota, at) if shift.person == user)
    return write(f"On call: {user.name}", ((*one, f"On call: {one[0].name}") for one in shifts), at, host)


def write_rota_calendar(rota: Rota, at: Instant, *, host: str) -> bytes:
    """Everybody's shifts by one rota, each under its person's name, with whoever steps in; the rest is as in a person's."""
    shifts = ((rota, shift, f"{shift.person.name}: {rota.name}") for shift in list_shifts(rota, at))
    return write(f"On call: {rota.name}", shifts, at, host)


def list_shifts(rota: Rota, at: Instant) -> list[Shift]:
    return join_shifts(shifts_between(rota, at.before(BACK).raised(EDGE), at + AHEAD))


def write(name: str, shifts: Iterator[tuple[Rota, Shift, str]], at: Instant, host: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Upheld//On call//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for rota, shift, words in shifts:
        event = Event()
        event.add("uid", f"{rota.slug}-{shift.person.pk}-{shift.span.start.micros}@{host}")
        event.add("dtstamp", at.utc())
        event.add("dtstart", shift.span.start.utc())
        event.add("dtend", shift.span.end.utc())
        event.add("summary", words + (" (stepping in)" if shift.steps_in else ""))
        calendar.add_component(event)
    return bytes(calendar.to_ical())

"""Planned work of which the customer was told: what is ahead, what was done, and both as a calendar."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from icalendar import Calendar, Event

from upheld.apps.agreements.queries import agreement, document_of
from upheld.apps.maintenance.queries import list_windows, reason_of_cancelling
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.naming import short_title
from upheld.doors.refusing import NotHere
from upheld.doors.shown.windows import Window, is_ahead, is_cancelled, is_known, see_windows, state_at, tell_window, told_at
from upheld.interfaces.portal.calendar_addresses import customer_at, make_address
from upheld.pages.contexts.lists import Badge, Entry, ListPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.words import say_count, say_instant, say_span

HOME = "Home"
FACES = {
    "told": Badge("Ahead", "maintenance", "maintenance"),
    "running": Badge("Being done now", "run", "maintenance"),
    "over": Badge("Done", "up", "up"),
    "cancelled": Badge("Cancelled", "excluded", "excluded"),
}


def show_work(asked: Asked) -> Answer:
    if asked.form == "ics":
        windows = [window for window in see_windows(asked) if is_told(window, asked.as_of)]
        return write_calendar(windows, asked.as_of, name=f"Planned work: {asked.frame.surround(asked).brand}")  # type: ignore[union-attr]
    ahead = tuple(list_told(asked, ahead=True))
    planned = say_count(len(ahead), "work is planned", "works are planned")
    return ListPage(
        as_of=asked.as_of,
        answer=planned if ahead else "No work is planned",
        way=(Link(HOME, asked.url_of("home")), Link("Planned work")),
        lede="Work counts against the promise unless your agreement says otherwise; each verdict names its clause.",
        sections=(
            Section(anchor="ahead", heading="Ahead", entries=ahead, empty="You will be told here and by mail."),
            Section(
                anchor="past", heading="Past", entries=tuple(list_told(asked, ahead=False)), empty="No work was done yet."
            ),
            Section(
                anchor="calendar", heading="In your own calendar", entries=tuple(tell_addresses(asked)),
                says="A calendar programme asks this address again and again. Whoever has it sees the planned work and "
                "nothing else; a new password of yours ends it.",
            ),
        ),
    )  # fmt: skip


def tell_addresses(asked: Asked) -> Iterator[Entry]:
    if asked.user.customer is not None:
        address = f"{settings.UPHELD_URL}{reverse('portal:calendar', args=[make_address(asked.user)])}"
        yield Entry(words="Your address of the calendar", url=address, says=(f"`{address}`",))
    yield Entry(words="The calendar as a file", url=asked.url_of("maintenance.ics"))


def show_window(asked: Asked, name: str) -> Answer:
    """One work: its verdict and what was told of it."""
    window = next((one for one in see_windows(asked) if one.name == name), None)
    if window is None or not is_told(window, asked.as_of):
        raise NotHere()
    entry = tell_work(asked, window)
    return ListPage(
        as_of=asked.as_of,
        answer=entry.words,
        way=(Link(HOME, asked.url_of("home")), Link("Planned work", asked.url_of("maintenance")), Link(name)),
        sections=(Section(anchor="work", heading=name, entries=(entry,)),),
    )


def list_told(asked: Asked, *, ahead: bool) -> Iterator[Entry]:
    """The next first of what is ahead, else the latest first; what nobody was told of is a draft and not shown."""
    told = [window for window in see_windows(asked) if is_told(window, asked.as_of)]
    found = [window for window in told if is_ahead(window, asked.as_of) is ahead]
    for window in found if ahead else reversed(found):
        yield tell_work(asked, window)


def is_told(window: Window, as_of: Instant) -> bool:
    """Whether the customer was told of it, or it began."""
    if not is_known(window, as_of):
        return False
    told = told_at(window)
    began = window.started_at is not None and Instant.of(window.started_at) <= as_of
    return began or (told is not None and told <= as_of)


def tell_work(asked: Asked, window: Window) -> Entry:
    row, told = tell_window(asked, window), told_at(window)
    zone, state = row.agreement.zone, state_at(window, asked.as_of)
    when = f"Told you {say_instant(told, zone, as_of=asked.as_of)}" if told else "Nobody told you before it began"
    because = reason_of_cancelling(window) if is_cancelled(window, asked.as_of) else ""
    return Entry(
        words=f"{say_span(window.span, zone, as_of=asked.as_of)}, {row.agreement.service}",
        url=row.url,
        anchor=window.name,
        badge=FACES.get(state, FACES["told"]),
        says=(row.reason, f"{when}. {row.verdict}.", *([f"Cancelled: {because}"] if because else [])),
        clauses=row.clauses,
        agreement=row.agreement,
    )


# --- the same for a calendar programme, which has no session ----------------------------------------
def show_feed(asked: Asked, secret: str) -> Answer:
    """The planned work of the customer whose person has this address."""
    customer = customer_at(secret)
    if customer is None:
        raise NotHere()
    windows = [one for one in list_windows() if one.agreement.customer_id == customer.pk and is_told(one, asked.as_of)]
    return write_calendar(windows, asked.as_of, name=f"Planned work for {customer.name}")


def write_calendar(windows: list[Any], as_of: Instant, *, name: str) -> HttpResponse:
    """As RFC 5545 asks: times in UTC, a UID that stays, what was cancelled said to be so."""
    calendar = Calendar()
    for field, value in (("prodid", "-//Upheld//Planned work//EN"), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(field, value)
    calendar.add("x-wr-calname", name)
    for window in windows:
        calendar.add_component(write_event(window, as_of))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def write_event(window: Window, as_of: Instant) -> Event:
    bound = agreement(window.agreement.key)
    event = Event()
    event.add("uid", f"{window.name}@{settings.UPHELD_NAME}")
    event.add("dtstamp", as_of.utc())
    event.add("dtstart", window.span.start.utc())
    event.add("dtend", window.span.end.utc())
    event.add("summary", f"Planned work: {short_title(document_of(bound, window.span.start))}")
    event.add("description", window.reason or "no reason given")
    event.add("status", "CANCELLED" if is_cancelled(window, as_of) else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event

"""The weeks of a rota: a lane for each person, a bar for each shift, an outline where somebody steps in."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from upheld.core.service_hours import Zone, next_day
from upheld.core.timeline import DAY, Instant, Span
from upheld.pages.contexts.oncall import ShiftShown
from upheld.pages.pictures.drawing import element, percent, picture, place_in
from upheld.pages.words import say_day, say_span, say_zone

TOP, LANE, BAR = 18, 36, 14
LEAST = 30
MOST_TOLD = 20


def draw_shifts(shifts: Sequence[ShiftShown], window: Span, *, as_of: Instant, zone: Zone) -> SafeString:
    """Whoever is on call in the window; the line is now."""
    people = list(dict.fromkeys(shift.person for shift in shifts))
    bottom = TOP + LANE * len(people)
    parts = [
        *draw_weeks(window, zone, bottom),
        *(part for lane, person in enumerate(people) for part in draw_lane(person, lane, shifts, window, zone, as_of)),
    ]
    if window.start <= as_of < window.end:
        x = place_in(Span(as_of, as_of), window)[0]
        parts.append(element("rect", class_="f-ink", x=percent(x), y=TOP, width="1.5", height=bottom - TOP))
    return picture(tell_shifts(shifts, window, zone, as_of), parts, height=bottom + 2)


def draw_weeks(window: Span, zone: Zone, bottom: int) -> Iterator[SafeString]:
    """A line at the midnight of each Monday, with its date."""
    day = zone.date_at(window.start.before(DAY))
    while (at := zone.midnight(day)) < window.end:
        if day.weekday() == 0 and at >= window.start:
            x = place_in(Span(at, at), window)[0]
            yield element("line", class_="ln-soft", x1=percent(x), x2=percent(x), y1=TOP, y2=bottom)
            if x < 9000:
                yield element("text", say_day(at, zone, as_of=at, weekday=False), x=percent(x), y=12, dx=2)
        day = next_day(day)


def draw_lane(
    person: str, lane: int, shifts: Sequence[ShiftShown], window: Span, zone: Zone, as_of: Instant
) -> Iterator[SafeString]:
    top = TOP + LANE * lane
    yield element("text", person, x=0, y=top + 14, class_="t-ink")
    for shift in shifts:
        inside = shift.span.overlap(window) if shift.person == person else None
        if inside is None:
            continue
        left, width = place_in(inside, window)
        kind = "f-none" if shift.steps_in else "f-ink" if shift.span.contains(as_of) else "f-soft"
        words = f"{person}: {say_span(shift.span, zone, as_of=as_of)}{', stepping in' if shift.steps_in else ''}"
        # A hair is left between two shifts of one person, so that the hand-off is seen.
        yield element(
            "rect", element("title", words), class_=kind, x=percent(left), y=top + 19, width=percent(max(width - 12, LEAST)),
            height=BAR,
        )  # fmt: skip


def tell_shifts(shifts: Sequence[ShiftShown], window: Span, zone: Zone, as_of: Instant) -> str:
    """Each shift in words; of very many the first, and that the rows say the rest."""
    told = [
        f"{say_span(shift.span, zone, as_of=as_of, named=False)} {shift.person}{', stepping in' if shift.steps_in else ''}."
        for shift in shifts[:MOST_TOLD]
    ]
    rest = " The rows below say the rest." if len(shifts) > MOST_TOLD else ""
    return f"Who is on call, times in {say_zone(zone)}. {' '.join(told) or 'Nobody.'}{rest}"

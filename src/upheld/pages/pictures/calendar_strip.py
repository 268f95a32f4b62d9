"""The open hours that a clock crosses: what is used of them, paused, left; closed time between them stands narrow."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.safestring import SafeString

from upheld.core.service_hours import Zone
from upheld.core.timeline import ZERO, Duration, Instant, Span
from upheld.pages.contexts.tickets import CalendarStrip
from upheld.pages.pictures.drawing import THIN, WHOLE, element, percent, picture, share_of
from upheld.pages.words import join_words, say_clock, say_day, say_length, say_span, say_zone

TOP, BAR, HEIGHT = 18, 26, 64
CLOSED, MOST_CLOSED = 1900, 4000
"""Hundredths of a per cent: of one closed stretch, and of all of them together."""
ROOM = 2200
"""So far apart two words stand that both are written."""
MOST_TOLD = 6


class Places:
    """Where an instant lies: openings by their length, each closed stretch between them equally narrow."""

    def __init__(self, opened: Sequence[Span]) -> None:
        gaps = max(len(opened) - 1, 0)
        self.closed = min(CLOSED, MOST_CLOSED // gaps) if gaps else 0
        total, room = sum((span.length for span in opened), start=ZERO), WHOLE - self.closed * gaps
        self.openings: list[tuple[Span, int, int]] = []
        left, so_far = 0, ZERO
        for number, span in enumerate(opened):
            so_far = so_far + span.length
            right = share_of(so_far, total) * room // WHOLE + self.closed * number
            self.openings.append((span, left, right))
            left = right + self.closed

    def find(self, at: Instant) -> int:
        """Hundredths of a per cent; what lies before the first opening or after the last one stands at its edge."""
        for span, left, right in self.openings:
            if at < span.start:
                return max(left - self.closed // 2, 0)
            if at <= span.end:
                return left + (right - left) * share_of(at - span.start, span.length) // WHOLE
        return WHOLE

    def list_closed(self) -> Iterator[tuple[int, int]]:
        for (_, _, right), (_, left, _) in pairwise(self.openings):
            yield right, left


def draw_calendar_strip(strip: CalendarStrip, *, as_of: Instant, zone: Zone) -> SafeString:
    """Opening hours as ground, closed time dashed between them; the heavy line is where it is due."""
    places = Places(strip.opened)
    parts = [
        *draw_ground(places),
        *(part for span in strip.used for part in draw_part(places, span, "f-ink", TOP, BAR)),
        *(part for span in strip.paused for part in draw_part(places, span, "f-none", TOP, BAR)),
        *(part for span in strip.left for part in draw_part(places, span, "f-soft", TOP + 8, 10)),
        *(part for span in strip.over for part in draw_part(places, span, "f-down", TOP, BAR)),
        *write_days(places, zone, as_of),
        *write_marks(places, strip, zone, as_of),
    ]
    return picture(
        tell_calendar_strip(strip, as_of=as_of, zone=zone), parts, height=HEIGHT, class_="pic budget", overflow="visible"
    )


def draw_ground(places: Places) -> Iterator[SafeString]:
    for _, left, right in places.openings:
        yield element("rect", class_="f-sunk", x=percent(left), y=TOP, width=percent(right - left), height=BAR)
    for left, right in places.list_closed():
        yield element("rect", class_="f-none dash", x=percent(left), y=TOP, width=percent(right - left), height=BAR)


def draw_part(places: Places, span: Span, kind: str, top: int, height: int) -> Iterator[SafeString]:
    left = places.find(span.start)
    width = max(places.find(span.end) - left, THIN)
    yield element("rect", class_=kind, x=percent(left), y=top, width=percent(width), height=height)


def write_days(places: Places, zone: Zone, as_of: Instant) -> Iterator[SafeString]:
    """The day of the first opening, of each other one that has room for it, and what lies between where that is wide."""
    last = -WHOLE
    for span, left, _ in places.openings:
        if left - last >= ROOM and left <= WHOLE - ROOM:
            yield element("text", say_day(span.start, zone, as_of=as_of), x=percent(left), y=12)
            last = left
    for left, right in places.list_closed():
        if right - left == CLOSED and left >= ROOM * 3 // 2:
            middle = (left + right) // 2
            yield element("text", "closed", x=percent(middle), y=TOP + 17, text_anchor="middle")


def write_marks(places: Places, strip: CalendarStrip, zone: Zone, as_of: Instant) -> Iterator[SafeString]:
    """Below: where it is due, now, and when it began, as far as they do not stand in each other's way."""
    marks = [(strip.due_at, "due", "t-ink")] if strip.due_at else []
    marks += [(as_of, "now", "t-ink"), (strip.start_at, "", "")]
    taken: list[int] = []
    for at, words, class_ in marks:
        x = places.find(at)
        if words == "due":
            yield element("rect", class_="f-ink", x=percent(min(x, WHOLE - THIN)), y=TOP - 4, width=2, height=BAR + 8)
        if any(abs(x - other) < ROOM for other in taken):
            continue
        taken.append(x)
        anchor = "start" if x < ROOM // 2 else "end" if x > WHOLE - ROOM // 2 else "middle"
        clock = "" if words == "now" else say_clock(at, zone)
        text = " ".join(part for part in (clock, words) if part)
        yield element("text", text, class_=class_, x=percent(x), y=HEIGHT - 4, text_anchor=anchor)


def tell_calendar_strip(strip: CalendarStrip, *, as_of: Instant, zone: Zone) -> str:
    """`Hours of support-hours, times in London. Used: Fri 28 Aug 11:20–15:50, 4 h 30 min.` and so on."""
    hours = f"Hours of {strip.calendar}" if strip.calendar else "Round the clock"
    told = [f"{hours}, times in {say_zone(zone)}."]
    for words, spans in (("Used", strip.used), ("Paused", strip.paused), ("Left", strip.left), ("Over", strip.over)):
        if spans:
            told.append(f"{words}: {tell_spans(spans, zone, as_of)}, {say_length(total_of(spans))}.")
    if len(strip.opened) > 1:
        told.append("Closed time between them does not count.")
    return " ".join(told)


def tell_spans(spans: Sequence[Span], zone: Zone, as_of: Instant) -> str:
    said = [say_span(span, zone, as_of=as_of, named=False) for span in spans[:MOST_TOLD]]
    return join_words([*said, *([f"{len(spans) - MOST_TOLD} more"] if len(spans) > MOST_TOLD else [])])


def total_of(spans: Sequence[Span]) -> Duration:
    return sum((span.length for span in spans), start=ZERO)

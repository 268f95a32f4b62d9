"""The next hours: what happened is solid, what lasts is thin, each flag says what falls due; nothing else is foretold."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from django.utils.safestring import SafeString

from upheld.core.service_hours import Zone
from upheld.core.timeline import HOUR, Instant, Span
from upheld.pages.contexts.now import Flag, Lane
from upheld.pages.pictures.drawing import element, fill_of, percent, picture, place_in
from upheld.pages.states import State
from upheld.pages.words import UTC, say_clock, say_zone

TOP, LANE, LINE = 16, 52, 15
NAME_LETTERS, SAY_LETTERS = 21, 25
"""How many fit into the column of the names, in bold and plain; a longer name goes on in the next line, whole."""
CLOSE = 2500
"""Flags nearer to each other than this put their words on different sides."""


def draw_horizon(lanes: Sequence[Lane], window: Span, *, as_of: Instant, zone: Zone = UTC) -> SafeString:
    """One line for each service in trouble; the words of its flags stand where there is room."""
    bottom = TOP + LANE * len(lanes)
    now = place(as_of, window)
    parts = [
        *draw_hours(window, zone, bottom, now),
        *(part for number, lane in enumerate(lanes) for part in draw_lane(lane, TOP + LANE * number, window, as_of, zone)),
        element("rect", class_="f-ink", x=percent(now), y=14, width="1.5", height=bottom - 14),
        element("text", "now", x=percent(now), y=11, text_anchor="middle", class_="t-ink"),
    ]
    return picture(tell_horizon(lanes, window, zone), parts, height=bottom + 2)


def draw_names(lanes: Sequence[Lane]) -> SafeString:
    """The names at the left; for the eye, the list and the sentence say them too."""
    parts = []
    for number, lane in enumerate(lanes):
        named, says = wrap(lane.words, NAME_LETTERS), wrap(lane.says, SAY_LETTERS)
        step = min(LINE, (LANE - 4) // max(len(named) + len(says), 1))
        y = TOP + LANE * number + (26 if len(named) + len(says) < 3 else 14)
        for place, line in enumerate((*named, *says)):
            ink = {"class_": "t-ink"} if place < len(named) else {}
            parts.append(element("text", line, x=0, y=y + step * place, **ink))
    names = SafeString("".join(part for part in parts))
    return element("svg", names, class_="pic", aria_hidden="true", height=TOP + LANE * len(lanes) + 2)


def place(at: Instant, window: Span) -> int:
    return place_in(Span(at, at), window)[0]


def draw_hours(window: Span, zone: Zone, bottom: int, now: int) -> Iterator[SafeString]:
    hour = Instant(-(-window.start.micros // HOUR.micros) * HOUR.micros)
    while hour < window.end:
        x = place(hour, window)
        yield element("line", class_="ln-soft", x1=percent(x), x2=percent(x), y1=TOP, y2=bottom)
        if abs(x - now) > 600 and x > 200:
            yield element("text", say_clock(hour, zone), x=percent(x), y=11, text_anchor="middle")
        hour = hour + HOUR


def draw_lane(lane: Lane, top: int, window: Span, as_of: Instant, zone: Zone) -> Iterator[SafeString]:
    floor = top + LANE
    yield element("line", class_="ln-soft", x1="0%", x2="100%", y1=floor, y2=floor)
    for shown in lane.spans:
        height = 32 if shown.state is State.DOWN else 22
        inside = shown.span.overlap(Span(window.start, as_of))
        if inside:
            left, width = place_in(inside, window)
            yield element(
                "rect", class_=fill_of(shown.state), x=percent(left), y=floor - height, width=percent(max(width, 30)),
                height=height,
            )  # fmt: skip
        if shown.is_running and lane.flags:
            left, width = place_in(Span(as_of, max(as_of, max(flag.at for flag in lane.flags))), window)
            yield element("rect", class_=fill_of(shown.state), x=percent(left), y=floor - 4, width=percent(width), height=4)
    yield from draw_flags(lane.flags, top, window, zone)


def draw_flags(flags: Sequence[Flag], top: int, window: Span, zone: Zone) -> Iterator[SafeString]:
    inside = sorted((flag for flag in flags if window.start <= flag.at <= window.end), key=lambda flag: flag.at)
    for number, flag in enumerate(inside):
        x = place(flag.at, window)
        follows = inside[number + 1 : number + 2]
        crowded = bool(follows) and place(follows[0].at, window) - x < CLOSE
        anchor, shift = ("end", -6) if x > 6000 or (crowded and x > 1500) else ("start", 7)
        yield element("rect", class_="f-ink", x=percent(x), y=top + 14, width=2, height=LANE - 14)
        words = f"{say_clock(flag.at, zone)}{f' {flag.says}' if flag.says else ''}"
        yield element("text", flag.words, x=percent(x), y=top + 26, dx=shift, text_anchor=anchor, class_="t-ink")
        yield element("text", words, x=percent(x), y=top + 40, dx=shift, text_anchor=anchor)


def tell_horizon(lanes: Sequence[Lane], window: Span, zone: Zone) -> str:
    told = [
        f"{say_clock(flag.at, zone)} {lane.words}: {flag.words}{f', {flag.says}' if flag.says else ''}."
        for flag, lane in sorted(((flag, lane) for lane in lanes for flag in lane.flags), key=lambda pair: pair[0].at)
    ]
    hours = f"{say_clock(window.start, zone)} to {say_clock(window.end, zone)} {say_zone(zone)}"
    return f"The next hours, {hours}. {' '.join(told) or 'Nothing falls due.'} The list says the same."

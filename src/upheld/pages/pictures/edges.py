"""An outage at its edges: samples as rings and squares, the four instants, and what of it counts."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from upheld.core.service_hours import Zone
from upheld.core.timeline import Instant
from upheld.pages.contexts.outages import Edges
from upheld.pages.pictures.drawing import element, percent, picture
from upheld.pages.words import UTC, say_clock, say_count, say_day, say_minutes, say_zone

HEIGHT = 100
LINE, BAR = 46, 64
GOOD_BEFORE, FIRST_BAD, LAST_BAD, GOOD_AFTER = 1600, 3000, 7000, 8400
ALONE = 5000
STEP = 600


def draw_edges(edges: Edges, *, as_of: Instant, zone: Zone = UTC) -> SafeString:
    """Not to scale: the edges are what matters. Dashed is not counted though possible, striped is counted, not certain."""
    first = ALONE if edges.bad == 1 else FIRST_BAD
    last = ALONE if edges.bad == 1 else LAST_BAD
    parts = [
        *draw_bar(edges, first, last),
        *draw_samples(edges, first, last),
        *draw_instants(edges, first, last, zone, as_of),
        element("text", tell_count(edges, as_of), x="50%", y=94, text_anchor="middle", class_="t-ink"),
    ]
    return picture(tell_edges(edges, as_of, zone), parts, height=HEIGHT)


def draw_bar(edges: Edges, first: int, last: int) -> Iterator[SafeString]:
    if edges.last_good_at is not None:
        yield element("rect", class_="f-up", x="0%", y=LINE - 1, width=percent(GOOD_BEFORE), height=2)
        yield element(
            "rect", class_="f-none dash", x=percent(GOOD_BEFORE), y=BAR, width=percent(first - GOOD_BEFORE), height=12
        )
    if last > first:
        yield element("rect", class_="f-down", x=percent(first), y=BAR, width=percent(last - first), height=12)
    yield element("rect", class_="f-run", x=percent(last), y=BAR, width=percent(GOOD_AFTER - last), height=12)
    if edges.first_good_at is not None:
        yield element("rect", class_="f-up", x=percent(GOOD_AFTER), y=LINE - 1, width="16%", height=2)


def draw_samples(edges: Edges, first: int, last: int) -> Iterator[SafeString]:
    for place in range(3):
        if edges.last_good_at is not None:
            yield draw_ring(GOOD_BEFORE - STEP * place)
        if edges.first_good_at is not None:
            yield draw_ring(GOOD_AFTER + STEP * place)
    for x in place_bad(edges.bad, first, last):
        yield element("rect", class_="f-down mid", x=percent(x), y=LINE - 5, width=9, height=10)
    if edges.bad > 6:
        for x in (4700, 5000, 5300):
            yield element("circle", class_="f-soft", cx=percent(x), cy=LINE, r="1.5")


def draw_ring(x: int) -> SafeString:
    return element("circle", class_="ring", cx=percent(x), cy=LINE, r="4.5")


def place_bad(bad: int, first: int, last: int) -> list[int]:
    """All of them up to six; of more, the three at either edge."""
    if bad <= 1:
        return [first]
    if bad > 6:
        return [first + STEP * place for place in range(3)] + [last - STEP * place for place in range(3)]
    return [first + (last - first) * place // (bad - 1) for place in range(bad)]


def draw_instants(edges: Edges, first: int, last: int, zone: Zone, as_of: Instant) -> Iterator[SafeString]:
    """The words stand inwards at the left edge and outwards at the right, so that narrow screens keep them apart."""
    marks: list[tuple[int, str, str, str]] = []
    if edges.last_good_at is not None:
        marks.append((GOOD_BEFORE, "last good", say_clock(edges.last_good_at, zone, exact=True), "end"))
    if edges.bad == 1:
        marks.append((ALONE, "the one bad", say_clock(edges.first_bad_at, zone, exact=True), "middle"))
    else:
        marks.append((first, "first bad", say_clock(edges.first_bad_at, zone, exact=True), "start"))
        marks.append((last, "last bad", say_clock(edges.last_bad_at, zone, exact=True), "end"))
    if edges.first_good_at is not None:
        marks.append((GOOD_AFTER, "first good", say_clock(edges.first_good_at, zone, exact=True), "start"))
    else:
        marks.append((GOOD_AFTER, "now", say_clock(as_of, zone, exact=True), "start"))
    for x, words, clock, anchor in marks:
        shift = {"end": 5, "start": -5, "middle": 0}[anchor]
        yield element("text", words, x=percent(x), y=13, dx=shift, text_anchor=anchor)
        yield element("text", clock, x=percent(x), y=28, dx=shift, text_anchor=anchor, class_="t-ink")
        yield element("line", class_="ln dash", x1=percent(x), x2=percent(x), y1=32, y2=80)
    if edges.bad > 6:
        words = f"{edges.bad:,} samples, all bad"
        yield element("text", words, x="50%", y=30, text_anchor="middle", class_="wide-only")


def tell_count(edges: Edges, as_of: Instant) -> str:
    """`counts 118 min, at least 117 min, at most 119 min`; while it runs only the floor is certain."""
    counted = say_minutes(edges.counted(as_of))
    if edges.is_open:
        return f"counts {counted} so far, at least {say_minutes(edges.least)}"
    bounds = f"at least {say_minutes(edges.least)}"
    if edges.last_good_at is not None:
        bounds += f", at most {say_minutes(edges.most(as_of))}"
    return f"counts {counted}, {bounds}"


def tell_edges(edges: Edges, as_of: Instant, zone: Zone) -> str:
    day = say_day(edges.first_bad_at, zone, as_of=as_of)
    told = [f"Outage of {day}, {say_zone(zone)}:"]
    if edges.last_good_at is not None:
        told.append(f"last good sample {say_clock(edges.last_good_at, zone, exact=True)},")
    else:
        told.append("no good sample before,")
    told.append(f"first bad {say_clock(edges.first_bad_at, zone, exact=True)},")
    told.append(f"last bad {say_clock(edges.last_bad_at, zone, exact=True)},")
    if edges.first_good_at is not None:
        told.append(f"first good after {say_clock(edges.first_good_at, zone, exact=True)}.")
    else:
        told.append(f"none good yet at {say_clock(as_of, zone, exact=True)}.")
    told.append(f"{say_count(edges.bad, 'bad sample')}." if edges.bad else "")
    return f"{' '.join(word for word in told if word)} It {tell_count(edges, as_of)}."

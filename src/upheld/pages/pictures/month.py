"""A month, day by day: columns are days, height is the clock of the agreement's zone, the ground is its business hours."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from upheld.core.service_hours import Zone, next_day
from upheld.core.timeline import SECOND, Instant, Span, Timeline
from upheld.pages.contexts.parts import StateSpan
from upheld.pages.pictures.drawing import PATTERNED, WHOLE, element, fill_of, percent, picture
from upheld.pages.pictures.sentences import tell_spans
from upheld.pages.states import State
from upheld.pages.words import UTC, say_bounds, say_minutes, say_span, say_zone

TOP, CLOCK, FOOT = 16, 192, 2
HEIGHT = TOP + CLOCK + FOOT
DAY_MINUTES = 1440
LEAST_SOLID, LEAST_PATTERN = 4, 6
QUARTERS = (360, 720, 1080)


@dataclass(frozen=True, slots=True)
class Column:
    """One local day of the picture: its place, and its whole span."""

    day: date
    left: int
    width: int
    span: Span

    @property
    def middle(self) -> int:
        return self.left + self.width // 2


def draw_month(
    period: Span,
    spans: Sequence[StateSpan],
    *,
    as_of: Instant,
    zone: Zone = UTC,
    open_hours: Timeline = Timeline(),  # noqa: B008 - frozen
) -> SafeString:
    """Every span that is not plainly up, at its day and hour; the line through a day is measured time that was up."""
    columns = list(split_days(period, zone))
    gone_by = Timeline.of([Span(period.start, max(period.start, min(as_of, period.end)))])
    up = gone_by.subtract(Timeline.of(shown.span for shown in spans))
    parts: list[SafeString] = [
        *draw_ground(columns, open_hours, zone),
        *draw_frame(find_marks(columns, open_hours, zone)),
        *draw_day_numbers(columns, as_of),
        *draw_lines(columns, up, zone),
        *(part for shown in spans for part in draw_span(columns, shown, zone, as_of)),
    ]
    return picture(tell_month(period, spans, as_of, zone), parts, height=HEIGHT)


def draw_hours(period: Span, *, zone: Zone = UTC, open_hours: Timeline = Timeline()) -> SafeString:  # noqa: B008 - frozen
    """The hours at the left edge; for the eye alone, the picture's sentence names them."""
    marks = [0, *find_marks(list(split_days(period, zone)), open_hours, zone), DAY_MINUTES]
    parts = [
        element("text", f"{mark // 60:02d}:{mark % 60:02d}", x="100%", y=label_line(mark), dx="-8", text_anchor="end")
        for mark in marks
    ]
    return element("svg", SafeString("".join(parts)), class_="pic", aria_hidden="true", height=HEIGHT)


def label_line(minute: int) -> int:
    line = TOP + minute * CLOCK // DAY_MINUTES
    return line + 9 if minute == 0 else line if minute == DAY_MINUTES else line + 4


def split_days(period: Span, zone: Zone) -> Iterator[Column]:
    first, last = zone.date_at(period.start), zone.date_at(max(period.start, period.end.before(SECOND)))
    count = (last - first).days + 1
    for place in range(count):
        day, left = next_day(first, place), WHOLE * place // count
        span = Span(zone.midnight(day), zone.midnight(next_day(day)))
        yield Column(day, left, WHOLE * (place + 1) // count - left, span)


def clock_minutes(at: Instant, column: Column, zone: Zone) -> int:
    """The wall clock's minute of an instant of the column; a day that gains or loses an hour keeps its 24 lines."""
    if at >= column.span.end:
        return DAY_MINUTES
    if at <= column.span.start:
        return 0
    moment = zone.local(at)
    return moment.hour * 60 + moment.minute


def draw_ground(columns: Sequence[Column], open_hours: Timeline, zone: Zone) -> Iterator[SafeString]:
    """Business hours, days with the same hours side by side in one rectangle."""
    runs: list[tuple[int, int, int, int]] = []
    for column in columns:
        for span in open_hours.within(column.span):
            hours = (clock_minutes(span.start, column, zone), clock_minutes(span.end, column, zone))
            if runs and runs[-1][0] + runs[-1][1] == column.left and runs[-1][2:] == hours:
                runs[-1] = (runs[-1][0], runs[-1][1] + column.width, *hours)
            else:
                runs.append((column.left, column.width, *hours))
    for left, width, start, end in runs:
        top, height = TOP + start * CLOCK // DAY_MINUTES, (end - start) * CLOCK // DAY_MINUTES
        yield element("rect", class_="f-sunk", x=percent(left), y=top, width=percent(width), height=height)


def find_marks(columns: Sequence[Column], open_hours: Timeline, zone: Zone) -> list[int]:
    """The hours worth a line: the usual opening and closing, or the quarters of the day where nothing ever closes."""
    edges: Counter[int] = Counter()
    for column in columns:
        for span in open_hours.within(column.span):
            edges.update([clock_minutes(span.start, column, zone), clock_minutes(span.end, column, zone)])
    inside = [mark for mark, _ in edges.most_common(2) if 0 < mark < DAY_MINUTES]
    return sorted(inside) or list(QUARTERS)


def draw_frame(marks: Sequence[int]) -> Iterator[SafeString]:
    bottom = TOP + CLOCK
    for x in ("0%", "100%"):
        yield element("line", class_="ln", x1=x, x2=x, y1=TOP, y2=bottom)
    for y, class_ in ((TOP, "ln"), (bottom, "ln"), *((TOP + mark * CLOCK // DAY_MINUTES, "ln dash") for mark in marks)):
        yield element("line", class_=class_, x1="0%", x2="100%", y1=y, y2=y)


def draw_day_numbers(columns: Sequence[Column], as_of: Instant) -> Iterator[SafeString]:
    """1, 5, 10 and so on; today in ink, and no number so near to it that they would touch."""
    today = next((place for place, column in enumerate(columns) if column.span.contains(as_of)), None)
    for place, column in enumerate(columns):
        is_today = place == today
        is_marked = column.day.day == 1 or (column.day.day % 5 == 0 and column.day.day < 31)
        if is_today or (is_marked and (today is None or abs(place - today) > 1)):
            mark = "t-ink" if is_today else ""
            yield element("text", str(column.day.day), x=percent(column.middle), y=11, text_anchor="middle", class_=mark)


def draw_lines(columns: Sequence[Column], up: Timeline, zone: Zone) -> Iterator[SafeString]:
    """Health is a thin line: one through each day, broken where the time was not up or not measured."""
    for column in columns:
        for span in up.within(column.span):
            start, end = clock_minutes(span.start, column, zone), clock_minutes(span.end, column, zone)
            top, bottom = TOP + start * CLOCK // DAY_MINUTES, TOP + end * CLOCK // DAY_MINUTES
            if bottom > top:
                x = percent(column.middle)
                yield element("line", class_="l-up", x1=x, x2=x, y1=top, y2=bottom)


def draw_span(columns: Sequence[Column], shown: StateSpan, zone: Zone, as_of: Instant) -> Iterator[SafeString]:
    """A span in each day that it touches, as high as it is long but never too low to be seen."""
    if shown.state is State.UP:
        return
    least = LEAST_PATTERN if shown.state in PATTERNED else LEAST_SOLID
    for column in columns:
        inside = shown.span.overlap(column.span)
        if inside is None:
            continue
        start, end = clock_minutes(inside.start, column, zone), clock_minutes(inside.end, column, zone)
        height = max(least, (end - start) * CLOCK // DAY_MINUTES)
        top = min(TOP + start * CLOCK // DAY_MINUTES, TOP + CLOCK - height)
        words = f"{say_span(shown.span, zone, as_of=as_of)} {shown.state.phrase}, {say_minutes(shown.span.length)}"
        yield element(
            "rect", element("title", words), class_=fill_of(shown.state), x=percent(column.left + column.width * 8 // 100),
            y=top, width=percent(column.width * 84 // 100), height=height,
        )  # fmt: skip


def tell_month(period: Span, spans: Sequence[StateSpan], as_of: Instant, zone: Zone) -> str:
    """All of the picture in a sentence."""
    told = tell_spans(spans, zone, as_of)
    rest = "Everything else that has gone by was up." if as_of < period.end else "All else up."
    if as_of <= period.start:
        rest = "Nothing of it has gone by yet."
    frame = f"Each day, {say_bounds(period, zone)}, from 00:00 to 24:00 {say_zone(zone)}"
    return f"{frame}. {told}{rest} The list says the same."
